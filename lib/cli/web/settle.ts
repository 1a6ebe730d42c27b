import type { LocalServer } from '../../server/LocalServer.js';
import { sentence } from '../demo/sentence.js';

/** Whose screens the page shows. */
export const PEOPLE = ['ann', 'bob'] as const;
/** Who else writes. */
export const NEIGHBOURS = ['cleo', 'dan'] as const;

/** Names to show, by profile id. */
export const NAMES: Readonly<Record<string, string>> = { ann: 'Ann', bob: 'Bob', cleo: 'Cleo', dan: 'Dan' };

const EVERYBODY = [...PEOPLE, ...NEIGHBOURS];
const GARDEN_LENGTH = 240;
/** So many of the newest have been read by everybody; who scrolls further back finds them unread. */
const READ_LENGTH = 60;

/** A page must show these, and do nothing else with them. */
const ODD_TEXTS = [
  '<img src=x onerror="document.title=\'broken\'">',
  '<script>document.title="broken"</script>',
  'Right to left from here: \u202Edlrow olleh',
  `One word: ${'a'.repeat(300)}`,
  'javascript:document.title="broken"',
  '',
  `Z${'\u0336\u0353\u034D'.repeat(20)}algo`,
];

/**
 * Lets people and conversations settle on a new server: a long conversation, a short one with unread messages for
 * both, and one whose name, id and messages mean harm.
 *
 * @returns The ids of the conversations in which the neighbours write.
 */
export const settle = (server: LocalServer, random: () => number): readonly string[] => {
  for (const [profileId, firstName] of Object.entries(NAMES)) server.updateProfile(profileId, { firstName });

  const odd = server.createConversation({
    id: '<b>odd</b>/..?#&',
    name: 'Odd <b>messages</b>',
    participants: ['ann', 'dan', '<i>mallory</i>'],
  });
  for (const text of ODD_TEXTS) readByAll(server, odd, { from: '<i>mallory</i>', text });

  const jam = server.createConversation({ id: 'jam', name: 'Plum jam', participants: EVERYBODY });
  for (const [from, text] of JAM) readByAll(server, jam, { from, text });
  server.publish(jam, { from: 'cleo', text: 'Who has jars left?' });
  server.publish(jam, { from: 'dan', text: 'I bring six on Sunday.' });

  const garden = server.createConversation({
    id: 'garden',
    name: 'The garden',
    participants: EVERYBODY,
  });
  for (let count = 0; count < GARDEN_LENGTH; count += 1) {
    const from = EVERYBODY[Math.floor(random() * EVERYBODY.length)] ?? 'ann';
    const text = count === 0 ? 'This is the first message of all.' : sentence(random);
    if (count < GARDEN_LENGTH - READ_LENGTH) server.publish(garden, { from, text });
    else readByAll(server, garden, { from, text });
  }
  return [garden, garden, garden, jam];
};

const JAM = [
  ['bob', 'The plums are ripe.'],
  ['ann', 'All of them?'],
  ['bob', 'All of them, at once, as every year.'],
  ['ann', 'Then it is jam. Sunday, at my place?'],
  ['bob', 'I bring the big pot.'],
] as const;

const readByAll = (
  server: LocalServer,
  conversationId: string,
  message: { readonly from: string; readonly text: string },
): void => {
  const { messageId } = server.publish(conversationId, message);
  for (const reader of PEOPLE) {
    if (reader !== message.from) server.setStatus(conversationId, messageId, reader, 'read');
  }
};
