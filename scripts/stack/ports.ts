import { connect, createServer } from 'node:net';
import { type PortName, type Settings, StartError } from './settings.ts';

/**
 * Refuses to start onto ports that something listens on, and says the command that would work.
 *
 * @throws StartError
 */
export async function assertPortsFree(
  settings: Settings,
  names: PortName[],
  env: NodeJS.ProcessEnv,
  command: string,
): Promise<void> {
  const claimed = new Set<number>();
  const taken: PortName[] = [];
  for (const name of names) {
    const port = settings.ports[name];
    if (claimed.has(port) || (await isTaken(port, settings.host))) taken.push(name);
    claimed.add(port);
  }
  if (taken.length === 0) return;
  // What was chosen by hand has to stand in the command again.
  const instead = new Map(names.filter((name) => env[name]).map((name) => [name, settings.ports[name]]));
  for (const name of taken) {
    let port = settings.ports[name] + 10;
    while (claimed.has(port) || (await isTaken(port, settings.host))) port += 10;
    claimed.add(port);
    instead.set(name, port);
  }
  const assignments = [...instead].map(([name, port]) => `${name}=${port}`).join(' ');
  const list = taken.map((name) => settings.ports[name]).join(', ');
  throw new StartError(`Port ${list} is taken by another program. Use another one:\n\n  ${assignments} ${command}\n`);
}

/** Whether something listens on this port of this machine, on either loopback or on the host we would listen on. */
export async function isTaken(port: number, host: string): Promise<boolean> {
  const answers = await Promise.all([accepts(port, '127.0.0.1'), accepts(port, '::1')]);
  return answers.includes(true) || !(await canListen(port, host));
}

/** A port that nothing listens on now. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

function accepts(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1000 });
    const answer = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
    socket.once('timeout', () => answer(true));
  });
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else if (error.code === 'EACCES') reject(new StartError(`Port ${port} needs rights that you do not have.`));
      else reject(new StartError(`HOST=${host} cannot be listened on: ${error.message}`));
    });
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
