import { createContext } from '#src/context.ts';
import { runDaemon } from '#src/daemon.ts';
import { readEnv } from '#src/env.ts';
import { createLog } from '#src/log.ts';

try {
  const env = readEnv();
  const log = createLog(env.logLevel);
  await runDaemon(createContext(env, log).services, log);
} catch (error) {
  // One clear line: whoever starts this reads it in a terminal, not in a log.
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
