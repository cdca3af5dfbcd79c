'use client';

import { Age } from '@clipmeter/ui/age';
import { Card } from '@clipmeter/ui/card';
import { ErrorState } from '@clipmeter/ui/error-state';
import { numberText } from '@clipmeter/ui/number-text';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { Skeleton } from '@clipmeter/ui/skeleton';
import { StatusWord } from '@clipmeter/ui/status-word';
import { CircleCheck, MailQuestion } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { PersonPage, Viewer } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';
import { PageHeader } from '#src/frame/page-header.tsx';
import { AccessActions } from '#src/people/access-actions.tsx';
import { PersonStanding } from '#src/people/person-standing.tsx';
import { useLivePerson } from '#src/people/use-live-people.ts';

/** One person: what they are here, and what an admin may change of it. */
export function PersonScreen({ id, viewer }: { id: string; viewer: Viewer }) {
  const query = useLivePerson(id);
  const { data } = query;
  if (data === undefined) {
    if (!query.isError) return <Skeleton className="h-64" />;
    return (
      <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
        This person could not be loaded. {query.error.message}
      </ErrorState>
    );
  }
  return (
    <>
      <PageHeader
        over={
          <Link href="/people" className="underline underline-offset-2 hover:text-ink">
            Clippers and admins
          </Link>
        }
        title={data.name}
        figure={<RollingNumber value={decimal(data.earned)} kind="usd" />}
        figureLabel="earned by their clips, paid or not"
        action={<AccessActions person={data} isViewer={viewer.userId === id} />}
      />
      <Card>
        <Facts person={data} />
      </Card>
      <p className="mt-4 text-sm">
        <Link href={`/audit?about=${id}`} className="text-accent underline underline-offset-2">
          What was done to this account
        </Link>
      </p>
    </>
  );
}

function Facts({ person }: { person: PersonPage }) {
  const { email, emailVerified, createdAt, suspendedAt, signIns, submissions } = person;
  return (
    <dl className="grid grid-cols-1 gap-x-6 gap-y-4 text-sm sm:grid-cols-2 lg:grid-cols-3">
      <Fact name="Is">
        <PersonStanding person={person} />
        {suspendedAt === null ? null : <Age date={new Date(suspendedAt)} className="ml-2 text-faint" />}
      </Fact>
      <Fact name="Email">
        <span className="mr-2 break-all">{email}</span>
        {emailVerified ? (
          <StatusWord icon={CircleCheck} tone="good">
            Confirmed
          </StatusWord>
        ) : (
          <StatusWord icon={MailQuestion} tone="warn">
            Not confirmed
          </StatusWord>
        )}
      </Fact>
      <Fact name="Joined">
        <Age date={new Date(createdAt)} />
      </Fact>
      <Fact name="Clips submitted">{numberText(submissions, 'count')}</Fact>
      <Fact name="Signed in">
        {signIns === 0 ? 'nowhere' : signIns === 1 ? 'in one place' : `in ${signIns} places`}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-[0.8125rem] text-faint">{name}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  );
}
