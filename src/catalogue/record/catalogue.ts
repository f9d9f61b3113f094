// The catalogue that an agent keeps: every event exactly counted, its fields looked at in a sample, all of it bounded. No clock: the time
// comes with each record. Here records are counted: start at `observeAll`, which most go through, and `look`, which few do. Who stays is in
// event-keeper.ts, what is told in reports.ts, and how it may be told in told-texts.ts.
import { maxEvents, maxFields, type EventReport, type EventSeen, type Signal, type Talker } from '../../model/index.ts';
import { severityNumberOf, type RecordCursor, type RequestView } from '../../otlp/index.ts';
import { Contexts } from './contexts.ts';
import { EventKeeper, fieldsOf } from './event-keeper.ts';
import { firstOfResource } from './first-of-resource.ts';
import { cellKey, rBytes, rCell, rIsWaiting, rLastUnixMs, rLookUnixMs, rRecords, rUntilLook } from './hot-rows.ts';
import { LookBudget } from './look-budget.ts';
import { Looker } from './looker.ts';
import type { ObservedEvent } from './observed-event.ts';
import { defaultMaxBytes, type CatalogueOptions } from './options.ts';
import { Reports } from './reports.ts';
import { contextOf, kindOf, knownSeverity, severityIn, Tally } from './tally.ts';
import { ToldTexts } from './told-texts.ts';
import { noVersion, Versions } from './versions.ts';

/** Distinguishes the three signals in a key. */
const salt: Readonly<Record<Signal, number>> = { logs: 0, spans: 0x3c6ef372, metrics: 0x1b873593 };
const versionKey = Uint8Array.from('service.version', (char) => char.charCodeAt(0));
/** Looks of an event after which its source line, scope and unit are read again: one more than this, which is one less than a power of two. */
const describeEvery = 63;
/** What is counted together reaches the events after so long, or so many bytes of requests. */
const takeInEveryMs = 100;
const takeInBytes = 2 ** 30;

export class Catalogue {
  readonly #texts: ToldTexts;
  readonly #versions = new Versions((text) => this.#texts.clean(text, '', 'service', 'logs'));
  readonly #looks = new LookBudget();
  readonly #looker: Looker;
  readonly #keeper: EventKeeper;
  readonly #reports: Reports;
  readonly #tally = new Tally();
  readonly #contexts = new Contexts();
  #records = 0;
  /** Bytes of requests since the tally was last taken in, and when that was; the time of the last request. */
  #pendingBytes = 0;
  #takenInUnixMs = 0;
  #nowUnixMs = 0;
  /** The resource in hand: the cursor and its resets, and the records that it surrounds; and the number of its version. */
  #cursor: RecordCursor | null = null;
  #resets = -1;
  #from = 0;
  #to = 0;
  #version = noVersion;
  /** The event that the last `observe` was the first to show. */
  #met: ObservedEvent | null = null;

  constructor(options: CatalogueOptions) {
    this.#texts = new ToldTexts(options);
    this.#looker = new Looker(options.maxFields ?? maxFields, this.#texts.cleanKey);
    this.#keeper = new EventKeeper({ maxEvents: Math.max(1, options.maxEvents ?? maxEvents), maxBytes: options.maxBytes ?? defaultMaxBytes, looks: this.#looks, takeIn: () => { this.#takeIn(); } });
    this.#reports = new Reports(options.startedUnixMs, this.#keeper, this.#texts, this.#versions);
  }

  /** Counts the record at the cursor and looks at it when that is due. See `count`. */
  observe(cursor: RecordCursor, idHash: number, serviceHash: number, nowUnixMs: number): void {
    this.#met = null;
    const due = this.count(cursor, idHash, serviceHash, nowUnixMs);
    if (due !== null) this.look(due, cursor);
  }

  /** The same for all records of the cursor's view: `hashes` by record, `services` by resource. Those of events that need no look just now are
   *  counted with their like (tally.ts), and only who reads counts or looks at fields comes to the events themselves. */
  observeAll(cursor: RecordCursor, hashes: Int32Array, services: Int32Array, nowUnixMs: number): void {
    const { view } = cursor;
    this.#takeInWhenDue(view, nowUnixMs);
    for (let i = 0; i < view.recordCount;) {
      cursor.moveTo(i);
      this.#enter(cursor);
      this.#observeResource(cursor, i, this.#to, hashes, services[view.resourceOf(i)]!, nowUnixMs);
      i = this.#to;
    }
  }

