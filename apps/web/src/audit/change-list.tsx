import { Moment } from '@clipmeter/ui/age';
import { numberText } from '@clipmeter/ui/number-text';
import { type AuditChange, auditChanges, fieldWords } from '#src/audit/audit-changes.ts';
import type { AuditEntry } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';

/** As many as a line or two hold; the others open on demand. */
const SHOWN_MAX = 2;

/** What an act changed: each field with what it was and is. */
export function ChangeList({ entry }: { entry: AuditEntry }) {
  const { told, ids } = auditChanges(entry);
  const more = [...told.slice(SHOWN_MAX), ...ids];
  return (
    <div className="min-w-0 text-[0.8125rem] leading-5">
      <Lines changes={told.slice(0, SHOWN_MAX)} />
      {more.length === 0 ? null : (
        <details>
          <summary className="cursor-pointer py-0.5 text-muted hover:text-ink pointer-coarse:py-3">
            {told.length > SHOWN_MAX ? `${more.length} more` : 'Ids'}
          </summary>
          <Lines changes={more} />
        </details>
      )}
    </div>
  );
}

function Lines({ changes }: { changes: AuditChange[] }) {
  if (changes.length === 0) return null;
  return (
    <dl>
      {changes.map((change) => (
        <div key={`${change.field} ${'before' in change}`} className="flex flex-wrap gap-x-1.5 break-words">
          <dt className="text-faint">{fieldWords(change.field)}</dt>
          <dd className="min-w-0 break-words [overflow-wrap:anywhere]">
            {'before' in change ? (
              <>
                <Value value={change.before} />
                <span aria-hidden className="text-faint">
                  {' → '}
                </span>
                <span className="sr-only"> became </span>
              </>
            ) : null}
            <Value value={change.after} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const MONEY = /^-?\d+\.\d{6}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

function Value({ value }: { value: unknown }) {
  if (value === null || value === '') return <span className="text-faint">nothing</span>;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return numberText(value, 'count');
  if (typeof value === 'string') {
    if (MONEY.test(value)) return numberText(decimal(value), 'usd');
    if (TIME.test(value)) return <Moment date={new Date(value)} />;
    return value;
  }
  if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
    return value.length === 0 ? <span className="text-faint">nothing</span> : value.join(', ');
  return <code className="text-xs">{JSON.stringify(value)}</code>;
}
