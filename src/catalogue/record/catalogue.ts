// The catalogue that an agent keeps: every event exactly counted, its fields looked at in a sample, all of it bounded. No clock: the time
// comes with each record. Start at `count`, which every record goes through, and `look`, which few do.
import { cutText, decodeUtf8 } from '../../base/index.ts';
import { maxEvents, maxFields, type EventReport, type EventSeen, type EventSource, type Signal, type Talker } from '../../model/index.ts';
import { codeLocation, columnId, durableId, metricUnitRange, severityNumberAt, severityNumberOf, templateNumber, type RecordCursor } from '../../otlp/index.ts';
import { createScanner, type Scanner } from '../../redaction/index.ts';
import { EventTable, type Key } from './event-table.ts';
import type { SeenField } from './field-table.ts';
import { Folded } from './folded.ts';
import { cellKey, HotRows, rBytes, rCell, rIsWaiting, rLastUnixMs, rLookUnixMs, rRecords, rUntilLook } from './hot-rows.ts';
import { Looker } from './looker.ts';
import { LookBudget } from './look-budget.ts';
import { ObservedEvent, type EventIdentity } from './observed-event.ts';
import { firstOfResource } from './first-of-resource.ts';
import { Population } from './population.ts';
import { hidesTold } from './hides-told.ts';
import { toSeen } from './report.ts';
import { examplesOf } from '../mask/index.ts';
import { eventKeyHash } from '../merge/index.ts';
import { ToldNames } from './told-names.ts';
import { Tally, tBytes, tId, tIndex, tRecords, tSeverity } from './tally.ts';
import { noVersion, Versions } from './versions.ts';

/** What the miner knows of a template, by the number that `RequestView.templates` gives it. */
export interface TemplateTexts { describe(ordinal: number): { readonly id: string; readonly template: string; readonly aliases: readonly string[] } }

export interface CatalogueOptions {
  /** When the agent began: totals count from here. */
  readonly startedUnixMs: number;
  /** Texts of mined templates; without, their events have an id only. */
  readonly templates?: TemplateTexts;
  /** Detectors that judge examples and keys; all of ours when left out. */
  readonly scanner?: Scanner;
  /** Makes a name fit to be told: names come from data. Asked when a name is first seen, and by `cleanAgain`. */
  readonly clean?: (text: string, service: string, source: EventSource | 'service', signal: Signal) => string;
  /** Whether a value of a field is hidden by the rules that are deployed. */
  readonly hides?: (value: string, field: Pick<SeenField, 'place' | 'key'>, service: string, signal: Signal) => boolean;
  readonly maxEvents?: number;
  readonly maxFields?: number;
  /** Of memory, by honest estimate. */
  readonly maxBytes?: number;
}

const defaultMaxBytes = 96 * 2 ** 20;
const longestName = 1024;
/** A report holds about so much, so that none holds up the link. */
const reportBytes = 2 * 2 ** 20;
/** Distinguishes the three signals in a key. */
const salt: Readonly<Record<Signal, number>> = { logs: 0, spans: 0x3c6ef372, metrics: 0x1b873593 };
const versionKey = Uint8Array.from('service.version', (char) => char.charCodeAt(0));
/** Looks of an event after which its source line, scope and unit are read again: one more than this, which is one less than a power of two. */
const describeEvery = 63;
/** Looks after which an event's records are counted together. */
const settledLooks = 64;
/** Hidden names that a server which comes back is told of again. */
const mostHidden = 10_000;
/** Ids that are told alike and found at once. */
const mostAliases = 64;
/** Events that may go for one that needs room. */
const mostForced = 64;

export class Catalogue {
  readonly #options: CatalogueOptions;
  readonly #maxEvents: number;
  readonly #maxBytes: number;
  readonly #table = new EventTable();
  /** Offset of each event's hot row, by its number in the table. */
  #rowOf = new Int32Array(1024);
  readonly #told = new ToldNames();
  readonly #population = new Population();
  readonly #versions = new Versions((text) => this.#clean(text, '', 'service', 'logs'));
  /** Deployments of rules so far, and hashes of names that they hid. */
  #generation = 0;
  readonly #hidden = new Set<string>();
  #toForget: string[] = [];
  readonly #rows = new HotRows();
  readonly #folded = new Folded(this.#rows);
  readonly #looks = new LookBudget();
  readonly #looker: Looker;
  #scanner: Scanner | null;
  #records = 0;
  /** Bytes of memory of all events, by estimate; those of their fields among them. */
  #held = 0;
  #fieldsHeld = 0;
  /** Events in the line that are folded: nothing is told of them. */
  #waitingFolded = 0;
  /** The resource in hand: the cursor and its resets, and the records that it surrounds; and the number of its version. */
  #cursor: RecordCursor | null = null;
  #resets = -1;
  #from = 0;
  #to = 0;
  #version = noVersion;
  /** The event that the last `observe` was the first to show. */
  #met: ObservedEvent | null = null;
  readonly #tally = new Tally();
  #waiting: ObservedEvent[] = [];
  #left: NonNullable<EventReport['left']> = [];

