/** What a broker says about a delivery in the subject on which it wants the answer. */
export interface DeliveryInfo {
  /** 1 = the first time. */
  readonly attempt: number;
  /** The position in the stream. */
  readonly sequence: number;
  /** How many more wait behind it. */
  readonly pending: number;
}

/**
 * Reads the subject of acknowledgement; `undefined`: this is no delivery.
 *
 *     $JS.ACK.<stream>.<consumer>.<attempt>.<sequence>.<delivery>.<time>.<pending>
 *     $JS.ACK.<domain>.<account>.<stream>.<consumer>.<attempt>.<sequence>. ...
 */
export const deliveryInfo = (reply: string): DeliveryInfo | undefined => {
  const tokens = reply.split('.');
  if (tokens[0] !== '$JS' || tokens[1] !== 'ACK' || tokens.length < 9) return undefined;
  const at = tokens.length === 9 ? 4 : 6;
  const [attempt = NaN, sequence = NaN, , , pending = NaN] = tokens.slice(at, at + 5).map(Number);
  return [attempt, sequence, pending].every(Number.isSafeInteger)
    ? { attempt, sequence, pending }
    : undefined;
};
