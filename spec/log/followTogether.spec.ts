import { describe, expect, it } from '@jest/globals';
import { BehaviorSubject, NEVER, Observable, of, Subject } from 'rxjs';
import { followTogether } from '../../lib/log/followTogether.js';
import type { LogEvent } from '../../lib/feed/splitEvents.js';
import { eventsOf, unfollowed } from '../../lib/history/followLog.js';
import type { Log, LogSource } from '../../lib/history/LogSource.js';
import { mergeSettings } from '../../lib/history/mergeSettings.js';
import type { ConnectionStatus } from '../../lib/transport/ConnectionStatus.js';
import type { UnknownEvent } from '../../lib/wire/UnknownEvent.js';
import { virtualTime } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

/** A company of logs on a line that is open, whose history is empty. */
const company = () => {
  const { scheduler } = virtualTime();
  const status$ = new BehaviorSubject<ConnectionStatus>({ state: 'connected', since: 0 });
  const ended$ = new Subject<void>();
  let line = new Subject<never>();
  let lines = 0;
  const together = followTogether({
    merge: mergeSettings({}),
    maxConcurrent: 4,
    status$,
    line$: new Observable((subscriber) => {
      lines += 1;
      line = new Subject();
      return line.subscribe(subscriber);
    }),
    ended$,
    isMe: () => false,
    readLatestOfAll: () => NEVER,
    looks$: NEVER,
    scheduler,
    random: () => 0,
  });
  const source: LogSource<LogEvent, string> = {
    settings: mergeSettings({}),
    attach: together.attach,
    outlivesFeed: true,
    fetch: () => of({ items: [] }),
    positionOf: ({ conversationEventId = -1 }) => conversationEventId,
    judge: () => 'retry',
    scheduler,
    now: () => scheduler.now(),
    random: () => 0,
  };
  return {
    together,
    ended$,
    logOf: (id: string): Log<LogEvent> => unfollowed(source, id, -1),
    say: (id: string, position: number): void => {
      together.tell(together.of(id), entry(id, position));
    },
    failLine: (): void => {
      line.error(new Error('lost'));
    },
    get lines() {
      return lines;
    },
    get isHeld() {
      return [line, status$, ended$].some(({ observed }) => observed);
    },
  };
};

const entry = (conversationId: string, conversationEventId: number): UnknownEvent => ({
  wireName: 'conversationMessage.delete',
  frame: undefined,
  meta: { wireName: 'conversationMessage.delete', receivedAt: 0 },
  conversationId,
  conversationEventId,
});

const positionsOf = (values: readonly LogEvent[]): readonly unknown[] =>
  values.map(({ conversationEventId }) => conversationEventId);

describe('followTogether', () => {
  it('holds the line once for all, and nothing when nobody is left', () => {
    const world = company();
    const all = ['garden', 'garden', 'pond'].map((id) => watch(eventsOf(world.logOf(id))));
    const lines = [world.lines];
    for (const log of all.slice(1)) log.unsubscribe();
    lines.push(world.lines);
    const held = [world.isHeld];
    all[0]?.unsubscribe();

    expect([lines, [...held, world.isHeld]]).toEqual([
      [1, 1],
      [true, false],
    ]);
  });

  it('tells each event to those who follow its conversation', () => {
    const world = company();
    const [first, second, other] = ['garden', 'garden', 'pond'].map((id) => watch(eventsOf(world.logOf(id))));
    world.say('garden', 0);
    world.say('pond', 0);
    world.say('garden', 1);

    expect([first, second, other].map((log) => positionsOf(log?.values ?? []))).toEqual([
      [0, 1],
      [0, 1],
      [0],
    ]);
    for (const log of [first, second, other]) log?.unsubscribe();
  });

  it('tells an event neither to who has left meanwhile nor to who has come', () => {
    const world = company();
    const log = world.logOf('garden');
    const late: ReturnType<typeof watch<LogEvent>>[] = [];
    const first = eventsOf(world.logOf('garden')).subscribe(() => {
      if (late.length > 0) return;
      second.unsubscribe();
      // The same log anew, and another one.
      late.push(watch(eventsOf(log)), watch(eventsOf(world.logOf('garden'))));
    });
    const second = watch(eventsOf(log));

    world.say('garden', 0);

    expect([second, ...late].map(({ values }) => values.length)).toEqual([0, 0, 0]);
    for (const one of [first, ...late]) one.unsubscribe();
    expect(world.isHeld).toBe(false);
  });

  it('gives a line of its own to who comes back when all are told that it has failed', () => {
    const world = company();
    const log = world.logOf('garden');
    const back: ReturnType<typeof watch<LogEvent>>[] = [];
    eventsOf(log).subscribe({ error: () => back.push(watch(eventsOf(log))) });
    const other = watch(eventsOf(world.logOf('pond')));

    world.failLine();
    world.say('garden', 0);

    expect([other.end, world.lines, back.map(({ values, end }) => [values.length, end])]).toEqual([
      'lost',
      2,
      [[1, undefined]],
    ]);
    for (const one of back) one.unsubscribe();
    expect(world.isHeld).toBe(false);
  });

  it('ends all with the client, and lets whoever comes later begin anew', () => {
    const world = company();
    const ended = ['garden', 'pond'].map((id) => watch(eventsOf(world.logOf(id))));
    world.ended$.next();
    const later = watch(eventsOf(world.logOf('garden')));
    world.say('garden', 0);

    expect([ended.map(({ end }) => end), positionsOf(later.values), world.lines]).toEqual([
      ['completed', 'completed'],
      [0],
      2,
    ]);
    later.unsubscribe();
  });
});
