// The books of redaction: what was hidden, where, by which rule, how often. A finding comes as a range of bytes and leaves as a
// count, a keyed fingerprint and a masked context; nothing of its value is kept.
import type { RedactionAction, RedactionCell, RedactionPlace, Signal } from '../../model/index.ts';
import { codeLocation, durableId, type RecordCursor } from '../../otlp/index.ts';
import { bullets, type Decided, type KeyRing, type TextPlace } from '../../redaction/index.ts';
import type { RedactionTally } from '../types.ts';
import { maskedContext } from './context.ts';
import type { Coverage } from './coverage.ts';
import { Fingerprints, FingerprintSet } from './fingerprints.ts';
import { namedBy, type Names } from './names.ts';
import { RecordValues } from './record-values.ts';

/** Cells between two takes. */
const mostCells = 5000;
/** Bytes of text that may be searched for contexts between two takes, and of one text. */
const mostContextBytes = 4 * 1024 * 1024;
const longestContextText = 256 * 1024;
/** Findings of one record that wait for its end: a name or a context may hold what is found later. Past them nothing is told of what
 *  stood around those that had to go first. */
const mostWaiting = 1000;

export type RuleName = RedactionCell['rule'];

/** Where findings come from: a record, or what surrounds the records of one resource. Names are clean. */
export interface Origin {
  readonly signal: Signal;
  /** As it came; for asking policies, not for telling. */
  readonly rawService: string;
  readonly service: string; readonly durableId: string; readonly source: string;
  /** One number per record, or per surroundings of a request. */
  readonly serial: number;
  /** Of the record in its request; -1 for surroundings. */
  readonly index: number;
}

interface Cell {
  readonly rule: RuleName; readonly origin: Origin; readonly place: RedactionPlace; readonly key: string; readonly detector: string; readonly action: RedactionAction;
  readonly durableId: string; readonly source: string;
  count: number; records: number; lastSerial: number; readonly firstUnixMs: number; lastUnixMs: number;
  readonly fingerprints: FingerprintSet;
  readonly context: string;
}

