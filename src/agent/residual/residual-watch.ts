// The residual scan: looks at batches on their way to an exporter with a scanner of its own and counts what no rule hid. A sample is
// looked at as it passes; in a full scan everything is, from a queue (scan-queue.ts).
import type { Clock } from '../../base/index.ts';
import type { RedactionReport } from '../../model/index.ts';
import type { KeyRing } from '../../redaction/index.ts';
import { unixMs } from '../ports/index.ts';
import { LeakBook } from './leak-book.ts';
import { LeakFinder, type Leak } from './leak-finder.ts';
import { recordsOf, type PlacedRecord } from './otlp-texts.ts';
import { ScanQueue, type Later, type LeftBatch } from './scan-queue.ts';
import { ScanShare } from './share.ts';

export interface ResidualOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** Of the scan itself, outside full scans. */
  readonly msPerSecond?: number;
  readonly later?: Later;
}

export interface ResidualTally extends Pick<RedactionReport, 'scanned'> { readonly residual: RedactionReport['residual']; readonly overflow: number }

/** One hundredth of a core. */
const defaultMsPerSecond = 10;
/** Of one batch: nothing waits longer for it. */
const mostMsAtOnce = 25;

export class ResidualWatch {
  readonly #options: ResidualOptions;
  readonly #share: ScanShare;
  readonly #queue: ScanQueue;
  readonly #finder = new LeakFinder();
  readonly #book: LeakBook;
  #scanned = { bytes: 0, ofBytes: 0, records: 0, ofRecords: 0 };
  /** Since the last report: a full scan was on; something that left was or will not be looked at. */
  #since = { full: false, missed: false };
  /** Until then everything is scanned; Unix milliseconds. */
  fullUntilUnixMs = 0;

  constructor(options: ResidualOptions) {
    const { clock, later = afterwards, msPerSecond = defaultMsPerSecond } = options;
    this.#options = options;
    this.#share = new ScanShare(msPerSecond);
    this.#book = new LeakBook(this.#finder, () => clock.monotonicMs());
    this.#queue = new ScanQueue({ clock, later, look: (batch) => this.#steps(batch, 0), onDone: ({ bytes, records }) => this.#count(bytes.length, records) });
  }

  /** Leaks have fingerprints from now on. */
  useKeys(keys: KeyRing): void { this.#book.useKeys(keys); }

  /** A batch that an exporter is about to get. What a full scan has no room for may still be in the sample. */
  look(exporter: string, { signal, bytes, records }: Pick<LeftBatch, 'signal' | 'bytes' | 'records'>): void {
    const atUnixMs = unixMs(this.#options.clock);
    const batch = { exporter, signal, bytes, records, atUnixMs };
    const isFull = atUnixMs < this.fullUntilUnixMs;
    this.#scanned.ofBytes += bytes.length;
    this.#scanned.ofRecords += records;
    this.#since.full ||= isFull;
    if (isFull && this.#queue.offer(batch)) return;
    const looked = this.#sample(batch);
    this.#since.missed ||= looked < records;
    this.#count(looked === records ? bytes.length : Math.round((bytes.length * looked) / Math.max(1, records)), looked);
  }

  /** To be called once a second: the share follows what was spent. */
  second(): void { this.#share.second(); }

  /** What was found since the last call. What left is counted when it left, what was scanned when it was: from the queue, that is later. */
  take(): ResidualTally {
    const { residual, overflow } = this.#book.take();
    const isOn = unixMs(this.#options.clock) < this.fullUntilUnixMs;
    const { full, missed } = this.#since;
    const taken = { residual: [...residual], overflow, scanned: { ...this.#scanned, full: (full || isOn) && !missed, waiting: this.#queue.waiting } };
    this.#scanned = { bytes: 0, ofBytes: 0, records: 0, ofRecords: 0 };
    this.#since = { full: isOn, missed: false };
    return taken;
  }

  /** What still waits is not looked at. */
  stop(): void { this.#queue.stop(); }

  #count(bytes: number, records: number): void {
    this.#scanned.bytes += bytes;
    this.#scanned.records += records;
  }

  /** Records that it had the time and luck to look at: from a random one on, and round to it again. */
  #sample(batch: LeftBatch): number {
    const { clock, random } = this.#options;
    if (this.#share.isSpent || random() >= this.#share.share) return 0;
    const start = clock.monotonicMs();
    const steps = this.#steps(batch, Math.floor(random() * batch.records));
    let looked = 0;
    let spentMs = 0;
    for (let step = steps.next(); step.done !== true; step = steps.next()) {
      if (step.value === null) continue;
      if (step.value.index >= 0) looked++;
      if ((spentMs = clock.monotonicMs() - start) > mostMsAtOnce) break;
    }
    this.#share.used(clock.monotonicMs() - start);
    return spentMs > mostMsAtOnce ? Math.min(looked, batch.records) : batch.records;
  }

  /** A step for each text and each leak, and at its end one for each record, which gives the record. */
  *#steps({ exporter, signal, bytes, atUnixMs }: LeftBatch, first: number): Generator<PlacedRecord | null, void> {
    const isLate = ({ index }: PlacedRecord): boolean => index >= 0 && index < first;
    for (const turn of first > 0 ? [false, true] : [false]) {
      for (const record of recordsOf(signal, bytes)) {
        if (isLate(record) !== turn) continue;
        yield* this.#lookAt(exporter, record, atUnixMs);
        yield record;
      }
    }
  }

  *#lookAt(exporter: string, record: PlacedRecord, atUnixMs: number): Generator<null, void> {
    const leaks: Leak[] = [];
    for (const at of record.texts()) {
      for (const finding of this.#finder.find(at)) leaks.push({ at, finding });
      yield null;
    }
    if (leaks.length === 0) return;
    for (const _ of this.#book.note(exporter, record.origin(), leaks, atUnixMs)) yield null;
  }
}

const afterwards: Later = (run, ms) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};
