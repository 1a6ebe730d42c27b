/** Says what became of messages for whoever is logged in. */
export interface StatusUpdate {
  readonly messageIds: readonly string[];
  readonly status: 'delivered' | 'read';
  /** When it happened, ISO 8601. Default: the time of the request. */
  readonly timestamp?: string | undefined;
}