  #observeResource(cursor: RecordCursor, from: number, to: number, hashes: Int32Array, serviceHash: number, nowUnixMs: number): void {
    const { view } = cursor;
    const [tally, looks] = [this.#tally, this.#looks];
    const context = this.#context(view.signal, serviceHash);
    for (let i = from; i < to; i++) {
      const stop = Math.min(to, i + Math.max(0, looks.untilRandom - 1));
      const reached = view.signal === 'logs' ? tally.logs(view, hashes, i, stop, context) : tally.others(view, hashes, i, stop, context);
      looks.untilRandom -= reached - i;
      this.#records += reached - i;
      i = reached;
      if (i < to) this.#observeOne(cursor, i, hashes[i]!, serviceHash, context, nowUnixMs);
    }
  }

  /** A record whose like have no place in the tally, or that was picked to be looked at. */
  #observeOne(cursor: RecordCursor, index: number, idHash: number, serviceHash: number, context: number, nowUnixMs: number): void {
    cursor.moveTo(index);
    this.observe(cursor, idHash, serviceHash, nowUnixMs);
    const number = this.#keeper.find(idHash | 0, this.#contexts.at(context).service);
    if (number < 0 || this.#keeper.rows.values[this.#keeper.rowOf(number) + rUntilLook]! <= 1) return;
    this.#tally.take(idHash | 0, kindOf(context, cursor.view.signal === 'logs' ? knownSeverity(severityNumberOf(cursor)) : 0));
  }

