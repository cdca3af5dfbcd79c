'use client';

import NumberFlow from '@number-flow/react';
import { classNames } from '#src/class-names.ts';
import { NUMBER_FORMATS, type NumberKind, type NumberValue, numberText } from '#src/number-text.ts';

interface RollingNumberProps {
  value: NumberValue;
  kind: NumberKind;
  className?: string;
}

/**
 * A number that rolls to its new value. The rolling digits are for the eye only; readers, search and tests find
 * the plain text beside them. `prefers-reduced-motion` turns the rolling off (number-flow asks for it itself).
 */
export function RollingNumber({ value, kind, className }: RollingNumberProps) {
  return (
    <span
      className={classNames('relative inline-block whitespace-nowrap [--number-flow-mask-height:0.15em]', className)}
    >
      <span className="sr-only">{numberText(value, kind)}</span>
      <NumberFlow
        aria-hidden
        value={value}
        locales="en-US"
        format={NUMBER_FORMATS[kind]}
        spinTiming={{ duration: 600, easing: 'cubic-bezier(0.22, 1, 0.36, 1)' }}
        opacityTiming={{ duration: 200, easing: 'ease-out' }}
      />
    </span>
  );
}
