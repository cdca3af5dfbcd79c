/** Something that cannot happen did: a fault of ours, never of a user. It must stop the operation that met it. */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant';
}

/**
 * States what must hold at this point.
 *
 * @throws BrokenInvariant when it does not hold.
 */
export function invariant(holds: boolean, statement: string): asserts holds {
  if (!holds) throw new BrokenInvariant(`Broken invariant: ${statement}`);
}
