'use client';

import { useEffect, useEffectEvent, useRef } from 'react';
import { type Pace, type Paced, paced } from '#src/live/paced.ts';

/** Asks for an act that happens at its own pace, as long as the component is there. */
export function usePaced(act: () => void, { firstMs, gapMs }: Pace): () => void {
  const current = useRef<Paced>(null);
  const onTime = useEffectEvent(act);
  useEffect(() => {
    const pace = paced(() => onTime(), { firstMs, gapMs });
    current.current = pace;
    return () => pace.stop();
  }, [firstMs, gapMs]);
  return () => current.current?.ask();
}
