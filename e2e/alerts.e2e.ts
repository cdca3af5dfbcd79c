import { pauseCampaign } from '@clipmeter/api/operations/pause-campaign';
import { revokeSubmission } from '@clipmeter/api/operations/revoke-submission';
import { expect, type Stack, test } from './stack.ts';
import { givenApprovedClip, givenPerson, signIn } from './world.ts';

const TERMS = { budget: '100', ratePer1000: '10', views: 1000 };
const depsOf = ({ pool }: Stack) => ({ pool, now: () => new Date() });

test('what happens to a clip is told on the open page and by mail, and stays read once it was read', async ({
  page,
  stack,
}) => {
  const [admin, clipper] = [await givenPerson(stack, 'ADMIN'), await givenPerson(stack, 'CLIPPER')];
  await stack.pool.query('UPDATE users SET email_verified = true WHERE id = $1', [clipper.userId]);
  const clip = await givenApprovedClip(stack, { admin, clipper }, TERMS);
  await signIn(page, clipper);
  await page.goto('/alerts');
  const nav = page.getByRole('navigation', { name: 'Main' }).filter({ visible: true });
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(nav.getByRole('link', { name: 'Alerts', exact: true })).toBeVisible();

  const reason = `Not yours ${clip.videoTitle}`;
  await revokeSubmission(depsOf(stack), admin, { id: clip.submissionId, reason });
  const alert = page.getByRole('list', { name: 'Alerts' }).getByRole('listitem').filter({ hasText: reason });
  await expect(alert).toContainText('Unread');
  await expect(nav.getByRole('link', { name: /^Alerts\W+1\W+unread$/ })).toBeVisible();

  await alert.getByRole('button', { name: /as read$/ }).click();
  await expect(nav.getByRole('link', { name: 'Alerts', exact: true })).toBeVisible();
  await page.reload();
  await expect(alert).toBeVisible();
  await expect(alert).not.toContainText('Unread');

  await expect
    .poll(async () => await (await fetch(`${stack.mailUrl}/mails.json?to=${clipper.email}`)).text())
    .toContain(reason);
});

test('an admin’s act is in the open audit log at once, and the palette undoes it from there', { tag: '@long' }, async ({
  page,
  stack,
}) => {
  const [ada, bea] = [await givenPerson(stack, 'ADMIN'), await givenPerson(stack, 'ADMIN')];
  const clipper = await givenPerson(stack, 'CLIPPER');
  const clip = await givenApprovedClip(stack, { admin: ada, clipper }, TERMS);
  await signIn(page, ada);
  await page.goto('/audit');
  const log = page.getByRole('table', { name: 'Audit log' });
  await expect(log.getByRole('row').filter({ hasText: 'published the campaign' }).first()).toBeVisible();

  await pauseCampaign(depsOf(stack), bea, { id: clip.campaignId });
  const paused = log.getByRole('row').filter({ hasText: `${bea.name} paused the campaign ${clip.campaignTitle}` });
  await expect(paused).toBeVisible();

  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Search and commands' }).fill(clip.campaignTitle);
  await page.getByRole('option', { name: clip.campaignTitle }).first().click();
  await page.getByRole('option', { name: 'Resume' }).click();
  await expect(page.getByText('Resumed. Its clips earn again.')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  // While the pointer is on the log, what is new waits above it.
  await page.mouse.move(1, 1);
  const resumed = log.getByRole('row').filter({ hasText: `${ada.name} resumed the campaign ${clip.campaignTitle}` });
  await expect(resumed).toBeVisible();

  await resumed.getByRole('button', { name: ada.name }).click();
  await expect(page).toHaveURL(/who=/);
  await expect(paused).toHaveCount(0);
});
