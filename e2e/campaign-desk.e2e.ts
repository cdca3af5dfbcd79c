import { runAudit } from '@clipmeter/db/audit';
import { expect, test } from './stack.ts';
import { givenPerson, signIn } from './world.ts';

test('an admin makes, publishes, changes, tops up and cancels a campaign, and a clipper sees each step as it happens', {
  tag: '@long',
}, async ({ page, browser, stack }) => {
  const admin = await givenPerson(stack, 'ADMIN');
  const clipper = await givenPerson(stack, 'CLIPPER');
  const title = `Coats ${Date.now()}`;
  const clipperContext = await browser.newContext({ baseURL: stack.webUrl });
  const theirs = await clipperContext.newPage();
  await signIn(theirs, clipper);
  await expect(theirs.getByRole('status', { name: 'Connection' }).filter({ visible: true }).first()).toHaveText('live');

  await signIn(page, admin);
  await page.getByRole('link', { name: 'New campaign' }).click();
  const publish = page.getByRole('button', { name: 'Publish campaign' });
  await expect(publish).toBeDisabled();
  await page.getByRole('textbox', { name: 'Title' }).fill(title);
  await page.getByRole('textbox', { name: 'Brand' }).fill('Nordlys');
  await page.getByRole('textbox', { name: 'Budget' }).fill('$1,000');
  await page.getByRole('textbox', { name: 'Rate', exact: true }).fill('2');
  await page.getByRole('checkbox', { name: 'YouTube' }).check();
  const preview = page.getByRole('complementary', { name: 'Preview' });
  await expect(preview).toContainText('$1,000.00 at $2.00 per 1,000 = 500,000 views');
  await expect(preview).toContainText('Set a deadline.');
  await page.getByLabel('Deadline', { exact: true }).fill('2099-01-15T18:00');
  await expect(preview).toContainText('It can be published.');
  await publish.click();
  await expect(page.getByRole('dialog')).toContainText('Nothing is pending yet.');
  await page.getByRole('dialog').getByRole('button', { name: 'Publish campaign' }).click();
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();

  await theirs.getByRole('link', { name: title }).click();
  await expect(theirs.getByRole('heading', { name: title, level: 1 })).toBeVisible();

  const act = async (name: string) => {
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await act('Edit campaign');
  await page.getByRole('textbox', { name: 'Title' }).fill(`${title}, warmer`);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(theirs.getByRole('heading', { name: `${title}, warmer`, level: 1 })).toBeVisible();

  await page.getByRole('button', { name: 'Top up budget' }).click();
  await page.getByRole('textbox', { name: 'Amount' }).fill('500');
  await expect(page.getByRole('dialog')).toContainText('250,000 more views');
  await page.getByRole('button', { name: 'Top up by $500.00' }).click();
  const bar = theirs.getByRole('progressbar', { name: `Budget of ${title}, warmer` });
  await expect(bar).toHaveAttribute('aria-valuetext', /of \$1,500 spent/);

  await act('Cancel campaign');
  await expect(page.getByRole('dialog')).toContainText(
    'Nothing is pending. What is left of the budget, $1,500.00, goes back.',
  );
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel campaign' }).click();
  await expect(theirs.getByText('Cancelled').first()).toBeVisible();
  await clipperContext.close();

  const { lines } = await runAudit(stack.pool);
  expect(lines.filter(({ differences }) => differences > 0)).toEqual([]);
});
