import { noop } from 'rxjs';

/**
 * Reads the body of an answer as UTF-8 text and gives up as soon as it is larger than allowed.
 *
 * The bytes are counted while they stream in and after decompression: neither a false `Content-Length` nor a
 * small body that inflates gets past the limit.
 *
 * @param maxBytes The most bytes that are kept.
 * @returns `undefined` when there is more than that. Rejects with what the platform rejects with.
 */
export const readText = async (response: Response, maxBytes: number): Promise<string | undefined> => {
  const reader = response.body?.getReader();
  if (reader === undefined) return wholeText(response, maxBytes);

  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    bytes += chunk.value.byteLength;
    if (bytes > maxBytes) {
      // What the platform says about the rest is of no interest, only that it comes no more.
      reader.cancel().catch(noop);
      return undefined;
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
  return text + decoder.decode();
};

/** Some platforms have no streams; and an answer such as 204 has no body. */
const wholeText = async (response: Response, maxBytes: number): Promise<string | undefined> => {
  const text = await response.text();
  return text.length > maxBytes ? undefined : text;
};
