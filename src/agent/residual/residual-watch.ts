// The residual scan: looks at batches on their way to an exporter with a scanner of its own and counts what no rule hid. It reads
// copies of nothing and keeps no value: places, counts and a masked context.
import type { Clock } from '../../base/index.ts';
import type { RedactionReport, ResidualCell, Signal } from '../../model/index.ts';
import { bullets, createScanner, residualScan, type ResidualFinding, type Scanner } from '../../redaction/index.ts';
import { unixMs } from '../ports/index.ts';
import { eachRecord, type PlacedText, type RecordOrigin } from './otlp-texts.ts';
import { ScanShare } from './share.ts';

export interface ResidualOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** Of the scan itself, outside full scans. */
  readonly msPerSecond?: number;
}

export type ResidualTally = Pick<RedactionReport, 'residual' | 'scanned'> & { readonly overflow: number };

/** One hundredth of a core, and in a full scan a quarter: past it a share is scanned there too, and said. */
const defaultMsPerSecond = 10;
const fullMsPerSecond = 250;
/** Of one batch: nothing waits longer for it. */
const mostMsAtOnce = 25;
const fullMsAtOnce = 100;
/** Cells between two reports; what has no room is counted. */
const mostCells = 2000;
const contextEachSide = 24;
/** As the ledger cuts names (engine/redaction). */
const mostName = 200;
/** Shorter findings stand in a name by chance. */
const leastSecret = 4;

type Cell = { -readonly [K in keyof ResidualCell]: ResidualCell[K] };

export class ResidualWatch {
  readonly #options: ResidualOptions;
  readonly #sampled: ScanShare;
  readonly #full = new ScanShare(fullMsPerSecond);
  readonly #scanner = allDetectors();
  readonly #cells = new Map<string, Cell>();
  #overflow = 0;
  #scanned = { bytes: 0, ofBytes: 0, records: 0, ofRecords: 0, full: false };
  /** Until then everything is scanned; Unix milliseconds. */
  fullUntilUnixMs = 0;

  constructor(options: ResidualOptions) {
    this.#options = options;
    this.#sampled = new ScanShare(options.msPerSecond ?? defaultMsPerSecond);
  }