  constructor(options: CatalogueOptions) {
    this.#options = options;
    this.#maxEvents = Math.max(1, options.maxEvents ?? maxEvents);
    this.#maxBytes = options.maxBytes ?? defaultMaxBytes;
    this.#scanner = options.scanner ?? null;
    this.#looker = new Looker(options.maxFields ?? maxFields, this.#cleanKey);
  }

  readonly #scan = (): Scanner => {
    if (this.#scanner !== null) return this.#scanner;
    const made = createScanner(['*']);
    if (!made.ok) throw new Error(made.error.message);
    return (this.#scanner = made.value);
  };

  readonly #cleanKey = (key: string, { identity }: ObservedEvent): string => {
    const told = this.#clean(key, identity.service, 'service', identity.signal);
    return this.#scan().redactText(told, 'mask')?.text ?? told;
  };

  readonly #isHidden = (event: ObservedEvent, field: SeenField, value: string): boolean =>
    this.#clean(value, event.identity.service, 'service', event.identity.signal) !== value || this.#options.hides?.(value, field, event.identity.service, event.identity.signal) === true;

  /** Counts the record at the cursor and looks at it when that is due. See `count`. */
  observe(cursor: RecordCursor, idHash: number, serviceHash: number, nowUnixMs: number): void {
    this.#met = null;
    const due = this.count(cursor, idHash, serviceHash, nowUnixMs);
    if (due !== null) this.look(due, cursor);
  }

  /** The same for all records of the cursor's view: `hashes` by record, `services` by resource. Of an event that is known well, one record of a
   *  request is looked at, if any is due, and its like are counted together. */
  observeAll(cursor: RecordCursor, hashes: Int32Array, services: Int32Array, nowUnixMs: number): void {
    const { view } = cursor;
    const tally = this.#tally;
    const isLogs = view.signal === 'logs';
    let to = 0;
    let service = 0;
    for (let i = 0; i < view.recordCount; i++) {
      if (i >= to) {
        this.#settleTally(cursor, service, nowUnixMs);
        cursor.moveTo(i);
        this.#enter(cursor);
        to = this.#to;
        service = services[view.resourceOf(i)]!;
      }
      const hash = hashes[i]!;
      const severity = isLogs ? knownSeverity(severityNumberAt(view, i)) : 0;
      if (tally.add(hash, severity, view.recordEnd(i) - view.recordStart(i), i)) continue;
      cursor.moveTo(i);
      this.observe(cursor, hash, service, nowUnixMs);
      if (this.#isSettled(hash, service, view.signal)) tally.take(hash, severity);
    }
    this.#settleTally(cursor, service, nowUnixMs);
  }

  /** Whether so much was seen of an event that not each of its records need be looked at. */
  #isSettled(idHash: number, serviceHash: number, signal: Signal): boolean {
    const number = this.#table.find(idHash | 0, (serviceHash ^ salt[signal]) | 0);
    return number >= 0 && this.#table.event(number).looked >= settledLooks;
  }

