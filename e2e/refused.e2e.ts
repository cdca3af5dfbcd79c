import { expect, test } from './stack.ts';
import { givenPerson, signIn } from './world.ts';

test.use({ colorScheme: 'dark' });

test('a page that is refused is dark before its scripts come, as the reader chose or the system has it', async ({
  page,
  stack,
}) => {
  await signIn(page, await givenPerson(stack, 'CLIPPER'));
  // The colour that an empty page has.
  const canvas = () =>
    page.evaluate<string>(`(() => {
      const probe = document.documentElement.appendChild(document.createElement('i'));
      probe.style.color = 'Canvas';
      const color = getComputedStyle(probe).color;
      probe.remove();
      return color;
    })()`);
  await page.route('**/*.js', (route) => route.abort());
  const refused = await page.goto('/tracker');
  expect(refused?.status()).toBe(403);
  expect(await canvas()).not.toBe('rgb(255, 255, 255)');

  await page.context().addCookies([{ name: 'theme', value: 'light', url: stack.webUrl }]);
  await page.goto('/tracker');
  expect(await canvas()).toBe('rgb(255, 255, 255)');

  await page.unroute('**/*.js');
  await page.goto('/tracker');
  await expect(page.getByRole('heading', { name: 'This page is for admins' })).toBeVisible();
});
