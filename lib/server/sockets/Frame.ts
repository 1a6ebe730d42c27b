/** What is sent over a socket, before it becomes text. */
export type Frame = Readonly<Record<string, unknown>>;
