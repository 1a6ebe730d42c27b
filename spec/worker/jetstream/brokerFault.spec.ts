import { describe, expect, it } from '@jest/globals';
import { ComapiError } from '../../../lib/fault/ComapiError.js';
import type { ErrorCode } from '../../../lib/fault/Fault.js';
import { brokerFault, isTransientFault } from '../../../lib/worker/jetstream/brokerFault.js';

/** An error as the client of the broker makes it: known by its name, whatever copy of the package it comes from. */
const named = (name: string, message = 'words', more: object = {}): Error =>
  Object.assign(new Error(message), { name, ...more });

describe('brokerFault', () => {
  it.each<[ErrorCode, boolean, unknown]>([
    ['timeout', true, named('TimeoutError')],
    ['closed', false, named('ClosedConnectionError')],
    ['closed', false, named('DrainingConnectionError')],
    ['forbidden', false, named('PermissionViolationError')],
    ['forbidden', false, named('RequestError', 'words', { cause: named('PermissionViolationError') })],
    ['forbidden', false, named('AuthorizationError')],
    ['refused', false, named('JetStreamNotEnabled')],
    ['refused', false, named('JetStreamApiError')],
    ['network', true, named('JetStreamApiError', 'words', { status: 503 })],
    ['network', true, named('RequestError', 'words', { cause: named('NoRespondersError') })],
    ['network', true, named('RequestError')],
    ['network', true, 'a string'],
  ])('calls it %s (may pass: %p): %s', (code, mayPass, error) => {
    const fault = brokerFault(error);

    expect(fault.code).toBe(code);
    expect(isTransientFault(fault)).toBe(mayPass);
    expect(fault.cause).toBe(error);
  });

  it('leaves our own errors as they are', () => {
    const error = new ComapiError({ kind: 'conflict', message: 'ours' });

    expect(brokerFault(error)).toBe(error);
  });

  it('quotes what a broker says so that no terminal obeys it, and not without end', () => {
    const { message } = brokerFault(named('JetStreamApiError', `\u001b[2J\u202e${'long '.repeat(1_000)}`));

    expect(message).toMatch(/^The broker refused: \\u\{1b\}\[2J\\u\{202e\}long /);
    expect(message.length).toBeLessThan(300);
  });
});
