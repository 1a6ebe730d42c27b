import type { Message } from 'comapi-rx';

/** What a message says; other parts than text are left to you. */
export const textOf = ({ parts }: Message): string => parts.map(({ data }) => data ?? '').join(' ');
