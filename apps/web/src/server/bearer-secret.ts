import { createHash, timingSafeEqual } from 'node:crypto';

const BEARER = /^Bearer +(.+)$/i;

/**
 * Whether an Authorization header carries the secret. Takes the same time whatever it carries: digests of one length are
 * compared. Without a secret nothing is right.
 */
export function carriesSecret(authorization: string | null, secret: string | undefined): boolean {
  const given = BEARER.exec(authorization ?? '')?.[1] ?? '';
  const isEqual = timingSafeEqual(digest(given), digest(secret ?? ''));
  return isEqual && secret !== undefined && secret !== '';
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
