import { randomInt } from 'node:crypto';
import { createCampaign } from '@clipmeter/api/operations/create-campaign';
import { publishCampaign } from '@clipmeter/api/operations/publish-campaign';
import { submitClip } from '@clipmeter/api/operations/submit-clip';
import { runAudit } from '@clipmeter/db/audit';
import type { Page } from '@playwright/test';
import { ensureVerifiedAccount } from '../prisma/verified-account.ts';
import { expect, type Stack, test } from './stack.ts';
import { givenPerson, type Person, signIn } from './world.ts';

const now = () => new Date();

/** A running campaign that pays ten dollars for a thousand views. */
async function givenCampaign(stack: Stack, admin: Person): Promise<string> {
  const deps = { pool: stack.pool, now };
  const { id } = await createCampaign(deps, admin, {
    title: `Campaign ${randomInt(1e9)}`,
    brand: 'Kessler',
    description: '',
    budget: '100',
    ratePer1000: '10',
    minViews: 0,
    platforms: ['YOUTUBE'],
    deadline: '2099-01-01T00:00:00.000Z',
  });
  await publishCampaign(deps, admin, { id });
  return id;
}

/** A video of the clipper's own that is submitted now. */
async function submitVideo(stack: Stack, clipper: Person, campaignId: string) {
  const number = randomInt(1e9);
  const [videoId, title] = [`v${String(number).padStart(10, '0')}`, `take ${number}`];
  const author = { handle: `clips.${clipper.userId.slice(-12)}` };
  const curve = { kind: 'flat' } as const;
  await stack.simulator.postVideos([{ platform: 'YOUTUBE', id: videoId, author, title, views: 1_000, curve }]);
  const { handle, id: externalId } = await stack.simulator.authorOf('YOUTUBE', videoId);
  const { userId } = clipper;
  await ensureVerifiedAccount(stack.pool, { userId, platform: 'YOUTUBE', handle, externalId, at: now() });
  const link = `https://www.youtube.com/watch?v=${videoId}`;
  await submitClip({ pool: stack.pool, now }, clipper, { campaignId, link });
  return { videoId, title };
}

const rowOf = (page: Page, title: string) =>
  page.getByRole('table', { name: 'Submissions to review' }).getByRole('row').filter({ hasText: title });

test('two admins work on one queue: a submission comes to both, one decides, and the other is told who', async ({
  page,
  browser,
  stack,
}) => {
  const [ada, max] = [await givenPerson(stack, 'ADMIN'), await givenPerson(stack, 'ADMIN')];
  const clipper = await givenPerson(stack, 'CLIPPER');
  const campaignId = await givenCampaign(stack, ada);
  const otherContext = await browser.newContext();
  const other = await otherContext.newPage();
  for (const [desk, admin] of [
    [page, ada],
    [other, max],
  ] as const) {
    await signIn(desk, admin);
    await desk.goto(`/review?campaign=${campaignId}`);
    await expect(desk.getByText('Nothing here matches the filters.')).toBeVisible();
  }
  const first = await submitVideo(stack, clipper, campaignId);
  await expect(rowOf(page, first.title)).toBeVisible();
  await expect(rowOf(other, first.title)).toContainText('1,000');

  // Max has selected it when Ada says yes, by keys alone.
  await other.getByRole('checkbox', { name: `Select “${first.title}”` }).check();
  await expect(other.getByRole('region', { name: 'Selection' })).toContainText('1 selected · 1,000 views');
  await page.keyboard.press('j');
  await expect(rowOf(page, first.title)).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('a');
  await expect(rowOf(page, first.title)).toHaveCount(0);
  await expect(other.getByText(`${ada.name} approved “${first.title}”.`)).toBeVisible();
  await expect(other.getByRole('region', { name: 'Selection' })).toHaveCount(0);

  // A second one is turned down with a reason, from the clip in full.
  const second = await submitVideo(stack, clipper, campaignId);
  await page.getByRole('button', { name: second.title }).click();
  await page.getByRole('dialog', { name: second.title }).getByRole('button', { name: 'Reject' }).click();
  const dialog = page.getByRole('dialog', { name: `Reject “${second.title}”` });
  await dialog.getByLabel('The picture or the sound is too poor.').check();
  await dialog.getByRole('button', { name: 'Reject clip' }).click();
  await expect(dialog).toHaveCount(0);
  await page.goto(`/review?show=decided&campaign=${campaignId}`);
  const decision = page.getByRole('table', { name: 'Decisions' }).getByRole('row').filter({ hasText: second.title });
  await expect(decision).toContainText('Rejected');
  await expect(decision).toContainText('The picture or the sound is too poor.');
  await otherContext.close();
});

test('an approval is revoked, and then what it earned is taken back into the budget', { tag: '@long' }, async ({
  page,
  stack,
}) => {
  const ada = await givenPerson(stack, 'ADMIN');
  const clipper = await givenPerson(stack, 'CLIPPER');
  const campaignId = await givenCampaign(stack, ada);
  const { videoId, title } = await submitVideo(stack, clipper, campaignId);
  await signIn(page, ada);
  await page.goto(`/review?campaign=${campaignId}`);
  await page.getByRole('checkbox', { name: `Select “${title}”` }).check();
  await page.getByRole('button', { name: 'Approve 1' }).click();
  await page.getByRole('button', { name: 'Decided' }).click();
  await page.getByRole('table', { name: 'Decisions' }).getByRole('button', { name: title }).click();
  const sheet = page.getByRole('dialog', { name: title });
  await stack.simulator.setViews('YOUTUBE', videoId, 3_000);
  await expect
    .poll(async () => {
      const { rows } = await stack.pool.query<{ spent: string }>('SELECT spent FROM campaigns WHERE id = $1', [
        campaignId,
      ]);
      return rows[0]?.spent;
    })
    .toBe('20.000000');

  await sheet.getByRole('button', { name: 'Revoke approval' }).click();
  const revoke = page.getByRole('dialog', { name: 'Revoke the approval' });
  await revoke.getByLabel('Reason').fill('Bought views.');
  await revoke.getByRole('button', { name: 'Revoke approval' }).click();
  await sheet.getByRole('button', { name: 'Take back earnings' }).click();
  const takeBack = page.getByRole('dialog', { name: 'Take back earnings' });
  await expect(takeBack).toContainText('At most $20.00 can be taken back now');
  await takeBack.getByLabel('Reason').fill('Bought views.');
  await takeBack.getByRole('button', { name: 'Take back $20.00' }).click();
  await expect(sheet).toContainText('$20.00 taken back');
  const { rows } = await stack.pool.query('SELECT budget - spent AS left FROM campaigns WHERE id = $1', [campaignId]);
  expect(rows).toEqual([{ left: '100.000000' }]);
  const { lines } = await runAudit(stack.pool);
  expect(lines.filter(({ differences }) => differences > 0)).toEqual([]);
});
