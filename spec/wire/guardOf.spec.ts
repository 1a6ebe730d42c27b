import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as t from 'io-ts';
import * as E from '#fp-ts/Either';
import { AuthStart } from '../../lib/wire/AuthStart.js';
import { openEnvelope } from '../../lib/wire/Envelope.js';
import { eventTable } from '../../lib/wire/eventTable.js';
import { guardOf } from '../../lib/wire/guardOf.js';
import { isJsonObject } from '../../lib/wire/JsonObject.js';
import { SessionAnswer } from '../../lib/wire/SessionAnswer.js';
import { codecOf } from './codecOf.js';
import { everySample } from './everySample.js';
import { mutated, mutatedFrame } from './mutatedFrame.js';

/** What the guard and its codec say of a value. */
const verdicts = (codec: t.Mixed): ((value: unknown) => readonly boolean[]) => {
  const fits = guardOf(codec);
  return (value) => [fits(value), codec.is(value)];
};

const expectAgreement = (codec: t.Mixed, values: fc.Arbitrary<unknown>, numRuns: number): void => {
  const of = verdicts(codec);
  fc.assert(
    fc.property(values, (value) => {
      const [guard, is] = of(value);
      expect(guard).toBe(is);
    }),
    { numRuns },
  );
};

const anything = fc.anything({ withDate: true, withMap: true, withNullPrototype: true, maxDepth: 3 });

describe('guardOf', () => {
  it.each([
    ['unknown', t.unknown],
    ['string', t.string],
    ['number', t.number],
    ['boolean', t.boolean],
    ['type', t.type({ id: t.string, 0: t.number })],
    ['type with a field that may be anything', t.type({ id: t.unknown, constructor: t.unknown })],
    ['partial', t.partial({ id: t.string, context: t.unknown, __proto__: t.string })],
    [
      'intersection',
      t.intersection([t.type({ id: t.string }), t.partial({ name: t.number }), t.UnknownRecord]),
    ],
    ['exact', t.exact(t.type({ id: t.string }))],
    ['a codec without a tag', AuthStart],
    ['codecs it does not look into', t.union([t.literal('id'), t.array(t.number), t.null])],
    ['one of them inside', t.type({ id: t.union([t.string, t.undefined]), list: t.readonlyArray(t.string) })],
  ])('agrees with %s on any value', (_, codec) => {
    const own = fc.record(
      { id: anything, name: anything, list: fc.array(fc.string()), context: anything, 0: anything },
      { requiredKeys: [] },
    );
    expectAgreement(codec, fc.oneof(anything, own), 500);
  });

  it.each([...eventTable])(
    'agrees with what %s needs, for any frame after any accident',
    (name, { needs }) => {
      const envelopes = fc.oneof(mutatedFrame, fc.anything()).map((frame) =>
        openEnvelope(isJsonObject(frame) ? frame : { payload: frame }, {
          wireName: name,
          name,
          receivedAt: 0,
        }),
      );

      expectAgreement(needs, envelopes, 1_000);
      // What the guard refuses has an error to show, and what it lets through has none.
      const fits = guardOf(needs);
      fc.assert(
        fc.property(envelopes, (envelope) => {
          expect(fits(envelope)).toBe(E.isRight(needs.decode(envelope)));
        }),
      );
    },
  );

  it.each(Object.entries(codecOf))(
    'agrees with the codec of %s, for any payload after any accident',
    (_, codec) => {
      expectAgreement(codec, mutated(everySample.map(({ payload }) => payload)), 1_000);
    },
  );

  it('agrees with the codec of a login', () => {
    expectAgreement(
      SessionAnswer,
      mutated([{ token: 'token', session: { id: 'session', profileId: 'ann', expiresOn: null } }]),
      500,
    );
  });

  it('sees what an object inherits as io-ts does', () => {
    const inherited: unknown = Object.create({ id: 'garden' });

    expect(verdicts(t.type({ id: t.string }))(inherited)).toEqual([true, true]);
    expect(verdicts(t.type({ id: t.unknown }))(inherited)).toEqual([true, true]);
  });

  it('is as right where properties share a place to be read', () => {
    const keys = Array.from({ length: 200 }, (_, index) => `key${index}`);
    const codec = t.type(Object.fromEntries(keys.map((key) => [key, t.string])));
    const whole = Object.fromEntries(keys.map((key) => [key, key]));
    const of = verdicts(codec);

    expect(of(whole)).toEqual([true, true]);
    for (const key of keys) expect(of({ ...whole, [key]: 1 })).toEqual([false, false]);
  });
});
