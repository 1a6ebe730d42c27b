/** Those of a page that a request has to know of. */
export interface RequestScope {
  /** Runs what the page's own code does, as the page would. */
  readonly run: (task: () => void) => void;
  /** Told when a request starts; the returned function, when it is over. */
  readonly begin: (abort: () => void) => () => void;
}

type Callback = ((event?: unknown) => void) | null;

const ALWAYS_READABLE = ['cache-control', 'content-language', 'content-length', 'content-type', 'expires'];

/**
 * An `XMLHttpRequest` on top of `fetch`, as far as one is needed to speak JSON.
 *
 * It keeps to what a page from elsewhere may see: of the headers of an answer only those that the answer itself
 * says are for all to read.
 */
export const xmlHttpRequestIn = ({ run, begin }: RequestScope): new () => object =>
  class XmlHttpRequest {
    withCredentials = false;
    readyState = 0;
    status = 0;
    responseText = '';
    onload: Callback = null;
    onerror: Callback = null;
    onabort: Callback = null;
    onreadystatechange: Callback = null;

    readonly #headers = new Headers();
    readonly #abort = new AbortController();
    #method = 'GET';
    #url = '';
    #answered = new Headers();

    open(method: string, url: string): void {
      this.#method = method;
      this.#url = url;
      this.#become(1);
    }

    setRequestHeader(name: string, value: string): void {
      this.#headers.append(name, value);
    }

    getAllResponseHeaders(): string {
      return [...this.#answered].map(([name, value]) => `${name}: ${value}\r\n`).join('');
    }

    abort(): void {
      this.#abort.abort();
    }

    send(body: string | null = null): void {
      const isOver = begin(() => this.abort());
      void this.#exchange(body)
        .then(
          () => run(() => this.onload?.()),
          () => run(() => (this.#abort.signal.aborted ? this.onabort?.() : this.onerror?.())),
        )
        .then(isOver);
    }

    async #exchange(body: string | null): Promise<void> {
      const { signal } = this.#abort;
      const response = await fetch(this.#url, { method: this.#method, headers: this.#headers, body, signal });
      this.responseText = await response.text();
      this.status = response.status;
      this.#answered = readable(response.headers);
      run(() => this.#become(4));
    }

    #become(state: number): void {
      this.readyState = state;
      this.onreadystatechange?.();
    }
  };

const readable = (headers: Headers): Headers => {
  const exposed = (headers.get('access-control-expose-headers') ?? '').toLowerCase().split(/\s*,\s*/);
  return new Headers([...headers].filter(([name]) => [...ALWAYS_READABLE, ...exposed].includes(name)));
};
