// The books of redaction: what was hidden, where, by which rule, how often. A finding comes as a range of bytes and leaves as a
// count, a keyed fingerprint and a masked context; nothing of its value is kept.
import { decodeUtf8 } from '../../base/index.ts';
import type { RedactionAction, RedactionCell, RedactionPlace, Signal } from '../../model/index.ts';
import { codeLocation, durableId, type RecordCursor, type TextPlace } from '../../otlp/index.ts';
import { bullets, type Decided, type KeyRing } from '../../redaction/index.ts';
import type { RedactionTally } from '../types.ts';
import { maskedContext } from './context.ts';
import type { Coverage } from './coverage.ts';
import { Fingerprints, FingerprintSet } from './fingerprints.ts';
import type { Names } from './names.ts';

/** Cells between two takes. */
const mostCells = 5000;
/** Bytes of text that may be searched for contexts between two takes, and of one text. */
const mostContextBytes = 4 * 1024 * 1024;
const longestContextText = 256 * 1024;
/** Values of this length are looked for in the names of their cell. */
const valueInNames = { least: 4, most: 256 };

export type RuleName = RedactionCell['rule'];

/** Where findings come from: a record, or what surrounds the records of one resource. Names are clean. */
export interface Origin {
  readonly signal: Signal;
  /** As it came; for asking policies, not for telling. */
  readonly rawService: string;
  readonly service: string; readonly durableId: string; readonly source: string;
  /** One number per record, or per surroundings of a request. */
  readonly serial: number;
}

interface Cell {
  readonly rule: RuleName; readonly origin: Origin; readonly place: RedactionPlace; readonly key: string; readonly detector: string; readonly action: RedactionAction;
  readonly durableId: string; readonly source: string;
  count: number; records: number; lastSerial: number; readonly firstUnixMs: number; lastUnixMs: number;
  readonly fingerprints: FingerprintSet;
  readonly context: string;
}

/** What a finding stands in. */
export interface FoundText { readonly at: TextPlace; readonly bytes: Uint8Array; readonly start: number; readonly end: number }

export class Ledger {
  readonly #names: Names;
  readonly #coverage: Coverage;
  readonly #fingerprints: Fingerprints;
  readonly #cells = new Map<string, Cell>();
  #overflow = 0;
  #contextBytes = mostContextBytes;
  #period = '';
  #serial = 0;
  #nowUnixMs = 0;
  /** Of the last record that something was found in. */
  #origin: Origin | null = null;
  #originOf = { resets: -1, index: -1 };

  constructor(names: Names, coverage: Coverage, keys: KeyRing | undefined, nowMs: () => number) {
    this.#names = names;
    this.#coverage = coverage;
    this.#fingerprints = new Fingerprints(keys, nowMs);
  }

