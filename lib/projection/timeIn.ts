/** A server's timestamp in ms since 1970; undefined where there is none, or it cannot be read. */
export const timeIn = (timestamp: unknown): number | undefined => {
  const time = typeof timestamp === 'string' ? Date.parse(timestamp) : NaN;
  return Number.isNaN(time) ? undefined : time;
};
