// The residual scan: looks at batches on their way to an exporter with a scanner of its own and counts what no rule hid. It reads
// copies of nothing and keeps no value: places, counts and a masked context.
import type { Clock } from '../../base/index.ts';
import type { RedactionReport, ResidualCell, Signal } from '../../model/index.ts';
import type { Codec } from '../../otlp/index.ts';
import { bullets, createScanner, mayHoldResidual, residualScan, type ResidualFinding, type Scanner } from '../../redaction/index.ts';
import { unixMs } from '../ports/index.ts';
import { eachRecord, type PlacedText, type RecordOrigin } from './otlp-texts.ts';
import { ScanShare } from './share.ts';

export interface ResidualOptions {
  readonly codec: Pick<Codec, 'protobufToJson' | 'rewrite' | 'walk'>;
  readonly clock: Clock;
  readonly random: () => number;
  /** Of the scan itself, outside full scans. */
  readonly msPerSecond?: number;
}

export type ResidualTally = Pick<RedactionReport, 'residual' | 'scanned'> & { readonly overflow: number };

/** One hundredth of a core. */
const defaultMsPerSecond = 10;
/** Cells between two reports; what has no room is counted. */
const mostCells = 2000;
const contextEachSide = 24;
const mostKey = 128;

type Cell = { -readonly [K in keyof ResidualCell]: ResidualCell[K] };

export class ResidualWatch {
  readonly #options: ResidualOptions;
  readonly #share: ScanShare;
  readonly #scanner = allDetectors();
  readonly #cells = new Map<string, Cell>();
  #overflow = 0;
  #scanned = { bytes: 0, ofBytes: 0, records: 0, ofRecords: 0, full: false };
  /** Until then everything is scanned; Unix milliseconds. */
  fullUntilUnixMs = 0;

  constructor(options: ResidualOptions) {
    this.#options = options;
    this.#share = new ScanShare(options.msPerSecond ?? defaultMsPerSecond);
  }