  #context(signal: Signal, serviceHash: number): number {
    const service = (serviceHash ^ salt[signal]) | 0;
    const number = this.#contexts.number(service, signal, this.#version);
    if (number >= 0) return number;
    this.#takeIn();
    this.#tally.forget();
    this.#contexts.clear();
    return this.#contexts.number(service, signal, this.#version);
  }

  #takeInWhenDue(view: RequestView, nowUnixMs: number): void {
    const size = view.bytes.length;
    const sinceMs = nowUnixMs - this.#takenInUnixMs;
    if (sinceMs >= takeInEveryMs || sinceMs < 0 || this.#pendingBytes + size > takeInBytes) {
      this.#takeIn();
      this.#takenInUnixMs = nowUnixMs;
    }
    this.#pendingBytes += size;
    this.#nowUnixMs = nowUnixMs;
  }

  /** Brings what was counted together to the events. */
  #takeIn(): void {
    this.#pendingBytes = 0;
    if (!this.#tally.isEmpty) this.#tally.empty(this.#takeInKind);
  }

  /** The answer: whether its like need no look now. One that has left meanwhile is counted with the rest, and may come in again. */
  readonly #takeInKind = (id: number, kind: number, records: number, bytes: number): boolean => {
    const { service, signal, version } = this.#contexts.at(contextOf(kind));
    const keeper = this.#keeper;
    const number = keeper.find(id, service);
    const event = number < 0 ? keeper.folded.of(signal, id, service, this.#nowUnixMs) : null;
    const row = event === null ? keeper.rowOf(number) : event.row;
    this.#credit(event ?? number, row, cellKey(version, severityIn(kind)), records, bytes, this.#nowUnixMs);
    const hot = keeper.rows.values;
    return event === null && hot[row + rUntilLook]! > 0 && this.#nowUnixMs < hot[row + rLookUnixMs]!;
  };

  /** Counts records of an event, which is given by its number when that is all that is known. */
  #credit(event: ObservedEvent | number, row: number, cell: number, records: number, bytes: number, nowUnixMs: number): void {
    const hot = this.#keeper.rows.values;
    if (hot[row + rCell] !== cell) this.#eventOf(event).turn(hot, cell, nowUnixMs);
    hot[row + rRecords]! += records;
    hot[row + rBytes]! += bytes;
    hot[row + rLastUnixMs] = nowUnixMs;
    hot[row + rUntilLook]! -= records;
    if (hot[row + rIsWaiting] === 0) this.#keeper.line.wait(this.#eventOf(event));
  }

  #eventOf(event: ObservedEvent | number): ObservedEvent { return typeof event === 'number' ? this.#keeper.event(event) : event; }

  /** Counts the record at the cursor. `idHash`: its durableIdHash; 0: it has none. `serviceHash`: hashBytes of its service's name. The answer is not null when its fields should be looked at: with `look`,
   *  on the record as redaction left it, now or later. */
  count(cursor: RecordCursor, idHash: number, serviceHash: number, nowUnixMs: number): ObservedEvent | null {
    const { view, index } = cursor;
    const { signal } = view;
    this.#enterWhenNew(cursor);
    const cell = cellKey(this.#version, signal === 'logs' ? knownSeverity(severityNumberOf(cursor)) : 0);
    const service = (serviceHash ^ salt[signal]) | 0;
    const number = this.#keeper.find(idHash | 0, service);
    const met = number < 0 ? this.#meet(cursor, idHash | 0, service, cell, nowUnixMs) : null;
    const row = met === null ? this.#keeper.rowOf(number) : met.row;
    this.#credit(met ?? number, row, cell, 1, view.recordEnd(index) - view.recordStart(index), nowUnixMs);
    this.#records++;
    const hot = this.#keeper.rows.values;
    if (--this.#looks.untilRandom > 0 && hot[row + rUntilLook]! > 0 && nowUnixMs < hot[row + rLookUnixMs]!) return null;
    return this.#ifDue(met ?? this.#keeper.event(number), nowUnixMs);
  }

  #ifDue(event: ObservedEvent, nowUnixMs: number): ObservedEvent | null {
    if (event.identity.source === 'folded') return null;
    const hot = this.#keeper.rows.values;
    event.settle(hot);
    return this.#looks.due(hot, event.row, event.records, this.#records, nowUnixMs) ? event : null;
  }

  /** An id that is not known: it comes in, or is counted with the rest. */
  #meet(cursor: RecordCursor, nameHash: number, serviceHash: number, cell: number, nowUnixMs: number): ObservedEvent {
    const keeper = this.#keeper;
    if (!keeper.makeRoom(this.#records, nowUnixMs)) return keeper.folded.of(cursor.view.signal, nameHash, serviceHash, nowUnixMs);
    const identity = this.#texts.identify(cursor);
    const alike = keeper.alike(identity, { nameHash, serviceHash });
    if (alike !== null) return alike;
    const event = keeper.add(identity, { nameHash, serviceHash }, cell, nowUnixMs);
    event.namedIn = event.judgedIn = this.#reports.generation;
    return (this.#met = event);
  }

  /** The record of the last `observe` held what `hide` takes out of texts: the name of an event that it was the first to show is told without. */
  hideMet(hide: (text: string) => string): void {
    const event = this.#met;
    if (event === null) return;
    const { identity } = event;
    this.#keeper.rename(event, () => {
      identity.durableId = hide(identity.durableId);
      if (identity.template !== undefined) identity.template = hide(identity.template);
      if (event.sourceLine !== null) event.sourceLine = hide(event.sourceLine);
    });
  }

  /** Looks at the fields of the record at the cursor, which `count` asked for. */
  look(event: ObservedEvent, cursor: RecordCursor): void {
    if (event.isFolded) return;
    const [bytes, fields] = [event.size, fieldsOf(event)];
    this.#enterWhenNew(cursor);
    this.#looks.spend(this.#looker.look(cursor, event, this.#to - this.#from));
    if ((event.looked & describeEvery) === 1) this.#texts.describe(event, cursor);
    this.#keeper.grew(event, bytes, fields);
  }

  /** What rules took of an event before any exporter: dropped, sampled, deduped, made a metric of, or kept in a recorder only. */
  removed(signal: Signal, idHash: number, serviceHash: number, records: number, bytes: number, nowUnixMs: number): void {
    const number = this.#keeper.find(idHash | 0, (serviceHash ^ salt[signal]) | 0);
    const event = number < 0 ? this.#keeper.folded.event(signal, nowUnixMs) : this.#keeper.event(number);
    event.removedRecords += records;
    event.removedBytes += bytes;
    this.#keeper.line.wait(event);
  }

  #enterWhenNew(cursor: RecordCursor): void {
    if (cursor.index >= this.#to || cursor.index < this.#from || cursor.resets !== this.#resets || cursor !== this.#cursor) this.#enter(cursor);
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

  /** Events that changed since they were last reported, those that waited longest first; at most `most`, and about 2 MB. */
  takeReport(nowUnixMs: number, most: number): EventReport { return this.#whole().take(nowUnixMs, most); }
  /** Those with most records, most first; a template with its text. */
  heaviest(limit: number): Talker[] { return this.#whole().heaviest(limit); }
  /** All events as they are, the folded ones last; changes nothing of what waits. For the command line and tests. */
  all(): EventSeen[] { return this.#whole().all(); }
  /** The next reports tell everything anew: the server does not know what it was told before. */
  tellAgain(): void { this.#whole().tellAgain(); }
  /** Rules were deployed that may know more of what must not be told: names go through `clean` again, each before it is told the next time, and
   *  all of them within the next reports. */
  cleanAgain(): void { this.#whole().cleanAgain(); }
  held(): EventReport['held'] { return this.#reports.held(); }
  /** Records counted since the start. */
  get records(): number { return this.#records; }

  #whole(): Reports {
    this.#takeIn();
    return this.#reports;
  }
}
