import { classNames } from '#src/class-names.ts';

/** A quiet block of the size of what is coming. Give it the height and width of the real thing. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames('shimmer rounded-md bg-sunken', className)} />;
}

/** As many rows as the table will have. */
export function SkeletonRows({ rows, className }: { rows: number; className?: string }) {
  return (
    <div role="status" className={className}>
      <span className="sr-only">Loading</span>
      {Array.from({ length: rows }, (_, index) => index).map((index) => (
        <div key={index} className="flex h-14 items-center gap-4 border-b px-4 last:border-b-0 sm:h-10 sm:px-5">
          <Skeleton className="h-3.5 w-2/5" />
          <Skeleton className="ml-auto h-3.5 w-20" />
        </div>
      ))}
    </div>
  );
}
