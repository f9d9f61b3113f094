// One browser's tail: at most one subscription at a time, whole frames passed through, and what a slow browser could not
// take counted and told, once.
import { stampTailFrame, type TailNotice, type TailSubscribe } from '../../model/index.ts';
import { readFrameRoute } from './frame-header.ts';

/** The browser's side of a socket. */
export interface TailSink {
  sendText(text: string): void;
  sendBytes(bytes: Uint8Array): void;
  /** Bytes handed over that the network has not taken yet. */
  readonly bufferedBytes: number;
}

/** A browser that is this far behind gets whole frames left out until it has caught up. */
export const maxBufferedBytes = 8 * 1024 * 1024;

const u32 = 0xffff_ffff;

export class Tail {
  readonly #sink: TailSink;
  readonly #onShed: (records: number) => void;
  /** What agents were asked for; null while the browser has not subscribed. */
  subscription: TailSubscribe | null = null;
  #untoldShed = 0;

  /** `onShed` hears of every record that this tail leaves out. */
  constructor(sink: TailSink, onShed: (records: number) => void) {
    this.#sink = sink;
    this.#onShed = onShed;
  }

  start(subscription: TailSubscribe): void {
    this.subscription = subscription;
    this.#untoldShed = 0;
  }

  stop(): void { this.subscription = null; }

  notify(notice: TailNotice): void { this.#sink.sendText(JSON.stringify(notice)); }

  /** `frame` becomes this tail's own: its header is patched in place. A frame left out takes with it what its agent had shed. */
  forward(frame: Uint8Array, agentOrdinal: number): void {
    const route = readFrameRoute(frame);
    if (route === null || route.subscription !== this.subscription?.subscription) return;
    if (this.#sink.bufferedBytes > maxBufferedBytes) {
      this.#untoldShed += route.records + route.shedByAgent;
      this.#onShed(route.records);
      return;
    }
    stampTailFrame(frame, agentOrdinal, Math.min(u32, this.#untoldShed));
    this.#untoldShed = 0;
    this.#sink.sendBytes(frame);
  }

  /** Now and then: what was shed is told even when no frame follows that could carry the count. */
  tellShed(): void {
    if (this.#untoldShed === 0 || this.#sink.bufferedBytes > maxBufferedBytes) return;
    this.notify({ type: 'shed', records: this.#untoldShed });
    this.#untoldShed = 0;
  }
}
