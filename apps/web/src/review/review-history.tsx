import { Moment } from '@clipmeter/ui/age';
import { numberText } from '@clipmeter/ui/number-text';
import type { ReviewedSubmission } from '#src/client/outputs.ts';
import { decimal } from '#src/format/decimal.ts';

type Line = ReviewedSubmission['history'][number];

const WORDS: Record<Line['kind'], string> = {
  submitted: 'Submitted',
  asked: 'Approval asked',
  approved: 'Approved, counting from here',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  revoked: 'Approval revoked',
  held: 'Put on hold',
  released: 'Hold released',
  reversed: 'Earnings taken back',
};

/** Everything that happened to a submission, the latest first. */
export function ReviewHistory({ history }: { history: Line[] }) {
  return (
    <section className="mt-6 border-t pt-4">
      <h3 className="font-medium text-sm">History</h3>
      <ol className="mt-3 flex flex-col gap-3 text-sm">
        {history.map((line) => (
          <li key={`${line.kind} ${line.id}`}>
            <p className="flex items-baseline justify-between gap-3">
              <span>
                {WORDS[line.kind]}
                {line.amount === null ? '' : `: ${numberText(decimal(line.amount), 'usd')}`}
                <span className="text-muted"> · {line.by ?? 'the tracker'}</span>
              </span>
              <Moment date={new Date(line.at)} className="shrink-0 text-faint text-xs" />
            </p>
            {line.reason === null ? null : <p className="mt-0.5 text-muted">{line.reason}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
