import { firstIndexWhere } from '../stream/firstIndexWhere.js';
import { later, type Later } from '../stream/later.js';
import type { Message } from './Message.js';
import { byPlace, isFrom, isWithin, type Placed } from './Placed.js';
import type { Range } from './ranges.js';

/** Messages as they were at one moment. */
export type MessagesThen = Later<readonly Message[]>;

/** What is kept of the messages that can be shown, in the order of the log. */
export interface MessageSequence<A extends InPiece<A>> {
  readonly size: number;
  /** Where it stands must not change while it is in. */
  insert(item: A): void;
  remove(item: A): void;
  /** Something is shown of this one that was not before. */
  changed(item: A): void;
  /** The messages that were sent in this range, oldest first, as they are now. */
  within(range: Range): MessagesThen;
  newest(range: Range): A | undefined;
  count(range: Range): number;
  /** Takes so many out at one end of a range, or all that are in it: the outermost first. */
  takeOut(range: Range, end: 'oldest' | 'newest', most: number): readonly A[];
}

/** Neighbours, at least one. */
export interface Piece<A> {
  readonly items: A[];
  /** What is shown of them; undefined when it is to be made anew. Whoever has got this list keeps it as it is. */
  shown: readonly Message[] | undefined;
}

/** What stands in a sequence knows in which piece: looking for it takes longer than anything else. */
export interface InPiece<A> extends Placed {
  piece: Piece<A> | undefined;
}

/** The number of a piece, and the index in it. Behind the last piece is what is behind everything. */
interface Spot {
  readonly number: number;
  readonly index: number;
}

/** Few enough to be copied for each change, and enough for a hundred of them to fill the largest of screens. */
const MOST_IN_A_PIECE = 128;

/**
 * Creates an empty sequence, kept in pieces of which a change copies one.
 *
 *     before:        [a b c] [d e f] [g h]
 *     e changes:     [a b c] [d E f] [g h]      one piece is new, and the list of pieces
 *
 * So a change costs nearly the same among a hundred messages and among ten thousand, and what was shown before it
 * stays as it was. The list of all messages is only made for those who read it.
 *
 * @param messageOf What is shown of an item; called again when it has `changed`.
 */
export const messageSequence = <A extends InPiece<A>>(
  messageOf: (item: A) => Message,
): MessageSequence<A> => {
  const pieces: Piece<A>[] = [];
  let size = 0;

  const pieceOf = (items: A[]): Piece<A> => {
    const piece = { items, shown: undefined };
    for (const item of items) item.piece = piece;
    return piece;
  };

  /** @param isReached Once it holds for an item, it holds for all that follow. */
  const spotWhere = (isReached: (item: A) => boolean): Spot => {
    const number = firstIndexWhere(pieces, ({ items }) => {
      const last = items[items.length - 1];
      return last !== undefined && isReached(last);
    });
    return { number, index: firstIndexWhere(pieces[number]?.items ?? [], isReached) };
  };

  const startOf = ({ from }: Range): Spot => spotWhere((item) => isFrom(from, item));

  /** The first spot behind it. */
  const endOf = ({ to }: Range): Spot =>
    to === Infinity ? { number: pieces.length, index: 0 } : spotWhere((item) => isFrom(to + 1, item));

  const spotOf = (item: A): Spot => spotWhere((other) => byPlace(other, item) >= 0);

  const sizeOf = (number: number): number => pieces[number]?.items.length ?? 0;

  /** None where the end is before the start: a range may be empty. */
  const countBetween = (start: Spot, end: Spot): number => {
    if (end.number < start.number) return 0;
    let count = end.index - start.index;
    for (let number = start.number; number < end.number; number += 1) count += sizeOf(number);
    return Math.max(0, count);
  };

  const insert = (item: A): void => {
    const { number, index } = spotOf(item);
    const isBehindAll = number === pieces.length;
    const piece = isBehindAll ? pieces.at(-1) : pieces[number];
    size += 1;
    // The log grows at its end: full pieces stay full there, and are not split.
    if (piece === undefined || (isBehindAll && piece.items.length >= MOST_IN_A_PIECE)) {
      pieces.push(pieceOf([item]));
      return;
    }
    const { items } = piece;
    items.splice(isBehindAll ? items.length : index, 0, item);
    item.piece = piece;
    piece.shown = undefined;
    if (items.length > MOST_IN_A_PIECE) {
      pieces.splice(number + 1, 0, pieceOf(items.splice(MOST_IN_A_PIECE / 2)));
    }
  };

  const remove = (item: A): void => {
    const { piece } = item;
    if (piece === undefined) return;
    piece.items.splice(piece.items.indexOf(item), 1);
    piece.shown = undefined;
    item.piece = undefined;
    size -= 1;
    if (piece.items.length === 0) pieces.splice(pieces.indexOf(piece), 1);
  };

  const oldest = (range: Range): A | undefined => {
    const { number, index } = startOf(range);
    const item = pieces[number]?.items[index];
    return item !== undefined && isWithin(range, item) ? item : undefined;
  };

  const newest = (range: Range): A | undefined => {
    const { number, index } = endOf(range);
    const item = pieces[number]?.items[index - 1] ?? pieces[number - 1]?.items.at(-1);
    return item !== undefined && isWithin(range, item) ? item : undefined;
  };

  return {
    get size() {
      return size;
    },
    insert,
    remove,
    changed: (item) => {
      const { piece } = item;
      const shown = piece?.shown?.slice();
      if (piece === undefined || shown === undefined) return;
      shown[piece.items.indexOf(item)] = messageOf(item);
      piece.shown = shown;
    },
    within: (range) => {
      const start = startOf(range);
      const end = endOf(range);
      const lists = pieces.slice(start.number, end.number + 1).map((piece, offset) => {
        const shown = (piece.shown ??= piece.items.map(messageOf));
        const from = offset === 0 ? start.index : 0;
        const isLast = start.number + offset === end.number;
        return from > 0 || isLast ? shown.slice(from, isLast ? end.index : undefined) : shown;
      });
      // Many times faster than `flat`.
      return later(() => NOTHING.concat(...lists));
    },
    newest,
    count: (range) => countBetween(startOf(range), endOf(range)),
    takeOut: (range, end, most) => {
      const next = end === 'oldest' ? oldest : newest;
      const taken: A[] = [];
      for (let item = next(range); item !== undefined && taken.length < most; item = next(range)) {
        remove(item);
        taken.push(item);
      }
      return taken;
    },
  };
};

const NOTHING: readonly Message[] = [];
