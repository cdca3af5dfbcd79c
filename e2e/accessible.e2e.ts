import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { z } from 'zod';
import { root } from '../scripts/stack/checkout.ts';
import { expect, type Stack, test } from './stack.ts';
import { type ApprovedClip, givenApprovedClip, givenPerson, type Person, signIn } from './world.ts';

// axe finds nothing serious on any page of the app, at a phone's and a desk's size, in both themes.

interface World {
  admin: Person;
  clipper: Person;
  clip: ApprovedClip;
}

type Looker = 'nobody' | 'clipper' | 'admin';

/** Each route of the app: who looks at it, and where it stands in the test's world. */
const PAGES: Record<string, { as: Looker; path?: (world: World) => string }> = {
  '/': { as: 'nobody' },
  '/setup': { as: 'nobody', path: () => '/setup?token=none' },
  '/sign-in': { as: 'nobody' },
  '/sign-up': { as: 'nobody' },
  '/confirm-email': { as: 'nobody' },
  '/forgot-password': { as: 'nobody' },
  '/reset-password': { as: 'nobody', path: () => '/reset-password?token=none' },
  '/account': { as: 'clipper' },
  '/account/sign-ins': { as: 'clipper' },
  '/account/alerts': { as: 'clipper' },
  '/account/social': { as: 'clipper' },
  '/alerts': { as: 'clipper' },
  '/audit': { as: 'admin' },
  '/campaigns': { as: 'clipper' },
  '/campaigns/[id]': { as: 'clipper', path: ({ clip }) => `/campaigns/${clip.campaignId}` },
  '/campaigns/[id]/edit': { as: 'admin', path: ({ clip }) => `/campaigns/${clip.campaignId}/edit` },
  '/campaigns/new': { as: 'admin' },
  '/clips/[id]': { as: 'clipper', path: ({ clip }) => `/clips/${clip.submissionId}` },
  '/home': { as: 'clipper' },
  '/overview': { as: 'admin' },
  '/people': { as: 'admin' },
  '/people/[id]': { as: 'admin', path: ({ clipper }) => `/people/${clipper.userId}` },
  '/review': { as: 'admin' },
  '/submissions': { as: 'clipper' },
  '/tracker': { as: 'admin' },
};

interface Look {
  theme: 'light' | 'dark';
  size: { width: number; height: number };
}

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };
const LOOKS: readonly Look[] = [
  { theme: 'dark', size: PHONE },
  { theme: 'light', size: DESK },
  { theme: 'light', size: PHONE },
  { theme: 'dark', size: DESK },
];

/** Each page in one look, the looks in turn; with `E2E=all` each page in every look. */
function looksAt(index: number): readonly Look[] {
  const at = index % LOOKS.length;
  return process.env['E2E'] === 'all' ? LOOKS : LOOKS.slice(at, at + 1);
}

let world: World;

test.beforeAll(async ({ stack }) => {
  world = await givenWorld(stack);
});

test('every page of the app is looked at', () => {
  const routes = globSync('**/page.tsx', { cwd: join(root, 'apps/web/src/app') }).map(
    (file) => `/${file.replace(/\/?page\.tsx$/, '').replace(/\([^)]*\)\/?/g, '')}`,
  );
  expect(Object.keys(PAGES).sort()).toEqual(routes.sort());
});

for (const looker of ['nobody', 'clipper', 'admin'] as const) {
  test(`axe finds nothing serious on the pages of ${looker}`, async ({ page }) => {
    test.setTimeout(240_000);
    if (looker !== 'nobody') await signIn(page, world[looker]);
    for (const [index, [route, { as, path }]] of Object.entries(PAGES).entries()) {
      if (as !== looker) continue;
      await page.goto(path?.(world) ?? route);
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
      // What is still loading would be judged as the skeleton that it is.
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
      await page.evaluate(axe.source);
      for (const { theme, size } of looksAt(index)) {
        await page.emulateMedia({ colorScheme: theme });
        await page.setViewportSize(size);
        await test.step(`${route} ${theme} ${size.width}`, async () => {
          expect.soft(await seriousFindings(page), `${route}, ${theme}, ${size.width} pixels`).toEqual([]);
        });
      }
    }
  });
}

const violationsSchema = z.array(
  z.object({
    id: z.string(),
    help: z.string(),
    impact: z.string().nullable(),
    nodes: z.array(z.object({ target: z.array(z.unknown()) })),
  }),
);

/** What axe calls serious or critical, with where it is. It is in the page already. */
async function seriousFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  const options = {
    resultTypes: ['violations'],
    ...(rules && { runOnly: { type: 'rule', values: rules } }),
  };
  const found = await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)}).then((result) => result.violations)`,
  );
  return violationsSchema
    .parse(found)
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

async function givenWorld(stack: Stack): Promise<World> {
  const admin = await givenPerson(stack, 'ADMIN');
  const clipper = await givenPerson(stack, 'CLIPPER');
  const clip = await givenApprovedClip(stack, { admin, clipper }, { budget: '100', ratePer1000: '10', views: 1000 });
  await stack.simulator.setViews('YOUTUBE', clip.videoId, 3000);
  return { admin, clipper, clip };
}
