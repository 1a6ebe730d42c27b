/** A request that the server understood and does not grant, with the HTTP status that says so. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  /** @param message A sentence that goes to the client: it never holds a token or a body. */
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
