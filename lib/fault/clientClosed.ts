import { ComapiError } from './ComapiError.js';

/** What whoever still wants something of a closed client is told. */
export const clientClosed = (): ComapiError =>
  new ComapiError({ kind: 'closed', message: 'The client is closed.' });
