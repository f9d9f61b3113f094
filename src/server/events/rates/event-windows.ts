// Totals of every event some time ago, so that rates over the last one or two minutes can be told: of the event, its versions and severities,
// and of its fields as far as there is room.
import type { MergedEvent } from '../../../catalogue/index.ts';
import { totalsOf, type EventTotals } from '../../../cost/index.ts';
import type { Signal } from '../../../model/index.ts';

const turnMs = 60_000;
/** An event that said nothing for so long has no rate. */
const silentMs = 2 * turnMs;
/** Fields of which earlier totals are kept, over all events; beyond, an event's fields are judged by all that was ever seen of them. */
const mostFields = 200_000;
const leastMs = 2000;

/** `totals` null: of an event that nobody had seen before. */
interface Mark { readonly atMs: number; readonly totals: EventTotals | null }
interface Held { readonly event: MergedEvent; older: Mark | null; newer: Mark; changedMs: number }

/** An event then (null: not there yet) and now, and the seconds between. */
export interface EventWindow { readonly event: MergedEvent; readonly before: EventTotals | null; readonly after: EventTotals; readonly seconds: number }

export class EventWindows {
  readonly #held = new Map<string, Held>();
  #fields = 0;

  /** After a report was taken in. `isNew`: nobody had seen it before, so that all of it came in the last `overMs`. */
  note(key: string, event: MergedEvent, isNew: boolean, overMs: number, nowMs: number): void {
    const held = this.#held.get(key);
    if (held === undefined || held.event !== event || (held.newer.totals?.records ?? 0) > event.records) {
      this.forget(key);
      this.#held.set(key, { event, older: null, newer: isNew ? { atMs: nowMs - overMs, totals: null } : this.#mark(event, nowMs), changedMs: nowMs });
      return;
    }
    held.changedMs = nowMs;
    if (nowMs - held.newer.atMs < turnMs) return;
    this.#release(held.older);
    held.older = held.newer;
    held.newer = this.#mark(event, nowMs);
  }

  forget(key: string): void {
    const held = this.#held.get(key);
    if (held === undefined) return;
    this.#release(held.older);
    this.#release(held.newer);
    this.#held.delete(key);
  }

  /** Those of events that spoke of late. `untilMs`: up to when reports have told. `signal`: of this one only. */
  windows(untilMs: number, signal: Signal | null = null): EventWindow[] {
    return this.keys(signal).flatMap((key) => this.window(key, untilMs) ?? []);
  }

  /** Of events that may have a window. */
  keys(signal: Signal | null = null): string[] {
    const keys: string[] = [];
    for (const [key, { event }] of this.#held) if (signal === null || event.signal === signal) keys.push(key);
    return keys;
  }

  /** Null of an event that said nothing of late, or that came only now. */
  window(key: string, untilMs: number): EventWindow | null {
    const held = this.#held.get(key);
    if (held === undefined) return null;
    const { event, older, newer, changedMs } = held;
    if (untilMs - changedMs > silentMs) { this.forget(key); return null; }
    const mark = older ?? newer;
    const seconds = (untilMs - mark.atMs) / 1000;
    return seconds * 1000 < leastMs ? null : { event, before: mark.totals, after: totalsOf(event, true), seconds };
  }

  #mark(event: MergedEvent, atMs: number): Mark {
    const totals = totalsOf(event, this.#fields + event.fields.size <= mostFields);
    this.#fields += totals.fields.length;
    return { atMs, totals };
  }

  #release(mark: Mark | null): void { this.#fields -= mark?.totals?.fields.length ?? 0; }
}
