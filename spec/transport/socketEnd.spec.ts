import { describe, expect, it } from '@jest/globals';
import { socketEnd } from '../../lib/transport/socketEnd.js';

describe('socketEnd of an open line', () => {
  it('tells the code and the words of the close', () => {
    expect(socketEnd({ wasOpen: true, close: { code: 4401, reason: 'expired' } })).toEqual({
      kind: 'close',
      closeCode: 4401,
      reason: 'expired',
    });
  });

  it('takes a system error before the close for what the close says', () => {
    expect(
      socketEnd({ wasOpen: true, trouble: { code: 'ECONNRESET' }, close: { code: 1006, reason: '' } }),
    ).toEqual({
      kind: 'close',
      closeCode: 1006,
    });
  });

  it('is a failure of the network when no close event came', () => {
    expect(socketEnd({ wasOpen: true, trouble: {} })).toEqual({ kind: 'network' });
  });

  it.each([
    ['WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', 1009, { kind: 'close', reason: 'A frame was too big.' }],
    ['WS_ERR_TOO_MANY_BUFFERED_PARTS', 1008, { kind: 'close', reason: 'A frame was too big.' }],
    ['WS_ERR_INVALID_UTF8', 1007, { kind: 'close', closeCode: 1007 }],
    ['WS_ERR_INVALID_OPCODE', 1002, { kind: 'close', closeCode: 1002 }],
    ['WS_ERR_INVALID_CLOSE_CODE', 1006, { kind: 'close', closeCode: 1002 }],
  ])('does not take the echo of our own code for a word of the server: %s', (code, echoed, expected) => {
    expect(socketEnd({ wasOpen: true, trouble: { code }, close: { code: echoed } })).toEqual(expected);
  });

  it('survives a platform whose close event says nothing', () => {
    expect(socketEnd({ wasOpen: true, close: {} })).toEqual({ kind: 'close' });
  });
});

describe('socketEnd of a line that never opened', () => {
  it('tells how the handshake was refused', () => {
    const refusal = { status: 503, retryAfterMs: 2_000 };

    expect(socketEnd({ wasOpen: false, trouble: {}, close: { code: 1006 }, refusal })).toEqual({
      kind: 'handshake',
      ...refusal,
    });
    expect(socketEnd({ wasOpen: false, trouble: { status: 401 } })).toEqual({
      kind: 'handshake',
      status: 401,
    });
  });

  it('knows an error of the system', () => {
    expect(socketEnd({ wasOpen: false, trouble: { code: 'ECONNREFUSED' }, close: { code: 1006 } })).toEqual({
      kind: 'network',
    });
  });

  it('has no reason where the platform tells none', () => {
    expect(socketEnd({ wasOpen: false, trouble: {}, close: { code: 1006, reason: '' } })).toEqual({
      kind: 'handshake',
      closeCode: 1006,
    });
    expect(socketEnd({ wasOpen: false })).toEqual({ kind: 'handshake' });
  });
});
