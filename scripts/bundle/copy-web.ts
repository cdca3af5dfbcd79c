import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../stack/checkout.ts';

const BUILD = join('apps', 'web', '.next');

/** Copies the built web app with all it needs, as Next has put that together, to the places it has in the checkout. */
export async function copyWeb(folder: string): Promise<void> {
  await cp(join(root, BUILD, 'standalone'), folder, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.map'),
  });
  await cp(join(root, BUILD, 'static'), join(folder, BUILD, 'static'), { recursive: true });
}
