import { ComapiError } from '../fault/ComapiError.js';

/** The error of what was still under way when the session ended. */
export const sessionEnded = (): ComapiError =>
  new ComapiError({ kind: 'closed', message: 'The session was ended meanwhile.' });
