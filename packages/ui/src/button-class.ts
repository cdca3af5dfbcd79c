import { classNames } from '#src/class-names.ts';

export type ButtonTone = 'primary' | 'secondary' | 'quiet' | 'danger';

const TONES: Record<ButtonTone, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border border-line-strong bg-surface text-ink hover:bg-sunken',
  quiet: 'text-muted hover:bg-sunken hover:text-ink',
  danger: 'bg-bad text-surface hover:opacity-90',
};

/**
 * The look of a button, for what is one and for links that act like one.
 * 44 px high where a finger aims, 36 px where a pointer does.
 */
export function buttonClass(tone: ButtonTone = 'secondary', className?: string): string {
  return classNames(
    'inline-flex h-9 items-center justify-center gap-2 whitespace-nowrap rounded-md px-3.5 font-medium text-sm transition-colors pointer-coarse:h-11',
    'disabled:cursor-not-allowed disabled:opacity-55 aria-busy:cursor-progress',
    TONES[tone],
    className,
  );
}
