// One browser's tail on this agent: filters, samples to the allowed rate, gathers small pieces for a moment, and hands over
// frames. What a frame says about itself is measured: how many records matched, how many were sent, how many were shed.
import { encodeTailFrame, type Signal, type SubscriptionId, type TailStage, type TailSubscribe } from '../../model/index.ts';
import type { Codec, RecordCursor, RequestView } from '../../otlp/index.ts';
import { TailSampler } from './sampler.ts';

export type RecordFilter = (view: RequestView, index: number) => boolean;

/** Gives the frame to the network, or refuses it because the network is behind. */
export type SendFrame = (frame: Uint8Array) => boolean;

interface Gathered { parts: Uint8Array[]; bytes: number; sent: number; matched: number }
const emptyGathered = (): Gathered => ({ parts: [], bytes: 0, sent: 0, matched: 0 });

/** A frame goes out at once when this much is gathered. */
const frameBytes = 256 * 1024;
const maxU32 = 2 ** 32 - 1;

export class TailSubscription {
  readonly id: SubscriptionId;
  readonly stage: TailStage;
  readonly signals: ReadonlySet<Signal>;
  readonly #filters: ReadonlyMap<Signal, RecordFilter>;
  readonly #codec: Codec;
  readonly #cursor: RecordCursor;
  readonly #sampler: TailSampler;
  readonly #send: SendFrame;
  readonly #gathered = new Map<Signal, Gathered>();
  #unreportedShed = 0;
  sentRecords = 0;
  shedRecords = 0;

  /** No filter for a signal means every record of it. */
  constructor(request: TailSubscribe, filters: ReadonlyMap<Signal, RecordFilter>, codec: Codec, send: SendFrame, nowMs: number) {
    this.id = request.subscription as SubscriptionId;
    this.stage = request.stage;
    this.signals = new Set(request.signals);
    this.#filters = filters;
    this.#codec = codec;
    this.#cursor = codec.cursor();
    this.#sampler = new TailSampler(request.maxRecordsPerSecond, nowMs);
    this.#send = send;
  }

  offer(signal: Signal, view: RequestView, nowMs: number): void {
    const outcome = this.#match(signal, view);
    const matched = outcome === null ? view.recordCount : outcome.reduce<number>((sum, kept) => sum + (kept === null ? 1 : 0), 0);
    if (matched === 0) return;
    const chosen = this.#sample(signal, view, outcome, this.#sampler.share(matched, nowMs));
    const sent = chosen === null ? matched : chosen.reduce<number>((sum, kept) => sum + (kept === null ? 1 : 0), 0);
    this.#sampler.spent(sent);
    const gathered = this.#gatheredOf(signal);
    gathered.matched += matched;
    if (sent === 0) return;
    const payload = chosen === null ? view.bytes : this.#codec.rewrite(view, chosen);
    gathered.parts.push(payload);
    gathered.bytes += payload.length;
    gathered.sent += sent;
    if (gathered.bytes >= frameBytes) this.#flushSignal(signal, gathered, nowMs);
  }

  /** Sends what is gathered; `nowMs` is Unix time, as everywhere here. */
  flush(nowMs: number): void {
    for (const [signal, gathered] of this.#gathered) this.#flushSignal(signal, gathered, nowMs);
  }

  /** Null when all match. */
  #match(signal: Signal, view: RequestView): (null | false)[] | null {
    const filter = this.#filters.get(signal);
    if (filter === undefined) return null;
    return Array.from({ length: view.recordCount }, (_, index) => (filter(view, index) ? null : false));
  }

  /** The outcome with the records taken out that are over the rate; null when all go. */
  #sample(signal: Signal, view: RequestView, outcome: (null | false)[] | null, share: number): (null | false)[] | null {
    if (share >= 1) return outcome !== null && outcome.every((kept) => kept === null) ? null : outcome;
    const traceId = this.#codec.columnId(signal, 'TraceId');
    this.#cursor.reset(view);
    return Array.from({ length: view.recordCount }, (_, index) => {
      if (outcome !== null && outcome[index] === false) return false;
      this.#cursor.moveTo(index);
      return this.#sampler.keeps(this.#cursor, traceId, share) ? null : false;
    });
  }

  #gatheredOf(signal: Signal): Gathered {
    let gathered = this.#gathered.get(signal);
    if (gathered === undefined) this.#gathered.set(signal, gathered = emptyGathered());
    return gathered;
  }

  #flushSignal(signal: Signal, { parts, sent, matched }: Gathered, nowMs: number): void {
    if (sent === 0) return;
    this.#gathered.set(signal, emptyGathered());
    const frame = encodeTailFrame({
      signal, stage: this.stage, subscription: this.id, records: sent, shedByAgent: Math.min(maxU32, this.#unreportedShed), shedByServer: 0, agentOrdinal: 0,
      ratio: sent / matched, sentUnixMs: nowMs, payload: parts.length === 1 ? parts[0]! : Buffer.concat(parts),
    });
    if (this.#send(frame)) {
      this.sentRecords += sent;
      this.#unreportedShed = 0;
    } else {
      this.shedRecords += sent;
      this.#unreportedShed += sent;
    }
  }
}
