// What was sent and what rules took away, by service and signal, in buckets of a minute for three hours and of an hour for 35 days: what the
// month has cost so far, and how the cost changed.
import { z } from 'zod';
import { monthlyCost, type CostBucket } from '../../cost/index.ts';
import { signalSchema, type PriceTable, type Signal } from '../../model/index.ts';
import type { EventStore } from '../store/index.ts';

export const minuteMs = 60_000;
export const hourMs = 3_600_000;
const keptMs: Readonly<Record<number, number>> = { [minuteMs]: 3 * hourMs, [hourMs]: 35 * 24 * hourMs };
const widths = [minuteMs, hourMs] as const;
/** A clock that goes back by more was put. */
const clockBackMs = 1000;
/** Cells of one bucket; the services beyond go together. */
const mostCells = 1000;
export const otherServices = '*';

const cell = z.object({ service: z.string(), signal: signalSchema, records: z.number(), bytes: z.number(), removedRecords: z.number(), removedBytes: z.number(), series: z.number() });
type Cell = z.infer<typeof cell>;
const stored = z.object({ coveredMs: z.number(), cells: z.array(cell) });

interface Bucket { readonly widthMs: number; readonly atMs: number; coveredMs: number; coveredUntilMs: number; readonly cells: Map<string, Cell>; isDirty: boolean }

/** Of one service and signal. Bytes are those of records with their framing. */
export interface Sent { readonly service: string; readonly signal: Signal; readonly records: number; readonly bytes: number; readonly removedRecords: number; readonly removedBytes: number }

export class CostLedger {
  readonly #store: EventStore;
  readonly #buckets = new Map<string, Bucket>();
  #untilMs = -Infinity;

