// Counts leaks by exporter, service, line of code, place, key and detector until they are reported. Bounded; keeps no value: counts,
// keyed fingerprints and a masked context.
import { Fingerprints, FingerprintSet } from '../../engine/index.ts';
import type { ResidualCell } from '../../model/index.ts';
import type { KeyRing } from '../../redaction/index.ts';
import { valueOf, type Hide, type Leak, type LeakFinder } from './leak-finder.ts';
import type { RecordOrigin } from './otlp-texts.ts';

/** Cells between two reports; what has no room is counted. */
const mostCells = 2000;
/** As the ledger cuts names (engine/redaction). */
const mostName = 200;

interface Cell { readonly told: { -readonly [K in keyof ResidualCell]: ResidualCell[K] }; readonly fingerprints: FingerprintSet }

export class LeakBook {
  readonly #finder: LeakFinder;
  readonly #nowMs: () => number;
  #fingerprints: Fingerprints;
  #period = '';
  readonly #cells = new Map<string, Cell>();
  #overflow = 0;

  /** `nowMs`: monotonic. */
  constructor(finder: LeakFinder, nowMs: () => number) {
    this.#finder = finder;
    this.#nowMs = nowMs;
    this.#fingerprints = new Fingerprints(undefined, nowMs);
  }

  /** From now on leaks have fingerprints, the ones that the ledger gives the same values under these keys. */
  useKeys(keys: KeyRing): void { this.#fingerprints = new Fingerprints(keys, this.#nowMs); }

  /** All leaks of one record that left at `atUnixMs` by `exporter`. A step for each, between which others may run. */
  *note(exporter: string, origin: RecordOrigin, leaks: readonly Leak[], atUnixMs: number): Generator<void, void> {
    const hide = this.#finder.hiderOf(leaks);
    const inRecord = new Set<string>();
    for (const leak of leaks) {
      const id = JSON.stringify([exporter, origin.service, origin.durableId, origin.signal, leak.at.place, leak.at.path, leak.finding.detector]);
      const cell = this.#cells.get(id) ?? this.#newCell(id, exporter, origin, leak, hide, atUnixMs);
      if (cell === null) { this.#overflow++; continue; }
      count(cell.told, atUnixMs, !inRecord.has(id));
      inRecord.add(id);
      this.#fingerprint(cell, leak);
      yield;
    }
  }

  /** What was counted since the last call. */
  take(): { readonly residual: readonly ResidualCell[]; readonly overflow: number } {
    this.#keepPeriod();
    const hasKey = this.#period !== '';
    const taken = { residual: [...this.#cells.values()].map(({ told, fingerprints: { values, more } }) => (hasKey ? { ...told, fingerprints: [...values], moreDistinct: more } : told)), overflow: this.#overflow };
    this.#cells.clear();
    this.#overflow = 0;
    return taken;
  }

  #fingerprint(cell: Cell, leak: Leak): void {
    this.#keepPeriod();
    if (this.#period === '') return;
    const value = Buffer.from(valueOf(leak));
    this.#fingerprints.add(cell.fingerprints, value, 0, value.length);
  }

  /** Fingerprints of two periods cannot be told apart. */
  #keepPeriod(): void {
    if (this.#period === this.#fingerprints.period) return;
    this.#period = this.#fingerprints.period;
    for (const { fingerprints } of this.#cells.values()) fingerprints.beginAgain();
  }

  #newCell(id: string, exporter: string, origin: RecordOrigin, leak: Leak, hide: Hide, atUnixMs: number): Cell | null {
    if (this.#cells.size >= mostCells) return null;
    const named = (name: string): string => cut(hide(this.#finder.withoutFindings(name)));
    const told = {
      exporter, service: cut(hide(origin.service)), durableId: named(origin.durableId), source: named(origin.source), signal: origin.signal, place: leak.at.place, key: cut(hide(leak.at.path)),
      detector: leak.finding.detector, count: 0, records: 0, context: this.#finder.context(leak, hide), firstUnixMs: atUnixMs, lastUnixMs: atUnixMs,
    };
    const cell = { told, fingerprints: new FingerprintSet() };
    this.#cells.set(id, cell);
    return cell;
  }
}

/** What waited is counted later than what came after it: the times are those at which it left. */
function count(told: Cell['told'], atUnixMs: number, isNewRecord: boolean): void {
  told.count++;
  if (isNewRecord) told.records++;
  told.firstUnixMs = Math.min(told.firstUnixMs, atUnixMs);
  told.lastUnixMs = Math.max(told.lastUnixMs, atUnixMs);
}

/** Names come from data, and may be of any length. */
const cut = (name: string): string => (name.length <= mostName ? name : `${name.slice(0, mostName - 1).toWellFormed()}\u2026`);
