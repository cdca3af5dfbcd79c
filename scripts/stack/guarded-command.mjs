// Runs a command for a script that may be killed: the command and all it started end when that script is gone. Most
// tools do not look after their parent, and some (turbo) hide the real program behind a wrapper that is not listening.
import { spawn } from 'node:child_process';

const killAfterMs = 5000;
const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: 'inherit', detached: true });

/** @param {NodeJS.Signals} signal */
function signalAll(signal) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // Nothing is left of it.
  }
}

function stop() {
  signalAll('SIGTERM');
  setTimeout(() => signalAll('SIGKILL'), killAfterMs).unref();
}

process.on('disconnect', stop);
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.on('SIGHUP', stop);
child.on('error', (error) => {
  console.error(`${command}: ${error.message}`);
  process.exit(127);
});
child.on('exit', (code) => {
  signalAll('SIGKILL');
  process.exit(code ?? 1);
});
