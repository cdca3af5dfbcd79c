'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent } from 'react';

/** Fetches the page again and again while somebody looks at it. For strangers, who have no socket. */
export function RefreshPage({ everyMs }: { everyMs: number }) {
  const router = useRouter();
  const refresh = useEffectEvent(() => {
    if (document.visibilityState === 'visible') router.refresh();
  });
  useEffect(() => {
    const timer = setInterval(() => refresh(), everyMs);
    const onVisible = () => refresh();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [everyMs]);
  return null;
}
