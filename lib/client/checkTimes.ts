/** Throws a `RangeError` for a value that is there and is no number of zero or more. */
export const checkTimes = (times: Readonly<Record<string, unknown>>): void => {
  for (const [name, value] of Object.entries(times)) {
    if (value !== undefined && !(typeof value === 'number' && value >= 0)) {
      throw new RangeError(`${name} must be a number of zero or more.`);
    }
  }
};
