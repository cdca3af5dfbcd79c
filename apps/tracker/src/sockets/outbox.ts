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

  add(sender: Sender): void {
    if (this.#senders.push(sender) === 1) queueMicrotask(this.#flush);
  }

  readonly #flush = (): void => {
    const senders = this.#senders;
    this.#senders = [];
    for (const sender of senders) sender.flush();
  };
}
