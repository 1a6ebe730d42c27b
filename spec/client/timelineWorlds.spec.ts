import { describe, expect, it } from '@jest/globals';
import { Subject, type Subscription } from 'rxjs';
import type { Message } from '../../lib/projection/Message.js';
import type { Timeline } from '../../lib/projection/Timeline.js';
import {
  DATED_WAYS,
  type Entry,
  logOf,
  naiveReplay,
  type Replayed,
  type Step,
} from '../projection/naiveReplay.js';
import type { ClientWorld } from '../support/clientWorld.js';
import { gardenWith } from '../support/gardenWorld.js';
import { seededRandom } from '../support/seededRandom.js';
import { settled } from '../support/virtualTime.js';

const WORLDS = 30;
const TURNS = 60;

type Pick = (count: number) => number;

const lifeOf = (pick: Pick): readonly Entry[] => {
  const deeds: readonly Step['what'][] = ['sent', 'sent', 'sent', 'delivered', 'read', 'delete', 'hole'];
  const steps = Array.from({ length: 40 + pick(120) }, (): Step => {
    return {
      what: deeds[pick(deeds.length)] ?? 'sent',
      who: pick(3),
      which: pick(30),
      how: pick(DATED_WAYS),
    };
  });
  return logOf(steps);
};

/** Somebody who looks at the garden, scrolls, leaves and comes back. */
interface Viewer {
  readonly windowLimit: number;
  readonly older$: Subject<void>;
  readonly newest$: Subject<void>;
  readonly emissions: Timeline[];
  leave(): void;
  comeBack(): void;
}

const viewerOf = ({ client }: ClientWorld, windowLimit: number, pageSize: number): Viewer => {
  const older$ = new Subject<void>();
  const newest$ = new Subject<void>();
  const emissions: Timeline[] = [];
  const timeline$ = client.conversation('garden').timeline({ older$, newest$, windowLimit, pageSize });
  const look = (): Subscription => timeline$.subscribe((timeline) => emissions.push(timeline));
  let looking = look();
  return {
    windowLimit,
    older$,
    newest$,
    emissions,
    leave: () => {
      looking.unsubscribe();
    },
    comeBack: () => {
      looking = look();
    },
  };
};

const now = ({ emissions }: Viewer): Timeline => {
  const timeline = emissions.at(-1);
  if (timeline === undefined) throw new Error('Nothing was shown.');
  return timeline;
};

const brief = ({ id, sentEventId, sender, sentOn, parts, metadata, statusUpdates }: Message): Replayed => ({
  id,
  sentEventId: sentEventId ?? -1,
  sender: sender ?? '',
  sentOn: sentOn ?? '',
  parts,
  metadata,
  readers: new Map(
    Object.entries(statusUpdates).map(([who, { status, on }]) => [who, `${status} ${String(on)}`]),
  ),
  deleted: false,
});

/** Lets a log happen to people who look at it, over a line that loses and repeats frames and breaks. */
const live = async (
  seed: number,
): Promise<{ readonly log: readonly Entry[]; readonly viewers: readonly Viewer[] }> => {
  const random = seededRandom(seed);
  const pick: Pick = (count) => Math.floor(random() * count);
  const log = lifeOf(pick);
  let end = pick(log.length);
  const world = await gardenWith([], { confirmProbeMs: 1_500, idleProbeMs: 60_000 });
  world.backend.logs.set('garden', log.slice(0, end));
  const viewers = [3 + pick(10), 1_000].map((windowLimit) => viewerOf(world, windowLimit, 2 + pick(10)));
  const line = { isUp: true };

  const goOn = (count: number): void => {
    const fresh = log.slice(end, end + count);
    end += fresh.length;
    world.backend.logs.set('garden', log.slice(0, end));
    for (const frame of fresh) {
      const copies = !line.isUp || random() < 0.15 ? 0 : 1 + Number(random() < 0.1);
      for (let copy = 0; copy < copies; copy += 1) world.receive(frame);
    }
  };
  const breakOrMend = async (): Promise<void> => {
    if (line.isUp) world.line.last().close();
    else {
      await world.time.advance(2_000);
      world.open();
    }
    line.isUp = !line.isUp;
  };

  for (let turn = 0; turn < TURNS; turn += 1) {
    const viewer = viewers[pick(viewers.length)];
    const what = pick(8);
    if (what < 3) goOn(1 + pick(6));
    else if (what === 3) viewer?.older$.next();
    else if (what === 4) viewer?.newest$.next();
    else if (what === 5) await breakOrMend();
    else if (what === 6) await world.time.advance(pick(5_000));
    else {
      viewer?.leave();
      if (random() < 0.3) await world.time.advance(pick(40_000));
      viewer?.comeBack();
    }
    if (random() < 0.5) await settled();
  }

  goOn(log.length);
  if (!line.isUp) await breakOrMend();
  await world.time.advance(70_000);
  for (const { newest$ } of viewers) newest$.next();
  await world.time.advance(70_000);
  const [, whole] = viewers;
  for (let page = 0; whole !== undefined && now(whole).hasOlder && page < 200; page += 1) {
    whole.older$.next();
    await settled();
  }
  for (const viewer of viewers) viewer.leave();
  await world.client.close();
  return { log, viewers };
};

describe('a timeline, on a line that loses, repeats and breaks', () => {
  it.each(Array.from({ length: WORLDS }, (_, seed) => seed))(
    'comes to what the log says, world %s',
    async (seed) => {
      const { log, viewers } = await live(seed);

      const truth = naiveReplay(log).filter(({ deleted }) => !deleted);
      for (const viewer of viewers) {
        const shown = now(viewer).messages.filter(({ state }) => state !== 'deleted');
        const from = viewer.windowLimit === 1_000 ? 0 : (shown[0]?.sentEventId ?? Infinity);
        expect(shown.map(brief)).toEqual(truth.filter(({ sentEventId }) => sentEventId >= from));
      }
      for (const { emissions, windowLimit } of viewers) {
        // Read only now, long after they came.
        const lists = emissions.map(({ messages }) => messages.map(({ sentEventId = -1 }) => sentEventId));
        expect(lists.filter((list) => list.length > windowLimit)).toEqual([]);
        expect(lists.filter((list) => list.some((at, index) => at <= (list[index - 1] ?? -1)))).toEqual([]);
      }
    },
  );
});
