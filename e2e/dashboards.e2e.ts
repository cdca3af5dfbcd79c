import { expect, test } from './stack.ts';
import { givenApprovedClip, givenPerson, signIn } from './world.ts';

test('one read of views shows on the clipper’s home, in the clip’s statement and in the admins’ feed', {
  tag: '@long',
}, async ({ page, browser, stack }) => {
  const admin = await givenPerson(stack, 'ADMIN');
  const clipper = await givenPerson(stack, 'CLIPPER');
  const clip = await givenApprovedClip(stack, { admin, clipper }, { budget: '100', ratePer1000: '10', views: 1000 });

  const desk = await browser.newPage();
  await signIn(desk, admin);
  await desk.goto('/overview?activity=all');
  const feed = desk.getByRole('list', { name: 'Activity' });
  await expect(feed.getByRole('listitem').filter({ hasText: clip.campaignTitle }).first()).toBeVisible();

  await signIn(page, clipper);
  await page.goto('/home');
  const row = page.getByRole('table', { name: 'Your clips' }).getByRole('row').filter({ hasText: clip.videoTitle });
  await expect(row).toContainText('$0.00');
  await expect(page.getByRole('term').filter({ hasText: 'Pending' })).toBeVisible();

  await stack.simulator.setViews('YOUTUBE', clip.videoId, 4000);
  await expect(row).toContainText('$30.00');
  await expect(row).toContainText('Tracking');
  await expect(
    feed.getByRole('listitem').filter({ hasText: `$30.00 credited in ${clip.campaignTitle}` }),
  ).toBeVisible();

  await row.getByRole('link', { name: clip.videoTitle }).click();
  const credit = page.getByRole('list', { name: 'Credits' }).getByRole('listitem').first();
  await expect(credit).toContainText(/1,000\D+4,000 views/);
  await credit.getByText('$30.00').first().click();
  await expect(credit).toContainText('(4,000 − 1,000) × $10.000000 ÷ 1,000');
  await expect(credit).toContainText(/Ledger entry\s*No\. \d+: \$30\.000000 from the campaign’s budget/);
  await desk.close();
});
