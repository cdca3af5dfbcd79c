/**
 * A part of the daemon with a life of its own. `run` returns when it is up; `stop` takes no new work, finishes or gives
 * back what it holds, and returns when nothing of it is left. Both are called once.
 */
export interface Service {
  readonly name: string;
  run(): Promise<void>;
  stop(): Promise<void>;
}
