import { runAudit } from '@clipmeter/db/audit';
import { expect, test } from './stack.ts';
import { givenApprovedClip, givenPerson, signIn } from './world.ts';

test('views set at the platform become money on the open page, without a reload, also after the tracker was restarted', async ({
  page,
  stack,
}) => {
  const admin = await givenPerson(stack, 'ADMIN');
  const clipper = await givenPerson(stack, 'CLIPPER');
  const clip = await givenApprovedClip(stack, { admin, clipper }, { budget: '100', ratePer1000: '10', views: 1000 });
  await signIn(page, clipper);
  await page.getByRole('link', { name: clip.campaignTitle }).click();

  const bar = page.getByRole('progressbar', { name: `Budget of ${clip.campaignTitle}` });
  const row = page.getByRole('table', { name: 'Clips by rank' }).getByRole('row').filter({ hasText: clip.videoTitle });
  await expect(bar).toHaveAttribute('aria-valuetext', /^\$0\.00 of \$100 spent/);
  await expect(page.getByRole('status', { name: 'Connection' }).filter({ visible: true }).first()).toHaveText('live');
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });

  await stack.simulator.setViews('YOUTUBE', clip.videoId, 5000);
  await expect(bar).toHaveAttribute('aria-valuetext', /^\$40\.00 of \$100 spent, \$60\.00 left/);
  await expect(row).toContainText('5,000');
  await expect(row).toContainText('$40.00');

  await stack.tracker.restart();
  await stack.simulator.setViews('YOUTUBE', clip.videoId, 8000);
  await expect(bar).toHaveAttribute('aria-valuetext', /^\$70\.00 of \$100 spent, \$30\.00 left/);
  await expect(row).toContainText('$70.00');
  await expect(page.getByRole('status', { name: 'Connection' }).filter({ visible: true }).first()).toHaveText('live');
  expect(loads).toBe(0);
});

test('a clipper sees what others earned nowhere', async ({ page, stack }) => {
  const admin = await givenPerson(stack, 'ADMIN');
  const clipper = await givenPerson(stack, 'CLIPPER');
  const other = await givenPerson(stack, 'CLIPPER');
  const clip = await givenApprovedClip(stack, { admin, clipper }, { budget: '100', ratePer1000: '10', views: 1000 });
  await stack.simulator.setViews('YOUTUBE', clip.videoId, 3000);
  await signIn(page, other);
  await page.goto(`/campaigns/${clip.campaignId}`);
  const bar = page.getByRole('progressbar', { name: `Budget of ${clip.campaignTitle}` });
  await expect(bar).toHaveAttribute('aria-valuetext', /^\$20\.00 of \$100 spent/);
  const row = page.getByRole('table', { name: 'Clips by rank' }).getByRole('row').filter({ hasText: clip.videoTitle });
  await expect(row).toContainText('3,000');
  await expect(row).not.toContainText('$');
});

test('after all of this every balance agrees with what caused it', async ({ stack }) => {
  const { lines } = await runAudit(stack.pool);
  expect(lines.filter(({ differences }) => differences > 0)).toEqual([]);
  expect(lines.some(({ checked }) => checked > 0)).toBe(true);
});
