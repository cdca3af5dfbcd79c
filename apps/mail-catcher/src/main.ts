import { readEnv } from '#src/env.ts';
import { startMailCatcher } from '#src/mail-catcher.ts';

try {
  const catcher = await startMailCatcher(readEnv(process.env));
  console.log(JSON.stringify({ level: 'info', app: 'mail-catcher', msg: 'listening', ...catcher }));
  const stop = () => void catcher.stop().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  console.error(`mail-catcher: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
