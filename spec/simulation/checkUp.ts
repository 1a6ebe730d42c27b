/** What can be done to a world in the calm, and asked of it. */
export interface CalmWorld {
  readonly requests: number;
  /** Early items can be held. */
  readonly hasRoom: boolean;
  readonly isLive: boolean;
  /** The highest id there is, and the highest that is settled. */
  readonly last: number;
  readonly settled: number;
  publish(how?: { readonly pushes: boolean }): number;
  deliver(id: number): void;
  open(deliversAfterMs: number): void;
  drop(): void;
  fallBehind(): void;
  catchUp(): void;
  runFor(ms: number): void;
  demand(isTrue: boolean, invariant: string, text: string): void;
}

/** What is published in the calm must be seen soon, however it travels, and cost no more than it must. */
export const checkUp = (world: CalmWorld): void => {
  const demandAll = (what: string): void => {
    world.demand(world.settled >= world.last, `freshness: ${what}`, `${world.settled} of ${world.last}`);
  };
  const demandLive = (): void => {
    world.demand(world.isLive, 'P11 live is true', 'not live in the calm');
  };
  demandLive();

  world.publish();
  world.runFor(1_000);
  demandAll('in order');

  world.publish({ pushes: false });
  world.publish();
  world.runFor(1_000);
  demandAll('after a lost event');

  world.publish({ pushes: false });
  world.runFor(61_000);
  demandAll('the last event was lost');

  world.drop();
  world.publish({ pushes: false });
  world.runFor(100);
  world.open(0);
  world.runFor(1_000);
  demandAll('while the line was down');
  world.runFor(3_000);

  world.drop();
  world.runFor(100);
  world.open(700);
  world.runFor(500);
  world.publish();
  world.runFor(3_000);
  demandAll('just after the line opened');
  demandLive();

  world.fallBehind();
  world.publish();
  world.runFor(100);
  world.catchUp();
  world.runFor(1_000);
  demandAll('while the consumer was behind');

  world.runFor(2_000);
  const before = world.requests;
  world.runFor(125_000);
  const looks = world.requests - before;
  world.demand(looks <= 3, 'P12 quiet', `${looks} requests in two minutes of silence`);

  // Two events that overtake each other, when no look at history is due.
  for (let waited = 0; world.requests === before + looks && waited < 70; waited += 1) world.runFor(1_000);
  world.runFor(1_000);
  const first = world.publish({ pushes: false });
  const second = world.publish({ pushes: false });
  const then = world.requests;
  world.deliver(second);
  world.runFor(200);
  world.deliver(first);
  world.runFor(2_000);
  demandAll('out of order');
  // Without room for the second one it has to be read, and the end seen after it.
  const cost = world.requests - then;
  world.demand(cost <= (world.hasRoom ? 0 : 2), 'P12 quiet', `${cost} requests for a pair out of order`);
};
