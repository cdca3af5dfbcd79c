import { type RawData, WebSocket } from 'ws';
import type { SocketConnection } from '#src/sockets/socket-connection.ts';

/** A socket of `ws` that knows its connection, so that thousands of them share their listeners. */
export class LiveSocket extends WebSocket {
  #connection: SocketConnection | null = null;

  /** What is heard from now on is the connection's. To be called once. */
  tell(connection: SocketConnection): void {
    this.#connection = connection;
    this.on('message', onMessage);
    this.on('error', onError);
    this.on('close', onClose);
  }

  static connectionOf(socket: WebSocket): SocketConnection | null {
    return socket instanceof LiveSocket ? socket.#connection : null;
  }
}

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  LiveSocket.connectionOf(this)?.hear(isBinary ? '' : data.toString());
}

function onError(this: WebSocket, error: Error): void {
  LiveSocket.connectionOf(this)?.broke(error);
}

function onClose(this: WebSocket): void {
  LiveSocket.connectionOf(this)?.closed();
}
