/** One request that was answered. The query is left out: it may hold a token. */
export interface AnsweredRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
}
