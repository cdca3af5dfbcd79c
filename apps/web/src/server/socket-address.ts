import { env } from '#src/server/env.ts';

/** What the browser needs to find the tracker's socket: its address, or the port beside the page's own host. */
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
  if (url !== null) return new URL(url).origin;
  const { hostname } = new URL(`http://${host}`);
  return `ws://${hostname}:${port} wss://${hostname}:${port}`;
}
