/** A clip of a run that its platform would not take. */
export interface Suspect {
  readonly clipId: string;
  readonly externalId: string;
}

/**
 * Cuts a refused batch in two, so that what the platform will not take is found in few steps and few paid runs: what the
 * refusal names against the rest; else what was never read against what was; else halves. Each part has at least one clip.
 *
 * @param clips two or more
 */
export function suspectGroups(
  clips: readonly Suspect[],
  known: { named: readonly string[]; readBefore: ReadonlySet<string> },
): readonly (readonly string[])[] {
  const ids = clips.map((clip) => clip.clipId);
  const named = new Set(known.named);
  const isNamed = new Set(clips.filter((clip) => named.has(clip.externalId)).map((clip) => clip.clipId));
  const half = new Set(ids.slice(0, Math.ceil(ids.length / 2)));
  const cuts = [
    (id: string) => !isNamed.has(id),
    (id: string) => known.readBefore.has(id),
    (id: string) => half.has(id),
  ];
  for (const isFirst of cuts) {
    const parts = [ids.filter(isFirst), ids.filter((id) => !isFirst(id))];
    if (parts.every((part) => part.length > 0)) return parts;
  }
  return [ids];
}
