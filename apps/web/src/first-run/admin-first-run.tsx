'use client';

import { buttonClass } from '@clipmeter/ui/button-class';
import { Card } from '@clipmeter/ui/card';
import { CopyButton } from '@clipmeter/ui/copy-button';
import { type Step, StepList } from '@clipmeter/ui/step-list';
import { skipToken } from '@tanstack/react-query';
import Link from 'next/link';
import { liveOptions } from '#src/client/live-options.ts';
import type { AdminFirstRun as Start } from '#src/client/outputs.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePaced } from '#src/client/use-paced.ts';

const REFETCH_PACE = { firstMs: 200, gapMs: 1_000 };

/** What an admin of a new Clipmeter does first. Nothing once somebody has decided on a submission. */
export function AdminFirstRun() {
  const query = trpc.firstRun.admin.useQuery(undefined, { refetchOnWindowFocus: true });
  const refetch = usePaced(() => void query.refetch(), REFETCH_PACE);
  const cursor = query.data?.cursor;
  trpc.live.admin.useSubscription(
    cursor === undefined || query.data?.wasReviewed === true ? skipToken : { lastEventId: cursor },
    liveOptions({ onEvent: refetch, onReset: refetch }),
  );
  if (query.data === undefined || query.data.wasReviewed) return null;
  const steps = adminSteps(query.data);
  return (
    <Card flush title="First steps" aside={`${steps.filter((step) => step.done).length} of ${steps.length} done`}>
      <StepList label="First steps" steps={steps} />
    </Card>
  );
}

function adminSteps({ shared, drafts, waiting, wasSubmitted }: Start): Step[] {
  return [
    {
      id: 'create',
      title: 'Create a campaign',
      done: shared !== null,
      sentence:
        shared?.title ??
        (drafts > 0
          ? 'A draft is there. It takes clips once it is published.'
          : 'Its budget, what 1,000 views pay, and what a clip has to show.'),
      action: shared === null ? createAction(drafts) : undefined,
    },
    {
      id: 'share',
      title: 'Share its link',
      done: wasSubmitted,
      sentence: 'It opens for anybody: the rate, the rules, and a way to sign up that ends there.',
      action:
        shared === null ? undefined : (
          <CopyButton
            tone={wasSubmitted ? 'secondary' : 'primary'}
            text={() => new URL(`/campaigns/${shared.id}`, window.location.href).href}
          >
            Copy the link
          </CopyButton>
        ),
    },
    {
      id: 'review',
      title: 'Review what comes in',
      done: false,
      sentence: waitingWords(waiting),
      action: wasSubmitted ? (
        <Link href="/review" className={buttonClass('primary')}>
          Open the queue
        </Link>
      ) : undefined,
    },
  ];
}

function createAction(drafts: number) {
  return drafts > 0 ? (
    <Link href="/campaigns?show=upcoming" className={buttonClass('primary')}>
      See the drafts
    </Link>
  ) : (
    <Link href="/campaigns/new" className={buttonClass('primary')}>
      New campaign
    </Link>
  );
}

function waitingWords(waiting: number): string {
  if (waiting === 0) return 'What clippers submit waits here for your yes or no.';
  return waiting === 1 ? 'One submission waits for you.' : `${waiting} submissions wait for you.`;
}
