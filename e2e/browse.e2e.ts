import { createCampaign } from '@clipmeter/api/operations/create-campaign';
import { publishCampaign } from '@clipmeter/api/operations/publish-campaign';
import { expect, test } from './stack.ts';
import { givenApprovedClip, givenPerson, signIn } from './world.ts';

test('a stranger with a campaign’s link sees its offer and rules, signs up and is back at it', async ({
  page,
  stack,
}) => {
  const admin = await givenPerson(stack, 'ADMIN');
  const clipper = await givenPerson(stack, 'CLIPPER');
  const clip = await givenApprovedClip(stack, { admin, clipper }, { budget: '100', ratePer1000: '10', views: 1000 });

  await page.goto(`/campaigns/${clip.campaignId}`);
  await expect(page.getByRole('heading', { name: clip.campaignTitle })).toBeVisible();
  await expect(page.getByText('$10.00 per 1,000 views on YouTube.')).toBeVisible();
  const bar = page.getByRole('progressbar', { name: `Budget of ${clip.campaignTitle}` });
  await expect(bar).toHaveAttribute('aria-valuetext', /of \$100 spent/);
  await expect(page.getByText(clip.videoTitle)).toHaveCount(0);
  await stack.simulator.setViews('YOUTUBE', clip.videoId, 5000);
  await expect(bar).toHaveAttribute('aria-valuetext', /^\$40\.00 of \$100 spent/, { timeout: 20_000 });

  await page.getByRole('link', { name: 'Create an account to clip' }).filter({ visible: true }).click();
  await page.getByLabel('Name').fill('Nia Adeyemi');
  await page.getByLabel('Email').fill(`nia-${clip.campaignId}@example.com`);
  await page.getByLabel('Password').fill('a long enough password');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('table', { name: 'Clips by rank' })).toContainText(clip.videoTitle);
  expect(new URL(page.url()).pathname).toBe(`/campaigns/${clip.campaignId}`);

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Home' }).click();
  const steps = page.getByRole('list', { name: 'Steps to your first clip' });
  await expect(steps.getByRole('listitem')).toHaveCount(4);
  await expect(steps.getByRole('link', { name: 'Add an account' })).toBeVisible();

  const hidden = await page.request.get('/campaigns/0193595e-6d3c-7a1b-9d1e-0a1b2c3d4e5f');
  expect(hidden.status()).toBe(404);
});

test('what the list of campaigns shows is in its address, and one that starts comes by itself', {
  tag: '@long',
}, async ({ page, stack }) => {
  const admin = await givenPerson(stack, 'ADMIN');
  const deps = { pool: stack.pool, now: () => new Date() };
  const brand = `Brand${admin.name.replace(/\D/g, '')}`;
  const give = async (title: string, ratePer1000: string) => {
    const { id } = await createCampaign(deps, admin, {
      title,
      description: '',
      brand,
      budget: '50',
      ratePer1000,
      minViews: 0,
      platforms: ['YOUTUBE'],
      deadline: new Date(Date.now() + 86_400_000).toISOString(),
    });
    await publishCampaign(deps, admin, { id });
  };
  await give('Low tide', '1');
  await give('High tide', '6');
  await signIn(page, await givenPerson(stack, 'CLIPPER'));

  const titles = page.getByRole('article').getByRole('heading');
  await page.getByRole('searchbox', { name: 'Search campaigns' }).fill(brand);
  await expect(titles).toHaveText(['High tide', 'Low tide']);
  await page.getByRole('combobox', { name: 'Order' }).selectOption({ label: 'Ending first' });
  await expect(titles).toHaveText(['Low tide', 'High tide']);
  await page.getByRole('combobox', { name: 'Rate' }).selectOption({ label: '$5 or more per 1,000' });
  await expect(titles).toHaveText(['High tide']);
  await page.reload();
  await expect(titles).toHaveText(['High tide']);
  expect(new URL(page.url()).searchParams.get('rate')).toBe('5');

  await expect(page.getByRole('status', { name: 'Connection' }).filter({ visible: true }).first()).toHaveText('live');
  await give('Spring tide', '7');
  await expect(titles).toHaveText(['High tide', 'Spring tide']);

  await page.getByRole('combobox', { name: 'Platform' }).selectOption({ label: 'TikTok' });
  await expect(page.getByText('No campaign here is like that.')).toBeVisible();
  await page.getByRole('button', { name: 'Show them all' }).click();
  await expect(titles.first()).toBeVisible();
});
