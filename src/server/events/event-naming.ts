// From what the watch finds to aliases: proposed when it is likely, in force when it is sure, told anew as the evidence changes, withdrawn when it does
// not hold. What a person decided stays as it is.
import { eventKey, fieldKey, sure, type DriftWatch, type EventKey, type RenameVerdict, type SeenBook } from '../../catalogue/index.ts';
import { signals, type Alias, type NewAlias } from '../../model/index.ts';
import { weirItself } from '../audit/index.ts';
import type { Aliases } from '../durability/index.ts';
import { CarriedNames } from './carried-names.ts';
import type { DriftLog } from './drift-log.ts';
import { cameBack, closingBy, renamesToTell, withdrawn } from './settled-drift.ts';

export interface NamingSources {
  readonly aliases: Aliases; readonly watch: DriftWatch; readonly drift: DriftLog; readonly book: SeenBook; readonly nowMs: () => number;
  /** One after another. */
  readonly run: (work: () => Promise<void>) => void;
}
interface Verdict { readonly certainty: number; readonly reason: string; readonly isWithdrawn: boolean }

const mostReasonChars = 1000;

export class EventNaming {
  readonly #sources: NamingSources;
  /** Aliases that are in force by evidence alone, since this server runs: they may be withdrawn. */
  readonly #own = new Set<string>();
  /** Aliases of events that were decided: one that is proposed again was taken back. */
  readonly #closed = new Set<string>();

  readonly #carried: CarriedNames;

  constructor(sources: NamingSources) {
    this.#sources = sources;
    this.#carried = new CarriedNames(sources.book);
  }

  /** After everything is loaded: what was proposed goes on being looked at. */
  start(): void {
    const { aliases, watch, nowMs } = this.#sources;
    for (const alias of aliases.all) if (alias.state === 'proposed' && alias.kind === 'event') for (const [former, current] of this.#events(alias)) watch.reopen(former, current, certaintyIn(alias.reason), nowMs());
    for (const alias of aliases.all) if (alias.state !== 'proposed' && alias.kind === 'event') this.#closed.add(alias.id);
    this.#noteCarried();
    aliases.onChange(() => { this.#noteDecisions(); });
  }

  /** Takes from the watch what it found. */
  note(): void {
    const { watch, book, drift, nowMs } = this.#sources;
    for (const verdict of watch.takeRenames()) {
      if (!isNamed(verdict)) continue;
      const { former, current } = verdict;
      if (verdict.isWithdrawn) drift.settle((one) => (one.kind === 'renamed' && one.service === current.service && one.durableId === current.durableId && one.was === former.durableId ? { at: nowMs(), why: `${withdrawn}${verdict.reason}` } : undefined));
      this.#say({ kind: 'event', former: former.durableId, current: current.durableId, service: former.service || null }, verdict);
    }
    for (const verdict of watch.takeFieldRenames()) {
      const fields = book.get(verdict.event)?.fields;
      const isAttribute = (key: string): boolean => fields?.has(fieldKey({ place: 'attribute', key })) === true;
      // field() is about attributes.
      if (isAttribute(verdict.former) && isAttribute(verdict.current)) this.#say({ kind: 'field', former: verdict.former, current: verdict.current, service: verdict.event.service || null }, verdict);
    }
    const back = new Set(watch.takeBack().map(eventKey));
    if (back.size > 0) drift.settle((one) => (one.kind === 'gone-event' && one.closed === undefined && back.has(eventKey(one)) ? { at: nowMs(), why: cameBack } : undefined));
    for (const said of this.#carried.find()) this.#say({ kind: 'field', former: said.former, current: said.current, service: said.event.service || null }, { ...said, isWithdrawn: false });
  }

  /** Rules hide an event: what was proposed of it goes. */
  hide({ service, durableId }: EventKey): void {
    const { aliases, run } = this.#sources;
    for (const { id, former, current, service: of, state } of aliases.all) if (state === 'proposed' && (of === null || of === service) && (former === durableId || current === durableId)) run(() => aliases.withdraw(id, weirItself, `Redaction or a rule hides ${durableId === former ? 'its former name' : 'its name'}: agents tell it no longer.`));
  }

  #say(names: Omit<NewAlias, 'reason'>, { certainty, reason, isWithdrawn }: Verdict): void {
    const { aliases, run } = this.#sources;
    const wish: NewAlias = { ...names, reason: `${reason} (${Math.round(certainty * 100)} % certain)`.slice(0, mostReasonChars) };
    run(async () => {
      const known = aliases.all.find((one) => one.kind === wish.kind && one.former === wish.former && one.current === wish.current && one.service === wish.service);
      if (isWithdrawn) {
        if (known?.state === 'proposed' || (known?.state === 'active' && this.#own.has(known.id))) await aliases.withdraw(known.id, weirItself, wish.reason);
        return;
      }
      // What somebody decided stays decided: what was taken back is proposed again, and waits for a person.
      if (known?.state === 'rejected' || known?.state === 'active') return;
      if (known !== undefined && (certainty < sure || known.decided !== undefined)) return aliases.revise(known.id, wish.reason);
      const made = await aliases.add(wish, weirItself, { proposed: certainty < sure, by: weirItself.user });
      if (made.ok && made.value.state === 'active') this.#own.add(made.value.id);
    });
  }

  /** A loss and an arrival that were a rename are no changes of their own. */
  #noteDecisions(): void {
    const { aliases, drift, watch, nowMs } = this.#sources;
    for (const alias of aliases.all) {
      if (alias.decided !== undefined) this.#own.delete(alias.id);
      if (alias.kind !== 'event') continue;
      if (alias.state !== 'proposed') {
        if (!this.#own.has(alias.id)) for (const [former, current] of this.#events(alias)) watch.closeRename(former, current.durableId);
        this.#closed.add(alias.id);
      } else if (this.#closed.delete(alias.id)) {
        // Taken back: it is looked at again, as before.
        for (const [former, current] of this.#events(alias)) watch.reopen(former, current, certaintyIn(alias.reason), nowMs());
      }
    }
    drift.settle(closingBy(aliases.all));
    drift.add(renamesToTell(aliases.all, drift.all, nowMs()));
    this.#noteCarried();
  }

  /** Fields that may have been renamed along with an event. */
  #noteCarried(): void {
    const { aliases } = this.#sources;
    for (const said of this.#carried.keep(aliases.all, (alias) => this.#events(alias))) this.#say({ kind: 'field', former: said.former, current: said.current, service: said.event.service || null }, { ...said, certainty: 0, isWithdrawn: true });
  }

  /** The events that an alias is about, of every signal that has both. */
  #events({ former, current, service }: Alias): [EventKey, EventKey][] {
    const { book } = this.#sources;
    return signals.flatMap((signal): [EventKey, EventKey][] => {
      const [one, other] = [{ signal, service: service ?? '', durableId: former }, { signal, service: service ?? '', durableId: current }];
      return book.get(one) === null || book.get(other) === null ? [] : [[one, other]];
    });
  }
}

/** As it was said when it was proposed. */
const certaintyIn = (reason: string): number => Number(/\((\d+) % certain\)$/.exec(reason)?.[1] ?? 0) / 100;

const isNamed = ({ former, current }: RenameVerdict): boolean => former.durableId !== '' && current.durableId !== '' && former.source !== 'folded' && current.source !== 'folded';
