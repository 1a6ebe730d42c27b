/** What a value has under a name, whatever it is and whichever realm it is from: `undefined` where it has nothing. */
export const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
