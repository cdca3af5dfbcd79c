import { auditWords } from '@clipmeter/core/audit-action';
import { Age } from '@clipmeter/ui/age';
import type { Column } from '@clipmeter/ui/data-table';
import Link from 'next/link';
import { ChangeList } from '#src/audit/change-list.tsx';
import type { AuditEntry } from '#src/client/outputs.ts';

interface AuditColumnsOptions {
  /** Shows only what somebody did, or only what is about one thing. */
  narrow: (to: { who: string } | { about: string }) => void;
}

const NARROW = 'max-w-full text-left underline decoration-line-strong underline-offset-4 hover:decoration-current';

export function auditColumns({ narrow }: AuditColumnsOptions): Column<AuditEntry>[] {
  return [
    {
      id: 'what',
      header: 'What was done',
      phone: 'lead',
      className: 'sm:align-top sm:min-w-64 sm:py-2.5',
      cell: (entry) => (
        <p className="break-words leading-5">
          {entry.actor === null ? (
            <span className="text-muted">The system</span>
          ) : (
            <ActorButton actor={entry.actor} onPress={(who) => narrow({ who })} />
          )}{' '}
          {auditWords(entry.action)} <Subject entry={entry} />
        </p>
      ),
    },
    {
      id: 'changes',
      header: 'What it changed',
      phone: 'detail',
      className: 'sm:align-top sm:py-2.5 sm:max-w-md',
      cell: (entry) => <ChangeList entry={entry} />,
    },
    {
      id: 'history',
      header: 'History',
      className: 'whitespace-nowrap sm:align-top sm:py-2.5 max-lg:hidden',
      cell: (entry) => (
        <button
          type="button"
          onClick={() => narrow({ about: entry.subjectId })}
          className="text-[0.8125rem] text-muted hover:text-ink hover:underline"
        >
          Only this one
          <span className="sr-only">: {entry.subjectName ?? entry.subjectId}</span>
        </button>
      ),
    },
    {
      id: 'when',
      header: 'When',
      align: 'right',
      phone: 'lead-end',
      className: 'sm:align-top whitespace-nowrap text-faint text-[0.8125rem] sm:py-2.5',
      cell: (entry) => <Age date={new Date(entry.at)} />,
    },
  ];
}

function ActorButton({ actor, onPress }: { actor: NonNullable<AuditEntry['actor']>; onPress: (id: string) => void }) {
  return (
    <button type="button" title={`Only what ${actor.name} did`} onClick={() => onPress(actor.id)} className={NARROW}>
      {actor.name}
    </button>
  );
}

/** What it was done to, and the way there. Whoever did something to themselves is named already. */
function Subject({ entry }: { entry: AuditEntry }) {
  const { actor, subjectId, subjectName } = entry;
  if (actor?.id === subjectId) return null;
  const name = subjectName ?? subjectId.slice(0, 8);
  const href = subjectPath(entry);
  if (href === null) return <span className="font-medium">{name}</span>;
  return (
    <Link href={href} className="font-medium hover:underline">
      {name}
    </Link>
  );
}

function subjectPath({ subjectKind, subjectId, subjectName }: AuditEntry): string | null {
  switch (subjectKind) {
    case 'campaign':
      return `/campaigns/${subjectId}`;
    case 'user':
      return `/people/${subjectId}`;
    case 'submission':
      // A short link is no clip until it has been followed.
      return subjectName === null ? null : `/clips/${subjectId}`;
    case 'social_account':
      return subjectName === null ? null : `/people?q=${encodeURIComponent(subjectName.replace(/^@/, ''))}`;
    default:
      return null;
  }
}
