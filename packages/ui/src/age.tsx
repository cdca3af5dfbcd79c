'use client';

import { useSyncExternalStore } from 'react';
import { subscribeToClock } from '#src/clock.ts';
import { ageText, dayText, exactText } from '#src/time-text.ts';

interface AgeProps {
  date: Date;
  /** Said before the time, as part of it: "read 40 s ago". */
  prefix?: string;
  className?: string;
}

const noChange = () => () => {};

/**
 * How long ago something was, and the exact time on hover. The server does not know the reader's zone or clock,
 * so the text comes with hydration; only the elements whose text changes render again.
 */
export function Age({ date, prefix = '', className }: AgeProps) {
  const text = useSyncExternalStore(
    subscribeToClock,
    () => ageText(date, Date.now()),
    () => '',
  );
  return (
    <time dateTime={date.toISOString()} title={text === '' ? undefined : exactText(date)} className={className}>
      {text === '' ? ' ' : `${prefix}${text}`}
    </time>
  );
}

/** The same for a time that is to come; once it has passed there is nothing. */
export function AgeToCome({ date, prefix = '', className }: AgeProps) {
  const text = useSyncExternalStore(
    subscribeToClock,
    () => (date.getTime() - Date.now() < 5000 ? '' : ageText(date, Date.now())),
    () => '',
  );
  if (text === '') return null;
  return (
    <time dateTime={date.toISOString()} title={exactText(date)} className={className}>
      {prefix}
      {text}
    </time>
  );
}

/** A moment as day and time of day in the reader's zone: "22 Nov, 14:03". */
export function Moment({ date, className }: Omit<AgeProps, 'prefix'>) {
  const text = useSyncExternalStore(
    noChange,
    () => dayText(date),
    () => '',
  );
  return (
    <time dateTime={date.toISOString()} title={text === '' ? undefined : exactText(date)} className={className}>
      {text === '' ? ' ' : text}
    </time>
  );
}
