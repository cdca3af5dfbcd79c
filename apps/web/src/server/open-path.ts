import { headers } from 'next/headers';

/** A page that strangers may open too: a campaign by its share link. */
export function isOpenPath(path: string): boolean {
  return /^\/campaigns\/[0-9a-f]{8}-[0-9a-f-]{27}\/?$/i.test(path.split('?', 1)[0] ?? '');
}

/** Whether this request is for such a page. */
export async function requestsOpenPath(): Promise<boolean> {
  return isOpenPath((await headers()).get('x-path') ?? '');
}
