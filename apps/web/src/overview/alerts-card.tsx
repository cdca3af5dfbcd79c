import { alertWords } from '@clipmeter/core/alert-kind';
import { Age } from '@clipmeter/ui/age';
import { Card } from '@clipmeter/ui/card';
import { EmptyState } from '@clipmeter/ui/empty-state';
import { SkeletonRows } from '@clipmeter/ui/skeleton';
import { StatusWord } from '@clipmeter/ui/status-word';
import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { Overview } from '#src/client/outputs.ts';

/** What is wrong, and what to do about it. */
export function AlertsCard({ alerts }: { alerts: Overview['alerts'] | undefined }) {
  return (
    <Card
      flush
      title="Open alerts"
      aside={
        <Link href="/tracker" className="hover:text-ink hover:underline">
          Tracker
        </Link>
      }
    >
      {alerts === undefined ? (
        <SkeletonRows rows={2} />
      ) : alerts.length === 0 ? (
        <EmptyState>Nothing is wrong.</EmptyState>
      ) : (
        <ul>
          {alerts.map((alert) => (
            <AlertRow key={alert.id} alert={alert} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function AlertRow({ alert }: { alert: Overview['alerts'][number] }) {
  const { title, remedy } = alertWords(alert.kind);
  return (
    <li className="border-b px-4 py-3 text-sm last:border-b-0 sm:px-5">
      <p className="flex items-baseline justify-between gap-3">
        <StatusWord icon={TriangleAlert} tone="bad" className="whitespace-normal">
          {title}
        </StatusWord>
        <Age date={new Date(alert.lastSeen)} className="shrink-0 text-faint text-xs" />
      </p>
      <p className="mt-1 break-words text-muted">{alert.message}</p>
      <p className="mt-1 text-[0.8125rem] text-faint">{remedy}</p>
    </li>
  );
}
