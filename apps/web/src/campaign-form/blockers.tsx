import { CircleAlert, CircleCheck } from 'lucide-react';

/** What keeps a draft from being published. */
export function Blockers({ blockers }: { blockers: string[] }) {
  if (blockers.length === 0) {
    return (
      <p className="flex items-center gap-2 text-sm">
        <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />
        It can be published.
      </p>
    );
  }
  return (
    <div className="text-sm">
      <p className="flex items-center gap-2 font-medium">
        <CircleAlert aria-hidden className="size-4 shrink-0 text-warn" />
        Before it can be published:
      </p>
      <ul className="mt-1.5 flex flex-col gap-1 pl-6 text-muted">
        {blockers.map((blocker) => (
          <li key={blocker}>{blocker}</li>
        ))}
      </ul>
    </div>
  );
}
