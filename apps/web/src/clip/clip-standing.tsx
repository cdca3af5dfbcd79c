'use client';

import { Age, AgeToCome, Moment } from '@clipmeter/ui/age';
import { Card } from '@clipmeter/ui/card';
import { numberText } from '@clipmeter/ui/number-text';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import type { ReactNode } from 'react';
import type { OwnClip } from '#src/client/outputs.ts';
import { standingOf } from '#src/clip/clip-facts.ts';
import { ClipStatus, useClipState } from '#src/clip/clip-status.tsx';
import { decimal } from '#src/format/decimal.ts';
import { growthOf } from '#src/live/clip-rows.ts';

/** How a clip stands: its state with why, what was kept and what to do, its counts, and the terms it earns by. */
export function ClipStanding({ clip }: { clip: OwnClip }) {
  const campaign = standingOf(clip);
  const state = useClipState(clip, campaign);
  return (
    <Card>
      <ClipStatus clip={clip} campaign={campaign} className="text-base" />
      <p className="mt-1.5 max-w-prose text-muted text-sm leading-6">
        {state === null ? UNAPPROVED[clip.status] : null}
        {state?.why} {state?.kept} {state === null ? null : <span className="text-ink">{state.toDo}</span>}
      </p>
      <dl className="mt-5 grid grid-cols-2 gap-x-6 gap-y-4 border-t pt-5 sm:grid-cols-3 lg:grid-cols-5">
        <Fact name="Views">
          <RollingNumber value={clip.views} kind="count" />
        </Fact>
        {clip.initialViews === null ? null : (
          <Fact name="Counted" note={`since ${numberText(clip.initialViews, 'count')} at its approval`}>
            <RollingNumber value={Math.max(0, growthOf(clip))} kind="count" />
          </Fact>
        )}
        {clip.standing === null ? null : (
          <Fact name="Rate" note={termsNote(clip.standing)}>
            {numberText(decimal(clip.standing.ratePer1000), 'usd')}{' '}
            <span className="font-normal text-muted text-sm">per 1,000</span>
          </Fact>
        )}
        {clip.standing === null ? null : (
          <Fact name="Approved" note="these terms stay, whatever changes later">
            <Moment date={new Date(clip.standing.approvedAt)} />
          </Fact>
        )}
        <Fact
          name="Read"
          note={clip.nextReadAt === null ? undefined : <AgeToCome date={new Date(clip.nextReadAt)} prefix="next " />}
        >
          {clip.lastReadAt === null ? 'not yet' : <Age date={new Date(clip.lastReadAt)} />}
        </Fact>
      </dl>
    </Card>
  );
}

const UNAPPROVED: Partial<Record<OwnClip['status'], string>> = {
  PENDING: 'It counts from its first read after an admin approved it.',
  REJECTED: 'It was not approved and earns nothing. Its link may be submitted again.',
  WITHDRAWN: 'It was withdrawn and earns nothing. Its link may be submitted again.',
};

function termsNote({ cap, minViews }: NonNullable<OwnClip['standing']>): string {
  const least = minViews === 0 ? 'from the first view' : `from ${numberText(minViews, 'count')} views on`;
  return cap === null ? least : `${least}, at most ${numberText(decimal(cap), 'usd')}`;
}

function Fact({ name, note, children }: { name: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt className="text-[0.8125rem] text-faint">{name}</dt>
      <dd className="mt-0.5 font-semibold text-lg tracking-tight">
        {children}
        {note === undefined ? null : (
          <span className="block font-normal text-[0.8125rem] text-faint tracking-normal">{note}</span>
        )}
      </dd>
    </div>
  );
}
