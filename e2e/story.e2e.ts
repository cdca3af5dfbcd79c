import { randomInt } from 'node:crypto';
import { runAudit } from '@clipmeter/db/audit';
import type { Browser, Page } from '@playwright/test';
import { z } from 'zod';
import { expect, type Stack, test } from './stack.ts';
import { givenPerson, signIn } from './world.ts';

// What the product is for, from an empty campaign to the mail that says what was earned: two people, each on a page of
// their own, at once. The same story for a human reader is docs/testing-by-hand.md.

const mailsSchema = z.array(z.object({ subject: z.string(), text: z.string(), links: z.array(z.string()) }));

test('an admin makes a campaign, a clipper joins and earns, both watch it to its end', async ({ browser, stack }) => {
  test.setTimeout(240_000);
  const number = randomInt(1e9);
  const campaign = `Story ${number}`;
  const clipper = { name: `Noor ${number}`, email: `noor-${number}@example.com`, password: `secret-${number}-secret` };
  const handle = `noor.${number}`;
  const videoId = `s${String(number).padStart(10, '0')}`;
  const videoTitle = `first take ${number}`;
  const admin = await givenPerson(stack, 'ADMIN');
  // Mails go to addresses that somebody confirmed; the clipper confirms theirs below.
  await stack.pool.query('UPDATE users SET email_verified = true WHERE id = $1', [admin.userId]);
  const desk = await openPage(browser, stack, { width: 1440, height: 900 });
  const phone = await openPage(browser, stack, { width: 390, height: 844 });

  const link = await test.step('the admin makes and publishes a campaign', async () => {
    await signIn(desk, admin);
    await desk.goto('/campaigns/new');
    await expect(connection(desk)).toHaveText('live');
    await desk.getByLabel('Title', { exact: true }).fill(campaign);
    await desk.getByRole('textbox', { name: 'Brand' }).fill('Kessler');
    await desk.getByRole('textbox', { name: 'Budget' }).fill('20');
    await desk.getByRole('textbox', { name: 'Rate', exact: true }).fill('10');
    await desk.getByRole('checkbox', { name: 'YouTube' }).check();
    await desk.getByLabel('Deadline').fill(localTime(Date.now() + 3 * 86_400_000));
    await desk.getByRole('button', { name: 'Publish campaign' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: 'Publish campaign' }).click();
    await expect(desk.getByRole('heading', { name: campaign })).toBeVisible();
    await expect(desk).toHaveURL(/\/campaigns\/[0-9a-f-]{36}$/);
    return new URL(desk.url()).pathname;
  });

  await test.step('the clipper opens its link, signs up and confirms the email', async () => {
    await phone.goto(link);
    await expect(phone.getByRole('heading', { name: campaign })).toBeVisible();
    await phone.goto('/sign-up');
    await phone.getByLabel('Name').fill(clipper.name);
    await phone.getByLabel('Email').fill(clipper.email);
    await phone.getByLabel('Password').fill(clipper.password);
    await phone.getByRole('button', { name: 'Create account' }).click();
    await expect(phone.getByRole('list', { name: 'Steps to your first clip' })).toBeVisible();
    const mail = await mailTo(stack, clipper.email, /confirm/i);
    await phone.goto(mail.links[0] ?? '');
    await expect(phone.getByRole('heading', { name: 'Your email is confirmed' })).toBeVisible();
    await phone.goto('/home');
    await expect(phone.getByText(`${clipper.email} is verified.`)).toBeVisible();
  });

  await test.step('the clipper posts a video and proves whose profile it is on', async () => {
    await stack.simulator.postVideos([
      {
        platform: 'YOUTUBE',
        id: videoId,
        author: { handle },
        title: videoTitle,
        views: 1000,
        publishedAt: new Date().toISOString(),
        curve: { kind: 'flat' },
      },
    ]);
    await phone.goto('/account/social');
    await expect(connection(phone)).toHaveText('live');
    await phone.getByLabel('Platform').selectOption('YouTube');
    await phone.getByLabel('Handle or address of the profile').fill(`@${handle}`);
    await phone.getByRole('button', { name: 'Add account' }).click();
    const code = await phone.getByText(/^cm-\w{8}$/).textContent();
    await stack.simulator.setBio('YOUTUBE', handle, `shorts, mostly ${code}`);
    await phone.getByRole('button', { name: 'Verify', exact: true }).click();
    await expect(phone.getByText('Clips from this account count for you.').first()).toBeVisible();
  });

  await test.step("the clip is submitted, shows in the admin's open queue, and its approval on the clipper's page", async () => {
    await desk.goto('/review');
    await expect(connection(desk)).toHaveText('live');

    await phone.goto(link);
    await phone.getByRole('button', { name: 'Submit a clip' }).click();
    await phone.getByLabel('Link of your clip').fill(`https://youtube.com/shorts/${videoId}?feature=share`);
    await phone.getByRole('button', { name: 'Submit this clip' }).click();
    await expect(phone.getByRole('dialog').getByText('Waiting for review')).toBeVisible();
    await phone.getByRole('button', { name: 'Done' }).click();
    await phone.goto('/submissions');
    await expect(connection(phone)).toHaveText('live');
    const submission = phone.getByRole('list', { name: 'Submissions' }).getByRole('listitem');
    await expect(submission).toContainText('Waiting for review');

    const row = desk.getByRole('row').filter({ hasText: videoTitle });
    await expect(row).toContainText('1,000');
    await row.getByRole('checkbox').check();
    await desk.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Approve 1' }).click();
    await expect(submission).toContainText(/^.*Approved(?!,)/s);
  });

  await test.step('views grow, and both see the money move', async () => {
    await desk.goto(link);
    await expect(bar(desk, campaign)).toHaveAttribute('aria-valuetext', /^\$0\.00 of \$20 spent/);
    await phone.goto('/home');
    await expect(connection(phone)).toHaveText('live');
    await stack.simulator.setViews('YOUTUBE', videoId, 2000);
    await expect(bar(desk, campaign)).toHaveAttribute('aria-valuetext', /^\$10\.00 of \$20 spent, \$10\.00 left/);
    await expect(phone.getByText('$10.00').first()).toBeVisible();
  });

  await test.step('the budget ends, and both see it, are told, and get a mail', async () => {
    await stack.simulator.setViews('YOUTUBE', videoId, 9000);
    await expect(bar(desk, campaign)).toHaveAttribute('aria-valuenow', '100', { timeout: 60_000 });
    await expect(desk.getByText('Budget reached').first()).toBeVisible();
    await expect(phone.getByText('$20.00').first()).toBeVisible();

    const ended = `${campaign} has ended`;
    const earned = 'You earned $20.00. It is available now.';
    const paid = '1 clipper earned $20.00 of $20.00';
    for (const [page, words] of [
      [phone, earned],
      [desk, paid],
    ] as const) {
      await page.goto('/alerts');
      const notice = page.getByRole('listitem').filter({ hasText: ended }).last(); // a toast may say it too
      await expect(notice).toContainText(words);
    }
    expect((await mailTo(stack, clipper.email, ended)).text).toContain(earned);
    expect((await mailTo(stack, admin.email, ended)).text).toContain(paid);
  });

  await test.step('the audit finds no difference', async () => {
    const { lines } = await runAudit(stack.pool);
    expect(lines.filter(({ differences }) => differences > 0)).toEqual([]);
  });
});

