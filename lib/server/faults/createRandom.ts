/**
 * Makes a source of numbers from 0 up to but not including 1, the same ones for the same seed.
 *
 * It is mulberry32: 32 bits of state, quick, and good enough to decide which frame gets lost. It is no source of
 * secrets.
 *
 * @param seed Any number; its lowest 32 bits count.
 */
export const createRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
