import type { Logger } from '../transport/Logger.js';

/** The same logger, which cannot do any harm: what it throws is dropped. There may be none, and then it is silent. */
export const safeLogger = (logger: Logger | false | undefined): Logger => {
  const safely =
    (level: keyof Logger): Logger[typeof level] =>
    (message, details) => {
      try {
        if (logger) logger[level](message, details);
      } catch {
        // Where a logger fails there is nobody left to tell.
      }
    };
  return { debug: safely('debug'), info: safely('info'), warn: safely('warn'), error: safely('error') };
};
