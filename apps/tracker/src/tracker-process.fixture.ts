import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const lineSchema = z.looseObject({ msg: z.string() });
export type LogLine = z.infer<typeof lineSchema>;

export const TEST_SECRET = 'a secret of enough length, for tests only';

/** A tracker as a process of its own, as it runs in production, over a test's database and simulator. */
export function startTrackerProcess(options: {
  databaseUrl: string;
  simulatorUrl: string;
  env?: Record<string, string>;
}) {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      NO_PROXY: '127.0.0.1,localhost',
      DATABASE_URL: options.databaseUrl,
      APIFY_TOKEN: 'test',
      APIFY_BASE_URL: options.simulatorUrl,
      YOUTUBE_API_KEY: 'test',
      YOUTUBE_BASE_URL: options.simulatorUrl,
      BETTER_AUTH_SECRET: TEST_SECRET,
      DEMO: '1',
      TRACKER_PORT: '0',
      METRICS_PORT: 'off',
      TICK_SECONDS: '1',
      LOG_LEVEL: 'debug',
      NODE_ENV: 'test',
      ...options.env,
    },
    // The channel tells it when this process is gone, however it went: then it stops too.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('the tracker has no output');
  const lines: LogLine[] = [];
  const waiting = new Set<() => void>();
  let errors = '';
  stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  createInterface(stdout).on('line', (text) => {
    lines.push(lineSchema.parse(JSON.parse(text)));
    for (const look of [...waiting]) look();
  });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );

  /** The first line from `from` on that fits, now or later. Fails when the process ends before. */
  async function until(fits: (line: LogLine) => boolean, from = 0): Promise<LogLine> {
    for (;;) {
      const found = lines.slice(from).find(fits);
      if (found) return found;
      const look = Promise.withResolvers<void>();
      waiting.add(look.resolve);
      const end = await Promise.race([look.promise, ended]);
      waiting.delete(look.resolve);
      if (end) throw new Error(`the tracker ended (${end.signal ?? end.code}): ${errors || lines.at(-1)?.msg}`);
    }
  }

  return {
    lines,
    ended,
    until,
    errors: () => errors,
    /** Where it listens, once it does. */
    async port(): Promise<number> {
      const { port } = await until((line) => line.msg === 'listening');
      return z.number().parse(port);
    },
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** Asks it to stop and answers with what it ended. */
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

export type TrackerProcess = ReturnType<typeof startTrackerProcess>;

/** The line of a batch that credited something. */
export function credited(amount: string): (line: LogLine) => boolean {
  return (line) => line.msg === 'batch settled' && line['credited'] === amount;
}
