import type { ReviewWarningKind } from '@clipmeter/core/review-warning';
import { StatusWord } from '@clipmeter/ui/status-word';
import { Copy, Hourglass, type LucideIcon, TrendingUpDown, UserX } from 'lucide-react';
import type { ReviewItem } from '#src/client/outputs.ts';

const ICONS: Record<ReviewWarningKind, LucideIcon> = {
  author: UserX,
  duplicate: Copy,
  too_early: Hourglass,
  engagement: TrendingUpDown,
};

/** A warning as a word with its icon; the sentence on hover. */
export function WarningWord({ warning }: { warning: ReviewItem['warnings'][number] }) {
  return (
    <StatusWord icon={ICONS[warning.kind]} tone="warn" title={warning.sentence}>
      {warning.word}
    </StatusWord>
  );
}
