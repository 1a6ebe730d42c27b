import { Refusal } from '../Refusal.js';
import type { Call } from './Route.js';

/** Refuses a change of something that is not, or no longer, what the client thinks it is. */
export const expectMatch = (call: Call, etag: string | undefined): void => {
  const wanted = call.header('if-match');
  if (wanted === undefined) return;
  const tags = wanted.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (etag !== undefined && (tags.includes('*') || tags.includes(etag))) return;
  throw new Refusal(412, 'It has changed in the meantime.');
};
