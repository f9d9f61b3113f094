// The events that a catalogue holds, and who stays when there are more than can stay: the bounds on events and on bytes. What has no place is
// counted with the rest, in `folded`.
import { Folded } from './folded.ts';
import { EventTable, type Key } from './event-table.ts';
import { HotRows } from './hot-rows.ts';
import type { LookBudget } from './look-budget.ts';
import { ObservedEvent, type EventIdentity } from './observed-event.ts';
import { Population } from './population.ts';
import { ToldNames } from './told-names.ts';
import { WaitingLine } from './waiting-line.ts';

/** Ids that are told alike and found at once. */
const mostAliases = 64;
/** Events that may go for one that needs room. */
const mostForced = 64;

export interface KeeperOptions {
  readonly maxEvents: number;
  readonly maxBytes: number;
  readonly looks: LookBudget;
  /** Takes in what was counted and the events have not heard of. */
  readonly takeIn: () => void;
}

export class EventKeeper {
  readonly #options: KeeperOptions;
  readonly rows = new HotRows();
  readonly folded = new Folded(this.rows);
  readonly line = new WaitingLine(this.rows);
  readonly #table = new EventTable();
  /** Offset of each event's hot row, by its number in the table. */
  #rowOf = new Int32Array(64);
  readonly #told = new ToldNames();
  readonly #population = new Population();
  /** Bytes of memory of all events, by estimate; those of their fields among them. */
  #bytes = 0;
  #fieldBytes = 0;
  /** Fields of all events; events that are templates. */
  fields = 0;
  templates = 0;

  constructor(options: KeeperOptions) { this.#options = options; }

  get all(): readonly ObservedEvent[] { return this.#population.all; }
  get bytes(): number { return this.#bytes; }

  /** The number of an event, -1 when there is none. */
  find(nameHash: number, serviceHash: number): number { return this.#table.find(nameHash, serviceHash); }
  event(number: number): ObservedEvent { return this.#table.event(number); }
  rowOf(number: number): number { return this.#rowOf[number]!; }

  /** Whether one more may come in, after `records` of the catalogue so far: there is room, or a rare one left. */
  makeRoom(records: number, nowUnixMs: number): boolean {
    const { maxEvents, maxBytes } = this.#options;
    if (this.#bytes >= maxBytes) this.#makeBytes();
    return (this.#population.size < maxEvents && this.#bytes < maxBytes) || this.#makePlace(records, nowUnixMs);
  }

  /** The event that is told as this identity, which goes by this key from now on. */
  alike(identity: EventIdentity, key: Key): ObservedEvent | null {
    const event = this.#told.find(identity);
    if (event !== null) this.#goBy(event, key);
    return event;
  }

  add(identity: EventIdentity, { nameHash, serviceHash }: Key, cell: number, nowUnixMs: number): ObservedEvent {
    const row = this.rows.take();
    const event = new ObservedEvent(identity, nameHash, serviceHash, row, this.rows.values, cell, nowUnixMs);
    event.number = this.#table.add(event);
    this.#setRow(event.number, row);
    this.#told.add(event);
    this.#population.add(event);
    this.#bytes += event.size;
    if (identity.source === 'template') this.templates++;
    return event;
  }

  /** Fields of the event were seen: it took so many bytes before, and had so many. */
  grew(event: ObservedEvent, bytes: number, fields: number): void {
    this.#bytes += event.size - bytes;
    this.#fieldBytes += event.size - bytes;
    this.fields += fieldsOf(event) - fields;
    if (this.#bytes > this.#options.maxBytes) this.#makeBytes();
  }

  /** Changes how an event is told; another may be told so already, and goes on as both. */
  rename(event: ObservedEvent, change: () => void): void {
    this.#told.remove(event);
    change();
    const alike = this.#told.find(event.identity);
    if (alike === null) this.#told.add(event);
    else this.#join(event, alike);
  }

  /** Its fields go. */
  strip(event: ObservedEvent): void {
    this.#bytes -= event.fieldBytes;
    this.#fieldBytes -= event.fieldBytes;
    this.fields -= fieldsOf(event);
    event.strip();
  }

  /** The event goes by one key more; beyond the bound the oldest is forgotten, and met again should it come. */
  #goBy(event: ObservedEvent, key: Key): void {
    this.#table.alias(event, key);
    if (event.aliases.push(key) <= mostAliases) return;
    this.#options.takeIn();
    this.#table.vacate(event.aliases.shift()!);
  }

  /** Two events are told alike from now on: the one goes on as the other. What was seen of its fields goes. */
  #join(event: ObservedEvent, into: ObservedEvent): void {
    this.#end(event, into);
    into.isReported ||= event.isReported;
    for (const key of [{ nameHash: event.nameHash, serviceHash: event.serviceHash }, ...event.aliases]) this.#goBy(into, key);
  }

  #setRow(number: number, row: number): void {
    if (number >= this.#rowOf.length) {
      const bigger = new Int32Array(this.#rowOf.length * 2);
      bigger.set(this.#rowOf);
      this.#rowOf = bigger;
    }
    this.#rowOf[number] = row;
  }

  /** Whether a rare event left. That costs, so newcomers beyond the bound come in no faster than looks are earned. */
  #makePlace(records: number, nowUnixMs: number): boolean {
    const { looks, takeIn, maxBytes } = this.#options;
    if (looks.isEmpty) looks.earn(records, nowUnixMs);
    if (looks.isEmpty) return false;
    looks.spend(1);
    takeIn();
    const rare = this.#population.rarest(false, this.rows.values);
    if (rare === null) return false;
    this.#fold(rare);
    return this.#bytes < maxBytes;
  }

  /** Too much is held: the rarest lose their fields first, and only when there is little left of these, their name. */
  #makeBytes(): void {
    this.#options.takeIn();
    for (let i = 0; i < mostForced && this.#bytes > this.#options.maxBytes; i++) {
      const rare = this.#population.rarest(true, this.rows.values);
      if (rare === null) return;
      if (rare.fields !== null) this.strip(rare);
      else if (this.#fieldBytes * 10 < this.#bytes) this.#fold(rare);
    }
  }

  #fold(event: ObservedEvent): void {
    const { identity } = event;
    this.#told.remove(event);
    this.#end(event, this.folded.of(identity.signal, event.nameHash, event.serviceHash, event.cells[0]!.firstUnixMs));
    if (event.isReported) this.line.left(event);
  }

  /** The event ends, and what it counted goes to another. */
  #end(event: ObservedEvent, into: ObservedEvent): void {
    this.#options.takeIn();
    const hot = this.rows.values;
    event.settle(hot);
    into.settle(hot);
    const before = into.size;
    into.absorb(event, hot);
    if (into.identity.source !== 'folded') this.#bytes += into.size - before;
    this.line.wait(into);
    this.strip(event);
    event.isFolded = true;
    this.line.folded(event);
    this.#table.remove(event);
    this.#population.remove(event);
    this.rows.release(event.row);
    this.#bytes -= event.size;
    if (event.identity.source === 'template') this.templates--;
  }
}

export const fieldsOf = (event: ObservedEvent): number => event.fields?.all.length ?? 0;
