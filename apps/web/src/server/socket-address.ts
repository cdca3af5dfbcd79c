import { env } from '#src/server/env.ts';

/** What the browser needs to find the tracker's socket: its address, its path on the page's origin, or the port beside the page's own host. */
export interface SocketAddress {
  url: string | null;
  port: number;
}

export function socketAddress(): SocketAddress {
  return { url: env().TRACKER_URL ?? null, port: env().TRACKER_PORT };
}

/** The origins a page on `host` may open a socket to, for its content security policy. */
export function socketOrigin(host: string): string {
  const { url, port } = socketAddress();
  const page = new URL(`http://${host}`);
  if (url?.startsWith('/')) return `ws://${page.host} wss://${page.host}`;
  if (url !== null) return new URL(url).origin;
  return `ws://${page.hostname}:${port} wss://${page.hostname}:${port}`;
}
