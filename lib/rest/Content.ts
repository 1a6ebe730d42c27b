/** A file to be put beside the conversations, for messages to point at. */
export interface NewContent {
  /** The bytes, or the same as base64 text. */
  readonly data: string | Blob;
  readonly name: string;
  /** Media type: `'image/png'`. */
  readonly type: string;
}

/** A file that the server has taken. */
export interface UploadedContent {
  readonly id?: string;
  readonly url: string;
  readonly type?: string;
  /** Length in bytes. */
  readonly size?: number;
  readonly folder?: string;
  readonly name?: string;
}
