/** A range of positions, both ends in it: `7`, `7-9`. */
export const rangeText = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  from === to ? String(from) : `${from}-${to}`;
