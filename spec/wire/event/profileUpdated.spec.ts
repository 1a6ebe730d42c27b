import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { ProfileUpdatedEvent, profileUpdatedSample } from '../../../lib/wire/event/profileUpdated.js';
import { obeysCodecContract } from '../codecContract.js';
import { invalid, payloadOf } from '../decoded.js';

const name = 'profile.update';

describe('ProfileUpdatedEvent', () => {
  obeysCodecContract(ProfileUpdatedEvent, {
    good: [{ profile: {} }, profileUpdatedSample.payload],
    bad: [
      [{ profile: {}, eTag: 5 }, ['eTag: expected string']],
      [null, ['(root): expected ProfileUpdatedEvent']],
      [{}, ['profile: expected object']],
      [{ profile: null }, ['profile: expected object']],
      [{ profile: [] }, ['profile: expected object']],
    ],
  });

  it('is no event without a profile', () => {
    expect(ProfileUpdatedEvent.is({ eTag: '"1"' })).toBe(false);
  });

  it('has exactly these fields', () => {
    expectTypeOf<ProfileUpdatedEvent>().toEqualTypeOf<{
      readonly eTag?: string;
      readonly profile: unknown;
    }>();
  });
});

describe(name, () => {
  it.each(['etag', 'eTag'])('reads %s', (key) => {
    expect(payloadOf({ name, payload: {}, [key]: '"1"' })).toStrictEqual({ profile: {}, eTag: '"1"' });
  });

  it('passes the profile through untouched', () => {
    const payload = { id: null, tags: [{ a: null }], nested: { b: [] } };

    expect(payloadOf({ name, payload })).toStrictEqual({ profile: payload });
  });

  it.each([[null], [[]], ['bob'], [5]])('is invalid with the payload %j', (payload) => {
    expect(payloadOf({ name, payload })).toEqual(invalid(name, 'payload: expected object'));
  });
});
