import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BehaviorSubject, firstValueFrom, Subject, type Subscription, timer } from 'rxjs';
import type { Client } from '../../lib/client/Client.js';
import type { Message } from '../../lib/projection/Message.js';
import type { Timeline } from '../../lib/projection/Timeline.js';
import type { Faults } from '../../lib/server/faults/Faults.js';
import type { ConversationMessageEvent } from '../../lib/wire/event/conversationMessageEvent.js';
import { beginJourney, type Journey } from './journey.js';
import { until } from './until.js';

let journey: Journey;

beforeEach(async () => {
  journey = await beginJourney();
});

afterEach(() => journey.end());

/** What a message is, by the log alone: read from the first event to the last. */
interface Told {
  readonly id: string;
  readonly at: number;
  readonly text: string | undefined;
  readonly read: string[];
}

const truthOf = (events: readonly ConversationMessageEvent[]): readonly Told[] => {
  const told: Told[] = [];
  for (const event of events) {
    if (event.name === 'conversationMessage.sent') {
      const { messageId: id, parts } = event.payload;
      told.push({ id, at: event.conversationEventId, text: parts?.[0]?.data, read: [] });
    } else if (event.name === 'conversationMessage.read') {
      const { messageId, profileId } = event.payload;
      const message = told.find(({ id }) => id === messageId);
      if (message !== undefined && !message.read.includes(profileId)) message.read.push(profileId);
    }
  }
  return told.map((message) => ({ ...message, read: message.read.sort() }));
};

const shownIn = (messages: readonly Message[]): readonly Told[] =>
  messages.map(({ id, sentEventId = -1, parts, statusUpdates }) => ({
    id,
    at: sentEventId,
    text: parts[0]?.data,
    read: Object.entries(statusUpdates)
      .filter(([, { status }]) => status === 'read')
      .map(([profileId]) => profileId)
      .sort(),
  }));

/** Somebody with a screen. */
interface Person {
  readonly screen$: BehaviorSubject<Timeline | undefined>;
  say(text: string): Promise<void>;
  read(): void;
  /** Goes back to the first message. */
  goBack(): Promise<void>;
  leave(): void;
  look(): void;
  /** How often something was on the screen twice. */
  readonly doubles: number;
}

const sitDown = (client: Client, garden: string): Person => {
  const conversation = client.conversation(garden);
  const screen$ = new BehaviorSubject<Timeline | undefined>(undefined);
  const older$ = new Subject<void>();
  let looking: Subscription;
  let doubles = 0;

  const look = (): void => {
    looking = conversation.timeline({ older$, pageSize: 20 }).subscribe({
      next: (timeline) => {
        screen$.next(timeline);
        const keys = timeline.messages.map(({ key }) => key);
        doubles += keys.length - new Set(keys).size;
      },
      error: (error: unknown) => {
        screen$.error(error);
      },
    });
  };
  look();

  return {
    screen$,
    look,
    leave: () => {
      looking.unsubscribe();
    },
    say: async (text) => {
      try {
        await firstValueFrom(conversation.send(text));
      } catch {
        // On a line like this one tries again, until it is said.
        for (;;) {
          const failed = screen$.value?.messages.find(({ state }) => state === 'failed');
          if (failed === undefined) return;
          await firstValueFrom(timer(20));
          await firstValueFrom(conversation.resend(failed.key)).catch(() => undefined);
        }
      }
    },
    read: () => {
      const ids = (screen$.value?.messages ?? []).flatMap(({ id, state }) => (state === 'sent' ? [id] : []));
      if (ids.length > 0) conversation.markRead(ids).subscribe({ error: () => undefined });
    },
    goBack: async () => {
      while (screen$.value?.hasOlder !== false) {
        await until(screen$, (timeline) => timeline?.loadingOlder === false);
        older$.next();
        await until(screen$, (timeline) => timeline?.loadingOlder === false);
      }
    },
    get doubles() {
      return doubles;
    },
  };
};

const WILD: Faults = {
  lose: 0.2,
  repeat: 0.2,
  swap: 0.2,
  holes: 0.1,
  historyLagMs: 60,
  shortPages: 0.3,
  maxPageSize: 15,
};

describe('two people who chat', () => {
  it.each<[string, Faults]>([
    ['on a good line', {}],
    ['on a wild line', WILD],
    [
      'on a wild line that leaves out what it can',
      { ...WILD, omit: ['context', 'publishedOn', 'sentEventId', 'statusUpdates', 'etag'] },
    ],
  ])('see what the server knows, %s', async (_where, faults) => {
    const { server, clientOf } = journey;
    const garden = server.createConversation({ participants: ['ann', 'bob'] });
    for (let index = 0; index < 30; index += 1) {
      server.publish(garden, { from: index % 3 === 0 ? 'ann' : 'bob', text: `before ${index}` });
    }
    server.setFaults(faults);
    const ann = sitDown(clientOf('ann'), garden);
    const bobsClient = clientOf('bob');
    const bob = sitDown(bobsClient, garden);

    for (let round = 0; round < 6; round += 1) {
      await Promise.all([ann.say(`ann ${round}`), bob.say(`bob ${round}`), ann.say(`ann again ${round}`)]);
      if (round === 1) bob.leave();
      if (round === 2) server.dropSockets();
      if (round === 3) bob.look();
      if (round === 4) await server.restart();
      ann.read();
      if (round > 3) bob.read();
    }

    for (const person of [ann, bob]) {
      await person.goBack();
      await until(
        person.screen$,
        (timeline) =>
          timeline?.sync.state === 'live' &&
          JSON.stringify(shownIn(timeline.messages)) === JSON.stringify(truthOf(server.events(garden))),
      ).catch(() => undefined);
      const truth = truthOf(server.events(garden));
      expect(shownIn(person.screen$.value?.messages ?? [])).toEqual(truth);
    }
    expect(ann.screen$.value?.messages.filter(({ sender }) => sender === 'ann')).toHaveLength(10 + 12);
    expect([ann.doubles, bob.doubles]).toEqual([0, 0]);
  });
});
