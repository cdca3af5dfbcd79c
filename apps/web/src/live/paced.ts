export interface Pace {
  /** A first call waits so long at most; each page draws its own, so that an event does not bring all of them at once. */
  readonly firstMs: number;
  /** Between two calls. */
  readonly gapMs: number;
}

/** An act that may be asked for at any rate and happens at its own pace, always once more after the last asking. */
export interface Paced {
  ask(): void;
  stop(): void;
}

export function paced(act: () => void, { firstMs, gapMs }: Pace, random: () => number = Math.random): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let notBefore = 0;
  return {
    ask() {
      if (timer !== undefined) return;
      const waitMs = Math.max(firstMs * random(), notBefore - Date.now());
      timer = setTimeout(() => {
        timer = undefined;
        notBefore = Date.now() + gapMs;
        act();
      }, waitMs);
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
