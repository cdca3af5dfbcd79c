import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '#src/class-names.ts';

export type StatusTone = 'neutral' | 'good' | 'warn' | 'bad';

const TONES: Record<StatusTone, string> = {
  neutral: 'text-muted',
  good: 'text-good',
  warn: 'text-warn',
  bad: 'text-bad',
};

interface StatusWordProps {
  icon: LucideIcon;
  tone?: StatusTone;
  title?: string | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** A state is always a word with an icon, never a colour alone. */
export function StatusWord({ icon: Icon, tone = 'neutral', title, className, children }: StatusWordProps) {
  return (
    <span
      title={title}
      className={classNames(
        'inline-flex items-baseline gap-1.5 whitespace-nowrap font-medium text-[0.8125rem]',
        TONES[tone],
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0 self-center" strokeWidth={2.25} />
      {children}
    </span>
  );
}
