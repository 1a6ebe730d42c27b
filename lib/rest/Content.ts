/** A file to be uploaded, so that messages can link to it. */
export interface NewContent {
  /** The bytes, or the same as base64 text. */
  readonly data: string | Blob;
  readonly name: string;
  /** Media type: `'image/png'`. */
  readonly type: string;
}

/** An uploaded file. */
export interface UploadedContent {
  readonly id?: string;
  readonly url: string;
  readonly type?: string;
  /** Length in bytes. */
  readonly size?: number;
  readonly folder?: string;
  readonly name?: string;
}
