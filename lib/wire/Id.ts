import type * as t from 'io-ts';
import { testedBy } from './testedBy.js';

const isId = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** The id of a conversation, a message or a profile: any string but the empty one. */
export const Id: t.Type<string> = testedBy('non-empty string', isId);
