/** It sends the signed-in on to where they begin. */
const HOME = '/';

/** Where to go after signing in: a path of this site, nothing else, whatever the link says. */
export function returnPath(from: string | string[] | undefined): string {
  if (typeof from !== 'string' || !from.startsWith('/')) return HOME;
  // "//host", "/\host" and control characters are read as another site by browsers; URL reads them as they do.
  const base = 'http://here.invalid';
  if (!URL.canParse(from, base)) return HOME;
  const url = new URL(from, base);
  return url.origin === base ? url.pathname + url.search : HOME;
}

/** The way to sign in or up that ends where the reader is. */
export function withReturn(page: '/sign-in' | '/sign-up', to: string): string {
  return to === HOME ? page : `${page}?from=${encodeURIComponent(to)}`;
}
