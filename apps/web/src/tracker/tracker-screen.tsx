'use client';

import { alertWords } from '@clipmeter/core/alert-kind';
import { platformName } from '@clipmeter/core/platform';
import { Age } from '@clipmeter/ui/age';
import { Card } from '@clipmeter/ui/card';
import { DataTable } from '@clipmeter/ui/data-table';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { ErrorState } from '@clipmeter/ui/error-state';
import { numberText } from '@clipmeter/ui/number-text';
import { RollingNumber } from '@clipmeter/ui/rolling-number';
import { Skeleton, SkeletonRows } from '@clipmeter/ui/skeleton';
import { durationText, machineTimeText } from '@clipmeter/ui/time-text';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TrackerOverview } from '#src/client/outputs.ts';
import { PageHeader } from '#src/frame/page-header.tsx';
import { PLATFORM_COLUMNS } from '#src/tracker/platform-columns.tsx';
import { RUN_COLUMNS } from '#src/tracker/run-columns.tsx';
import { useLiveTracker } from '#src/tracker/use-live-tracker.ts';

/** For admins: what is due, how late, what it costs, and what went wrong. */
export function TrackerScreen() {
  const query = useLiveTracker();
  const { data } = query;
  if (data === undefined) {
    return query.isError ? (
      <ErrorState onRetry={() => void query.refetch()} retrying={query.isRefetching}>
        The tracker's state could not be loaded. {query.error.message}
      </ErrorState>
    ) : (
      <>
        <PageHeader title="Tracker" figure={<Skeleton className="h-10 w-24" />} figureLabel="clips due" />
        <SkeletonRows rows={6} className="rounded-lg border" />
      </>
    );
  }
  const due = data.platforms.reduce((sum, platform) => sum + platform.due, 0);
  const lagMs = Math.max(0, ...data.platforms.map((platform) => platform.lagMs));
  return (
    <>
      <PageHeader
        title="Tracker"
        figure={<RollingNumber value={due} kind="count" />}
        figureLabel={dueLabel(data, due, lagMs)}
      />
      <div className="flex flex-col gap-5">
        <Alerts alerts={data.alerts} />
        <Card flush title="Platforms" aside="since midnight UTC">
          <DataTable
            label="Platforms"
            columns={PLATFORM_COLUMNS}
            rows={data.platforms.filter(isInUse)}
            rowKey={(platform) => platform.platform}
          />
        </Card>
        <LastErrors platforms={data.platforms} />
        <Machinery overview={data} />
        <Card flush title="Runs" aside="newest first">
          {data.runs.length === 0 ? (
            <EmptyState>No run yet. The first one starts when a clip is due.</EmptyState>
          ) : (
            <DataTable
              label="Runs"
              columns={RUN_COLUMNS}
              rows={data.runs}
              rowKey={(run) => run.runId}
              rowVersion={(run) => run.status}
              sliding
            />
          )}
        </Card>
      </div>
    </>
  );
}

/** Clips of a platform that waits are due when it is asked again: then nothing due is not yet on time. */
function dueLabel({ platforms }: TrackerOverview, due: number, lagMs: number): string {
  if (due > 0) return `clips due, the oldest for ${durationText(lagMs)}`;
  const late = platforms.filter((platform) => isInUse(platform) && platform.status !== 'OK');
  if (late.length === 0) return 'clips due: every read is on time';
  return `clips due; those of ${late.map(({ platform }) => platformName(platform)).join(', ')} wait for the platform`;
}

/** A platform that no clip is on and that was never read says nothing. */
function isInUse(platform: TrackerOverview['platforms'][number]): boolean {
  return platform.scheduled > 0 || platform.lastSuccessAt !== null || platform.status !== 'OK';
}

function Alerts({ alerts }: { alerts: TrackerOverview['alerts'] }) {
  if (alerts.length === 0) return null;
  return (
    <Card flush title="Alerts" aside={`${alerts.length} open`}>
      <ul>
        {alerts.map((alert) => (
          <AlertItem key={alert.id} alert={alert} />
        ))}
      </ul>
    </Card>
  );
}

/** What it is, what happened, and what to do. */
function AlertItem({ alert: { kind, message, count, lastSeen } }: { alert: TrackerOverview['alerts'][number] }) {
  const { title, remedy } = alertWords(kind);
  return (
    <li className="flex items-start gap-3 border-b px-4 py-3 text-sm last:border-b-0 sm:px-5">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0">
        <h3 className="font-medium">{title}</h3>
        <p className="mt-0.5 break-words text-muted">{message}</p>
        <p className="mt-0.5">{remedy}</p>
        <p className="mt-1 text-[0.8125rem] text-faint">
          {count > 1 ? `${numberText(count, 'count')} times, last ` : ''}
          <Age date={new Date(lastSeen)} />
        </p>
      </div>
    </li>
  );
}

function LastErrors({ platforms }: { platforms: TrackerOverview['platforms'] }) {
  const failed = platforms.filter((platform) => platform.lastError !== null);
  if (failed.length === 0) return null;
  return (
    <Card flush title="Last error">
      <ul>
        {failed.map((platform) => (
          <li key={platform.platform} className="border-b px-4 py-3 text-sm last:border-b-0 sm:px-5">
            <p className="break-words">
              <span className="font-medium">{platformName(platform.platform)}</span> {platform.lastError}
            </p>
            {platform.lastErrorAt === null ? null : (
              <Age date={new Date(platform.lastErrorAt)} className="text-[0.8125rem] text-faint" />
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The daemons, the event log's follower and what holds its horizon, and the job queues. */
function Machinery({ overview: { follower, queues, trackers } }: { overview: TrackerOverview }) {
  return (
    <Card title="Trackers, event log and queues">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 text-sm sm:grid-cols-4">
        {trackers.map((tracker) => (
          <Figure
            key={`${tracker.host} ${tracker.pid}`}
            name={`Tracker ${tracker.pid} on ${tracker.host}`}
            value={<Age date={new Date(tracker.startedAt)} prefix="started " />}
          />
        ))}
        <Figure
          name="Follower lag"
          value={follower.lagMs === null ? 'no tracker runs' : machineTimeText(follower.lagMs)}
        />
        <Figure name="Oldest open transaction" value={machineTimeText(follower.horizonAgeMs)} />
        <Figure name="Held by" value={follower.heldBy ?? 'nobody'} />
        {queues.map((queue) => (
          <Figure
            key={queue.name}
            name={queue.name}
            value={`${queue.waiting} waiting, ${queue.active} active${queue.failed > 0 ? `, ${queue.failed} failed` : ''}`}
          />
        ))}
      </dl>
    </Card>
  );
}

function Figure({ name, value }: { name: string; value: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="truncate text-[0.8125rem] text-faint">{name}</dt>
      <dd className="mt-0.5 break-words">{value}</dd>
    </div>
  );
}
