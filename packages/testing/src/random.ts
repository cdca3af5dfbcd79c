export interface Random {
  below(limit: number): number;
  chance(percent: number): boolean;
  pick<T>(from: readonly T[]): T;
}

/** mulberry32: small, seeded, good enough to choose the steps of a history. */
export function randomOf(seed: number): Random {
  let state = seed;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
  return {
    below,
    chance: (percent) => below(100) < percent,
    pick(from) {
      const item = from[below(from.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}
