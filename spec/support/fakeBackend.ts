import { messagesPage } from './messagesPage.js';

/** A request as the fake backend got it. */
export interface FakeRequest {
  readonly method: string;
  /** Below the API space. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The token it was sent with; empty without one. */
  readonly token: string;
  readonly body: unknown;
  /** Aborted when the client has lost interest. */
  readonly signal: AbortSignal;
}

/** An answer; `json` may be anything. */
export interface FakeAnswer {
  readonly status?: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

type Respond = (request: FakeRequest) => FakeAnswer | undefined | Promise<FakeAnswer | undefined>;

export interface FakeBackend {
  /** To be passed as `fetch`. */
  readonly fetch: typeof globalThis.fetch;
  readonly requests: readonly FakeRequest[];
  /** `'GET /profiles/me'` and so on. */
  readonly calls: readonly string[];
  /** The log of a conversation: items as the events endpoint shows them. Missing: 404. */
  readonly logs: Map<string, readonly { readonly conversationEventId: number }[]>;
  /** Answers before all others; what it gives `undefined` for is answered as usual. */
  respond: Respond;
  /** How many requests have neither been answered nor given up. */
  readonly inFlight: number;
}

/** Answer for a request that is never answered. */
export const never = (): Promise<FakeAnswer> => new Promise(() => undefined);

/** REST without a network: sessions, profiles, and the logs of conversations. Answers come at once. */
export const fakeBackend = (): FakeBackend => {
  const requests: FakeRequest[] = [];
  const logs: FakeBackend['logs'] = new Map();
  const open = new Set<FakeRequest>();
  let sessions = 0;

  const usual = (request: FakeRequest): FakeAnswer => {
    const { method, path } = request;
    if (path === '/sessions/start') return { json: { authenticationId: 'a', nonce: 'nonce' } };
    if (method === 'POST' && path === '/sessions') {
      sessions += 1;
      return { json: { token: `session-${sessions}`, session: { id: `s${sessions}`, profileId: 'me' } } };
    }
    if (method === 'DELETE') return { status: 204 };
    if (path.startsWith('/profiles/')) return { json: {} };
    return logOf(request, logs) ?? { status: 404 };
  };

  const exchange = async (request: FakeRequest, respond: Respond): Promise<Response> => {
    requests.push(request);
    open.add(request);
    request.signal.addEventListener('abort', () => open.delete(request));
    const { status = 200, json, headers = {} } = (await respond(request)) ?? usual(request);
    open.delete(request);
    if (request.signal.aborted) throw new DOMException('The request was aborted.', 'AbortError');
    return new FakeResponse(status, json, headers);
  };

  const backend: FakeBackend = {
    fetch: (input, init) => exchange(requestFrom(input, init), backend.respond),
    requests,
    get calls() {
      return requests.map(({ method, path }) => `${method} ${path}`);
    },
    logs,
    respond: () => undefined,
    get inFlight() {
      return open.size;
    },
  };
  return backend;
};

const requestFrom = (input: Request | URL | string, init: RequestInit = {}): FakeRequest => {
  const { pathname, searchParams } = new URL(input instanceof Request ? input.url : input);
  return {
    method: init.method ?? 'GET',
    path: pathname.replace(/^\/apispaces\/[^/]*/, ''),
    query: Object.fromEntries(searchParams),
    token: new Headers(init.headers).get('authorization')?.replace('Bearer ', '') ?? '',
    body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    signal: init.signal ?? new AbortController().signal,
  };
};

const logOf = ({ path, query }: FakeRequest, logs: FakeBackend['logs']): FakeAnswer | undefined => {
  const [, id = '', what] = /^\/conversations\/([^/]+)\/(events|messages)$/.exec(path) ?? [];
  const log = logs.get(decodeURIComponent(id));
  if (log === undefined) return undefined;
  if (what === 'messages') {
    const { limit, from } = query;
    return { json: messagesPage(log, Number(limit), from === undefined ? undefined : Number(from)) };
  }
  const from = Number(query['from']);
  const page = log.filter(({ conversationEventId }) => conversationEventId >= from);
  return { json: page.slice(0, Number(query['limit'])) };
};

/** Without a stream, which would take turns of the event loop of its own. */
class FakeResponse extends Response {
  readonly #text: string;

  constructor(status: number, json: unknown, headers: Readonly<Record<string, string>>) {
    super(null, { status, headers });
    this.#text = json === undefined ? '' : JSON.stringify(json);
  }

  override text(): Promise<string> {
    return Promise.resolve(this.#text);
  }
}
