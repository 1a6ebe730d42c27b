/** What the server says about the session that is in use. */
export interface SessionDetails {
  readonly id: string;
  readonly profileId: string;
  /** ISO 8601, by the server's clock. */
  readonly expiresOn?: string;
}
