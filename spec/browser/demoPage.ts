import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** `comapi-rx demo --web` as it is built, in a process of its own. */
export interface DemoPage {
  readonly url: string;
  /** Asks the host of the page from outside of any browser. */
  ask(path: string, method?: string): Promise<Response>;
  /** Presses Ctrl-C, and gives the exit code. */
  interrupt(): Promise<number | null>;
}

export const startDemoPage = async (args: readonly string[] = []): Promise<DemoPage> => {
  execFileSync(process.execPath, ['.github/tools/fresh.mjs'], { cwd: root });
  const child = spawn(process.execPath, ['dist/esm/cli.js', 'demo', '--web', '--json', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const [told] = (await Promise.race([
    once(child.stdout.setEncoding('utf8'), 'data'),
    ended.then(() => Promise.reject(new Error('The demo ended before it said where its page is.'))),
  ])) as [string];
  const { url } = JSON.parse(told) as { readonly url: string };
  return {
    url,
    ask: (door, method = 'GET') =>
      fetch(`${url}demo/${door}`, { method, headers: { origin: new URL(url).origin } }),
    interrupt: async () => {
      child.kill('SIGINT');
      const [code] = (await ended) as [number | null];
      return code;
    },
  };
};