  /** A request comes, at this wall clock. */
  begin(nowUnixMs: number): void { this.#nowUnixMs = nowUnixMs; }

  /** The record at the cursor, which is of `service`. */
  record(cursor: RecordCursor, service: string): Origin {
    const known = this.#originOf;
    if (this.#origin !== null && known.resets === cursor.resets && known.index === cursor.index) return this.#origin;
    known.resets = cursor.resets;
    known.index = cursor.index;
    const clean = (name: string | null): string => this.#names.clean(name ?? '', service);
    return (this.#origin = {
      signal: cursor.view.signal, rawService: service, service: clean(service), durableId: clean(durableId(cursor).id), source: clean(codeLocation(cursor)), serial: ++this.#serial,
    });
  }

  /** What surrounds the records of one resource. */
  surroundings(signal: Signal, service: string): Origin {
    return { signal, rawService: service, service: this.#names.clean(service, service), durableId: '', source: '', serial: ++this.#serial };
  }

  /** What a rule decided about one text. */
  note(rule: RuleName, origin: Origin, found: FoundText, decided: readonly Decided[]): void {
    const key = this.#names.clean(found.at.path(), origin.rawService);
    for (const one of decided) this.#count(rule, origin, found, key, one);
  }

  /** A rule could not be run, so all text of the record, or around records, was masked. */
  noteClosed(rule: RuleName, origin: Origin): void {
    this.#add(rule, origin, 'other', '', 'fail-closed', 'mask', origin, () => '');
  }

  #count(rule: RuleName, origin: Origin, found: FoundText, key: string, one: Decided): void {
    const names = withoutValue(origin, key, found.bytes, one);
    const cell = this.#add(rule, origin, found.at.place, names.key, one.detector, one.action, names, () => this.#context(found, one, origin));
    if (cell === null) return;
    if (this.#period !== this.#fingerprints.period) this.#newPeriod();
    this.#fingerprints.add(cell.fingerprints, found.bytes, one.start, one.end);
  }

  #add(rule: RuleName, origin: Origin, place: RedactionPlace, key: string, detector: string, action: RedactionAction, names: { readonly durableId: string; readonly source: string }, context: () => string): Cell | null {
    const name = `${rule.id}\n${rule.version}\n${origin.signal}\n${origin.service}\n${names.durableId}\n${names.source}\n${place}\n${key}\n${detector}\n${action}`;
    let cell = this.#cells.get(name);
    if (cell === undefined) {
      if (this.#cells.size >= mostCells) { this.#overflow++; return null; }
      cell = { rule, origin, place, key, detector, action, durableId: names.durableId, source: names.source, count: 0, records: 0, lastSerial: 0, firstUnixMs: this.#nowUnixMs, lastUnixMs: 0, fingerprints: new FingerprintSet(), context: context() };
      this.#cells.set(name, cell);
    }
    cell.count++;
    if (cell.lastSerial !== origin.serial) { cell.lastSerial = origin.serial; cell.records++; }
    cell.lastUnixMs = this.#nowUnixMs;
    return cell;
  }

  #newPeriod(): void {
    this.#period = this.#fingerprints.period;
    for (const { fingerprints } of this.#cells.values()) fingerprints.beginAgain();
  }

  #context({ at, bytes, start, end }: FoundText, target: Decided, origin: Origin): string {
    const cost = (end - start) * this.#names.passes;
    if (end - start > longestContextText || cost > this.#contextBytes) return bullets;
    this.#contextBytes -= cost;
    return maskedContext(bytes, start, end, target, this.#names.findings(at, bytes, start, end, origin.rawService));
  }

  /** Cells and coverage since the last call. */
  take(): RedactionTally {
    const coverage = this.#coverage.take();
    const taken = { cells: [...this.#cells.values()].map(reported), coverage: coverage.cells, overflow: { findings: this.#overflow, services: coverage.others, fingerprints: this.#fingerprints.missed } };
    this.#cells.clear();
    this.#names.forget();
    this.#overflow = this.#fingerprints.missed = 0;
    this.#contextBytes = mostContextBytes;
    return taken;
  }
}

/** A value that a policy hides for its key may stand in a name as well (`GET /users/ann`), where no detector knows it. */
function withoutValue(origin: Origin, key: string, bytes: Uint8Array, { start, end }: Decided): { readonly durableId: string; readonly source: string; readonly key: string } {
  const { durableId: id, source } = origin;
  if (end - start < valueInNames.least || end - start > valueInNames.most) return { durableId: id, source, key };
  const value = decodeUtf8(bytes, start, end);
  const hide = (name: string): string => (name.includes(value) ? name.replaceAll(value, bullets) : name);
  return { durableId: hide(id), source: hide(source), key: hide(key) };
}

const reported = ({ rule, origin, durableId: id, source, place, key, detector, action, count, records, fingerprints, context, firstUnixMs, lastUnixMs }: Cell): RedactionCell => ({
  rule, service: origin.service, durableId: id, source, signal: origin.signal, place, key, detector, action, count, records,
  fingerprints: [...fingerprints.values], moreDistinct: fingerprints.more, context, firstUnixMs, lastUnixMs,
});
