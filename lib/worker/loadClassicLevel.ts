import type * as ClassicLevelModule from 'classic-level';
import { isJsonObject } from '../wire/JsonObject.js';

/** Loads the optional peer when it is first needed, and says how to get it where it is missing. */
export const loadClassicLevel = async (): Promise<Pick<typeof ClassicLevelModule, 'ClassicLevel'>> => {
  try {
    return await import('classic-level');
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    throw new Error('levelCursorStore needs the package classic-level: npm install classic-level', { cause });
  }
};

const isMissing = (cause: unknown): boolean =>
  isJsonObject(cause) && (cause['code'] === 'ERR_MODULE_NOT_FOUND' || cause['code'] === 'MODULE_NOT_FOUND');
