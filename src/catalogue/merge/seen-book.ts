// What all agents saw, put together from their reports. Each report holds totals since the agent's start; the book adds differences, so
// that an agent that restarts adds to what it had seen, and one that is asked again does not count twice. No clock of its own.
import { maxEvents, maxFields, type EventReport, type EventSeen } from '../../model/index.ts';
import { baseFor, hidesMore, partOf, withoutTexts, type AgentPart } from './agent-part.ts';
import { applySeen, forgetTexts, takeBack, type EventChange } from './apply.ts';
import { eventKey, eventKeyHash, newEvent, type EventKey, type MergedEvent } from './merged-event.ts';
import { fromRow, toRow, type BookRow } from './row.ts';

export interface SeenBookOptions {
  readonly maxEvents?: number;
  readonly maxFields?: number;
  /** Of memory, by estimate; 384 MiB when left out. */
  readonly maxBytes?: number;
}

interface Page { readonly event: MergedEvent; readonly parts: Map<string, AgentPart>; size: number }
const defaultMaxBytes = 384 * 2 ** 20;
/** What an event takes, a field beside its sketch, and what is kept of each for every agent. */
const pageBytes = 2500, fieldBytes = 700, partBytes = 700, partFieldBytes = 160;
/** Events that an unseen one makes room for at once, so that making room is rare. */
const roomShare = 0.02;

export class SeenBook {
  readonly #maxEvents: number;
  readonly #maxFields: number;
  readonly #maxBytes: number;
  #bytes = 0;
  /** In the order of their last report: the first was silent longest. */
  readonly #pages = new Map<string, Page>();
  /** Names of the events that each service has. */
  readonly #services = new Map<string, { firstUnixMs: number; events: number }>();
  readonly #dirty = new Set<string>();
  readonly #gone: EventKey[] = [];
  /** Events that rules hide since. */
  #hidden: EventKey[] = [];
  /** What went for want of room: ids, and their records and bytes. */
  readonly #folded = { ids: 0, records: 0, bytes: 0 };
  /** The totals that went with each, so that one which comes back is not counted twice. At most twice as many as events: the oldest are forgotten, and count twice should they come back. */
  readonly #went = new Map<string, { records: number; bytes: number }>();
  /** Of each agent: its own folded ids. */
  readonly #agents = new Map<string, EventReport['folded']>();
  /** The last report of each agent that left nothing to tell: what comes after came after it. */
  readonly #toldAll = new Map<string, Pick<EventReport, 'startedUnixMs' | 'atUnixMs'>>();

  constructor(options: SeenBookOptions = {}) {
    this.#maxEvents = options.maxEvents ?? maxEvents;
    this.#maxFields = options.maxFields ?? maxFields;
    this.#maxBytes = options.maxBytes ?? defaultMaxBytes;
  }

