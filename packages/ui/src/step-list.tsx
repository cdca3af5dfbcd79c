import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '#src/class-names.ts';

export interface Step {
  id: string;
  title: string;
  /** How it stands, and what to do. */
  sentence: ReactNode;
  done: boolean;
  /** The act, where there is one. */
  action?: ReactNode;
}

/** What to do first, one after another: done, next, later. The first that is not done stands out. */
export function StepList({ label, steps }: { label: string; steps: Step[] }) {
  const current = steps.find((step) => !step.done);
  return (
    <ol aria-label={label} className="divide-y">
      {steps.map((step, index) => (
        <li
          key={step.id}
          aria-current={step === current ? 'step' : undefined}
          className="flex gap-3.5 px-4 py-4 sm:items-center sm:px-5"
        >
          <span
            className={classNames(
              'grid size-7 shrink-0 place-items-center rounded-full font-medium text-[0.8125rem]',
              step.done && 'bg-good-soft text-good',
              step === current && 'bg-accent text-on-accent',
              !step.done && step !== current && 'bg-sunken text-faint',
            )}
          >
            {step.done ? (
              <Check aria-hidden className="size-4" strokeWidth={2.5} />
            ) : (
              <span aria-hidden>{index + 1}</span>
            )}
            <span className="sr-only">{step.done ? 'Done' : step === current ? 'Next' : 'Later'}</span>
          </span>
          <div className="flex min-w-0 flex-1 flex-col gap-x-6 gap-y-3 sm:flex-row sm:items-center sm:justify-between">
            <div className="min-w-0">
              <h3 className={classNames('font-medium text-sm', step.done && 'text-muted')}>{step.title}</h3>
              <div className="mt-0.5 max-w-prose text-muted text-sm">{step.sentence}</div>
            </div>
            {step.action === undefined ? null : <div className="shrink-0">{step.action}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
