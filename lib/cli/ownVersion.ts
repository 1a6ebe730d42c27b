import { createRequire } from 'node:module';

/** The version of this package: found by its name, so that it does not matter from where this file runs. */
export const ownVersion = (): string => {
  const own: unknown = createRequire(import.meta.url)('comapi-rx/package.json');
  const version = typeof own === 'object' && own !== null && 'version' in own ? own.version : undefined;
  return typeof version === 'string' ? version : 'unknown';
};
