import { lookup } from 'node:dns/promises';

/** All addresses of a host. */
export async function lookupAll(host: string): Promise<string[]> {
  // Many machines have IPv6 addresses around them and no way out by one.
  const found = await lookup(host, { all: true, order: 'ipv4first' });
  return found.map(({ address }) => address);
}
