import { describe, expect, it } from '@jest/globals';
import { type BookEntry, bookEntry } from '../../lib/projection/bookEntry.js';
import { doubtfulPages } from '../../lib/projection/doubtfulPages.js';
import { type MessagePreview, messagePreview } from '../../lib/projection/messagePreview.js';

/** A conversation that was read up to 2. */
const entryOf = (id: string): BookEntry & { readonly preview: MessagePreview } => {
  const preview = messagePreview();
  preview.read([{ earliestEventId: 0, latestEventId: 2, messages: [], orphanedEvents: [] }], 0);
  return { ...bookEntry({ id }), preview };
};

const hear = ({ preview }: { readonly preview: MessagePreview }, position: number): void => {
  preview.heard({ kind: 'deleted', messageId: `m${position}` }, { position, at: 0 });
};

describe('doubtful pages', () => {
  it('are those before whose latest event another one is missing, until it has come', () => {
    const [garden, pond] = [entryOf('garden'), entryOf('pond')];
    const doubtful = doubtfulPages();
    for (const position of [3, 5]) hear(garden, position);
    for (const position of [4, 3]) hear(pond, position);
    doubtful.look(garden);
    doubtful.look(pond);

    expect(doubtful.isEmpty).toBe(false);
    expect(doubtful.take(0)).toEqual(['garden']);
    expect(doubtful.isEmpty).toBe(true);
    hear(garden, 4);
    doubtful.look(garden);
    expect(doubtful.isEmpty).toBe(true);
  });

  it('are asked for again after ten seconds at the earliest', () => {
    const garden = entryOf('garden');
    const doubtful = doubtfulPages();
    hear(garden, 4);
    doubtful.look(garden);
    expect(doubtful.take(1_000)).toEqual(['garden']);

    doubtful.look(garden);

    expect(doubtful.take(10_999)).toEqual([]);
    expect(doubtful.isEmpty).toBe(false);
    expect(doubtful.take(11_000)).toEqual(['garden']);
  });
});
