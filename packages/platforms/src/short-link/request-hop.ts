import { request } from 'node:https';
import { isIP } from 'node:net';

/** How hosts are found and reached. Everything but `lookup` is for tests, which have no platforms to ask. */
export interface NetworkAccess {
  /** All addresses of a host, as DNS tells them. */
  readonly lookup: (host: string) => Promise<readonly string[]>;
  /** Who signs the certificates, if not those that Node trusts. */
  readonly ca?: string;
  /** Where a checked address really is. */
  readonly place?: (address: string) => { readonly host: string; readonly port: number };
}

export interface HopAnswer {
  readonly status: number;
  readonly location: string | null;
}

const HTTPS_PORT = 443;
const HEADERS_MAX_BYTES = 16_384;

/**
 * Asks a host at exactly this address, which was checked before: no name is looked up again on the way, so it cannot
 * turn into another. Only status and Location are read: the body is cut off unread, cookies are neither sent nor kept,
 * redirects are not followed.
 */
export function requestHop(url: URL, address: string, access: NetworkAccess, signal: AbortSignal): Promise<HopAnswer> {
  const { host, port } = access.place?.(address) ?? { host: address, port: HTTPS_PORT };
  return new Promise((resolve, reject) => {
    const sent = request({
      host,
      port,
      family: isIP(host),
      // The certificate must be the named host's, not the address's.
      servername: url.hostname,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      headers: { host: url.host, accept: 'text/html', 'user-agent': 'Clipmeter (follows the links of clips)' },
      agent: false,
      maxHeaderSize: HEADERS_MAX_BYTES,
      signal,
      ...(access.ca === undefined ? {} : { ca: access.ca }),
    });
    sent.on('error', reject);
    sent.once('response', (response) => {
      response.on('error', () => {}); // of a body that nobody wants
      resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? null });
      response.destroy();
      sent.destroy();
    });
    sent.end();
  });
}
