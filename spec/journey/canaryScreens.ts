import { filter, firstValueFrom, type Observable } from 'rxjs';
import type { Client } from '../../lib/client/Client.js';
import type { Hostility } from '../support/hostileServer.js';
import { ALL, answerWith, type Sight, type Story } from './canaryStories.js';

/** All that a screen shows of a client. */
const everythingShown = (client: Client): readonly Observable<unknown>[] => {
  const garden = client.conversation('garden');
  return [
    garden.timeline(),
    garden.typing$,
    garden.participants$,
    garden.details$,
    garden.messageEvents(),
    client.conversations$,
  ];
};

/** All that somebody does at a screen. */
const everythingDone = (client: Client): readonly Observable<unknown>[] => {
  const garden = client.conversation('garden');
  return [
    garden.send('hello'),
    garden.send({ parts: [{ data: 'hello' }], metadata: { mood: 'good' } }),
    garden.setTyping(true),
    garden.setTyping(false),
  ];
};

/** Marks, which are tried again for as long as there is hope. */
const everythingMarked = (client: Client): readonly Observable<unknown>[] => {
  const garden = client.conversation('garden');
  return [garden.markDelivered(['m']), garden.markRead(['m'])];
};

/** Shows everything and does everything; a message that failed is sent again, and another one given up. */
const live: Story['act'] = async ({ client, settle, keep, open }) => {
  const shown = settle([...everythingShown(client), ...everythingMarked(client)]);
  await open();
  await settle(everythingDone(client));
  const garden = client.conversation('garden');
  const timeline = await firstValueFrom(garden.timeline());
  keep(timeline);
  const [first, second] = timeline.messages.filter(({ state }) => state === 'failed');
  if (first !== undefined) await settle([garden.resend(first.key)]);
  if (second !== undefined) garden.discard(second.key);
  keep(await firstValueFrom(garden.timeline()));
  await client.close();
  await shown;
};

/** Until the timeline says what is wrong, and then all that {@link live} does. */
const liveInTrouble: Story['act'] = async (sight: Sight) => {
  const timeline$ = sight.client.conversation('garden').timeline();
  sight.keep(await firstValueFrom(timeline$.pipe(filter(({ problem }) => problem !== undefined))));
  await live(sight);
};

const answerAll = (answer: NonNullable<Hostility['answer']>): Hostility => ({
  answer: (request, response) =>
    request.url?.includes('/sessions') === true ? undefined : answer(request, response),
});

/** What a screen shows, and what is done at it, while things go well and while they go wrong. */
export const screens: Readonly<Record<string, Story>> = {
  'a screen shows everything, and all is well': { act: live },
  ...Object.fromEntries(
    ([403, 404, 409, 429, 500] as const).map((status): [string, Story] => [
      `a screen shows everything, and each request is answered ${status}`,
      { isAboutRest: true, server: answerWith(status), act: status < 429 ? live : liveInTrouble },
    ]),
  ),
  'a screen shows everything, and each answer is nonsense': {
    isAboutRest: true,
    server: answerAll((_request, response) => response.end(`{"${ALL}`)),
    act: liveInTrouble,
  },
  'a screen shows everything, and each answer is of the wrong shape': {
    isAboutRest: true,
    server: answerAll((_request, response) => response.end(JSON.stringify([[ALL]]))),
    act: live,
  },
  'a screen shows everything, and nobody answers': {
    isAboutRest: true,
    server: answerAll(() => 'never'),
    options: { requestTimeoutMs: 50 },
    act: liveInTrouble,
  },
  'marks are refused': {
    isAboutRest: true,
    server: answerWith(409),
    act: async ({ client, settle, open }) => {
      await open();
      await settle(everythingMarked(client));
    },
  },
  'a message is given up when the session ends': {
    isAboutRest: true,
    server: answerAll(({ method }) => (method === 'POST' ? 'never' : undefined)),
    act: async ({ client, open, settle }) => {
      await open();
      const sends = settle([...everythingDone(client), ...everythingMarked(client)]);
      await firstValueFrom(client.endSession());
      await sends;
    },
  },
};
