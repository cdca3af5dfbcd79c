import { type RawData, WebSocket, WebSocketServer } from 'ws';
import type { SocketConnection } from '#src/sockets/socket-connection.ts';
import { SOCKET_LIMITS } from '#src/sockets/socket-limits.ts';

/** Pings and pongs of the protocol itself, which browsers do not send: `ws` answers them, we count them. */
const CONTROL = 'PONG';

/** Makes sockets, within what one may send at all. */
export function createLiveSockets() {
  const options = {
    noServer: true,
    WebSocket: LiveSocket,
    clientTracking: false,
    // Frames are written beside `ws`, which holds only without compression.
    perMessageDeflate: false,
    maxPayload: SOCKET_LIMITS.frameBytesMax,
    maxFragments: SOCKET_LIMITS.fragmentsMax,
    maxBufferedChunks: SOCKET_LIMITS.fragmentsMax,
    // One message of a socket a turn: a burst of one waits behind the others' messages, and everyone's events.
    allowSynchronousEvents: false,
    // Not in the types yet: how long the other side may take to answer a close.
    closeTimeout: SOCKET_LIMITS.closeMs,
  };
  return new WebSocketServer<typeof LiveSocket>(options);
}

/** A socket of `ws` that knows its connection, so that thousands of them share their listeners. */
export class LiveSocket extends WebSocket {
  #connection: SocketConnection | null = null;

  /** What is heard from now on is the connection's. To be called once. */
  tell(connection: SocketConnection): void {
    this.#connection = connection;
    this.on('message', onMessage);
    this.on('ping', onControl);
    this.on('pong', onControl);
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

function onControl(this: WebSocket): void {
  LiveSocket.connectionOf(this)?.hear(CONTROL);
}

function onError(this: WebSocket, error: Error): void {
  LiveSocket.connectionOf(this)?.broke(error);
}

function onClose(this: WebSocket): void {
  LiveSocket.connectionOf(this)?.closed();
}