  /** A batch that an exporter is about to get. */
  look(exporter: string, { signal, bytes, records }: { readonly signal: Signal; readonly bytes: Uint8Array; readonly records: number }): void {
    const now = unixMs(this.#options.clock);
    const isFull = now < this.fullUntilUnixMs;
    this.#scanned.ofBytes += bytes.length;
    this.#scanned.ofRecords += records;
    this.#scanned.full ||= isFull;
    const share = isFull ? this.#full : this.#sampled;
    if (share.isSpent || this.#options.random() >= share.share) return;
    const start = this.#options.clock.monotonicMs();
    const looked = this.#scan(exporter, signal, bytes, now, isFull ? fullMsAtOnce : mostMsAtOnce, Math.floor(this.#options.random() * records));
    share.used(this.#options.clock.monotonicMs() - start);
    this.#scanned.bytes += looked === 'all' ? bytes.length : Math.round((bytes.length * looked) / Math.max(1, records));
    this.#scanned.records += looked === 'all' ? records : Math.min(looked, records);
  }

  /** To be called once a second: the share follows what was spent. */
  second(): void {
    this.#sampled.second();
    this.#full.second();
  }

  /** What was found since the last call. */
  take(): ResidualTally {
    const taken = { residual: [...this.#cells.values()], scanned: this.#scanned, overflow: this.#overflow };
    this.#cells.clear();
    this.#overflow = 0;
    this.#scanned = { bytes: 0, ofBytes: 0, records: 0, ofRecords: 0, full: unixMs(this.#options.clock) < this.fullUntilUnixMs };
    return taken;
  }

  /** From record `first` on and round to it again, as many as there is time for. Says how many were looked at. */
  #scan(exporter: string, signal: Signal, bytes: Uint8Array, now: number, mostMs: number, first: number): number | 'all' {
    const { clock } = this.#options;
    const until = clock.monotonicMs() + mostMs;
    let [looked, isLate] = [0, false];
    const see = (origin: RecordOrigin, texts: readonly PlacedText[]): void => { this.#lookAt(exporter, origin, texts, now); isLate ||= clock.monotonicMs() > until; };
    const wanting = (isOne: (index: number) => boolean) => (index: number): boolean => { const wants = !isLate && isOne(index); if (wants && index >= 0) looked++; return wants; };
    eachRecord(signal, bytes, wanting((index) => index < 0 || index >= first), see);
    if (first > 0 && !isLate) eachRecord(signal, bytes, wanting((index) => index >= 0 && index < first), see);
    return isLate ? looked : 'all';
  }

  #lookAt(exporter: string, origin: RecordOrigin, texts: readonly PlacedText[], now: number): void {
    const leaks = texts.flatMap((text) => this.#find(text).map((finding): Leak => ({ at: text, finding })));
    if (leaks.length === 0) return;
    const hide = this.#hiderOf(leaks);
    const inRecord = new Set<Cell>();
    for (const leak of leaks) this.#note(exporter, origin, leak, hide, now, inRecord);
    for (const cell of inRecord) cell.records++;
  }

  /** What the second scanner finds, one for all that overlap, under the name by which the detectors know it where they do: a leak and
   *  what stops it are one row of the audit. Then what the detectors find and the second scanner does not know. */
  #find(text: PlacedText): readonly ResidualFinding[] {
    const found = residualScan(text.text, text.key);
    const known = this.#known(text);
    const unknown: ResidualFinding[] = [];
    for (const one of found) {
      if (!known.some((other) => touches(other, one)) && one.start >= (unknown.at(-1)?.end ?? 0)) unknown.push(one);
    }
    return [...known, ...unknown];
  }

  /** A number is a card's, or stands under a secret's name; its digits alone are nothing. */
  #known({ text, key, isNumber }: PlacedText): readonly ResidualFinding[] {
    if (isNumber !== true) return this.#scanner.scanText(text, key);
    const name = Buffer.from(key);
    return this.#scanner.findInteger(BigInt(text), name, 0, name.length) === null ? [] : this.#scanner.scanText(text, key);
  }

  #note(exporter: string, origin: RecordOrigin, leak: Leak, hide: Hide, now: number, inRecord: Set<Cell>): void {
    const { at, finding } = leak;
    const id = JSON.stringify([exporter, origin.service, origin.durableId, origin.signal, at.place, at.path, finding.detector]);
    const cell = this.#cells.get(id) ?? this.#newCell(id, exporter, origin, leak, hide, now);
    if (cell === null) { this.#overflow++; return; }
    cell.count++;
    cell.lastUnixMs = now;
    inRecord.add(cell);
  }

  #newCell(id: string, exporter: string, origin: RecordOrigin, { at, finding }: Leak, hide: Hide, now: number): Cell | null {
    if (this.#cells.size >= mostCells) return null;
    const cell: Cell = {
      exporter, service: cut(hide(origin.service)), durableId: cut(hide(this.#withoutFindings(origin.durableId))), source: cut(hide(this.#withoutFindings(origin.source))), signal: origin.signal, place: at.place, key: cut(hide(at.path)),
      detector: finding.detector, count: 0, records: 0, context: this.#context(at, finding, hide), firstUnixMs: now, lastUnixMs: now,
    };
    this.#cells.set(id, cell);
    return cell;
  }

  /** What names a record is hidden whole, prefix and all, as the ledger does it. */
  #withoutFindings(name: string): string {
    return this.#scanner.scanText(name).toReversed().reduce((left, { start, end }) => left.slice(0, start) + bullets + left.slice(end), name);
  }

  /** A few characters on each side of the finding, and of whatever else any scanner finds that touches it; what is beside is hidden too. */
  #context({ text, key }: PlacedText, finding: ResidualFinding, hide: Hide): string {
    let { start, end } = finding;
    for (const one of [...residualScan(text, key), ...this.#scanner.scanText(text, key)].toSorted((x, y) => x.start - y.start)) {
      if (one.start < end && one.end > start) { start = Math.min(start, one.start); end = Math.max(end, one.end); }
    }
    return `${coarse(hide(text.slice(0, start)).slice(-contextEachSide))}${bullets}${coarse(hide(text.slice(end)).slice(0, contextEachSide))}`;
  }

  /** Hides in names and beside findings what any scanner knows (as the ledger does it, for both tell of one row), and what was found
   *  anywhere in this record: a key may repeat what its value, or another one, was caught by. */
  #hiderOf(leaks: readonly Leak[]): Hide {
    const secrets = [...new Set(leaks.map(({ at, finding }) => at.text.slice(finding.start, finding.end)))].filter((one) => one.length >= leastSecret).toSorted((a, b) => b.length - a.length);
    return (text) => {
      const masked = this.#scanner.redactText(text, 'mask')?.text ?? text;
      const hidden = residualScan(masked).toReversed().reduce((left, { start, end }) => left.slice(0, start) + bullets + left.slice(end), masked);
      return secrets.reduce((left, secret) => left.replaceAll(secret, bullets), hidden);
    };
  }
}

type Hide = (text: string) => string;
interface Leak { readonly at: PlacedText; readonly finding: ResidualFinding }

const touches = (a: ResidualFinding, b: ResidualFinding): boolean => a.start < b.end && a.end > b.start;

/** Names come from data, and may be of any length. */
const cut = (name: string): string => (name.length <= mostName ? name : `${name.slice(0, mostName - 1).toWellFormed()}\u2026`);

/** Long numbers and long unbroken runs say too much beside a secret. */
const coarse = (text: string): string => text.replace(/[A-Za-z0-9+/_-]{12,}|\d{4,}/g, '\u2026').replace(/\s+/g, ' ');

function allDetectors(): Scanner {
  const scanner = createScanner(['*']);
  if (!scanner.ok) throw new Error(scanner.error.message);
  return scanner.value;
}
