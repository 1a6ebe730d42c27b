/** What an argument may be: how a sentence calls it, and whether a value is it. */
export interface Kind {
  readonly name: string;
  readonly fits: (value: unknown) => boolean;
  /** What is thrown at another value. Default: `TypeError`. */
  readonly Refusal?: ErrorConstructor;
  /** Whether it may not be absent either. */
  readonly isRequired?: true;
}

/** A kind for each key. */
export type Kinds = Readonly<Record<string, Kind>>;

/**
 * Throws a `TypeError` or `RangeError` with a sentence for the first value that is not of its kind. `undefined`
 * counts as absent.
 */
export const checkKinds = (values: object, kinds: Kinds): void => {
  for (const [key, kind] of Object.entries(kinds)) {
    const { name, Refusal = TypeError } = kind;
    if (!suits(Reflect.get(values, key), kind)) throw new Refusal(`${key} must be ${name}.`);
  }
};

/** The same for a single value, which the sentence calls by its key. */
export const check = (kind: Kind, value: object): void => {
  for (const key of Object.keys(value)) checkKinds(value, { [key]: kind });
};

const suits = (value: unknown, { fits, isRequired }: Kind): boolean =>
  value === undefined ? isRequired !== true : fits(value);

export const required = (kind: Kind): Kind => ({ ...kind, isRequired: true });

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** By what it can do: what comes from another realm or another copy of a package is as good. */
export const having = (name: string, ...methods: readonly string[]): Kind => ({
  name,
  fits: (value) => isObject(value) && methods.every((method) => typeof value[method] === 'function'),
});

export const FUNCTION: Kind = { name: 'a function', fits: (value) => typeof value === 'function' };
export const FLAG: Kind = { name: 'true or false', fits: (value) => typeof value === 'boolean' };
export const STRING: Kind = { name: 'a string', fits: (value) => typeof value === 'string' };
/** A text that names something. */
export const NAME: Kind = {
  name: 'a string that is not empty',
  fits: (value) => typeof value === 'string' && value !== '',
};
export const OBJECT: Kind = { name: 'an object', fits: isObject };
export const OBSERVABLE = /* @__PURE__ */ having('an Observable', 'subscribe', 'pipe');
export const SCHEDULER = /* @__PURE__ */ having('a scheduler, with now() and schedule()', 'now', 'schedule');
export const ZONE = /* @__PURE__ */ having(
  'a zone, with run() and runOutsideAngular()',
  'run',
  'runOutsideAngular',
);
export const STORE = /* @__PURE__ */ having('a store, with load() and save()', 'load', 'save');
export const LOGGER = /* @__PURE__ */ having(
  'a logger, with debug() to error()',
  'debug',
  'info',
  'warn',
  'error',
);
const TARGET = /* @__PURE__ */ having('', 'addEventListener', 'removeEventListener');
export const SIGNAL: Kind = {
  name: 'an AbortSignal',
  fits: (value) => TARGET.fits(value) && isObject(value) && typeof value['aborted'] === 'boolean',
};
export const TIME: Kind = {
  name: 'a number of zero or more',
  fits: (value) => typeof value === 'number' && value >= 0,
  Refusal: RangeError,
};

/** An object in which each of these keys is of its kind. */
export const objectWith = (kinds: Kinds): Kind => {
  const members = Object.entries(kinds);
  const named = members.map(([key, { name, isRequired }]) => `${key}${isRequired ? '' : '?'}: ${name}`);
  return {
    name: `an object { ${named.join(', ')} }`,
    fits: (value) => isObject(value) && members.every(([key, kind]) => suits(value[key], kind)),
  };
};

export const listOfKind = (kind: Kind, name = `a list, each item ${kind.name}`): Kind => ({
  name,
  fits: (value) => Array.isArray(value) && value.every(kind.fits),
});

export const IDS = /* @__PURE__ */ listOfKind(NAME, 'a list of strings that are not empty');

/** A whole number, or `Infinity`, of at least so much. */
export const count = (least: number): Kind => ({
  name: `a whole number of at least ${least}, or Infinity`,
  fits: (value) => value === Infinity || whole(least).fits(value),
  Refusal: RangeError,
});

/** A whole number of at least so much. */
export const whole = (least: number): Kind => ({
  name: `a whole number of at least ${least}`,
  fits: (value) => Number.isSafeInteger(value) && Number(value) >= least,
  Refusal: RangeError,
});

/** A whole number of these or between them. */
export const wholeFrom = (least: number, most: number): Kind => ({
  name: `a whole number from ${least} to ${most}`,
  fits: (value) => whole(least).fits(value) && Number(value) <= most,
  Refusal: RangeError,
});

/** One of a few values. */
export const oneOf = (...values: readonly unknown[]): Kind => ({
  name: `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`,
  fits: (value) => values.includes(value),
});

/** What is of one of two kinds. */
export const either = (first: Kind, second: Kind): Kind => ({
  name: `${first.name} or ${second.name}`,
  fits: (value) => first.fits(value) || second.fits(value),
});

/** The one value beside the kind. */
export const or = (value: null | false, kind: Kind): Kind => ({
  ...kind,
  name: `${value}, or ${kind.name}`,
  fits: (given) => given === value || kind.fits(given),
});
