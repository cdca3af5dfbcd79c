import { createHash, timingSafeEqual } from 'node:crypto';

const BEARER = /^Bearer +(.+)$/i;

/**
 * Whether an Authorization header carries one of the secrets. Takes the same time whatever it carries: digests of one
 * length are compared, and all of them. Without a secret nothing is right.
 */
export function carriesSecret(authorization: string | null, secrets: readonly string[]): boolean {
  const given = digest(BEARER.exec(authorization ?? '')?.[1] ?? '');
  const equal = secrets.map((secret) => timingSafeEqual(given, digest(secret)) && secret !== '');
  return equal.includes(true);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
