/**
 * A browser sends cookies with a socket's handshake from any site, so the origin is what tells our pages from another's.
 * Browsers always send it; who does not is no browser with a session of ours.
 */
export function isAllowedOrigin(origin: string | undefined, allowed: readonly string[]): boolean {
  return origin !== undefined && allowed.includes(origin);
}