  /** A batch that an exporter is about to get. */
  look(exporter: string, { signal, bytes, records }: { readonly signal: Signal; readonly bytes: Uint8Array; readonly records: number }): void {
    const now = unixMs(this.#options.clock);
    const isFull = now < this.fullUntilUnixMs;
    this.#scanned.ofBytes += bytes.length;
    this.#scanned.ofRecords += records;
    this.#scanned.full ||= isFull;
    if (!isFull && (this.#share.isSpent || this.#options.random() >= this.#share.share)) return;
    const start = this.#options.clock.monotonicMs();
    this.#scan(exporter, signal, bytes, now);
    if (!isFull) this.#share.used(this.#options.clock.monotonicMs() - start);
    this.#scanned.bytes += bytes.length;
    this.#scanned.records += records;
  }

  /** To be called once a second: the share follows what was spent. */
  second(): void { this.#share.second(); }

  /** What was found since the last call. */
  take(): ResidualTally {
    const taken = { residual: [...this.#cells.values()], scanned: this.#scanned, overflow: this.#overflow };
    this.#cells.clear();
    this.#overflow = 0;
    this.#scanned = { bytes: 0, ofBytes: 0, records: 0, ofRecords: 0, full: unixMs(this.#options.clock) < this.fullUntilUnixMs };
    return taken;
  }

  #scan(exporter: string, signal: Signal, bytes: Uint8Array, now: number): void {
    const suspects = this.#suspects(signal, bytes);
    if (suspects === null) return;
    const document = this.#options.codec.protobufToJson(signal, suspects);
    if (!document.ok) return;
    eachRecord(signal, document.value, (origin, texts) => {
      const inRecord = new Set<Cell>();
      for (const text of texts) for (const finding of this.#find(text)) this.#note(exporter, origin, text, finding, now, inRecord);
      for (const cell of inRecord) cell.records++;
    });
  }

  /** The request with those of its records alone whose undecoded bytes may hold something; null when nothing in it may. */
  #suspects(signal: Signal, bytes: Uint8Array): Uint8Array | null {
    const { codec } = this.#options;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    if (!mayHoldResidual(text)) return null;
    const walked = codec.walk(signal, bytes);
    if (!walked.ok) return bytes;
    const view = walked.value;
    const kept = Array.from({ length: view.recordCount }, (_, i) => (mayHoldResidual(text.slice(view.recordStart(i), view.recordEnd(i))) ? null : false));
    return kept.includes(false) ? codec.rewrite(view, kept) : bytes;
  }

  /** What the second scanner finds, one for all that overlap, under the name by which the detectors know it where they do: a leak and what stops it are one row of the audit. */
  #find({ text, key }: PlacedText): readonly ResidualFinding[] {
    const found = residualScan(text, key);
    if (found.length === 0) return found;
    const known = this.#scanner.scanText(text, key);
    const named = new Map<string, ResidualFinding>();
    let last: ResidualFinding | null = null;
    for (const one of found) {
      const same = known.find((other) => other.start < one.end && other.end > one.start);
      if (same !== undefined) named.set(`${same.start} ${same.end}`, same);
      else if (last === null || one.start >= last.end) named.set(`${one.start} ${one.end}`, last = one);
    }
    return [...named.values()];
  }

  #note(exporter: string, origin: RecordOrigin, at: PlacedText, finding: ResidualFinding, now: number, inRecord: Set<Cell>): void {
    const id = JSON.stringify([exporter, origin.service, origin.durableId, origin.signal, at.place, at.key, finding.detector]);
    const cell = this.#cells.get(id) ?? this.#newCell(id, exporter, origin, at, finding, now);
    if (cell === null) { this.#overflow++; return; }
    cell.count++;
    cell.lastUnixMs = now;
    inRecord.add(cell);
  }

  #newCell(id: string, exporter: string, origin: RecordOrigin, at: PlacedText, finding: ResidualFinding, now: number): Cell | null {
    if (this.#cells.size >= mostCells) return null;
    const { service, durableId, source } = origin;
    const cell: Cell = {
      exporter, service: this.#hide(service), durableId: this.#hide(durableId), source: this.#hide(source), signal: origin.signal, place: at.place, key: this.#hide(at.key.slice(0, mostKey)),
      detector: finding.detector, count: 0, records: 0, context: this.#context(at, finding), firstUnixMs: now, lastUnixMs: now,
    };
    this.#cells.set(id, cell);
    return cell;
  }

  /** A few characters on each side of the finding, and of whatever else any scanner finds that touches it; what is beside is hidden too. */
  #context({ text, key }: PlacedText, finding: ResidualFinding): string {
    let { start, end } = finding;
    for (const one of [...residualScan(text, key), ...this.#scanner.scanText(text, key)].toSorted((x, y) => x.start - y.start)) {
      if (one.start < end && one.end > start) { start = Math.min(start, one.start); end = Math.max(end, one.end); }
    }
    return `${coarse(this.#hide(text.slice(0, start)).slice(-contextEachSide))}${bullets}${coarse(this.#hide(text.slice(end)).slice(0, contextEachSide))}`;
  }

  /** Names come from data, and data may hold anything. */
  #hide(text: string): string {
    const hidden = residualScan(text).toReversed().reduce((left, { start, end }) => left.slice(0, start) + bullets + left.slice(end), text);
    return this.#scanner.redactText(hidden, 'mask')?.text ?? hidden;
  }
}

/** Long numbers and long unbroken runs say too much beside a secret. */
const coarse = (text: string): string => text.replace(/[A-Za-z0-9+/_-]{12,}|\d{4,}/g, '\u2026').replace(/\s+/g, ' ');

function allDetectors(): Scanner {
  const scanner = createScanner(['*']);
  if (!scanner.ok) throw new Error(scanner.error.message);
  return scanner.value;
}
