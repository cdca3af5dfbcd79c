import { watch } from 'node:fs';
import { join } from 'node:path';
import { root } from './checkout.ts';
import type { Service } from './service.ts';

const settleMs = 200;

/**
 * Starts services again when their own sources or those of a package change. (`node --watch` would do the same, but its
 * watcher outlives a parent that is killed.) The web app reloads by itself.
 */
export function watchSources(services: Service[], say: (line: string) => void, signal: AbortSignal): void {
  for (const service of services) {
    let timer: NodeJS.Timeout | undefined;
    let restarting = Promise.resolve();
    const onChange = (_event: string, file: string | null) => {
      if (!file || !/\.tsx?$/.test(file) || file.includes('.test.') || file.includes('.next') || signal.aborted) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        restarting = restarting.then(async () => {
          if (signal.aborted) return;
          say(`${file} changed: starting the ${service.spec.name} again`);
          await service.restart().catch((error: Error) => say(error.message));
        });
      }, settleMs);
    };
    const own = join(service.spec.entry, '..');
    const folders = service.spec.name === 'simulator' ? [own] : [own, join(root, 'packages')];
    for (const folder of folders) watch(folder, { recursive: true, signal }, onChange);
  }
}
