import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { tracesOf } from './tracesOf.js';

const SECRET = 'a canary+/=?';

/** Hides it where only some looks see it. */
const hidden: Readonly<Record<string, unknown>> = {
  'a text': `?token=${SECRET}`,
  'a URL': new URL(`ws://host/?token=${encodeURIComponent(SECRET)}`).href,
  'base64 of it': Buffer.from(SECRET).toString('base64'),
  'base64url of it': Buffer.from(SECRET).toString('base64url'),
  'its bytes': Buffer.from(SECRET),
  'a message': new Error(SECRET),
  'a stack': Object.assign(new Error('x'), { stack: SECRET }),
  'a cause': new Error('x', { cause: new Error('y', { cause: { token: SECRET } }) }),
  'one of many errors': new AggregateError([new Error(SECRET)]),
  'what it says as JSON': { toJSON: () => SECRET },
  'what it says of itself': { [inspect.custom]: () => SECRET },
  'what it hides from inspect': { [inspect.custom]: () => 'nothing', token: SECRET },
  'what it says as text': { toString: () => SECRET },
  'a member that is not enumerable': Object.defineProperty({}, 'token', { value: SECRET }),
  'a symbol': { [Symbol('token')]: SECRET },
  'a key': { [SECRET]: 1 },
  'a getter': Object.defineProperty({}, 'token', { get: () => SECRET }),
  'a getter of its class': new (class {
    get token(): string {
      return SECRET;
    }
  })(),
  'a map': new Map([[{ key: SECRET }, 1]]),
  'a set': new Set([[SECRET]]),
  'a member of a function': Object.assign(() => undefined, { token: SECRET }),
  'the reason of a signal': AbortSignal.abort(new Error(SECRET)),
  'the depths': Array.from({ length: 50 }).reduce<unknown>((inner) => ({ inner }), SECRET),
  'the end of a long text': 'x'.repeat(100_000) + SECRET,
  'the end of a long list': [...Array.from({ length: 1_000 }, () => 0), SECRET],
  'what also throws': {
    get other(): string {
      throw new Error('getter');
    },
    token: SECRET,
    toJSON: () => {
      throw new Error('toJSON');
    },
  },
};

describe('tracesOf', () => {
  it.each(Object.entries(hidden))('finds a secret in %s', (where, value) => {
    expect(tracesOf({ token: SECRET }, { [where]: value })).not.toEqual([]);
  });

  it('finds nothing where there is nothing', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;

    expect(tracesOf({ token: SECRET }, { circle, text: 'a canary', empty: null, none: undefined })).toEqual(
      [],
    );
  });

  it('does not look into closures and private members, as nobody can', () => {
    class Safe {
      readonly #token = SECRET;
      size = (): number => this.#token.length;
    }

    expect(tracesOf({ token: SECRET }, { safe: new Safe() })).toEqual([]);
  });
});
