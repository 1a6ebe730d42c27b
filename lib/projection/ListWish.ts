/**
 * When the list of conversations should be read again: something is missing in it, or something of it may have
 * changed.
 */
export type ListWish = 'now' | 'soon' | undefined;
