import type { Server } from 'node:http';

/**
 * Listens, and answers with the port that was taken where any would do.
 *
 * @param variable the environment's name for the port
 * @throws Error with the command to type when the port is taken
 */
export async function listen(server: Server, host: string, port: number, variable: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error: NodeJS.ErrnoException) => {
    const taken = `Port ${port} is taken. Start again with another one: ${variable}=${port + 1} npm start`;
    reject(error.code === 'EADDRINUSE' ? new Error(taken) : error);
  });
  server.listen(port, host, resolve);
  await promise;
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
