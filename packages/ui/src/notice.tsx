import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '#src/class-names.ts';

const TONES = {
  neutral: 'border-line bg-sunken text-muted',
  warn: 'border-warn/30 bg-warn-soft text-ink',
  bad: 'border-bad/30 bg-bad-soft text-ink',
};

interface NoticeProps {
  tone?: keyof typeof TONES;
  icon: LucideIcon;
  className?: string;
  children: ReactNode;
}

/** A line that says something about the whole page. */
export function Notice({ tone = 'neutral', icon: Icon, className, children }: NoticeProps) {
  return (
    <div
      role="status"
      className={classNames(
        'flex items-start gap-2.5 rounded-lg border px-3.5 py-2.5 text-sm leading-5',
        TONES[tone],
        className,
      )}
    >
      <Icon aria-hidden className={classNames('mt-0.5 size-4 shrink-0', tone === 'warn' && 'text-warn')} />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
