/** The name, with the bar that it is about. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold text-[0.9375rem] tracking-tight">
      <span aria-hidden className="grid size-6 place-items-center rounded-md bg-accent">
        <span className="flex h-1.5 w-3.5 overflow-hidden rounded-full bg-on-accent/35">
          <span className="w-[62%] bg-on-accent" />
        </span>
      </span>
      Clipmeter
    </span>
  );
}