  #settleTally(cursor: RecordCursor, serviceHash: number, nowUnixMs: number): void {
    const tally = this.#tally;
    for (let i = 0; i < tally.used; i++) {
      const at = tally.touched[i]!;
      this.#addPlace(cursor, tally.values, at, serviceHash, nowUnixMs);
      tally.empty(at);
    }
    tally.used = 0;
  }

  #addPlace(cursor: RecordCursor, values: Int32Array, at: number, serviceHash: number, nowUnixMs: number): void {
    const index = values[at + tIndex]!;
    // What has its place by id alone may be new for this service.
    const number = this.#table.find(values[at + tId]!, (serviceHash ^ salt[cursor.view.signal]) | 0);
    if (number < 0) cursor.moveTo(index);
    const due = this.#add(cursor, number, values[at + tId]!, serviceHash, values[at + tSeverity]!, values[at + tRecords]!, values[at + tBytes]!, nowUnixMs);
    if (due === null) return;
    cursor.moveTo(index);
    this.look(due, cursor);
  }

  /** The record of the last `observe` held what `hide` takes out of texts: the name of an event that it was the first to show is told without. */
  hideMet(hide: (text: string) => string): void {
    const event = this.#met;
    if (event === null) return;
    const { identity } = event;
    this.#told.remove(event);
    identity.durableId = hide(identity.durableId);
    if (identity.template !== undefined) identity.template = hide(identity.template);
    if (event.sourceLine !== null) event.sourceLine = hide(event.sourceLine);
    this.#index(event);
  }

  /** Counts the record at the cursor. `idHash`: its durableIdHash; 0: it has none. `serviceHash`: hashBytes of its service's name. The answer is not null when its fields should be looked at: with `look`,
   *  on the record as redaction left it, now or later. */
  count(cursor: RecordCursor, idHash: number, serviceHash: number, nowUnixMs: number): ObservedEvent | null {
    const { view, index } = cursor;
    const { signal } = view;
    if (index >= this.#to || index < this.#from || cursor.resets !== this.#resets || cursor !== this.#cursor) this.#enter(cursor);
    const severity = signal === 'logs' ? knownSeverity(severityNumberOf(cursor)) : 0;
    return this.#add(cursor, this.#table.find(idHash | 0, (serviceHash ^ salt[signal]) | 0), idHash, serviceHash, severity, 1, view.recordEnd(index) - view.recordStart(index), nowUnixMs);
  }

  /** Counts records of the resource in hand, of the event with this number; -1: of none yet, then the cursor is at one of them. */
  #add(cursor: RecordCursor, number: number, idHash: number, serviceHash: number, severity: number, records: number, bytes: number, nowUnixMs: number): ObservedEvent | null {
    const cell = cellKey(this.#version, severity);
    const event = number < 0 ? this.#meet(cursor, idHash | 0, (serviceHash ^ salt[cursor.view.signal]) | 0, cell, nowUnixMs) : null;
    const row = event === null ? this.#rowOf[number]! : event.row;
    const hot = this.#rows.values;
    if (hot[row + rCell] !== cell) (event ?? this.#table.event(number)).turn(hot, cell, nowUnixMs);
    hot[row + rRecords]! += records;
    hot[row + rBytes]! += bytes;
    hot[row + rLastUnixMs] = nowUnixMs;
    this.#records += records;
    if (hot[row + rIsWaiting] === 0) this.#wait(event ?? this.#table.event(number));
    const left = (hot[row + rUntilLook]! -= records);
    this.#looks.untilRandom -= records;
    if (this.#looks.untilRandom > 0 && left > 0 && nowUnixMs < hot[row + rLookUnixMs]!) return null;
    return this.#ifDue(event ?? this.#table.event(number), nowUnixMs);
  }

  #ifDue(event: ObservedEvent, nowUnixMs: number): ObservedEvent | null {
    if (event.identity.source === 'folded') return null;
    event.settle(this.#rows.values);
    return this.#looks.due(this.#rows.values, event.row, event.records, this.#records, nowUnixMs) ? event : null;
  }

  /** Looks at the fields of the record at the cursor, which `count` asked for. */
  look(event: ObservedEvent, cursor: RecordCursor): void {
    if (event.isFolded) return;
    const before = event.size;
    if (cursor.index >= this.#to || cursor.index < this.#from || cursor.resets !== this.#resets || cursor !== this.#cursor) this.#enter(cursor);
    this.#looks.spend(this.#looker.look(cursor, event, this.#to - this.#from));
    if ((event.looked & describeEvery) === 1) this.#describe(event, cursor);
    this.#held += event.size - before;
    this.#fieldsHeld += event.size - before;
    if (this.#held > this.#maxBytes) this.#makeBytes();
  }

  /** What rules took of an event before any exporter: dropped, sampled, deduped, made a metric of, or kept in a recorder only. */
  removed(signal: Signal, idHash: number, serviceHash: number, records: number, bytes: number, nowUnixMs: number): void {
    const number = this.#table.find(idHash | 0, (serviceHash ^ salt[signal]) | 0);
    const event = number < 0 ? this.#folded.event(signal, nowUnixMs) : this.#table.event(number);
    event.removedRecords += records;
    event.removedBytes += bytes;
    this.#wait(event);
  }

  /** Events that changed since they were last reported, those that waited longest first; at most `most`, and about 2 MB. */
  takeReport(nowUnixMs: number, most: number): EventReport {
    const events: EventSeen[] = [];
    let taken = 0;
    let bytes = 0;
    for (; taken < this.#waiting.length && events.length < most && bytes < reportBytes; taken++) {
      const event = this.#waiting[taken]!;
      if (event.isFolded) { this.#waitingFolded--; continue; }
      this.#rows.values[event.row + rIsWaiting] = 0;
      event.isReported = true;
      bytes += event.size;
      events.push(this.#seen(event));
    }
    this.#waiting = this.#waiting.slice(taken);
    const left = this.#left;
    const forget = this.#toForget;
    this.#left = [];
    this.#toForget = [];
    return {
      version: 1, startedUnixMs: this.#options.startedUnixMs, atUnixMs: nowUnixMs, events, folded: this.#foldedTotals(), held: this.held(),
      ...(left.length === 0 ? {} : { left }), ...(forget.length === 0 ? {} : { forget }), waiting: this.#waiting.length,
    };
  }

  /** Those with most records, most first; a template with its text. Costs one look at each event. */
  heaviest(limit: number): Talker[] {
    const top: ObservedEvent[] = [];
    for (const event of this.#population.all) {
      event.settle(this.#rows.values);
      if (top.length === limit && event.records <= top[limit - 1]!.records) continue;
      const at = top.findIndex(({ records }) => records < event.records);
      top.splice(at < 0 ? top.length : at, 0, event);
      if (top.length > limit) top.pop();
    }
    return top.map(({ identity: { durableId, service, signal, template }, records, cells }) => ({
      durableId, service, signal, records, bytes: cells.reduce((sum, cell) => sum + cell.bytes, 0), ...(template !== undefined && { label: template }),
    }));
  }

  /** All events as they are, the folded ones last; changes nothing of what waits. For the command line and tests. */
  all(): EventSeen[] {
    const events = [...this.#population.all, ...this.#folded.events];
    for (const event of events) for (const field of event.fields?.all ?? []) field.sentDistinct = -1;
    return events.map((event) => this.#seen(event));
  }

  /** The next reports tell everything anew: the server does not know what it was told before. */
  tellAgain(): void {
    this.#toForget = [...this.#hidden];
    for (const event of [...this.#population.all, ...this.#folded.events]) {
      for (const field of event.fields?.all ?? []) field.sentDistinct = -1;
      this.#wait(event);
    }
  }

  /** Rules were deployed that may know more of what must not be told: names go through `clean` again. */
  cleanAgain(): void {
    this.#versions.cleanAgain(++this.#generation);
    const events = this.#population.all.slice();
    for (const event of events) {
      const { identity } = event;
      this.#told.remove(event);
      const before = { signal: identity.signal, service: identity.service, durableId: identity.durableId };
      identity.durableId = this.#clean(identity.durableId, identity.service, identity.source, identity.signal);
      if (identity.template !== undefined) identity.template = this.#clean(identity.template, identity.service, identity.source, identity.signal);
      if (event.sourceLine !== null) event.sourceLine = this.#toldLine(event.sourceLine, identity);
      identity.service = this.#clean(identity.service, identity.service, 'service', identity.signal);
      if (event.isReported && (before.durableId !== identity.durableId || before.service !== identity.service)) this.#hide(before);
      this.#wait(event);
      this.#index(event);
    }
  }

  /** A name that was told is hidden now. */
  #hide(key: Parameters<typeof eventKeyHash>[0]): void {
    const hash = eventKeyHash(key);
    this.#toForget.push(hash);
    if (this.#hidden.size < mostHidden) this.#hidden.add(hash);
  }

  /** What was kept of its fields, its scope and its versions, where rules came since it was last judged. */
  #judge(event: ObservedEvent): void {
    if (event.judgedIn === this.#generation) return;
    const versionsHid = event.cells.some((cell) => this.#versions.changedIn(cell.version) > event.judgedIn);
    event.judgedIn = this.#generation;
    const { service, signal } = event.identity;
    const tell = (text: string | undefined): string | undefined => (text === undefined ? text : this.#clean(text, service, 'service', signal));
    const [scope, unit] = [tell(event.scope), tell(event.unit)];
    const fieldsHid = hidesTold(event, this.#cleanKey, this.#isHidden);
    if (fieldsHid) this.#strip(event);
    if (fieldsHid || versionsHid || scope !== event.scope || unit !== event.unit) event.anew = this.#generation;
    event.scope = scope;
    event.unit = unit;
  }

  /** Records counted since the start. */
  get records(): number { return this.#records; }

  held(): EventReport['held'] {
    const events = this.#population.all;
    let fields = 0;
    let templates = 0;
    for (const event of events) {
      fields += event.fields?.all.length ?? 0;
      if (event.identity.source === 'template') templates++;
    }
    return { events: events.length, fields, bytes: this.#held, templates };
  }

  #foldedTotals(): EventReport['folded'] {
    const events = this.#folded.events;
    for (const event of events) event.settle(this.#rows.values);
    return {
      ids: this.#folded.ids, records: events.reduce((sum, event) => sum + event.records, 0),
      bytes: events.reduce((sum, event) => sum + event.cells.reduce((cells, cell) => cells + cell.bytes, 0), 0),
    };
  }

  #wait(event: ObservedEvent): void {
    const hot = this.#rows.values;
    if (hot[event.row + rIsWaiting] !== 0) return;
    hot[event.row + rIsWaiting] = 1;
    this.#waiting.push(event);
  }

  /** A resource comes up: its version. */
  #enter(cursor: RecordCursor): void {
    this.#cursor = cursor;
    this.#resets = cursor.resets;
    const resource = cursor.view.resourceOf(cursor.index);
    this.#from = firstOfResource(cursor.view, resource);
    this.#to = firstOfResource(cursor.view, resource + 1);
    const version = cursor.resourceAttribute(versionKey);
    this.#version = version === null ? noVersion : this.#versions.number(typeof version === 'string' ? version : String(version));
  }

  /** An id that is not in the table: it comes in, or is counted with the rest. */
  #meet(cursor: RecordCursor, nameHash: number, serviceHash: number, cell: number, nowUnixMs: number): ObservedEvent {
    const { signal } = cursor.view;
    if (this.#held >= this.#maxBytes) this.#makeBytes();
    const isFull = this.#population.size >= this.#maxEvents || this.#held >= this.#maxBytes;
    if (isFull && !this.#makePlace(nowUnixMs)) return this.#folded.of(signal, nameHash, serviceHash, nowUnixMs);
    const identity = this.#identify(cursor);
    const alike = this.#told.find(identity);
    if (alike !== null) { this.#goBy(alike, { nameHash, serviceHash }); return alike; }
    const row = this.#rows.take();
    const event = new ObservedEvent(identity, nameHash, serviceHash, row, this.#rows.values, cell, nowUnixMs);
    event.judgedIn = this.#generation;
    event.number = this.#table.add(event);
    this.#setRow(event.number, row);
    this.#told.add(event);
    this.#population.add(event);
    this.#held += event.size;
    this.#met = event;
    return event;
  }

  /** The event goes by one key more; beyond the bound the oldest is forgotten, and met again should it come. */
  #goBy(event: ObservedEvent, key: Key): void {
    this.#table.alias(event, key);
    if (event.aliases.push(key) > mostAliases) this.#table.vacate(event.aliases.shift()!);
  }

  /** Two events are told alike from now on: the one goes on as the other. What was seen of its fields goes. */
  #join(event: ObservedEvent, into: ObservedEvent): void {
    this.#end(event, into);
    into.isReported ||= event.isReported;
    for (const key of [{ nameHash: event.nameHash, serviceHash: event.serviceHash }, ...event.aliases]) this.#goBy(into, key);
  }

  /** Its told name changed; another may be told so already. */
  #index(event: ObservedEvent): void {
    const alike = this.#told.find(event.identity);
    if (alike === null) this.#told.add(event);
    else this.#join(event, alike);
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
  #makePlace(nowUnixMs: number): boolean {
    if (this.#looks.isEmpty) this.#looks.earn(this.#records, nowUnixMs);
    if (this.#looks.isEmpty) return false;
    this.#looks.spend(1);
    const rare = this.#population.rarest(false, this.#rows.values);
    if (rare === null) return false;
    this.#fold(rare);
    return this.#held < this.#maxBytes;
  }

  /** Too much is held: the rarest lose their fields first, and only when there is little left of these, their name. */
  #makeBytes(): void {
    for (let i = 0; i < mostForced && this.#held > this.#maxBytes; i++) {
      const rare = this.#population.rarest(true, this.#rows.values);
      if (rare === null) return;
      if (rare.fields !== null) this.#strip(rare);
      else if (this.#fieldsHeld * 10 < this.#held) this.#fold(rare);
    }
  }

  /** Folded events leave the line, so that it holds no more than there are. */
  #closeRanks(): void {
    this.#waiting = this.#waiting.filter((event) => !event.isFolded);
    this.#waitingFolded = 0;
  }

  #strip(event: ObservedEvent): void {
    this.#held -= event.fieldBytes;
    this.#fieldsHeld -= event.fieldBytes;
    event.strip();
  }

  #fold(event: ObservedEvent): void {
    const { identity } = event;
    this.#told.remove(event);
    this.#end(event, this.#folded.of(identity.signal, event.nameHash, event.serviceHash, event.cells[0]!.firstUnixMs));
    if (event.isReported) this.#left.push({ signal: identity.signal, service: identity.service, durableId: identity.durableId });
  }

  /** The event ends, and what it counted goes to another. */
  #end(event: ObservedEvent, into: ObservedEvent): void {
    const hot = this.#rows.values;
    event.settle(hot);
    into.settle(hot);
    const before = into.size;
    into.absorb(event, hot);
    if (into.identity.source !== 'folded') this.#held += into.size - before;
    this.#wait(into);
    this.#strip(event);
    event.isFolded = true;
    if (hot[event.row + rIsWaiting] !== 0 && ++this.#waitingFolded * 2 > this.#waiting.length) this.#closeRanks();
    this.#table.remove(event);
    this.#population.remove(event);
    this.#rows.release(event.row);
    this.#held -= event.size;
  }

  #identify(cursor: RecordCursor): EventIdentity {
    const { view } = cursor;
    const { signal } = view;
    const service = cursor.slice(columnId(signal, 'ServiceName')) ? decodeUtf8(view.bytes, cursor.sliceStart, cursor.sliceEnd) : '';
    const { id, source } = durableId(cursor);
    const ordinal = source === 'template' ? templateNumber(cursor) : -1;
    const template = this.#mined(ordinal, id)?.template;
    return {
      signal, source, service: this.#clean(service, service, 'service', signal), durableId: this.#clean(id ?? '', service, source, signal), id: id ?? '',
      template: template === undefined ? undefined : this.#clean(template, service, source, signal), ordinal,
    };
  }

  /** What the miner knows of the template; it may have given the number to another one since. */
  #mined(ordinal: number, id: string | null): ReturnType<TemplateTexts['describe']> | undefined {
    const mined = ordinal < 0 ? undefined : this.#options.templates?.describe(ordinal);
    return mined?.id === id ? mined : undefined;
  }

  #clean(text: string, service: string, source: EventSource | 'service', signal: Signal): string {
    return cutText(text === '' ? '' : (this.#options.clean?.(text, service, source, signal) ?? text), longestName);
  }

  #toldLine(line: string | null, { service, signal }: EventIdentity): string | null {
    return line === null ? null : this.#clean(line, service, 'code-location', signal);
  }

  /** Reads what hardly ever differs between records of an event. */
  #describe(event: ObservedEvent, cursor: RecordCursor): void {
    const { view } = cursor;
    event.sourceLine = this.#toldLine(codeLocation(cursor), event.identity) ?? event.sourceLine;
    if (cursor.slice(columnId(view.signal, 'ScopeName'))) event.scope = this.#clean(decodeUtf8(view.bytes, cursor.sliceStart, cursor.sliceEnd), event.identity.service, 'service', view.signal);
    if (metricUnitRange(cursor)) event.unit = this.#clean(decodeUtf8(view.bytes, cursor.sliceStart, cursor.sliceEnd), event.identity.service, 'service', view.signal);
  }

  #seen(event: ObservedEvent): EventSeen {
    event.settle(this.#rows.values);
    this.#judge(event);
    const { identity } = event;
    const former = this.#mined(identity.ordinal, identity.id)?.aliases ?? [];
    return toSeen(event, former, this.#versions, (field) => examplesOf(field, this.#scan(), (value) => this.#isHidden(event, field, value)));
  }
}

/** OpenTelemetry's numbers; what is none of them counts as not set. */
const knownSeverity = (number: number): number => (number >= 0 && number <= 24 ? number : 0);
