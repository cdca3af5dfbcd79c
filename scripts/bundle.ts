import { join, relative } from 'node:path';
import { writeBundle } from './bundle/write-bundle.ts';
import { root } from './stack/checkout.ts';
import { StartError } from './stack/settings.ts';
import { buildWeb } from './stack/web-build.ts';

// What a container runs: docs/deploy.md.
const folder = join(root, 'dist', 'bundle');
try {
  const startedAt = performance.now();
  await buildWeb(console.log);
  const bytes = await writeBundle(folder);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(`${relative(root, folder)}: ${Math.round(bytes / 1e6)} MB, in ${seconds} s`);
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}
