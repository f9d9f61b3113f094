// One durable id of one service and signal as an agent counts it: a cell per service version and severity. What every record touches is
// in its hot row (hot-rows.ts); `settle` brings that home, and whoever reads counts settles first.
import type { EventSource, Signal } from '../../model/index.ts';
import type { Key } from './event-table.ts';
import type { FieldTable } from './field-table.ts';
import { cellKey, rBytes, rCell, rLastUnixMs, rRecords, severityOf, versionOf } from './hot-rows.ts';
import { otherVersion } from './versions.ts';

/** Versions of one event that have a name; then the rarest go together under '*'. */
export const maxVersions = 32;
/** What an event takes beside its texts and fields, in bytes: the object, its first cell, its places in table, list and index of told names. */
export const eventBytes = 860;
const cellBytes = 88;

/** Records of one version (a number of `Versions`) and severity. */
export class Cell {
  readonly version: number;
  readonly severity: number;
  records = 0;
  bytes = 0;
  firstUnixMs: number;
  lastUnixMs: number;
  constructor(version: number, severity: number, nowUnixMs: number) {
    this.version = version;
    this.severity = severity;
    this.firstUnixMs = nowUnixMs;
    this.lastUnixMs = nowUnixMs;
  }
}

export interface EventIdentity {
  readonly signal: Signal;
  readonly source: EventSource;
  service: string;
  /** As it may be told; `id` is what it is. */
  durableId: string;
  readonly id: string;
  template: string | undefined;
  /** Number of its template with the miner, -1 when it has none. */
  readonly ordinal: number;
}

export class ObservedEvent {
  readonly identity: EventIdentity;
  /** Its key: hash of the durable id, and of the service with the signal. */
  readonly nameHash: number;
  readonly serviceHash: number;
  /** Other keys that it goes by: ids that are told alike. Oldest first. */
  readonly aliases: Key[] = [];
  /** Offset of its hot row. */
  readonly row: number;
  /** Its number in the table; -1 when it stands in none. */
  number = -1;
  records = 0;
  removedRecords = 0;
  removedBytes = 0;
  looked = 0;
  lookedBytes = 0;
  fields: FieldTable | null = null;
  /** Bytes of memory that its fields take, by estimate; part of `size`. */
  fieldBytes = 0;
  scope: string | undefined = undefined;
  sourceLine: string | null = null;
  /** Unit of a metric. */
  unit: string | undefined = undefined;
  /** Rules that were deployed when its names were last cleaned, when its other texts were judged, and when that last hid one that may have been told. */
  namedIn = 0;
  judgedIn = 0;
  anew = 0;
  /** Was reported once; is folded. */
  isReported = false;
  isFolded = false;
  /** Decayed records as the hand saw them, and records then; its place in the list. */
  heat = 0;
  recordsAtHand = 0;
  place = -1;
  /** Bytes of memory, by estimate; kept with all that grows. */
  size = eventBytes;
  readonly cells: Cell[] = [];
  #last: Cell;

  constructor(identity: EventIdentity, nameHash: number, serviceHash: number, row: number, hot: Float64Array, cell: number, nowUnixMs: number) {
    this.identity = identity;
    this.nameHash = nameHash;
    this.serviceHash = serviceHash;
    this.row = row;
    this.#last = new Cell(versionOf(cell), severityOf(cell), nowUnixMs);
    this.cells.push(this.#last);
    hot[row + rCell] = cell;
    this.size += 2 * (identity.service.length + identity.durableId.length + identity.id.length + (identity.template?.length ?? 0));
  }

  /** Brings what its row counted into the cell that the row stands for. */
  settle(hot: Float64Array): void {
    const records = hot[this.row + rRecords]!;
    if (records === 0) return;
    this.records += records;
    this.#last.records += records;
    this.#last.bytes += hot[this.row + rBytes]!;
    this.#last.lastUnixMs = hot[this.row + rLastUnixMs]!;
    hot[this.row + rRecords] = hot[this.row + rBytes] = 0;
  }

  /** The row goes on with another version or severity. */
  turn(hot: Float64Array, cell: number, nowUnixMs: number): void {
    this.settle(hot);
    this.#last = this.#cell(versionOf(cell), severityOf(cell), nowUnixMs);
    hot[this.row + rCell] = cellKey(this.#last.version, this.#last.severity) === cell ? cell : -1;
  }

  /** Lets its fields go; those that are met again are counted anew, and so are the looks. */
  strip(): void {
    this.fields = null;
    this.looked = this.lookedBytes = 0;
    this.size -= this.fieldBytes;
    this.fieldBytes = 0;
  }

  /** Takes over what another counted, which ends. Both are settled. */
  absorb(other: ObservedEvent, hot: Float64Array): void {
    for (const cell of other.cells) if (cell.records > 0) this.#into(this.#cell(cell.version, cell.severity, cell.firstUnixMs), cell);
    // The cell used last may have been folded on the way.
    this.#last = this.cells[0]!;
    hot[this.row + rCell] = cellKey(this.#last.version, this.#last.severity);
    this.records += other.records;
    this.removedRecords += other.removedRecords;
    this.removedBytes += other.removedBytes;
  }

  #into(mine: Cell, theirs: Cell): void {
    mine.records += theirs.records;
    mine.bytes += theirs.bytes;
    mine.firstUnixMs = Math.min(mine.firstUnixMs, theirs.firstUnixMs);
    mine.lastUnixMs = Math.max(mine.lastUnixMs, theirs.lastUnixMs);
  }

  #cell(version: number, severity: number, nowUnixMs: number): Cell {
    const found = this.cells.find((cell) => cell.version === version && cell.severity === severity);
    if (found !== undefined) return found;
    if (version !== otherVersion && this.#isFullFor(version)) this.#foldRarestVersion();
    return this.#addCell(version, severity, nowUnixMs);
  }

  #addCell(version: number, severity: number, nowUnixMs: number): Cell {
    const cell = new Cell(version, severity, nowUnixMs);
    this.cells.push(cell);
    this.size += cellBytes;
    return cell;
  }

  #isFullFor(version: number): boolean {
    const named = new Set(this.cells.map((cell) => cell.version));
    named.delete(otherVersion);
    return named.size >= maxVersions && !named.has(version);
  }

  #foldRarestVersion(): void {
    const records = new Map<number, number>();
    for (const cell of this.cells) if (cell.version !== otherVersion) records.set(cell.version, (records.get(cell.version) ?? 0) + cell.records);
    const rarest = [...records].reduce((least, one) => (one[1] < least[1] ? one : least))[0];
    for (const cell of this.cells.filter((one) => one.version === rarest)) {
      this.cells.splice(this.cells.indexOf(cell), 1);
      this.size -= cellBytes;
      this.#into(this.#cell(otherVersion, cell.severity, cell.firstUnixMs), cell);
    }
  }
}
