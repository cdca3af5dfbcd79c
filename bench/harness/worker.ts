import { fork } from 'node:child_process';
import { z } from 'zod';

/** A child process that answers one question at a time, and ends with this one. */
export interface Worker {
  ask(question: string, input?: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

const replySchema = z.object({ value: z.unknown().optional(), error: z.string().optional() });
const askSchema = z.object({ question: z.string(), input: z.unknown().optional() });

/** Forks a file of this folder that calls `answer`. */
export function startWorker(file: URL, args: readonly string[] = []): Worker {
  const child = fork(file, [...args], { execArgv: ['--expose-gc'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    ask(question, input) {
      return new Promise((resolve, reject) => {
        const onExit = () => reject(new Error(`${file.pathname} ended while it was asked ${question}`));
        child.once('exit', onExit);
        child.once('message', (message) => {
          child.off('exit', onExit);
          const { value, error } = replySchema.parse(message);
          if (error === undefined) resolve(value);
          else reject(new Error(error));
        });
        child.send({ question, input });
      });
    },
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** The child's side. */
export function answer(answers: Record<string, (input: unknown) => unknown>): void {
  process.on('disconnect', () => process.exit());
  process.on('message', async (message) => {
    const { question, input } = askSchema.parse(message);
    try {
      process.send?.({ value: await answers[question]?.(input) });
    } catch (error) {
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
}
