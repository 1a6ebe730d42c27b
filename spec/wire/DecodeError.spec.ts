import { inspect } from 'node:util';
import { describe, expect, it, jest } from '@jest/globals';
import { invalidPayload, unreadable } from '../../lib/wire/DecodeError.js';

const meta = { wireName: 'profile.update', receivedAt: 5, eventId: 'e1' };

describe('DecodeError', () => {
  it('knows what came and when', () => {
    const raw = new Uint8Array(1);
    const error = unreadable({ kind: 'not-text', raw, receivedAt: 5 });

    expect(error).toMatchObject({ kind: 'not-text', errors: [], meta: { receivedAt: 5 } });
    expect(error.raw()).toBe(raw);
  });

  it('has the wire name beside the other facts, not among them', () => {
    const error = invalidPayload({ raw: '', meta, misfits: () => [] });

    expect(error.wireName).toBe('profile.update');
    expect(error.meta).toStrictEqual({ receivedAt: 5, eventId: 'e1' });
  });

  it('works out what is wrong when that is first read, and once', () => {
    const misfits = jest.fn(() => ['payload: expected object']);
    const error = invalidPayload({ raw: '', meta, misfits });
    const callsBefore = misfits.mock.calls.length;

    expect([error.errors, error.errors]).toEqual([
      ['payload: expected object'],
      ['payload: expected object'],
    ]);
    expect([callsBefore, misfits.mock.calls.length]).toEqual([0, 1]);
  });

  it('has what is wrong of its own: it is compared, copied and written as JSON like any other field', () => {
    const errors = ['payload: expected object'];
    const error = invalidPayload({ raw: '', meta, misfits: () => errors });
    const written = { kind: 'invalid-payload', wireName: meta.wireName, errors, meta: error.meta };

    expect(error).toEqual({ ...written, raw: error.raw });
    expect({ ...error }).toStrictEqual({ ...written, raw: error.raw });
    expect(JSON.parse(JSON.stringify(error))).toStrictEqual(written);
    expect(Reflect.ownKeys(error).sort()).toEqual(['errors', 'kind', 'meta', 'raw', 'wireName']);
  });

  it('shows nothing of what came when it is logged', () => {
    const error = invalidPayload({ raw: 'CANARY', meta, misfits: () => [] });

    expect(inspect(error, { depth: 9, getters: true }) + JSON.stringify(error)).not.toContain('CANARY');
  });
});
