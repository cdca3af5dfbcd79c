import { expect, test } from './stack.ts';
import { givenPerson, type Person, signIn } from './world.ts';

test('a clipper proves an account: first the code is not there yet, then it is, and the open page says so', async ({
  page,
  stack,
}) => {
  const clipper: Person = await givenPerson(stack, 'CLIPPER');
  const handle = `proof.${clipper.userId.slice(-8)}`;
  const author = { handle };
  await stack.simulator.postVideos([
    { platform: 'TIKTOK', id: '7301234567890120001', author, title: 'mine', views: 1, curve: { kind: 'flat' } },
  ]);
  await signIn(page, clipper);
  await page.goto('/account/social');

  await page.getByLabel('Handle or address of the profile').fill(`https://www.tiktok.com/@${handle}`);
  await page.getByRole('button', { name: 'Add account' }).click();
  const code = await page.getByText(/^cm-\w{8}$/).textContent();
  await expect(page.getByRole('link', { name: /Edit the simulated bio/ })).toHaveAttribute('href', /bio=cm-/);

  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Reading your profile…' })).toBeVisible();
  await expect(page.getByText('the code is not in its bio')).toBeVisible();

  await stack.simulator.setBio('TIKTOK', handle, `clips · ${code?.toUpperCase()}`);
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  await expect(page.getByText('Clips from this account count for you.').first()).toBeVisible();
  await expect(page.getByText(/^cm-\w{8}$/)).toHaveCount(0);

  const { rows } = await stack.pool.query<{ external_id: string }>(
    'SELECT external_id FROM social_accounts WHERE user_id = $1 AND verified_at IS NOT NULL',
    [clipper.userId],
  );
  const { id } = await stack.simulator.authorOf('TIKTOK', '7301234567890120001');
  expect(rows).toEqual([{ external_id: id }]);
});
