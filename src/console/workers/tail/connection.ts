// Keeps one subscription alive: connects, subscribes, and after a loss comes back with growing, jittered waits.
import type { TailNotice, TailRequest } from '../../../model/index.ts';
import type { FrameSource, OpenFrameSource } from './frame-source.ts';

export type ConnectionStatus = 'connecting' | 'live' | 'reconnecting' | 'off';
type Subscribe = Extract<TailRequest, { type: 'subscribe' }>;

const firstWaitMs = 250;
const longestWaitMs = 10_000;

export interface ConnectionEvents {
  status(status: ConnectionStatus): void;
  frame(bytes: Uint8Array): void;
  notice(notice: TailNotice): void;
  /** Live again after a gap that began at `sinceMs`. */
  recovered(sinceMs: number): void;
}

export interface ConnectionPorts { readonly openSource: OpenFrameSource; readonly nowMs: () => number; readonly random: () => number; readonly later: (run: () => void, ms: number) => () => void }

export class Connection {
  readonly #ports: ConnectionPorts;
  readonly #events: ConnectionEvents;
  #source: FrameSource | null = null;
  #url = '';
  #request: Subscribe | null = null;
  #attempt = 0;
  #lostAtMs: number | null = null;
  #cancelRetry: () => void = () => {};
  #isOpen = false;

  constructor(ports: ConnectionPorts, events: ConnectionEvents) {
    this.#ports = ports;
    this.#events = events;
  }

  /** Subscribes, or replaces the subscription in force. */
  subscribe(url: string, request: Subscribe): void {
    this.#request = request;
    if (this.#source !== null && url === this.#url) { if (this.#isOpen) this.#source.send(request); return; }
    this.close();
    this.#url = url;
    this.#request = request;
    this.#connect('connecting');
  }

  close(): void {
    this.#cancelRetry();
    const source = this.#source;
    this.#source = null;
    this.#isOpen = false;
    this.#request = null;
    this.#lostAtMs = null;
    this.#attempt = 0;
    source?.send({ type: 'unsubscribe' });
    source?.close();
    if (source !== null) this.#events.status('off');
  }

  #connect(status: 'connecting' | 'reconnecting'): void {
    const source = this.#ports.openSource(this.#url);
    this.#source = source;
    this.#events.status(status);
    const current = () => this.#source === source;
    source.connect({
      opened: () => { if (current()) this.#opened(); },
      frame: (bytes) => { if (current()) this.#events.frame(bytes); },
      notice: (notice) => { if (current()) this.#notice(notice); },
      closed: () => { if (current()) this.#lost(); },
    });
  }

  #opened(): void {
    this.#isOpen = true;
    if (this.#request !== null) this.#source?.send(this.#request);
  }

  #notice(notice: TailNotice): void {
    if (notice.type === 'subscribed') this.#subscribed();
    this.#events.notice(notice);
  }

  /** Only an accepted subscription proves the way is good: a proxy that accepts and drops keeps the waits growing. */
  #subscribed(): void {
    this.#attempt = 0;
    this.#events.status('live');
    if (this.#lostAtMs !== null) this.#events.recovered(this.#lostAtMs);
    this.#lostAtMs = null;
  }

  #lost(): void {
    this.#isOpen = false;
    this.#lostAtMs ??= this.#ports.nowMs();
    this.#events.status('reconnecting');
    const ceiling = Math.min(longestWaitMs, firstWaitMs * 2 ** this.#attempt);
    this.#attempt += 1;
    this.#cancelRetry = this.#ports.later(() => this.#connect('reconnecting'), ceiling * (0.5 + this.#ports.random() / 2));
  }
}
