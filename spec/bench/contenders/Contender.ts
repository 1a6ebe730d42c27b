/**
 * Connects to a server and hands on the payload of every message event, as an application would get it.
 *
 * Resolves as soon as events may come.
 */
export type Contender = (urls: ContenderUrls, told: (event: unknown) => void) => Promise<unknown>;

export interface ContenderUrls {
  /** A plain WebSocket at any path, which sends frames as Comapi does. */
  readonly ws: string;
  readonly centrifuge: string;
  readonly socketIo: string;
}
