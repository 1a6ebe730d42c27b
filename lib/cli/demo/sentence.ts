const OPENINGS = ['Did you see', 'I just found', 'Somebody left', 'We need', 'Look at', 'Who took'];
const THINGS = [
  'the watering can',
  'a hedgehog',
  'the key of the shed',
  'two kilos of plums',
  'your hat',
  'the map',
];
const PLACES = [
  'behind the roses',
  'on the bench',
  'in the greenhouse',
  'by the pond',
  'under the apple tree',
];

/** Something that people in a garden say to each other. */
export const sentence = (random: () => number): string => {
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? '';
  return `${pick(OPENINGS)} ${pick(THINGS)} ${pick(PLACES)}${random() < 0.5 ? '?' : '.'}`;
};
