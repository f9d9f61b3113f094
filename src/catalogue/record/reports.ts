// What a catalogue tells: reports of what changed, the heaviest, all of it. Each event is judged by the rules of now before anything of it is told.
import type { EventReport, EventSeen, Talker } from '../../model/index.ts';
import { examplesOf } from '../mask/index.ts';
import { eventKeyHash } from '../merge/index.ts';
import type { EventKeeper } from './event-keeper.ts';
import { hidesTold } from './hides-told.ts';
import type { ObservedEvent } from './observed-event.ts';
import { toSeen } from './report.ts';
import type { ToldTexts } from './told-texts.ts';
import type { Versions } from './versions.ts';

/** A report holds about so much, so that none holds up the link. */
const reportBytes = 2 * 2 ** 20;
/** Hidden names that a server which comes back is told of again. */
const mostHidden = 10_000;
/** Names that a report says are gone, and that are cleaned again on the way. */
const mostKeys = 2000;
const cleanedAtOnce = 2000;

export class Reports {
  readonly #startedUnixMs: number;
  readonly #keeper: EventKeeper;
  readonly #texts: ToldTexts;
  readonly #versions: Versions;
  /** Deployments of rules so far, and hashes of names that they hid. */
  #generation = 0;
  readonly #hidden = new Set<string>();
  #toForget: string[] = [];
  /** Events whose names may not be cleaned by the rules of now. */
  #toClean: ObservedEvent[] = [];

  constructor(startedUnixMs: number, keeper: EventKeeper, texts: ToldTexts, versions: Versions) {
    this.#startedUnixMs = startedUnixMs;
    this.#keeper = keeper;
    this.#texts = texts;
    this.#versions = versions;
  }

  get generation(): number { return this.#generation; }

  take(nowUnixMs: number, most: number): EventReport {
    const { line } = this.#keeper;
    const events: EventSeen[] = [];
    this.#cleanSome(cleanedAtOnce);
    for (let bytes = 0; events.length < most && bytes < reportBytes;) {
      const event = line.next();
      if (event === null) break;
      this.#clean(event);
      if (event.isFolded) continue;
      event.isReported = true;
      bytes += event.size;
      events.push(this.#seen(event));
    }
    line.moveUp();
    const left = this.#left();
    const forget = this.#toForget.splice(0, mostKeys);
    return {
      version: 1, startedUnixMs: this.#startedUnixMs, atUnixMs: nowUnixMs, events, folded: this.#folded(), held: this.held(),
      ...(left.length === 0 ? {} : { left }), ...(forget.length === 0 ? {} : { forget }), waiting: line.length,
    };
  }

  /** Events that left after they were told of. A name that is hidden now is not told again. */
  #left(): NonNullable<EventReport['left']> {
    return this.#keeper.line.takeLeft(mostKeys).flatMap((identity) => {
      const [{ signal, service, durableId }, told] = [identity, this.#texts.keyOf(identity)];
      if (told.service === service && told.durableId === durableId) return [{ signal, service, durableId }];
      this.#hide({ signal, service, durableId });
      return [];
    });
  }

  /** Costs one look at each event. */
  heaviest(limit: number): Talker[] {
    const top = this.#heaviest(limit);
    for (const event of top) this.#clean(event);
    return top.every(({ isFolded }) => !isFolded) ? top.map(toTalker) : this.heaviest(limit);
  }

  #heaviest(limit: number): ObservedEvent[] {
    const { values } = this.#keeper.rows;
    const top: ObservedEvent[] = [];
    for (const event of this.#keeper.all) {
      event.settle(values);
      if (top.length === limit && event.records <= top[limit - 1]!.records) continue;
      const at = top.findIndex(({ records }) => records < event.records);
      top.splice(at < 0 ? top.length : at, 0, event);
      if (top.length > limit) top.pop();
    }
    return top;
  }

  all(): EventSeen[] {
    this.#cleanSome(Infinity);
    const events = [...this.#keeper.all, ...this.#keeper.folded.events];
    for (const event of events) for (const field of event.fields?.all ?? []) field.sentDistinct = -1;
    return events.map((event) => this.#seen(event));
  }

  tellAgain(): void {
    this.#toForget = [...this.#hidden];
    for (const event of [...this.#keeper.all, ...this.#keeper.folded.events]) {
      for (const field of event.fields?.all ?? []) field.sentDistinct = -1;
      this.#keeper.line.wait(event);
    }
  }

  cleanAgain(): void {
    this.#versions.cleanAgain(++this.#generation);
    this.#toClean = this.#keeper.all.slice();
    for (const event of this.#toClean) this.#keeper.line.wait(event);
  }

  /** Goes on with the names that rules of now have not been asked about. */
  #cleanSome(most: number): void {
    for (let i = 0; i < most; i++) {
      const event = this.#toClean.pop();
      if (event === undefined) return;
      this.#clean(event);
    }
  }

  /** Names the event as it may be told now. It may be told as another is, and end in that. */
  #clean(event: ObservedEvent): void {
    if (event.isFolded || event.namedIn === this.#generation || event.identity.source === 'folded') return;
    event.namedIn = this.#generation;
    const { identity } = event;
    const before = { signal: identity.signal, service: identity.service, durableId: identity.durableId };
    const told = this.#texts.keyOf(identity);
    this.#texts.cleanTexts(event);
    if (told.service === before.service && told.durableId === before.durableId) return;
    this.#keeper.rename(event, () => { identity.service = told.service; identity.durableId = told.durableId; });
    if (event.isReported) this.#hide(before);
  }

  held(): EventReport['held'] { return { events: this.#keeper.all.length, fields: this.#keeper.fields, bytes: this.#keeper.bytes, templates: this.#keeper.templates }; }

  #folded(): EventReport['folded'] {
    const { events, ids } = this.#keeper.folded;
    for (const event of events) event.settle(this.#keeper.rows.values);
    return { ids, records: events.reduce((sum, event) => sum + event.records, 0), bytes: events.reduce((sum, event) => sum + event.cells.reduce((cells, cell) => cells + cell.bytes, 0), 0) };
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
    const tell = (text: string | undefined): string | undefined => (text === undefined ? text : this.#texts.clean(text, service, 'service', signal));
    const [scope, unit] = [tell(event.scope), tell(event.unit)];
    const fieldsHid = hidesTold(event, this.#texts.cleanKey, this.#texts.isHidden);
    if (fieldsHid) this.#keeper.strip(event);
    if (fieldsHid || versionsHid || scope !== event.scope || unit !== event.unit) event.anew = this.#generation;
    event.scope = scope;
    event.unit = unit;
  }

  #seen(event: ObservedEvent): EventSeen {
    event.settle(this.#keeper.rows.values);
    this.#judge(event);
    return toSeen(event, this.#texts.formerIds(event.identity), this.#versions, (field) => examplesOf(field, this.#texts.scanner(), (value) => this.#texts.isHidden(event, field, value)));
  }
}

const toTalker = ({ identity: { durableId, service, signal, template }, records, cells }: ObservedEvent): Talker =>
  ({ durableId, service, signal, records, bytes: cells.reduce((sum, cell) => sum + cell.bytes, 0), ...(template !== undefined && { label: template }) });
