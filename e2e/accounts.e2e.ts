import type { Page } from '@playwright/test';
import { z } from 'zod';
import { expect, type Stack, test } from './stack.ts';
import { givenPerson, signIn } from './world.ts';

const mailsSchema = z.array(z.object({ subject: z.string(), links: z.array(z.string()) }));

/** The first link of the mail with this subject, once it has come. */
async function linkMailedTo(stack: Stack, email: string, subject: string): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(async () => {
      const answer = await fetch(`${stack.mailUrl}/mails.json?to=${encodeURIComponent(email)}`);
      const mails = mailsSchema.parse(await answer.json());
      link = mails.find((mail) => mail.subject === subject)?.links[0];
      return link;
    })
    .toBeTruthy();
  return link ?? '';
}

const signInAs = async (page: Page, email: string, password: string) => {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
};

test('somebody signs up, confirms their email from the mail, forgets the password and chooses another', {
  tag: '@long',
}, async ({ page, context, browser, stack }) => {
  const email = `new.${crypto.randomUUID().slice(0, 8)}@example.com`;
  await page.goto('/sign-up?from=/account');
  await page.getByLabel('Name').fill('Noa Berg');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill('the first password');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('Not confirmed')).toBeVisible();

  const elsewhere = await context.newPage();
  await elsewhere.goto(await linkMailedTo(stack, email, 'Confirm your email address'));
  await expect(elsewhere.getByRole('heading', { name: 'Your email is confirmed' })).toBeVisible();
  await expect(page.getByText('Confirmed', { exact: true })).toBeVisible();

  const phone = await (await browser.newContext()).newPage();
  await phone.goto(`${stack.webUrl}/forgot-password`);
  await phone.getByLabel('Email').fill(email);
  await phone.getByRole('button', { name: 'Mail me a link' }).click();
  await expect(phone.getByText('a mail is on its way')).toBeVisible();
  await phone.goto(await linkMailedTo(stack, email, 'Choose a new password'));
  await phone.getByLabel('New password').fill('the second password');
  await phone.getByRole('button', { name: 'Change password' }).click();
  await expect(phone.getByText('Your password is changed. Sign in with the new one.')).toBeVisible();

  // Every sign-in has ended, and an open page says so by itself.
  await expect(page.getByText('Your session has ended.')).toBeVisible();
  await signInAs(page, email, 'the second password');
  await expect(page.getByRole('navigation', { name: 'Main' }).first()).toBeVisible();
  await phone.context().close();
});

test('sign-ins are listed as they come and go, and one that is ended is thrown out', { tag: '@long' }, async ({
  page,
  browser,
  stack,
}) => {
  const clipper = await givenPerson(stack, 'CLIPPER');
  await signIn(page, clipper);
  await page.goto('/account/sign-ins');
  const list = page.getByRole('list', { name: 'Sign-ins' });
  await expect(list.getByRole('listitem')).toHaveCount(1);

  const elsewhere = await (await browser.newContext({ baseURL: stack.webUrl })).newPage();
  await signIn(elsewhere, clipper);
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await list.getByRole('button', { name: /^End the sign-in of/ }).click();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(elsewhere.getByText('Your session has ended.')).toBeVisible();
  await elsewhere.context().close();
});

test('an admin finds somebody, suspends them, and their open page is closed; later they are restored', {
  tag: '@long',
}, async ({ page, browser, stack }) => {
  const [admin, clipper] = [await givenPerson(stack, 'ADMIN'), await givenPerson(stack, 'CLIPPER')];
  const theirs = await (await browser.newContext({ baseURL: stack.webUrl })).newPage();
  await signIn(theirs, clipper);
  await signIn(page, admin);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Clippers' }).click();
  await expect(page.getByRole('heading', { name: 'Clippers and admins' })).toBeVisible();
  // Typed before the page's scripts are there, words would be lost.
  await expect(page.getByRole('status', { name: 'Connection' }).filter({ visible: true }).first()).toHaveText('live');
  await page.getByRole('searchbox', { name: 'Search people' }).fill(clipper.email);
  await page.getByRole('table', { name: 'People' }).getByRole('link', { name: clipper.name }).click();

  await page.getByRole('button', { name: 'Suspend' }).click();
  const dialog = page.getByRole('dialog', { name: `Suspend ${clipper.name}` });
  await dialog.getByLabel('Why').fill('Bought views');
  await dialog.getByRole('button', { name: 'Suspend' }).click();
  await expect(page.getByText('Suspended', { exact: true })).toBeVisible();
  await expect(theirs.getByText('Your session has ended.')).toBeVisible();
  await signInAs(theirs, clipper.email, clipper.password);
  await expect(theirs.getByText('This account is suspended.')).toBeVisible();

  await page.getByRole('button', { name: 'Restore' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByRole('button', { name: 'Suspend' })).toBeVisible();
  await theirs.context().close();
});
