import { randomInt } from 'node:crypto';
import { approveSubmission } from '@clipmeter/api/operations/approve-submission';
import { createCampaign } from '@clipmeter/api/operations/create-campaign';
import { publishCampaign } from '@clipmeter/api/operations/publish-campaign';
import type { Page } from '@playwright/test';
import { ensureVerifiedAccount } from '../prisma/verified-account.ts';
import { expect, type Stack, test } from './stack.ts';
import { givenPerson, type Person, signIn } from './world.ts';

const now = () => new Date();

/** A running campaign for YouTube and a clipper with a proved account there. */
async function givenDesk(stack: Stack) {
  const [admin, clipper] = [await givenPerson(stack, 'ADMIN'), await givenPerson(stack, 'CLIPPER')];
  const deps = { pool: stack.pool, now };
  const title = `Campaign ${randomInt(1e9)}`;
  const terms = { brand: 'Kessler', description: '', budget: '100', ratePer1000: '10', minViews: 0 };
  const { id: campaignId } = await createCampaign(deps, admin, {
    ...terms,
    title,
    platforms: ['YOUTUBE'],
    deadline: '2099-01-01T00:00:00.000Z',
  });
  await publishCampaign(deps, admin, { id: campaignId });
  return { admin, clipper, campaignId, title };
}

/** A video on the platform. Its author is an account of the clipper, or nobody's. */
async function givenVideo(stack: Stack, clipper: Person | null): Promise<{ link: string; title: string }> {
  const number = randomInt(1e9);
  const [id, title] = [`s${String(number).padStart(10, '0')}`, `take ${number}`];
  const handle = clipper === null ? `stranger.${number}` : `clips.${clipper.userId.slice(-12)}`;
  const curve = { kind: 'flat' } as const;
  await stack.simulator.postVideos([{ platform: 'YOUTUBE', id, author: { handle }, title, views: 1_234, curve }]);
  if (clipper !== null) {
    const account = await stack.simulator.authorOf('YOUTUBE', id);
    await ensureVerifiedAccount(stack.pool, {
      userId: clipper.userId,
      platform: 'YOUTUBE',
      handle: account.handle,
      externalId: account.id,
      at: now(),
    });
  }
  return { link: `https://youtu.be/${id}?si=shared`, title };
}

async function submit(page: Page, link: string, campaign: string): Promise<void> {
  await page.getByRole('button', { name: 'Submit a clip' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Submit a clip' });
  await dialog.getByLabel('Link of your clip').fill(link);
  await dialog.getByLabel('Campaign').selectOption({ label: campaign });
  await dialog.getByRole('button', { name: 'Submit this clip' }).click();
}

test('a clipper submits a clip, watches it being read and approved, and takes another back', async ({
  page,
  stack,
}) => {
  const { admin, clipper, title } = await givenDesk(stack);
  const [first, second] = [await givenVideo(stack, clipper), await givenVideo(stack, clipper)];
  await signIn(page, clipper);
  await page.goto('/submissions');

  await submit(page, first.link, `${title} (Kessler)`);
  const progress = page.getByRole('dialog', { name: 'Submitted' });
  await expect(progress.getByText('Waiting for review')).toBeVisible();
  await expect(progress.getByText(first.title)).toBeVisible();
  await progress.getByRole('button', { name: 'Done' }).click();

  const list = page.getByRole('list', { name: 'Submissions' });
  const row = list.getByRole('listitem').filter({ hasText: first.title });
  await expect(row).toContainText('1,234');
  // The tracker keeps a copy of its picture.
  await expect
    .poll(() => row.locator('img').evaluateAll((images) => images.map((image) => Reflect.get(image, 'naturalWidth'))))
    .toEqual([180]);

  const { rows } = await stack.pool.query<{ id: string }>('SELECT id FROM clip_submissions WHERE user_id = $1', [
    clipper.userId,
  ]);
  await approveSubmission({ pool: stack.pool, now }, admin, { id: rows[0]?.id ?? '' });
  await expect(row).toContainText('Its views count.');

  await submit(page, second.link, `${title} (Kessler)`);
  await progress.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: /^Waiting/ }).click();
  await expect(page).toHaveURL(/status=waiting/);
  await list.getByRole('button', { name: /^Withdraw/ }).click();
  await page.getByRole('button', { name: 'Withdraw the clip' }).click();
  await expect(page.getByText('Nothing waits for an answer.')).toBeVisible();
});

test('what cannot be submitted says why before it is sent; somebody else’s video is turned down once it was read', {
  tag: '@long',
}, async ({ page, stack }) => {
  const { clipper, campaignId, title } = await givenDesk(stack);
  await givenVideo(stack, clipper);
  const stolen = await givenVideo(stack, null);
  await signIn(page, clipper);
  await page.goto(`/campaigns/${campaignId}`);
  await page.getByRole('button', { name: 'Submit a clip' }).click();
  const dialog = page.getByRole('dialog', { name: 'Submit a clip' });
  await expect(dialog.getByLabel('Campaign')).toHaveValue(campaignId);
  const link = dialog.getByLabel('Link of your clip');
  await link.fill('https://www.youtube.com/@somebody');
  await expect(dialog.getByText('That is a YouTube channel.')).toBeVisible();
  await link.fill('https://www.tiktok.com/@mira/video/7301234567890123456');
  await expect(dialog.getByText('This campaign takes clips from YouTube, not from TikTok.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Submit this clip' })).toBeDisabled();

  await link.fill(stolen.link);
  await dialog.getByRole('button', { name: 'Submit this clip' }).click();
  const progress = page.getByRole('dialog', { name: 'Submitted' });
  await expect(progress.getByText(/an account that you have verified/)).toBeVisible();
  await progress.getByRole('button', { name: 'Done' }).click();

  await page.goto('/submissions?status=rejected');
  const row = page.getByRole('listitem').filter({ hasText: stolen.title });
  await expect(row).toContainText('Not accepted');
  await row.getByRole('button', { name: 'Submit again' }).click();
  await expect(page.getByRole('dialog', { name: 'Submit a clip' }).getByLabel('Campaign')).toContainText(title);
});
