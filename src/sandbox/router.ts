import { match, type MatchFunction, type MatchResult } from 'path-to-regexp';
import type { Route } from './route';

export type Found =
  | { readonly kind: 'route'; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'otherMethod'; readonly allowed: readonly string[] }
  | { readonly kind: 'nothing' };

/** Finds the route of a request. Spelling is exact: a trailing slash is another path. */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => Found {
  const matchers = routes.map((route) => ({
    route,
    matches: match<Record<string, string>>(route.path, { sensitive: true, trailing: false }),
  }));
  return (method, path) => {
    const allowed: string[] = [];
    for (const { route, matches } of matchers) {
      const found = matchOf(matches, path);
      if (found !== false && route.method === method) {
        return { kind: 'route', route, params: found.params };
      }
      if (found !== false) {
        allowed.push(route.method);
      }
    }
    return allowed.length > 0 ? { kind: 'otherMethod', allowed } : { kind: 'nothing' };
  };
}

/** A path that cannot be decoded is no path of ours. */
function matchOf<P extends Record<string, string>>(
  matches: MatchFunction<P>,
  path: string,
): MatchResult<P> | false {
  try {
    return matches(path);
  } catch {
    return false;
  }
}
