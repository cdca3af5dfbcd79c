import { type ClientRequest, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP } from 'node:net';
import type { NetworkAccess } from '#src/short-link/request-hop.ts';

export type PictureAnswer =
  | { readonly kind: 'body'; readonly status: number; readonly bytes: Buffer }
  /** The answer went on beyond what is wanted, and was cut off. */
  | { readonly kind: 'too_large' };

const HTTPS_PORT = 443;
const HEADERS_MAX_BYTES = 16_384;
const HEADERS = { accept: 'image/jpeg,image/png,image/webp', 'user-agent': 'Clipmeter (keeps the pictures of clips)' };

/**
 * Asks a host at exactly this address, which was checked before. Redirects are not followed, cookies neither sent nor
 * kept, and no more than `bytesMax` is ever held.
 */
export function requestPicture(
  url: URL,
  address: string,
  access: Pick<NetworkAccess, 'ca' | 'place'>,
  { bytesMax, signal }: { bytesMax: number; signal: AbortSignal },
): Promise<PictureAnswer> {
  const { host, port } = access.place?.(address) ?? { host: address, port: HTTPS_PORT };
  const sent = requestSecure({
    host,
    port,
    family: isIP(host),
    // The certificate must be the named host's, not the address's.
    servername: url.hostname,
    path: `${url.pathname}${url.search}`,
    headers: { host: url.host, ...HEADERS },
    agent: false,
    maxHeaderSize: HEADERS_MAX_BYTES,
    signal,
    ...(access.ca === undefined ? {} : { ca: access.ca }),
  });
  return answerOf(sent, bytesMax);
}

/** Asks what stands in for the platforms, over plain HTTP. */
export function requestStandIn(
  url: URL,
  { bytesMax, signal }: { bytesMax: number; signal: AbortSignal },
): Promise<PictureAnswer> {
  return answerOf(requestPlain(url, { headers: HEADERS, agent: false, signal }), bytesMax);
}

function answerOf(sent: ClientRequest, bytesMax: number): Promise<PictureAnswer> {
  return new Promise((resolve, reject) => {
    sent.on('error', reject);
    sent.once('response', (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      response.on('error', reject);
      response.on('data', (part: Buffer) => {
        size += part.length;
        parts.push(part);
        if (size <= bytesMax) return;
        resolve({ kind: 'too_large' });
        response.destroy();
        sent.destroy();
      });
      response.once('end', () =>
        resolve({ kind: 'body', status: response.statusCode ?? 0, bytes: Buffer.concat(parts) }),
      );
    });
    sent.end();
  });
}
