import { type Connection, type ConnectionEvent, nextConnection } from '#src/live/connection.ts';

/** Holds what is known of the socket, for the dot and for whoever polls while it is down. */
export class ConnectionStore {
  #state: Connection = { phase: 'connecting', attempt: 0, asOfMs: Date.now() };
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): Connection => this.#state;

  dispatch(event: ConnectionEvent): void {
    const next = nextConnection(this.#state, event);
    if (next === this.#state) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }
}
