/** Beside the button that cannot be pressed: why. */
export function PublishReason({ blockers }: { blockers: readonly string[] }) {
  const [first, ...rest] = blockers;
  if (first === undefined) return null;
  return (
    <span className="text-[0.8125rem] text-faint">
      {first}
      {rest.length === 0 ? '' : ` And ${rest.length} more.`}
    </span>
  );
}
