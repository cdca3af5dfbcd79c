/**
 * The order to show. While the reader points at, focuses or has scrolled the list, it keeps the order it has: what left
 * is taken out, what came is put at the end. `waiting` says that the true order is another.
 */
export function heldOrder(shown: string[], wanted: string[], held: boolean): { order: string[]; waiting: boolean } {
  if (!held || shown.length === 0) return { order: wanted, waiting: false };
  const present = new Set(wanted);
  const kept = shown.filter((id) => present.has(id));
  const known = new Set(kept);
  const order = [...kept, ...wanted.filter((id) => !known.has(id))];
  return { order, waiting: order.some((id, index) => id !== wanted[index]) };
}
