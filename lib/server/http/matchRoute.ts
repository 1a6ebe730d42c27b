import { Refusal } from '../Refusal.js';
import type { Route } from './Route.js';

export interface Match {
  readonly route: Route;
  readonly params: ReadonlyMap<string, string>;
}

/** Finds the route for a path: 404 when no route has it, 405 when one has it for another method. */
export const matchRoute = (routes: readonly Route[], method: string, segments: readonly string[]): Match => {
  const matches = routes.flatMap((route) => {
    const params = paramsOf(route.path.split('/').slice(1), segments);
    return params ? [{ route, params }] : [];
  });
  const match = matches.find(({ route }) => route.method === method);
  if (match) return match;
  throw matches.length > 0
    ? new Refusal(405, 'The method is not known here.')
    : new Refusal(404, 'There is nothing at this path.');
};

const paramsOf = (
  pattern: readonly string[],
  segments: readonly string[],
): ReadonlyMap<string, string> | undefined => {
  if (pattern.length !== segments.length) return undefined;
  const params = new Map<string, string>();
  for (const [index, word] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (word.startsWith(':') && segment !== '') params.set(word.slice(1), segment);
    else if (word.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return params;
};
