import { accountState } from '@clipmeter/core/account-proof';
import { platformName } from '@clipmeter/core/platform';
import { submissionStage } from '@clipmeter/core/submission-stage';
import type { ClipperFirstRun } from '#src/client/outputs.ts';

/** A step to a first approval: how it stands in words, and the way to go on. */
export interface FirstStep {
  id: 'email' | 'account' | 'campaign' | 'submit';
  title: string;
  sentence: string;
  done: boolean;
  way: { href: string; label: string } | null;
}

/** The four steps of a clipper who is new here. */
export function clipperSteps(start: ClipperFirstRun, nowMs: number): FirstStep[] {
  return [emailStep(start), accountStep(start, nowMs), campaignStep(start), submitStep(start)];
}

function emailStep({ email, emailVerified }: ClipperFirstRun): FirstStep {
  return {
    id: 'email',
    title: 'Verify your email',
    done: emailVerified,
    sentence: emailVerified ? `${email} is verified.` : `We sent a mail to ${email}. Open the link in it.`,
    way: emailVerified ? null : { href: '/account', label: 'Send it again' },
  };
}

function accountStep({ accounts }: ClipperFirstRun, nowMs: number): FirstStep {
  const step = { id: 'account', title: 'Add the account you post from' } as const;
  const verified = accounts.find((account) => account.verifiedAt !== null);
  const account = verified ?? accounts.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0];
  if (account === undefined) {
    return {
      ...step,
      done: false,
      sentence: 'A code in its bio proves that it is yours. Clips from it then count for you.',
      way: { href: '/account/social', label: 'Add an account' },
    };
  }
  const name = `@${account.handle} on ${platformName(account.platform)}`;
  if (account === verified) return { ...step, done: true, sentence: `${name} is verified.`, way: null };
  const { word, sentence } = accountState(
    {
      platform: account.platform,
      handle: account.handle,
      verifiedAtMs: msOf(account.verifiedAt),
      codeExpiresAtMs: msOf(account.codeExpiresAt),
      attempts: account.attempts,
      checkRequestedAtMs: msOf(account.checkRequestedAt),
      checkedAtMs: msOf(account.checkedAt),
      checkOutcome: account.checkOutcome,
    },
    nowMs,
  );
  return {
    ...step,
    done: false,
    sentence: `${name}: ${word}. ${sentence}`,
    way: { href: '/account/social', label: `Verify @${account.handle}` },
  };
}

function campaignStep({ submission, running }: ClipperFirstRun): FirstStep {
  return {
    id: 'campaign',
    title: 'Pick a campaign',
    done: submission !== null,
    sentence: submission?.campaignTitle ?? runningWords(running),
    way: submission === null ? { href: '/campaigns', label: 'See the campaigns' } : null,
  };
}

function runningWords(running: number): string {
  if (running === 0) return 'None takes clips now. You are told when one starts.';
  return running === 1 ? 'One takes clips now.' : `${running} take clips now. Each says what it pays and wants.`;
}

function submitStep({ submission }: ClipperFirstRun): FirstStep {
  const step = { id: 'submit', title: 'Submit your clip', done: false } as const;
  if (submission === null) {
    return { ...step, sentence: 'Post it, then paste its link on the campaign’s page.', way: null };
  }
  const { name, word, sentence } = submissionStage(submission);
  if (name === 'rejected' || name === 'withdrawn') {
    return {
      ...step,
      sentence: `${word}: ${sentence}`,
      way: { href: `/campaigns/${submission.campaignId}`, label: 'Submit another clip' },
    };
  }
  return {
    ...step,
    done: name === 'approved',
    sentence: `${word}: ${sentence}`,
    way: { href: '/submissions', label: 'See your submission' },
  };
}

const msOf = (time: string | null) => (time === null ? null : Date.parse(time));
