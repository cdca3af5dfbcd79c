/**
 * How many of a list's first items wait to be shown. While the reader points at, focuses or has scrolled the list, what
 * comes at its top waits behind a button; `top` is the first item that was shown before.
 */
export function heldTop(ids: readonly string[], top: string | undefined, held: boolean): number {
  if (!held || top === undefined) return 0;
  return Math.max(0, ids.indexOf(top));
}
