// The second connection, for bulk: tail frames go to the server on it, so that control never waits behind them. A socket that
// is behind takes no more; the caller sheds and counts.
import { ReconnectingSocket, type ReconnectOptions } from './reconnecting-socket.ts';

/** More than this waiting for the network means that the server does not keep up. */
const maxBufferedBytes = 4 * 1024 * 1024;

export class DataLink {
  readonly #socket: ReconnectingSocket;
  constructor(options: Pick<ReconnectOptions, 'openSocket' | 'url' | 'bearer' | 'random'>) { this.#socket = new ReconnectingSocket(options); }

  start(): void { this.#socket.start(); }
  stop(): void { this.#socket.stop(); }
  /** With the new identity in its URL. */
  reopen(): void { this.#socket.reconnect(0); }

  /** False when the frame was not taken. */
  send(frame: Uint8Array): boolean {
    return this.#socket.bufferedBytes <= maxBufferedBytes && this.#socket.send(frame);
  }
}
