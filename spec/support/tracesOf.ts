import { inspect, type InspectOptions, types } from 'node:util';

const DEEP: InspectOptions = {
  depth: Infinity,
  showHidden: true,
  getters: true,
  maxArrayLength: null,
  maxStringLength: null,
};

/** The ways in which a value gets into a log, a console or a debugger. */
const LOOKS: Readonly<Record<string, (value: unknown) => string | undefined>> = {
  'console.log': (value) => inspect(value),
  inspect: (value) => inspect(value, DEEP),
  'inspect without its customs': (value) => inspect(value, { ...DEEP, customInspect: false }),
  'JSON.stringify': (value) => JSON.stringify(value),
  'a template': (value) => String(value),
  'a walk over all that can be reached': (value) => reachable(value).join('\n'),
};

/**
 * Looks for secrets in values, whichever way one looks at them.
 *
 * @param secrets By name. Each is also looked for as it would be in a URL, in base64 and as bytes.
 * @param seen By where it was seen.
 * @returns `'<secret> in <where>, shown by <look>'` for each find.
 */
export const tracesOf = (
  secrets: Readonly<Record<string, string>>,
  seen: Readonly<Record<string, unknown>>,
): readonly string[] =>
  Object.entries(seen).flatMap(([where, value]) =>
    Object.entries(LOOKS).flatMap(([look, show]) => {
      const text = shown(show, value);
      return Object.entries(secrets)
        .filter(([, secret]) => disguises(secret).some((one) => text.includes(one)))
        .map(([name]) => `${name} in ${where}, shown by ${look}`);
    }),
  );

/** A value that cannot be shown in some way gives nothing away in that way. */
const shown = (show: (value: unknown) => string | undefined, value: unknown): string => {
  try {
    return show(value) ?? '';
  } catch {
    return '';
  }
};

const disguises = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('base64url'),
  Buffer.from(secret).toString('hex'),
];

/** Every text and every byte that a program can reach from a value, by members, getters and symbols of any kind. */
const reachable = (root: unknown): readonly string[] => {
  const texts: string[] = [];
  const known = new Set<unknown>();
  const waiting: unknown[] = [root];

  for (let value = waiting.pop(); value !== undefined || waiting.length > 0; value = waiting.pop()) {
    if (typeof value === 'string') texts.push(value);
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || known.has(value))
      continue;
    known.add(value);
    const bytes = bytesOf(value);
    if (bytes !== undefined) {
      texts.push(bytes.toString('latin1'));
      continue;
    }
    if (value instanceof Map) waiting.push(...value.keys(), ...value.values());
    if (value instanceof Set) waiting.push(...value);
    for (const key of keysOf(value)) waiting.push(String(key), memberOf(value, key));
  }
  return texts;
};

const bytesOf = (value: object): Buffer | undefined => {
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return types.isAnyArrayBuffer(value) ? Buffer.from(value) : undefined;
};

/** Own ones, and the getters of all prototypes. */
const keysOf = (value: object): readonly (string | symbol)[] => {
  const keys = new Set(Reflect.ownKeys(value));
  for (let up = Reflect.getPrototypeOf(value); up !== null; up = Reflect.getPrototypeOf(up)) {
    for (const key of Reflect.ownKeys(up)) {
      if (Reflect.getOwnPropertyDescriptor(up, key)?.get !== undefined) keys.add(key);
    }
  }
  return [...keys];
};

const memberOf = (value: object, key: string | symbol): unknown => {
  try {
    return Reflect.get(value, key);
  } catch {
    return undefined;
  }
};
