import { randomUUID } from 'node:crypto';
import * as t from 'io-ts';
import type { AuthorisedCall, Route } from '../http/Route.js';
import { Refusal } from '../Refusal.js';
import type { Space } from '../Space.js';

interface Upload {
  readonly bytes: Buffer;
  readonly type: string;
  readonly name?: string;
}

const JsonUpload = t.intersection([
  t.type({ data: t.string, type: t.string }),
  t.partial({ name: t.string }),
]);
const maxKeptBytes = 64 * 1_024 * 1_024;

/** Files that messages point to. Uploading takes a session; whoever knows the address can read, as with a CDN. */
export const contentRoutes = ({ apiSpaceId }: Space, urlBase: () => string): readonly Route[] => {
  const kept = new Map<string, Upload>();

  const keep = (id: string, upload: Upload): void => {
    kept.set(id, upload);
    let total = [...kept.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
    for (const [oldest, { bytes }] of kept) {
      if (total <= maxKeptBytes) return;
      kept.delete(oldest);
      total -= bytes.length;
    }
  };

  return [
    {
      method: 'POST',
      path: '/content',
      answer: async (call) => {
        const upload = await uploadOf(call);
        const { type, name, bytes } = upload;
        const id = randomUUID();
        keep(id, upload);
        const url = `${urlBase()}/apispaces/${encodeURIComponent(apiSpaceId)}/content/${id}`;
        const folder = call.query.get('folder') ?? 'uploads';
        return {
          status: 200,
          json: { folder, id, type, url, size: bytes.length, ...(name !== undefined && { name }) },
        };
      },
    },
    {
      method: 'GET',
      path: '/content/:contentId',
      isOpen: true,
      answer: ({ param }) => {
        const upload = kept.get(param('contentId'));
        if (!upload) throw new Refusal(404, 'The content does not exist.');
        // As an attachment: a page somebody uploaded must not run as one of this server.
        const headers = { 'Content-Type': upload.type, 'Content-Disposition': 'attachment' };
        return { status: 200, bytes: upload.bytes, headers };
      },
    },
  ];
};

const uploadOf = async (call: AuthorisedCall): Promise<Upload> => {
  const contentType = call.header('content-type') ?? '';
  const upload = /^multipart\/form-data\b/i.test(contentType)
    ? await formUpload(call, contentType)
    : await jsonUpload(call);
  if (/^[\x20-\x7e]*$/.test(upload.type)) return upload;
  throw new Refusal(400, 'The type of the content is not a media type.');
};

const jsonUpload = async (call: AuthorisedCall): Promise<Upload> => {
  const { data, type, name } = await call.json(JsonUpload);
  return { bytes: Buffer.from(data, 'base64'), type, ...(name !== undefined && { name }) };
};

const formUpload = async (call: AuthorisedCall, contentType: string): Promise<Upload> => {
  const body = await call.bytes();
  const form = await new Response(new Uint8Array(body), { headers: { 'Content-Type': contentType } })
    .formData()
    .catch(() => {
      throw new Refusal(400, 'The body is not a form.');
    });
  const file = [...form.values()].find((value) => typeof value !== 'string');
  if (!file) throw new Refusal(400, 'The form has no file.');
  const { type, name } = file;
  return { bytes: Buffer.from(await file.arrayBuffer()), type: type || 'application/octet-stream', name };
};