  constructor(store: EventStore) { this.#store = store; }

  async load(): Promise<void> {
    for (const { widthMs, atMs, body } of await this.#store.costBuckets()) {
      const read = stored.safeParse(body).data;
      if (read === undefined) continue;
      this.#buckets.set(keyOf(widthMs, atMs), { widthMs, atMs, coveredMs: read.coveredMs, coveredUntilMs: read.coveredMs > widthMs ? atMs : atMs + read.coveredMs, cells: new Map(read.cells.map((one) => [cellKey(one), one])), isDirty: false });
    }
  }

  /** Spread evenly over the time in which it came. */
  add(sent: Sent, fromMs: number, toMs: number): void {
    for (const { bucket, share } of this.#over(fromMs, toMs)) {
      const into = this.#cell(bucket, sent);
      into.records += sent.records * share;
      into.bytes += sent.bytes * share;
      into.removedRecords += sent.removedRecords * share;
      into.removedBytes += sent.removedBytes * share;
    }
  }

  /** Agents were listened to in this time; what several tell of the same time is one. When the clock was put back, a time that comes again counts
   *  again, for so do its records. */
  cover(fromMs: number, toMs: number): void {
    if (toMs < this.#untilMs - clockBackMs) for (const bucket of this.#buckets.values()) bucket.coveredUntilMs = Math.min(bucket.coveredUntilMs, fromMs);
    this.#untilMs = toMs;
    for (const { bucket } of this.#over(fromMs, toMs)) {
      const [from, to] = [Math.max(fromMs, bucket.atMs, bucket.coveredUntilMs), Math.min(toMs, bucket.atMs + bucket.widthMs)];
      if (to <= from) continue;
      bucket.coveredMs += to - from;
      bucket.coveredUntilMs = to;
    }
  }

  /** Active series of a service's metrics, as of now. */
  noteSeries(service: string, series: number, nowMs: number): void {
    for (const { bucket } of this.#over(nowMs - 1, nowMs)) { const into = this.#cell(bucket, { service, signal: 'metrics' }); into.series = Math.max(into.series, series); }
  }

  /** Minutes where they are kept, hours before; the oldest first, and none twice. `service`: of this one only. */
  history(prices: PriceTable, nowMs: number, service?: string): CostBucket[] {
    // An hour is told by its minutes when all of them are kept.
    const minutesFromMs = Math.ceil((nowMs - keptMs[minuteMs]!) / hourMs) * hourMs;
    const told = [...this.#buckets.values()].filter(({ widthMs, atMs }) => (widthMs === minuteMs ? atMs >= minutesFromMs : atMs < minutesFromMs)).sort((a, b) => a.atMs - b.atMs);
    return told.map((bucket) => costOf(bucket, prices, service));
  }

  async write(nowMs: number): Promise<void> {
    for (const [key, { widthMs, atMs }] of this.#buckets) if (atMs < nowMs - keptMs[widthMs]! - widthMs) this.#buckets.delete(key);
    for (const widthMs of widths) await this.#store.trimCostBuckets(widthMs, nowMs - keptMs[widthMs]! - widthMs);
    const dirty = [...this.#buckets.values()].filter(({ isDirty }) => isDirty);
    for (const bucket of dirty) bucket.isDirty = false;
    try {
      await this.#store.putCostBuckets(dirty.map(({ widthMs, atMs, coveredMs, cells }) => ({ widthMs, atMs, body: { coveredMs, cells: [...cells.values()] } })));
    } catch (error) {
      for (const bucket of dirty) bucket.isDirty = true;
      throw error;
    }
  }

  *#over(fromMs: number, toMs: number): Generator<{ readonly bucket: Bucket; readonly share: number }> {
    for (const widthMs of widths) {
      const first = Math.max(fromMs, toMs - keptMs[widthMs]!);
      for (let atMs = Math.floor(first / widthMs) * widthMs; atMs < toMs; atMs += widthMs) {
        const share = (Math.min(toMs, atMs + widthMs) - Math.max(fromMs, atMs)) / (toMs - fromMs);
        yield { bucket: this.#bucket(widthMs, atMs), share };
      }
    }
  }

  #bucket(widthMs: number, atMs: number): Bucket {
    const key = keyOf(widthMs, atMs);
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) this.#buckets.set(key, (bucket = { widthMs, atMs, coveredMs: 0, coveredUntilMs: atMs, cells: new Map(), isDirty: true }));
    bucket.isDirty = true;
    return bucket;
  }

  #cell({ cells }: Bucket, { service, signal }: Pick<Sent, 'service' | 'signal'>): Cell {
    const key = cellKey({ service, signal });
    const known = cells.get(key);
    if (known !== undefined) return known;
    if (cells.size >= mostCells && service !== otherServices) return this.#cell({ cells } as Bucket, { service: otherServices, signal });
    const made: Cell = { service, signal, records: 0, bytes: 0, removedRecords: 0, removedBytes: 0, series: 0 };
    cells.set(key, made);
    return made;
  }
}

const keyOf = (widthMs: number, atMs: number): string => `${widthMs} ${atMs}`;
const cellKey = ({ service, signal }: Pick<Sent, 'service' | 'signal'>): string => `${signal} ${service}`;

function costOf({ atMs, coveredMs, cells }: Bucket, prices: PriceTable, service: string | undefined): CostBucket {
  const seconds = coveredMs / 1000;
  if (seconds === 0) return { startUnixMs: atMs, seconds: 0, perMonth: null, savedPerMonth: null };
  let [perMonth, savedPerMonth] = [0, 0];
  for (const one of cells.values()) {
    if (service !== undefined && one.service !== service) continue;
    const cost = (records: number, bytes: number, series: number): number => monthlyCost({ signal: one.signal, recordsPerSecond: Math.max(0, records) / seconds, bytesPerSecond: Math.max(0, bytes) / seconds, series }, prices).total;
    perMonth += cost(one.records - one.removedRecords, one.bytes - one.removedBytes, one.series);
    savedPerMonth += cost(one.removedRecords, one.removedBytes, 0);
  }
  return { startUnixMs: atMs, seconds, perMonth, savedPerMonth };
}
