// A WebSocket that comes back by itself: exponential backoff with jitter, reset once a connection has held for a while.
import type { OpenSocket, Random, Socket } from '../ports/index.ts';

export interface ReconnectOptions {
  readonly openSocket: OpenSocket;
  /** Asked again for every attempt. */
  readonly url: () => string;
  readonly bearer: string;
  readonly random: Random;
  readonly baseMs?: number;
  readonly capMs?: number;
  readonly onOpen?: () => void;
  readonly onMessage?: (bytes: Uint8Array) => void;
  readonly onClosed?: (why: string) => void;
}

export class ReconnectingSocket {
  readonly #options: ReconnectOptions;
  #socket: Socket | null = null;
  #timer: NodeJS.Timeout | null = null;
  #failures = 0;
  #stopped = true;
  #waitMs: number | null = null;
  isOpen = false;

  constructor(options: ReconnectOptions) { this.#options = options; }

  start(): void {
    this.#stopped = false;
    this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#socket?.close();
  }

  /** Closes, and opens again after `waitMs` (by the usual backoff when null). */
  reconnect(waitMs: number | null): void {
    this.#waitMs = waitMs;
    this.#socket?.close();
  }

  get bufferedBytes(): number { return this.#socket?.bufferedBytes ?? 0; }

  /** False when there is no connection: the bytes went nowhere. */
  send(bytes: Uint8Array): boolean {
    if (!this.isOpen || this.#socket === null) return false;
    this.#socket.send(bytes);
    return true;
  }

  #connect(): void {
    const { openSocket, url, bearer, onOpen, onMessage, onClosed } = this.#options;
    this.#timer = null;
    this.#socket = openSocket(url(), bearer, {
      opened: () => {
        this.isOpen = true;
        this.#failures = 0;
        onOpen?.();
      },
      message: (bytes) => onMessage?.(bytes),
      closed: (why) => {
        this.isOpen = false;
        this.#socket = null;
        onClosed?.(why);
        if (!this.#stopped) this.#timer = setTimeout(() => this.#connect(), this.#delayMs());
      },
    });
  }

  /** Between half and all of base * 2^failures: agents that lost one server must not return in step. */
  #delayMs(): number {
    const asked = this.#waitMs;
    this.#waitMs = null;
    if (asked !== null) return asked;
    const { random, baseMs = 250, capMs = 5000 } = this.#options;
    const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(this.#failures++, 20));
    return ceiling * (0.5 + random.fraction() / 2);
  }
}
