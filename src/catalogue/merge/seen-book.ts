// What all agents saw, put together from their reports. Each report holds totals since the agent's start; the book adds differences, so
// that an agent that restarts adds to what it had seen, and one that is asked again does not count twice. No clock of its own.
// When bytes run out, the rarest lose their fields, which are counted as folded; names and counts stay for as many events as are allowed. Beyond these
// an id is counted without a name, until it counts twice as much as the least that has one.
import { maxEvents, maxFields, type EventReport, type EventSeen } from '../../model/index.ts';
import { baseFor, hidesMore, nothing, partOf, withoutTexts, type AgentPart } from './agent-part.ts';
import { applySeen, forgetTexts, takeBack, type EventChange } from './apply.ts';
import { foldFields, forgetFields, leanPart, leanSeen } from './lean.ts';
import { eventKey, eventKeyHash, newEvent, type EventKey, type MergedEvent } from './merged-event.ts';
import { NamelessBook } from './nameless.ts';
import { Round } from './round.ts';
import { fromRow, toRow, type BookRow } from './row.ts';

export interface SeenBookOptions {
  readonly maxEvents?: number;
  readonly maxFields?: number;
  /** Of memory, by estimate; 384 MiB when left out. */
  readonly maxBytes?: number;
}

interface Page {
  readonly event: MergedEvent;
  readonly parts: Map<string, AgentPart>;
  /** Bytes of memory, by estimate. */
  size: number;
  /** It has no fields, for want of room. */
  isLean: boolean;
}
const defaultMaxBytes = 384 * 2 ** 20;
/** What an event takes beside its texts and versions, a field beside its texts and sketch, and what is kept of each for every agent: a little more than
 *  the heap grows by (100,000 events of no field: 195 MiB, of ten fields: 11 MiB more for each 1,400 that keep them). */
const pageBytes = 1400, versionBytes = 150, fieldBytes = 620, partBytes = 550, partFieldBytes = 160;
/** What comes in must count so many times as much as what goes for it, so that equals do not take turns. */
const advantage = 2;
/** Fields come back without another's going while less than this is taken. */
const roomyShare = 0.9;

export class SeenBook {
  readonly #maxEvents: number;
  readonly #maxFields: number;
  readonly #maxBytes: number;
  #bytes = 0;
  readonly #pages = new Map<string, Page>();
  /** Names of the events that each service has. */
  readonly #services = new Map<string, { firstUnixMs: number; events: number }>();
  readonly #dirty = new Set<string>();
  readonly #gone: EventKey[] = [];
  /** Events that rules hide since. */
  #hidden: EventKey[] = [];
  readonly #nameless: NamelessBook;
  /** Those that may go, and those of them that have fields. */
  readonly #named = new Round<Page>();
  readonly #withFields = new Round<Page>();
  /** Of each agent: its own folded ids. */
  readonly #agents = new Map<string, EventReport['folded']>();
  /** The last report of each agent that left nothing to tell: what comes after came after it. */
  readonly #toldAll = new Map<string, Pick<EventReport, 'startedUnixMs' | 'atUnixMs'>>();

  constructor(options: SeenBookOptions = {}) {
    this.#maxEvents = options.maxEvents ?? maxEvents;
    this.#maxFields = options.maxFields ?? maxFields;
    this.#maxBytes = options.maxBytes ?? defaultMaxBytes;
    this.#nameless = new NamelessBook(this.#maxEvents * 2);
  }

