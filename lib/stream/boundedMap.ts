/** A map that forgets. */
export interface BoundedMap<K, V> {
  get(key: K): V | undefined;
  /** Keeps it as the newest; the oldest has to go when there are too many. */
  set(key: K, value: V): void;
  delete(key: K): void;
  clear(): void;
  readonly size: number;
}

/** Creates an empty map that holds the `most` entries that were set last. */
export const boundedMap = <K, V>(most: number): BoundedMap<K, V> => {
  const entries = new Map<K, V>();

  return {
    get: (key) => entries.get(key),
    set: (key, value) => {
      entries.delete(key);
      entries.set(key, value);
      for (const oldest of entries.keys()) {
        if (entries.size <= most) return;
        entries.delete(oldest);
      }
    },
    delete: (key) => {
      entries.delete(key);
    },
    clear: () => {
      entries.clear();
    },
    get size() {
      return entries.size;
    },
  };
};
