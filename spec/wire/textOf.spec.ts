import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as E from '#fp-ts/Either';
import { textOf } from '../../lib/wire/textOf.js';

const bytes = new TextEncoder().encode('{"é":"🌱"}');
const hostile: unknown = new Proxy(
  {},
  {
    get: () => {
      throw new Error('get');
    },
    getPrototypeOf: () => {
      throw new Error('getPrototypeOf');
    },
  },
);

const detached = (view: Uint8Array<ArrayBuffer>): Uint8Array => {
  structuredClone(view.buffer, { transfer: [view.buffer] });
  return view;
};

describe('textOf', () => {
  it.each([
    ['a string', '{"é":"🌱"}'],
    ['a Uint8Array', bytes],
    ['a Buffer', Buffer.from(bytes)],
    ['an ArrayBuffer', bytes.slice().buffer],
    ['a DataView', new DataView(bytes.slice().buffer)],
    ['a view of a part', new Uint8Array([0xff, ...bytes, 0xff]).subarray(1, -1)],
    ['a buffer of another realm', runInNewContext('Uint8Array.from(bytes).buffer', { bytes: [...bytes] })],
  ])('reads %s', (_what, raw) => {
    expect(textOf(raw, 100)).toEqual(E.right('{"é":"🌱"}'));
  });

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a number', 5],
    ['an object', {}],
    ['a boxed string', Object('text')],
    ['a Blob', new Blob(['text'])],
    ['an array of Buffers', [Buffer.from('te'), Buffer.from('xt')]],
    ['what only says that it is a buffer', { [Symbol.toStringTag]: 'ArrayBuffer', byteLength: 4, length: 4 }],
    ['an object that throws when touched', hostile],
    ['a buffer that is gone', detached(new Uint8Array(4)).buffer],
    ['a view of a buffer that is gone', detached(new Uint8Array(4))],
    ['invalid UTF-8', new Uint8Array([0x22, 0xc3, 0x28, 0x22])],
    ['a cut character', bytes.subarray(0, 3)],
  ])('says not-text of %s', (_what, raw) => {
    expect(textOf(raw, 100)).toEqual(E.left('not-text'));
  });

  it('reads good bytes after bad ones', () => {
    textOf(new Uint8Array([0xf0, 0x9f]), 100);

    expect(textOf(bytes, 100)).toEqual(E.right('{"é":"🌱"}'));
  });

  it.each([
    ['one byte each', 'aaaa', 4],
    ['two bytes each', 'éé', 4],
    ['three bytes each', '€€', 6],
    ['four bytes in two units', '🌱🌱', 8],
    ['a lone surrogate, which takes three', '\ud800', 3],
  ])('counts UTF-8, not characters: %s', (_what, text, length) => {
    expect(textOf(text, length)).toEqual(E.right(text));
    expect(textOf(text, length - 1)).toEqual(E.left('too-big'));
  });

  it('measures bytes before it decodes them', () => {
    expect(textOf(new Uint8Array(5).fill(0xff), 4)).toEqual(E.left('too-big'));
  });

  it('keeps a byte order mark, as in a text', () => {
    expect(textOf(new Uint8Array([0xef, 0xbb, 0xbf, 0x5b]), 100)).toEqual(E.right('\ufeff['));
  });

  it('reads any text from its bytes as from itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, maxBytes) => {
        expect(textOf(new TextEncoder().encode(text), maxBytes)).toEqual(textOf(text, maxBytes));
      }),
    );
  });
});
