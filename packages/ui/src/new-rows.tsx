'use client';

import { Button } from '#src/button.tsx';

/** "3 new", above a list that is being read: it takes no place, so that nothing moves under the pointer. */
export function NewRows({ count, onShow }: { count: number; onShow: () => void }) {
  if (count === 0) return null;
  return (
    <div className="sticky top-16 z-20 flex h-0 justify-center lg:top-3">
      <Button onClick={onShow} className="mt-2 rounded-full shadow-black/10 shadow-lg">
        {count} new
      </Button>
    </div>
  );
}
