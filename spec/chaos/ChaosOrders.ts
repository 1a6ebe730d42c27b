/** What a worker is told that is going to be killed. */
export interface ChaosOrders {
  /** Which life of it this is, from 0. */
  readonly life: number;
  readonly apiSpaceId: string;
  readonly urlBase: string;
  readonly webSocketBase: string;
  readonly token: string;
  /** The directory of its cursors. */
  readonly store: string;
  /** The file of its effects. */
  readonly effects: string;
  /** After so many effects it dies, before the last of them is committed; absent: it is killed from outside. */
  readonly dieAfter?: number;
}
