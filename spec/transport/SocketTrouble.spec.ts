import { describe, expect, it } from '@jest/globals';
import { isTooBig, troubleIn } from '../../lib/transport/SocketTrouble.js';

const withCode = (code: unknown): unknown => ({
  error: Object.assign(new Error('wss://x?token=SECRET'), { code }),
});

describe('troubleIn', () => {
  it('takes the code of the error and leaves its message', () => {
    expect(troubleIn(withCode('ECONNREFUSED'))).toEqual({ code: 'ECONNREFUSED' });
  });

  it('reads the status of a handshake out of the sentence of ws', () => {
    expect(troubleIn({ error: new Error('Unexpected server response: 401') })).toEqual({ status: 401 });
  });

  it.each([undefined, null, 'x', {}, { error: null }, { error: 'x' }, withCode(7), new Event('error')])(
    'finds nothing where there is nothing: %p',
    (event) => {
      expect(troubleIn(event)).toEqual({});
    },
  );
});

describe('isTooBig', () => {
  it.each([
    'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
    'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH',
    'WS_ERR_TOO_MANY_BUFFERED_PARTS',
  ])('knows %s', (code) => {
    expect(isTooBig({ code })).toBe(true);
  });

  it('is no other error', () => {
    expect(isTooBig({ code: 'WS_ERR_INVALID_UTF8' })).toBe(false);
    expect(isTooBig({})).toBe(false);
  });
});
