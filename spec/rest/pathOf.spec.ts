import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pathOf } from '../../lib/rest/pathOf.js';

/** The segments of a path as a server decodes them, after a URL parser had its way with them. */
const received = (path: string): readonly string[] =>
  new URL(`https://api.example/apispaces/s${path}`).pathname.split('/').slice(3).map(decodeURIComponent);

describe('pathOf', () => {
  it.each([
    ['my convo_sub', '/c/my%20convo_sub/events'],
    ['DOMAIN\\user@host', '/c/DOMAIN%5Cuser%40host/events'],
    ['a/../b?c#d&e=f', '/c/a%2F..%2Fb%3Fc%23d%26e%3Df/events'],
    ['%2E%2E', '/c/%252E%252E/events'],
    ['...', '/c/.../events'],
    ['ö🦜', '/c/%C3%B6%F0%9F%A6%9C/events'],
  ])('encodes %j', (id, path) => {
    expect(pathOf`/c/${id}/events`).toBe(path);
  });

  it('brings every id to the server as one segment, as it is', () => {
    const id = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.string({ unit: fc.constantFrom('.', '/', '\\', '%', '2', 'E', '?', '#', '@', ' '), minLength: 1 }),
    );
    fc.assert(
      fc.property(id, id, (first, second) => {
        fc.pre(![first, second].some((one) => one === '.' || one === '..'));
        expect(received(pathOf`/c/${first}/${second}`)).toEqual(['c', first, second]);
      }),
    );
  });

  it.each(['', '.', '..', '\ud800', 'a\udfffb'])('refuses %j, which cannot be sent', (id) => {
    expect(() => pathOf`/c/${id}`).toThrow(RangeError);
  });

  it.each([undefined, null, 5, {}, ['a']])('refuses %j, which is no string', (id) => {
    // @ts-expect-error: what no type checker has seen
    expect(() => pathOf`/c/${id}`).toThrow(TypeError);
  });
});
