/** What the host of this page knows. An app of yours has this in its configuration. */
export interface Setup {
  readonly server: {
    readonly apiSpaceId: string;
    readonly urlBase: string;
    readonly webSocketBase: string;
  };
  /** Profile ids of those whose screens are shown. */
  readonly people: readonly string[];
  /** Names to show, by profile id. */
  readonly names: Readonly<Record<string, string>>;
}

/** Asks the host of this page. */
export const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
  const response = await fetch(`/demo/${path}`, init);
  if (response.ok) return response;
  throw new Error(`${path} answered ${response.status}`);
};

/** The host is ours, so what it says is believed. */
export const askFor = async <A>(path: string): Promise<A> => (await (await ask(path)).json()) as A;
