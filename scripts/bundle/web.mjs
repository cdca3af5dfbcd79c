// The web server of a bundle: Next's own, told of the port and the host by the names that the other programs have.
import { fileURLToPath } from 'node:url';

/** What is left of the 10 s a supervisor gives before it kills. */
const STOP_WITHIN_MS = 9000;

process.env['PORT'] = process.env['WEB_PORT'] || '3000';
process.env['HOSTNAME'] = process.env['HOST'] || '127.0.0.1';

// Next stops as it should, but says 143; and a call that waits for its round must not hold the process up.
process.on('SIGTERM', () => {
  process.on('exit', () => {
    process.exitCode = 0;
  });
  setTimeout(() => process.exit(), STOP_WITHIN_MS).unref();
});

await import(fileURLToPath(new URL('./apps/web/server.js', import.meta.url)));