  /** Takes in a report of an agent. `nowUnixMs`: the reader's clock. The answer is what it changed, event by event, of those that have a name here. */
  take(agent: string, report: EventReport, nowUnixMs: number): readonly EventChange[] {
    for (const key of report.left ?? []) { this.#takeBack(agent, eventKey(key), report.startedUnixMs); this.#nameless.takeBack(eventKeyHash(key), agent, report.startedUnixMs); }
    if (report.forget !== undefined && report.forget.length > 0) this.#forgetHidden(agent, new Set(report.forget), report.startedUnixMs);
    this.#agents.set(agent, report.folded);
    const changes = report.events.flatMap((seen) => this.#takeEvent(agent, report, seen, nowUnixMs) ?? []);
    this.#makeBytes();
    if (report.waiting === 0) this.#toldAll.set(agent, { startedUnixMs: report.startedUnixMs, atUnixMs: report.atUnixMs });
    return changes;
  }

  get(key: EventKey): MergedEvent | null { return this.#pages.get(eventKey(key))?.event ?? null; }
  events(): IterableIterator<MergedEvent> { return eventsOf(this.#pages.values()); }
  get size(): number { return this.#pages.size; }
  /** Bytes of memory, by estimate. */
  get bytes(): number { return this.#bytes + this.#nameless.memory; }
  /** When a service was first heard of; null when it never was. */
  serviceSince(service: string): number | null { return this.#services.get(service)?.firstUnixMs ?? null; }
  services(): string[] { return [...this.#services.keys()].sort(); }

  /** Ids that are not kept by name: the agents' own, and those that the book had no room for. */
  folded(): EventReport['folded'] {
    const sum = { ...this.#nameless.sum };
    for (const { ids, records, bytes } of this.#agents.values()) { sum.ids += ids; sum.records += records; sum.bytes += bytes; }
    return sum;
  }

  /** The agent is gone for good: what it saw stays, only its totals to stand on go. */
  forgetAgent(agent: string): void {
    this.#agents.delete(agent);
    this.#toldAll.delete(agent);
    for (const [key, { parts }] of this.#pages) if (parts.delete(agent)) this.#dirty.add(key);
  }

  /** Events that agents' rules hide since this was last asked: what was told of them has to be forgotten everywhere. */
  takeHidden(): EventKey[] { return this.#hidden.splice(0); }

  /** Rows that changed since they were last taken, and events that were forgotten. For a store. */
  takeChanges(most: number): { readonly rows: readonly BookRow[]; readonly forgotten: readonly EventKey[] } {
    const rows: BookRow[] = [];
    for (const key of this.#dirty) {
      if (rows.length >= most) break;
      this.#dirty.delete(key);
      const page = this.#pages.get(key);
      if (page !== undefined) rows.push(toRow(page.event, page.parts, page.isLean));
    }
    return { rows, forgotten: this.#gone.splice(0) };
  }

  /** Puts a row of a store in; false when it is not in the form of a row, which is then left out. */
  load(row: unknown): boolean {
    const read = fromRow(row);
    if (read === null) return false;
    const key = eventKey(read.event);
    const old = this.#pages.get(key);
    if (old !== undefined) this.#remove(key, old);
    if (!this.#hasRoomFor(read.event, read.event.records)) {
      this.#gone.push({ signal: read.event.signal, service: read.event.service, durableId: read.event.durableId });
      this.#nameless.put(eventKeyHash(read.event), read.event.records, read.event.bytes, read.parts);
      return true;
    }
    const page: Page = { ...read, size: 0 };
    this.#add(key, page, page.event.firstUnixMs);
    this.#measure(page);
    this.#makeBytes();
    return true;
  }

  #takeEvent(agent: string, report: EventReport, told: EventSeen, nowUnixMs: number): EventChange | null {
    const key = eventKey(told);
    const known = this.#pages.get(key);
    const hash = known === undefined ? eventKeyHash(told) : '';
    const went = known === undefined ? this.#nameless.get(hash) : null;
    const page = known ?? this.#open(key, hash, told, nowUnixMs);
    if (page === null) {
      this.#nameless.count(hash, agent, told, report.startedUnixMs, report.atUnixMs);
      return null;
    }
    if (page.isLean && this.#mayHaveFields(page, told)) this.#giveFields(page);
    const seen = page.isLean ? leanSeen(told) : told;
    const { event, parts } = page;
    const isAnew = hidesMore(parts.get(agent), seen, report.startedUnixMs);
    if (isAnew) this.#forgetTexts(page);
    const base = baseFor(parts.get(agent), seen, report.startedUnixMs);
    const newFields = applySeen(event, seen, base, nowUnixMs, this.#maxFields);
    parts.set(agent, partOf(seen, report.startedUnixMs, report.atUnixMs));
    event.agents.add(agent);
    this.#dirty.add(key);
    this.#measure(page);
    this.#makeBytes();
    return {
      event, isNew: known === undefined && went?.wasHeld !== true, isAnew, newFields: known === undefined ? [] : newFields,
      records: seen.records - base.records, bytes: seen.bytes - base.bytes, removedRecords: seen.removedRecords - base.removedRecords, removedBytes: seen.removedBytes - base.removedBytes,
      overMs: Math.max(0, report.atUnixMs - Math.max(base.atUnixMs > 0 ? base.atUnixMs : seen.firstUnixMs, this.#toldAllUnixMs(agent, report))),
    };
  }

  /** By the agent's clock; 0: not in this run of it. */
  #toldAllUnixMs(agent: string, { startedUnixMs }: EventReport): number {
    const told = this.#toldAll.get(agent);
    return told?.startedUnixMs === startedUnixMs ? told.atUnixMs : 0;
  }

  /** An event that has no name here gets one, with what was counted of it; null when there is no room for it. */
  #open(key: string, hash: string, seen: EventSeen, nowUnixMs: number): Page | null {
    if (!this.#hasRoomFor(seen, Math.max(seen.records, this.#nameless.get(hash)?.records ?? 0))) return null;
    const page: Page = { event: newEvent(seen), parts: new Map(), size: 0, isLean: this.bytes + pageBytes > this.#maxBytes * roomyShare };
    const went = this.#nameless.take(hash);
    if (went !== null) {
      page.event.records = went.records;
      page.event.bytes = went.bytes;
      for (const [agent, told] of went.parts) page.parts.set(agent, { ...nothing, ...told });
    }
    this.#add(key, page, nowUnixMs);
    return page;
  }

  /** Whether one more may come in: there is room, or one that counts much less goes for it. */
  #hasRoomFor({ source }: Pick<EventSeen, 'source'>, records: number): boolean {
    if (this.#pages.size < this.#maxEvents) return true;
    const least = this.#named.least(recordsOf);
    if (least === null || (source !== 'folded' && records <= advantage * least.event.records)) return source === 'folded';
    this.#forget(eventKey(least.event), least);
    return true;
  }

  #mayHaveFields({ event }: Page, seen: EventSeen): boolean {
    if (seen.fields.length === 0) return false;
    if (this.bytes < this.#maxBytes * roomyShare) return true;
    const least = this.#withFields.least(recordsOf);
    return least !== null && Math.max(event.records, seen.records) > advantage * least.event.records;
  }

  /** What agents tell of its fields counts from here on, as if it were for the first time. */
  #giveFields(page: Page): void {
    page.isLean = false;
    forgetFields(page.event);
    for (const [agent, part] of page.parts) page.parts.set(agent, { ...part, looked: 0, lookedBytes: 0, fields: {}, foldedFields: { seen: 0, bytes: 0 } });
  }

  #takeFields(page: Page): void {
    page.isLean = true;
    foldFields(page.event);
    for (const [agent, part] of page.parts) page.parts.set(agent, leanPart(part));
    this.#dirty.add(eventKey(page.event));
    this.#measure(page);
  }

  #add(key: string, page: Page, nowUnixMs: number): void {
    this.#pages.set(key, page);
    if (page.event.source !== 'folded') this.#named.add(page);
    this.#know(page.event, nowUnixMs);
  }

  #remove(key: string, page: Page): void {
    this.#bytes -= page.size;
    this.#pages.delete(key);
    this.#named.remove(page);
    this.#withFields.remove(page);
    const service = this.#services.get(page.event.service)!;
    if (--service.events === 0) this.#services.delete(page.event.service);
  }

  /** When there is too much, the rarest lose their fields, and only when none has any, a name. */
  #makeBytes(): void {
    while (this.bytes > this.#maxBytes) {
      const least = this.#withFields.least(recordsOf);
      if (least !== null) { this.#takeFields(least); continue; }
      const last = this.#named.size > 1 ? this.#named.least(recordsOf) : null;
      if (last === null) return;
      this.#forget(eventKey(last.event), last);
    }
  }

  #measure(page: Page): void {
    const size = sizeOf(page);
    this.#bytes += size - page.size;
    page.size = size;
    if (page.event.fields.size > 0) this.#withFields.add(page);
    else this.#withFields.remove(page);
  }

  #know({ service }: MergedEvent, atUnixMs: number): void {
    const known = this.#services.get(service);
    if (known === undefined) { this.#services.set(service, { firstUnixMs: atUnixMs, events: 1 }); return; }
    known.events++;
    known.firstUnixMs = Math.min(known.firstUnixMs, atUnixMs);
  }

  #forget(key: string, page: Page): void {
    const { event, parts } = page;
    this.#remove(key, page);
    this.#dirty.delete(key);
    this.#gone.push({ signal: event.signal, service: event.service, durableId: event.durableId });
    this.#nameless.put(eventKeyHash(event), event.records, event.bytes, parts);
  }

  /** Events whose names an agent's rules hide now: what it told of them comes back under other names, and the rest is counted without a name. */
  #forgetHidden(agent: string, hashes: ReadonlySet<string>, startedUnixMs: number): void {
    for (const [key, page] of this.#pages) {
      if (!hashes.has(eventKeyHash(page.event))) continue;
      this.#takeBack(agent, key, startedUnixMs);
      this.#hidden.push({ signal: page.event.signal, service: page.event.service, durableId: page.event.durableId });
      this.#forget(key, page);
    }
  }

  #forgetTexts({ event, parts }: Page): void {
    forgetTexts(event);
    for (const [agent, part] of parts) parts.set(agent, withoutTexts(part));
  }

  /** What it had told in an earlier life stays: it does not tell that again. */
  #takeBack(agent: string, key: string, startedUnixMs: number): void {
    const page = this.#pages.get(key);
    const part = page?.parts.get(agent);
    if (page === undefined || part?.startedUnixMs !== startedUnixMs) return;
    takeBack(page.event, part);
    page.parts.delete(agent);
    this.#dirty.add(key);
  }
}

const recordsOf = ({ event }: Page): number => event.records;

function sizeOf({ event, parts }: Page): number {
  let inside = event.durableId.length + event.service.length + (event.template?.length ?? 0) + (event.scope?.length ?? 0) + (event.sourceLine?.length ?? 0);
  for (const id of event.formerIds) inside += id.length;
  for (const version of event.versions.keys()) inside += versionBytes + version.length;
  for (const { sketch, key, examples } of event.fields.values()) inside += sketch.size + 2 * key.length + examples.reduce((sum, { length }) => sum + length, 0);
  return pageBytes + inside + event.fields.size * fieldBytes + parts.size * (partBytes + event.fields.size * partFieldBytes);
}

function* eventsOf(pages: Iterable<Page>): IterableIterator<MergedEvent> { for (const { event } of pages) yield event; }
