import type { LocalServer } from '../../../lib/server.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** As JSON if it is, else as text. */
  readonly body: unknown;
}

export interface Ask {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody with a token who asks by HTTP: `await ann('GET', '/conversations')`. */
export type Person = (method: string, path: string, ask?: Ask) => Promise<Answer>;

/** Asks with a given token, or with none. */
export const withToken =
  ({ urlBase, apiSpaceId }: LocalServer, token?: string): Person =>
  async (method, path, { body, headers } = {}) => {
    const response = await fetch(`${urlBase}/apispaces/${apiSpaceId}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && !(body instanceof FormData) && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && {
        body: body instanceof FormData || typeof body === 'string' ? body : JSON.stringify(body),
      }),
    });
    return { status: response.status, headers: response.headers, body: parsed(await response.text()) };
  };

export const person = (server: LocalServer, profileId: string): Person =>
  withToken(server, server.issueToken(profileId));

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
