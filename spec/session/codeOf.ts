import { ComapiError } from '../../lib/fault/ComapiError.js';

/** The code of an error of ours; anything else as text. */
export const codeOf = (error: unknown): string => (error instanceof ComapiError ? error.code : String(error));
