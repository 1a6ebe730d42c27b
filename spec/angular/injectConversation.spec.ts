import { signal } from '@angular/core';
import { describe, expect, it } from '@jest/globals';
import { injectComapi } from '../../lib/angular/injectComapi.js';
import { injectConversation } from '../../lib/angular/injectConversation.js';
import { sent, typing } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { angularWorld } from './world.js';

const texts = (messages: readonly { readonly id: string }[]): readonly string[] =>
  messages.map(({ id }) => id);

describe('injectConversation', () => {
  it('is empty at first, and then shows the newest page and what comes', async () => {
    const world = angularWorld();
    world.backend.logs.set('garden', [sent(0), sent(1)]);

    const chat = world.inject(() => injectConversation('garden'));
    const before = chat.timeline();
    await settled();
    world.line.last().open();
    await settled();
    const page = texts(chat.timeline().messages);
    world.line.last().message(sent(2));

    expect(before).toMatchObject({ messages: [], hasOlder: true, loadingOlder: false });
    expect(page).toEqual(['m0', 'm1']);
    expect(texts(chat.timeline().messages)).toEqual(['m0', 'm1', 'm2']);
    expect(chat.conversation()?.id).toBe('garden');
  });

  it('loads an older page when it is asked to', async () => {
    const world = angularWorld();
    world.backend.logs.set('garden', [sent(0), sent(1), sent(2)]);
    const chat = world.inject(() => injectConversation('garden', { pageSize: 2 }));
    await settled();
    const page = texts(chat.timeline().messages);

    chat.loadOlder();
    await settled();

    expect(page).toEqual(['m1', 'm2']);
    expect(texts(chat.timeline().messages)).toEqual(['m0', 'm1', 'm2']);
    expect(chat.timeline().hasOlder).toBe(false);
  });

  it('returns to the newest messages when it is asked to', async () => {
    const world = angularWorld();
    world.backend.logs.set(
      'garden',
      Array.from({ length: 1_500 }, (_, id) => sent(id)),
    );
    const chat = world.inject(() => injectConversation('garden', { pageSize: 800 }));
    await settled();
    world.line.last().open();
    chat.loadOlder();
    await settled();
    const old = chat.timeline();

    chat.loadNewest();
    await settled();

    expect(old.hasNewer).toBe(true);
    expect(chat.timeline().hasNewer).toBeUndefined();
    expect(texts(chat.timeline().messages).at(-1)).toBe('m1499');
  });

  it('says who is typing', async () => {
    const world = angularWorld();
    const chat = world.inject(() => injectConversation('garden'));
    await settled();
    world.line.last().open();

    world.line.last().message(typing('ann'));

    expect(chat.typing()).toEqual(['ann']);
  });

  it('shows nothing, and asks for nothing, while there is no id', async () => {
    const world = angularWorld();

    const chat = world.inject(() => injectConversation(signal<string | undefined>(undefined)));
    world.flush();
    await settled();

    expect(chat.conversation()).toBeUndefined();
    expect(chat.timeline().messages).toEqual([]);
    expect(world.backend.requests).toEqual([]);
  });

  it('goes where its id goes, and shows nothing of where it was', async () => {
    const world = angularWorld();
    world.backend.logs.set('garden', [sent(0)]);
    world.backend.logs.set('shed', [sent(1, 'shed')]);
    const id = signal<string | undefined>('garden');
    const chat = world.inject(() => injectConversation(id));
    const shown: (readonly string[])[] = [];
    const look = async (): Promise<void> => {
      world.flush();
      shown.push(texts(chat.timeline().messages));
      await settled();
      shown.push(texts(chat.timeline().messages));
    };
    await look();
    world.line.last().open();

    id.set('shed');
    await look();
    id.set(undefined);
    await look();

    expect(shown).toEqual([[], ['m0'], [], ['m1'], [], []]);
  });

  it('shows an error as the problem of what it has', async () => {
    const world = angularWorld();
    const chat = world.inject(() => injectConversation('nowhere'));
    await settled();
    world.line.last().open();

    await world.time.advance(60_000);

    expect(chat.timeline().problem?.kind).toBe('not-found');
    expect(chat.timeline().messages).toEqual([]);
  });

  it('shows a problem while its id is none, and goes on with the next', async () => {
    const world = angularWorld();
    world.backend.logs.set('garden', [sent(0)]);
    const id = signal('');
    const chat = world.inject(() => injectConversation(id));
    world.flush();
    const without = { conversation: chat.conversation(), typing: chat.typing(), timeline: chat.timeline() };

    id.set('garden');
    world.flush();
    await settled();

    expect(without).toMatchObject({ conversation: undefined, typing: [], timeline: { messages: [] } });
    expect(without.timeline.problem?.kind).toBe('not-found');
    expect(texts(chat.timeline().messages)).toEqual(['m0']);
    expect(chat.timeline().problem).toBeUndefined();
  });

  it('leaves the line with its injector', async () => {
    const world = angularWorld();
    world.backend.logs.set('garden', [sent(0)]);
    const client = world.inject(injectComapi);
    world.inject(() => injectConversation('garden'));
    await settled();
    world.line.last().open();

    world.destroy();
    await settled();

    expect(client.status.state).toBe('closed');
    expect(world.time.pending).toBe(0);
  });
});
