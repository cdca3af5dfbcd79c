import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { text } from '#src/http/exchange.ts';
import type { Router } from '#src/http/router.ts';
import { renderPage } from '#src/page/render-page.ts';
import { platformSchema } from '#src/platform.ts';
import type { SimulatorStore } from '#src/store.ts';

const querySchema = z.object({
  platform: platformSchema.optional().catch(undefined),
  q: z.string().max(200).default(''),
  /** Who is at work, and what goes into their bio: links of the app fill the forms with them. */
  as: z.string().max(64).default(''),
  bio: z.string().max(2_000).default(''),
});

/** Mounts the page over the control API at `/`. */
export async function mountPage(router: Router, store: SimulatorStore): Promise<void> {
  const asset = (name: string) => readFile(new URL(name, import.meta.url), 'utf8');
  const [style, script] = await Promise.all([asset('page.css'), asset('page.client.js')]);
  router.on('GET', '/page.css', () => text(200, style, 'text/css; charset=utf-8'));
  router.on('GET', '/page.js', () => text(200, script, 'text/javascript; charset=utf-8'));
  router.on('GET', '/favicon.ico', () => text(204, ''));
  router.on('GET', '/', ({ query }) => {
    const filter = querySchema.parse(Object.fromEntries(query));
    return text(200, renderPage(store, filter), 'text/html; charset=utf-8');
  });
}
