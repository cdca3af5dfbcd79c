import type { ReactNode } from 'react';

/** The page's one primary action: at its place at a desk, in reach of the thumb above the tabs on a phone. */
export function PhoneAction({ children }: { children: ReactNode }) {
  return (
    <div
      data-phone-action
      className="max-lg:fixed max-lg:inset-x-0 max-lg:bottom-[calc(3.5rem+env(safe-area-inset-bottom))] max-lg:z-20 max-lg:border-t max-lg:bg-canvas/95 max-lg:px-4 max-lg:py-2 max-lg:backdrop-blur max-lg:*:w-full"
    >
      {children}
    </div>
  );
}
