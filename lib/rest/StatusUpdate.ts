/** Which messages were delivered to me, or read by me. */
export interface StatusUpdate {
  readonly messageIds: readonly string[];
  readonly status: 'delivered' | 'read';
  /** When it happened, ISO 8601. Default: the time of the request. */
  readonly timestamp?: string | undefined;
}