  /** Takes in a report of an agent. `nowUnixMs`: the reader's clock. The answer is what it changed, event by event. */
  take(agent: string, report: EventReport, nowUnixMs: number): readonly EventChange[] {
    for (const key of report.left ?? []) this.#takeBack(agent, eventKey(key));
    if (report.forget !== undefined && report.forget.length > 0) this.#forgetHidden(agent, new Set(report.forget));
    this.#agents.set(agent, report.folded);
    const changes = report.events.map((seen) => this.#takeEvent(agent, report, seen, nowUnixMs));
    if (report.waiting === 0) this.#toldAll.set(agent, { startedUnixMs: report.startedUnixMs, atUnixMs: report.atUnixMs });
    return changes;
  }

  get(key: EventKey): MergedEvent | null { return this.#pages.get(eventKey(key))?.event ?? null; }
  events(): IterableIterator<MergedEvent> { return eventsOf(this.#pages.values()); }
  get size(): number { return this.#pages.size; }
  /** Bytes of memory, by estimate. */
  get bytes(): number { return this.#bytes; }
  /** When a service was first heard of; null when it never was. */
  serviceSince(service: string): number | null { return this.#services.get(service)?.firstUnixMs ?? null; }
  services(): string[] { return [...this.#services.keys()].sort(); }

  /** Ids that are not kept by name: the agents' own, and those that the book had no room for. */
  folded(): EventReport['folded'] {
    const sum = { ...this.#folded };
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
      if (page !== undefined) rows.push(toRow(page.event, page.parts));
    }
    return { rows, forgotten: this.#gone.splice(0) };
  }

  /** Puts a row of a store in; false when it is not in the form of a row, which is then left out. */
  load(row: unknown): boolean {
    const read = fromRow(row);
    if (read === null) return false;
    const page = { ...read, size: 0 };
    const key = eventKey(page.event);
    const old = this.#pages.get(key);
    if (old === undefined) this.#know(page.event, page.event.firstUnixMs);
    else this.#bytes -= old.size;
    this.#put(key, page);
    return true;
  }

  #takeEvent(agent: string, report: EventReport, seen: EventSeen, nowUnixMs: number): EventChange {
    const key = eventKey(seen);
    const known = this.#pages.get(key);
    const page = known ?? this.#open(key, seen, nowUnixMs);
    const { event, parts } = page;
    const isAnew = hidesMore(parts.get(agent), seen, report.startedUnixMs);
    if (isAnew) this.#forgetTexts(page);
    const base = baseFor(parts.get(agent), seen, report.startedUnixMs);
    const newFields = applySeen(event, seen, base, nowUnixMs, this.#maxFields);
    parts.set(agent, partOf(seen, report.startedUnixMs, report.atUnixMs));
    event.agents.add(agent);
    this.#dirty.add(key);
    this.#put(key, page);
    if (this.#bytes > this.#maxBytes) this.#makeRoom();
    return {
      event, isNew: known === undefined, isAnew, newFields: known === undefined ? [] : newFields,
      records: seen.records - base.records, bytes: seen.bytes - base.bytes, removedRecords: seen.removedRecords - base.removedRecords, removedBytes: seen.removedBytes - base.removedBytes,
      overMs: Math.max(0, report.atUnixMs - Math.max(base.atUnixMs > 0 ? base.atUnixMs : seen.firstUnixMs, this.#toldAllUnixMs(agent, report))),
    };
  }

  /** By the agent's clock; 0: not in this run of it. */
  #toldAllUnixMs(agent: string, { startedUnixMs }: EventReport): number {
    const told = this.#toldAll.get(agent);
    return told?.startedUnixMs === startedUnixMs ? told.atUnixMs : 0;
  }

  #open(key: string, seen: EventSeen, nowUnixMs: number): Page {
    if (this.#pages.size >= this.#maxEvents) this.#makeRoom();
    const page: Page = { event: newEvent(seen), parts: new Map(), size: 0 };
    this.#pages.set(key, page);
    this.#know(page.event, nowUnixMs);
    const went = this.#went.get(key);
    if (went !== undefined) {
      this.#went.delete(key);
      this.#folded.ids--;
      this.#folded.records -= went.records;
      this.#folded.bytes -= went.bytes;
    }
    return page;
  }

  /** Puts a page at the end: it was reported last. */
  #put(key: string, page: Page): void {
    this.#pages.delete(key);
    this.#pages.set(key, page);
    const size = sizeOf(page);
    this.#bytes += size - page.size;
    page.size = size;
  }

  #know({ service }: MergedEvent, atUnixMs: number): void {
    const known = this.#services.get(service);
    if (known === undefined) { this.#services.set(service, { firstUnixMs: atUnixMs, events: 1 }); return; }
    known.events++;
    known.firstUnixMs = Math.min(known.firstUnixMs, atUnixMs);
  }

  /** Of those that were silent longest the rarest go, a fiftieth of all. */
  #makeRoom(): void {
    const room = Math.max(1, Math.floor(this.#pages.size * roomShare));
    const silent: [string, Page][] = [];
    for (const entry of this.#pages) {
      if (entry[1].event.source !== 'folded') silent.push(entry);
      if (silent.length === room * 4) break;
    }
    for (const [key, page] of silent.sort((a, b) => a[1].event.records - b[1].event.records).slice(0, room)) this.#forget(key, page);
  }

  #forget(key: string, { event, size }: Page): void {
    const { records, bytes } = event;
    this.#bytes -= size;
    this.#pages.delete(key);
    this.#dirty.delete(key);
    this.#gone.push({ signal: event.signal, service: event.service, durableId: event.durableId });
    this.#went.set(key, { records, bytes });
    if (this.#went.size > this.#maxEvents * 2) this.#went.delete(this.#went.keys().next().value!);
    this.#folded.ids++;
    this.#folded.records += records;
    this.#folded.bytes += bytes;
    const service = this.#services.get(event.service)!;
    if (--service.events === 0) this.#services.delete(event.service);
  }

  /** Events whose names an agent's rules hide now: what it told of them comes back under other names, and the rest is counted without a name. */
  #forgetHidden(agent: string, hashes: ReadonlySet<string>): void {
    for (const [key, page] of this.#pages) {
      if (!hashes.has(eventKeyHash(page.event))) continue;
      this.#takeBack(agent, key);
      this.#hidden.push({ signal: page.event.signal, service: page.event.service, durableId: page.event.durableId });
      this.#forget(key, page);
    }
  }

  #forgetTexts({ event, parts }: Page): void {
    forgetTexts(event);
    for (const [agent, part] of parts) parts.set(agent, withoutTexts(part));
  }

  #takeBack(agent: string, key: string): void {
    const page = this.#pages.get(key);
    const part = page?.parts.get(agent);
    if (page === undefined || part === undefined) return;
    takeBack(page.event, part);
    page.parts.delete(agent);
    this.#dirty.add(key);
  }
}

function sizeOf({ event, parts }: Page): number {
  let sketches = 0;
  for (const { sketch } of event.fields.values()) sketches += sketch.size;
  return pageBytes + event.fields.size * fieldBytes + sketches + parts.size * (partBytes + event.fields.size * partFieldBytes);
}

function* eventsOf(pages: Iterable<Page>): IterableIterator<MergedEvent> { for (const { event } of pages) yield event; }
