/** What is known about the time a token lives; server times in ms since 1970. */
export interface Life {
  /** The client's clock when the token came. */
  readonly receivedAt: number;
  /** The server's clock when the token came, where it can be read. */
  readonly servedAt?: number | undefined;
  /** When the server says to have issued it. */
  readonly issuedAt?: number | undefined;
  /** When it expires by the server's clock. */
  readonly expiresOn?: number | undefined;
  readonly random: () => number;
}

/** When to renew and when to stop using a token, in ms on the client's own clock. */
export interface Lifetime {
  readonly renewAt?: number;
  readonly expiresAt?: number;
}

/**
 * Translates a token's expiry to the client's own clock, which may be hours off.
 *
 * The server's clock at the moment of receipt is its `Date` header; where a browser hides that, a token that was
 * just issued says it with `iat`. Only where both are missing the two clocks are taken for one. The token is due
 * for renewal after 75 to 85 % of its life, so that many clients do not renew in step.
 *
 * @returns Nothing where there is no expiry, and where it is not after the receipt: then one of the times is
 * wrong, and it is up to the server to answer 401.
 */
export const lifetime = ({ receivedAt, servedAt, issuedAt, expiresOn, random }: Life): Lifetime => {
  if (expiresOn === undefined) return {};
  const lifeMs = expiresOn - (servedAt ?? issuedAt ?? receivedAt);
  if (!(lifeMs > 0)) return {};
  return {
    renewAt: receivedAt + lifeMs * (0.75 + 0.1 * random()),
    expiresAt: receivedAt + lifeMs,
  };
};
