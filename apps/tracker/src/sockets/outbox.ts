/** Somebody with frames that are written together. */
export interface Sender {
  flush(): void;
}

/**
 * Who was given frames in this turn. When the turn is over each writes its own at once: a settlement tells of ten
 * campaigns in one page of the log, and a write costs ten times what a frame does.
 */
export class Outbox {
  #senders: Sender[] = [];
  readonly #joined = new WeakMap<Buffer, { frames: readonly Buffer[]; whole: Buffer }>();

  add(sender: Sender): void {
    if (this.#senders.push(sender) === 1) queueMicrotask(this.#flush);
  }

  /**
   * Frames as one buffer, so that they are one write. Who follows the same has the same frames, and is given the same
   * buffer, which must not be changed.
   */
  join(frames: readonly [Buffer, ...Buffer[]]): Buffer {
    const known = this.#joined.get(frames[0]);
    const isSame =
      known?.frames.length === frames.length && frames.every((frame, index) => frame === known.frames[index]);
    if (known !== undefined && isSame) return known.whole;
    const whole = Buffer.concat(frames);
    this.#joined.set(frames[0], { frames, whole });
    return whole;
  }

  readonly #flush = (): void => {
    const senders = this.#senders;
    this.#senders = [];
    for (const sender of senders) sender.flush();
  };
}
