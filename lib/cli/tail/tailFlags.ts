import { parseFlags, wholeNumber } from '../parseFlags.js';
import { UsageError } from '../UsageError.js';

/** What `tail` follows, and how. */
export interface TailFlags {
  readonly conversationId: string;
  readonly urlBase: string;
  readonly webSocketBase: string;
  readonly apiSpaceId: string;
  readonly token: string;
  /** The last id that is not wanted; -1 = from the beginning. */
  readonly after: number | 'now';
  readonly json: boolean;
}

/** @param environment Holds the token in `COMAPI_TOKEN`, where other users of the machine cannot read it. */
export const tailFlags = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): TailFlags => {
  const { values, positionals } = parseFlags(
    args,
    {
      url: { type: 'string', default: 'https://api.comapi.com' },
      ws: { type: 'string' },
      space: { type: 'string' },
      token: { type: 'string' },
      after: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
    1,
  );
  const [conversationId] = positionals;
  if (conversationId === undefined || conversationId === '')
    throw new UsageError('tail needs a conversation; see --help');
  return {
    conversationId,
    urlBase: values.url,
    webSocketBase: values.ws ?? values.url.replace(/^http/, 'ws'),
    apiSpaceId: given('--space', values.space),
    token: given(
      '--token or the environment variable COMAPI_TOKEN',
      values.token ?? environment['COMAPI_TOKEN'],
    ),
    after: startOf(values.after),
    json: values.json,
  };
};

const given = (what: string, value: string | undefined): string => {
  if (value !== undefined && value !== '') return value;
  throw new UsageError(`tail needs ${what}; see --help`);
};

const startOf = (after: string | undefined): number | 'now' => {
  if (after === undefined || after === '-1') return -1;
  return after === 'now' ? 'now' : wholeNumber('after', after, Number.MAX_SAFE_INTEGER);
};
