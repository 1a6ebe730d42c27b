/** The address of an API as its paths go on from it: with or without a slash at the end, it means the same. */
export const withoutEndSlashes = (address: string): string => {
  let end = address.length;
  while (address.charAt(end - 1) === '/') end -= 1;
  return address.slice(0, end);
};