/** A page of somebody else's browser. */
async function openPage(browser: Browser, stack: Stack, viewport: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ baseURL: stack.webUrl, viewport, hasTouch: viewport.width < 500 });
  return context.newPage();
}

const bar = (page: Page, campaign: string) => page.getByRole('progressbar', { name: `Budget of ${campaign}` }).first();
const connection = (page: Page) => page.getByRole('status', { name: 'Connection' }).filter({ visible: true }).first();

/** The mail with this subject, once it has come. */
async function mailTo({ mailUrl }: Stack, address: string, subject: string | RegExp) {
  const find = async () => {
    const response = await fetch(`${mailUrl}/mails.json?to=${encodeURIComponent(address)}`);
    const mails = mailsSchema.parse(await response.json());
    return mails.find((mail) =>
      typeof subject === 'string' ? mail.subject.includes(subject) : subject.test(mail.subject),
    );
  };
  await expect.poll(find, { timeout: 30_000 }).toBeDefined();
  return z.object({ text: z.string(), links: z.array(z.string()) }).parse(await find());
}

/** What a field for a day and a time takes: the browser's own zone, which playwright.config.ts sets. */
function localTime(ms: number): string {
  const [day, time] = new Date(ms).toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' }).split(' ');
  return `${day}T${time?.slice(0, 5)}`;
}
