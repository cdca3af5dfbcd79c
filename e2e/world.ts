import { randomInt } from 'node:crypto';
import type { Actor, OperationDeps } from '@clipmeter/api/context';
import { approveSubmission } from '@clipmeter/api/operations/approve-submission';
import { createCampaign } from '@clipmeter/api/operations/create-campaign';
import { createUser } from '@clipmeter/api/operations/create-user';
import { publishCampaign } from '@clipmeter/api/operations/publish-campaign';
import { submitClip } from '@clipmeter/api/operations/submit-clip';
import { expect, type Page } from '@playwright/test';
import { ensureVerifiedAccount } from '../prisma/verified-account.ts';
import type { Stack } from './stack.ts';

export interface Person extends Actor {
  name: string;
  email: string;
  password: string;
}

export interface ApprovedClip {
  campaignId: string;
  campaignTitle: string;
  submissionId: string;
  videoId: string;
  videoTitle: string;
}

const depsOf = ({ pool }: Stack): OperationDeps => ({ pool, now: () => new Date() });

/** Somebody who can sign in, made as an admin would make them. */
export async function givenPerson(stack: Stack, role: 'ADMIN' | 'CLIPPER'): Promise<Person> {
  const number = randomInt(1e9);
  const person = {
    name: `${role === 'ADMIN' ? 'Ada' : 'Mara'} ${number}`,
    email: `${role}-${number}@example.com`,
    password: `secret-${number}-secret`,
  };
  const { userId } = await createUser(depsOf(stack), null, { ...person, role });
  return { ...person, email: person.email.toLowerCase(), userId };
}

/** A running campaign with one approved clip whose views stand still until a test sets them. */
export async function givenApprovedClip(
  stack: Stack,
  people: { admin: Person; clipper: Person },
  terms: { budget: string; ratePer1000: string; views: number },
): Promise<ApprovedClip> {
  const deps = depsOf(stack);
  const number = randomInt(1e9);
  const videoId = `e${String(number).padStart(10, '0')}`;
  const videoTitle = `take ${number}`;
  const author = { handle: `e2e.${people.clipper.userId.slice(-12)}` };
  const curve = { kind: 'flat' } as const;
  await stack.simulator.postVideos([
    { platform: 'YOUTUBE', id: videoId, author, title: videoTitle, views: terms.views, curve },
  ]);
  const campaignTitle = `Campaign ${number}`;
  const { id: campaignId } = await createCampaign(deps, people.admin, {
    title: campaignTitle,
    description: '',
    brand: 'Kessler',
    budget: terms.budget,
    ratePer1000: terms.ratePer1000,
    minViews: 0,
    platforms: ['YOUTUBE'],
    deadline: new Date(Date.now() + 7 * 86_400_000).toISOString(),
  });
  await publishCampaign(deps, people.admin, { id: campaignId });
  const account = await stack.simulator.authorOf('YOUTUBE', videoId);
  await ensureVerifiedAccount(stack.pool, {
    userId: people.clipper.userId,
    platform: 'YOUTUBE',
    handle: account.handle,
    externalId: account.id,
    at: deps.now(),
  });
  const link = `https://www.youtube.com/watch?v=${videoId}`;
  const { id: submissionId } = await submitClip(deps, people.clipper, { campaignId, link });
  await approveSubmission(deps, people.admin, { id: submissionId });
  // The tracker reads the video first: a baseline is never guessed.
  await expect
    .poll(async () => {
      const { rows } = await stack.pool.query<{ status: string }>('SELECT status FROM clip_submissions WHERE id = $1', [
        submissionId,
      ]);
      return rows[0]?.status;
    })
    .toBe('APPROVED');
  return { campaignId, campaignTitle, submissionId, videoId, videoTitle };
}

/** Signs in through the page, as a person does, and goes to the campaigns. */
export async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Campaigns' }).click();
  await expect(page.getByRole('heading', { name: 'Campaigns' })).toBeVisible();
}
