import type { IncomingMessage } from 'node:http';

/** The token in the `Authorization` header of a request, if there is one. */
export const bearerOf = ({ headers: { authorization = '' } }: IncomingMessage): string | undefined =>
  /^bearer +(\S+)$/i.exec(authorization)?.[1];
