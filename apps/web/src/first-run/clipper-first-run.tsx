'use client';

import { buttonClass } from '@clipmeter/ui/button-class';
import { Card } from '@clipmeter/ui/card';
import { StepList } from '@clipmeter/ui/step-list';
import { skipToken } from '@tanstack/react-query';
import Link from 'next/link';
import { liveOptions } from '#src/client/live-options.ts';
import { trpc } from '#src/client/trpc.ts';
import { usePaced } from '#src/client/use-paced.ts';
import { clipperSteps } from '#src/first-run/clipper-steps.ts';

const REFETCH_PACE = { firstMs: 200, gapMs: 1_000 };

/** A clipper's way to a first approval, each step with its state. Nothing once a clip was approved. */
export function ClipperFirstRun() {
  const query = trpc.firstRun.clipper.useQuery(undefined, { refetchOnWindowFocus: true });
  const refetch = usePaced(() => void query.refetch(), REFETCH_PACE);
  const cursor = query.data?.cursor;
  // Whatever happens to the clipper may be a step: mails, profiles and first reads end in an event to them.
  trpc.live.me.useSubscription(
    cursor === undefined || query.data?.wasApproved === true ? skipToken : { lastEventId: cursor },
    liveOptions({ onEvent: refetch, onReset: refetch }),
  );
  if (query.data === undefined || query.data.wasApproved) return null;

  const steps = clipperSteps(query.data, query.dataUpdatedAt);
  const next = steps.find((step) => !step.done);
  return (
    <Card flush title="Your first clip" aside={`${steps.filter((step) => step.done).length} of ${steps.length} done`}>
      <StepList
        label="Steps to your first clip"
        steps={steps.map(({ way, ...step }) => ({
          ...step,
          action:
            way === null ? undefined : (
              <Link href={way.href} className={buttonClass(step.id === next?.id ? 'primary' : 'secondary')}>
                {way.label}
              </Link>
            ),
        }))}
      />
    </Card>
  );
}
