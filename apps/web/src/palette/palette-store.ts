/** Whether the palette is open: its buttons and its keys are in different places of the frame. */
class PaletteStore {
  #open = false;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): boolean => this.#open;

  readonly set = (open: boolean): void => {
    if (open === this.#open) return;
    this.#open = open;
    for (const listener of this.#listeners) listener();
  };
}

export const paletteStore = new PaletteStore();
