import { WebSocket } from 'ws';

/** One outgoing WebSocket; `closed` is reported exactly once, whatever happened. */
export interface Socket {
  send(bytes: Uint8Array): void;
  /** Bytes handed over but not yet taken by the network. */
  readonly bufferedBytes: number;
  close(): void;
}
export interface SocketEvents {
  opened(): void;
  message(bytes: Uint8Array): void;
  /** `why` is for people. */
  closed(why: string): void;
}
export type OpenSocket = (url: string, bearer: string, events: SocketEvents) => Socket;

const handshakeTimeoutMs = 10_000;
/** A peer that answers no ping for this long is gone, even if the network never said so. */
const pingEveryMs = 15_000;
const maxMessageBytes = 32 * 1024 * 1024;

export const openWebSocket: OpenSocket = (url, bearer, events) => {
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${bearer}` }, handshakeTimeout: handshakeTimeoutMs, maxPayload: maxMessageBytes, perMessageDeflate: false });
  let why = '';
  let answered = true;
  const pings = setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN) return;
    if (!answered) { why = 'the server stopped answering pings'; socket.terminate(); return; }
    answered = false;
    socket.ping();
  }, pingEveryMs);
  pings.unref();
  socket.on('open', () => events.opened());
  socket.on('pong', () => { answered = true; });
  socket.on('message', (data, isBinary) => {
    answered = true;
    if (isBinary) events.message(data as Buffer);
  });
  socket.on('error', (error) => { why = describe(error); });
  socket.on('close', (code, reason) => {
    clearInterval(pings);
    events.closed(why || `closed with code ${code}${reason.length > 0 ? `: ${reason.toString()}` : ''}`);
  });
  return {
    send: (bytes) => { if (socket.readyState === WebSocket.OPEN) socket.send(bytes); },
    get bufferedBytes() { return socket.bufferedAmount; },
    close: () => { if (socket.readyState === WebSocket.CONNECTING) socket.terminate(); else socket.close(1000); },
  };
};

const describe = (error: Error): string => error.message || (error as NodeJS.ErrnoException).code || 'connection failed';