/** A finding, until all that its record holds is known. */
interface Waiting { readonly rule: RuleName; readonly found: FoundText; readonly path: string; readonly one: Decided }

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
  /** Of the record in hand: where it is, its findings, and what was found. */
  #waitingOf: Origin | null = null;
  #waiting: Waiting[] = [];
  readonly #values = new RecordValues();

  /** Of the request in hand: what takes out of a text that was found in a record, by the record's index. */
  readonly hiders = new Map<number, (text: string) => string>();

  constructor(names: Names, coverage: Coverage, keys: KeyRing | undefined, nowMs: () => number) {
    this.#names = names;
    this.#coverage = coverage;
    this.#fingerprints = new Fingerprints(keys, nowMs);
  }

  /** A request comes, at this wall clock. */
  begin(nowUnixMs: number): void {
    this.#nowUnixMs = nowUnixMs;
    this.hiders.clear();
  }

  /** The record at the cursor, which is of `service`. */
  record(cursor: RecordCursor, service: string): Origin {
    const known = this.#originOf;
    if (this.#origin !== null && known.resets === cursor.resets && known.index === cursor.index) return this.#origin;
    known.resets = cursor.resets;
    known.index = cursor.index;
    const { signal } = cursor.view;
    const { id, source } = durableId(cursor);
    return (this.#origin = {
      signal, rawService: service, service: this.#names.clean(service, service), // A body that is yet to be redacted is no name to be told.
      durableId: source === 'template' ? '' : this.#names.clean(id ?? '', service, namedBy[source], signal),
      source: this.#names.clean(codeLocation(cursor) ?? '', service, 'file', signal), serial: ++this.#serial, index: cursor.index,
    });
  }

  /** What surrounds the records of one resource. */
  surroundings(signal: Signal, service: string): Origin {
    return { signal, rawService: service, service: this.#names.clean(service, service), durableId: '', source: '', serial: ++this.#serial, index: -1 };
  }

  /** What a rule decided about one text, which must not change before `settle`. */
  note(rule: RuleName, origin: Origin, { at, bytes, start, end }: FoundText, decided: readonly Decided[]): void {
    this.#begin(origin);
    const path = at.path();
    const { place, keyBytes, keyStart, keyEnd } = at;
    const found = { at: { place, keyBytes, keyStart, keyEnd, path: () => path }, bytes, start, end };
    for (const one of decided) {
      if (this.#waiting.length >= mostWaiting) this.#settle(false);
      this.#waiting.push({ rule, found, path, one });
      this.#values.add(bytes, one);
    }
  }

  /** A rule could not be run, so all text of the record, or around records, was masked. */
  noteClosed(rule: RuleName, origin: Origin): void {
    this.#begin(origin);
    this.#add(rule, origin, 'other', '', 'fail-closed', 'mask', { durableId: this.#values.hidden(origin.durableId), source: this.#values.hidden(origin.source) }, () => '');
  }

  /** All that the records so far hold is known. */
  settle(): void {
    this.#settle(true);
    this.#values.clear();
    this.#waitingOf = null;
  }

  #begin(origin: Origin): void {
    if (origin === this.#waitingOf) return;
    this.settle();
    this.#waitingOf = origin;
  }

  /** `isWhole`: the record holds no more. */
  #settle(isWhole: boolean): void {
    const origin = this.#waitingOf;
    if (origin === null || this.#waiting.length === 0) return;
    const values = this.#values;
    const names = { durableId: values.hidden(origin.durableId), source: values.hidden(origin.source) };
    if (origin.index >= 0) this.hiders.set(origin.index, values.hider());
    for (const one of this.#waiting) this.#count(origin, one, names, isWhole && !values.overflowed);
    this.#waiting = [];
  }

  #count(origin: Origin, { rule, found, path, one }: Waiting, names: { readonly durableId: string; readonly source: string }, tellsContext: boolean): void {
    const key = this.#values.hidden(this.#names.clean(path, origin.rawService));
    const cell = this.#add(rule, origin, found.at.place, key, one.detector, one.action, names, () => (tellsContext ? this.#context(found, one, origin) : bullets));
    if (cell === null) return;
    this.#keepPeriod();
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

  /** Fingerprints of two periods cannot be told apart, and a report is of one. */
  #keepPeriod(): void {
    if (this.#period === this.#fingerprints.period) return;
    this.#period = this.#fingerprints.period;
    for (const { fingerprints } of this.#cells.values()) fingerprints.beginAgain();
  }

  #context({ at, bytes, start, end }: FoundText, target: Decided, origin: Origin): string {
    const cost = (end - start) * this.#names.passes;
    if (end - start > longestContextText || cost > this.#contextBytes) return bullets;
    this.#contextBytes -= cost;
    return maskedContext(bytes, start, end, target, this.#names.findings(at, bytes, start, end, origin.rawService), (text) => this.#values.hidden(text));
  }

  /** Cells and coverage since the last call. */
  take(): RedactionTally {
    this.settle();
    this.#keepPeriod();
    const coverage = this.#coverage.take();
    const taken = { cells: [...this.#cells.values()].map(reported), coverage: coverage.cells, overflow: { findings: this.#overflow, services: coverage.others, fingerprints: this.#fingerprints.missed } };
    this.#cells.clear();
    this.#names.forget();
    this.#overflow = this.#fingerprints.missed = 0;
    this.#contextBytes = mostContextBytes;
    return taken;
  }
}

const reported = ({ rule, origin, durableId: id, source, place, key, detector, action, count, records, fingerprints, context, firstUnixMs, lastUnixMs }: Cell): RedactionCell => ({
  rule, service: origin.service, durableId: id, source, signal: origin.signal, place, key, detector, action, count, records,
  fingerprints: [...fingerprints.values], moreDistinct: fingerprints.more, context, firstUnixMs, lastUnixMs,
});
