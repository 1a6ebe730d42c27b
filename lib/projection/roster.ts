import type { Participant } from '../rest/Participant.js';
import type { ComapiEvent } from '../wire/ComapiEvent.js';
import { Id } from '../wire/Id.js';
import { isJsonObject } from '../wire/JsonObject.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import { hearing, heardSince, type LatestWords } from './latestWords.js';
import { timeIn } from './timeIn.js';

/** Who takes part in a conversation: a list that was read, and what events have said since. */
export interface Roster {
  /** Undefined before the first reading. */
  readonly read: readonly Participant[] | undefined;
  readonly words: LatestWords<string, Presence>;
}

interface Presence {
  readonly isIn: boolean;
  /** Undefined: as it was. */
  readonly role: string | undefined;
}

export const NO_ROSTER: Roster = { read: undefined, words: new Map() };

/**
 * The list was read anew. Events from `since` on stay on top of it; it may be older than they are.
 *
 * @param since In ms by our own clock.
 */
export const rosterRead = ({ words }: Roster, read: readonly Participant[], since: number): Roster => ({
  read,
  words: heardSince(words, since),
});

/**
 * Somebody came, went, or got another role. The latest word of the server on each person counts, so repeated and
 * swapped events do no harm.
 *
 * @param event Events that say nothing of participants change nothing. A `conversation.participantUpdated` has no
 * type here; it is known by its name, whatever stands before the dot.
 * @param heardAt In ms by our own clock.
 * @returns The same roster when nothing has changed.
 */
export const rosterAfter = (roster: Roster, event: ComapiEvent | UnknownEvent, heardAt: number): Roster => {
  const move = moveIn(event);
  if (move === undefined) return roster;
  const { profileId, says, saidAt } = move;
  const words = hearing(roster.words, profileId, { says, saidAt, heardAt });
  return words === roster.words ? roster : { ...roster, words };
};

/** Those who take part: first those of the list, in its order, then those who came since. */
export const peopleIn = ({ read = [], words }: Roster): readonly Participant[] => {
  const listed = new Set(read.map(({ id }) => id));
  const stayed = read.flatMap((person) => {
    const says = words.get(person.id)?.says;
    return says === undefined ? [person] : present(person, says);
  });
  const came = [...words]
    .filter(([id]) => !listed.has(id))
    .map(([id, { says, saidAt, heardAt }]) => ({ id, says, at: saidAt ?? heardAt }))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .flatMap(({ id, says }) => (says === undefined ? [] : present({ id }, says)));
  return [...stayed, ...came];
};

/** Whether two lists name the same people with the same roles in the same order. */
export const isSamePeople = (a: readonly Participant[], b: readonly Participant[]): boolean =>
  a.length === b.length && a.every(({ id, role }, index) => id === b[index]?.id && role === b[index].role);

const present = (person: Participant, { isIn, role = person.role }: Presence): readonly Participant[] => {
  if (!isIn) return [];
  return role === person.role ? [person] : [{ id: person.id, ...(role !== undefined && { role }) }];
};

interface Move {
  readonly profileId: string;
  readonly says: Presence;
  readonly saidAt: number | undefined;
}

const moveIn = (event: ComapiEvent | UnknownEvent): Move | undefined => {
  if (!('type' in event)) return updateIn(event);
  if (event.type === 'participantAdded') {
    const { profileId, role, timestamp } = event.payload;
    return { profileId, says: { isIn: true, role }, saidAt: timeIn(timestamp) };
  }
  if (event.type !== 'participantRemoved') return undefined;
  const { profileId, timestamp } = event.payload;
  return { profileId, says: { isIn: false, role: undefined }, saidAt: timeIn(timestamp) };
};

const updateIn = ({ wireName, frame, meta }: UnknownEvent): Move | undefined => {
  const payload = wireName.endsWith('.participantUpdated') && isJsonObject(frame) ? frame['payload'] : {};
  if (!isJsonObject(payload)) return undefined;
  const { profileId, role } = payload;
  if (!Id.is(profileId)) return undefined;
  const says = { isIn: true, role: typeof role === 'string' ? role : undefined };
  return { profileId, says, saidAt: timeIn(meta.publishedOn) };
};
