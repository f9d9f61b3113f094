// The rest: what is not counted by name, one event per signal. How many ids that are, a sketch tells.
import type { Signal } from '../../model/index.ts';
import { mixed, Sketch } from '../sketch/index.ts';
import { rLookUnixMs, rUntilLook, type HotRows } from './hot-rows.ts';
import { ObservedEvent } from './observed-event.ts';

/** The durable id that a folded event bears. */
export const foldedId = '(folded)';

export class Folded {
  readonly #events = new Map<Signal, ObservedEvent>();
  readonly #ids = new Sketch();
  readonly #rows: HotRows;

  constructor(rows: HotRows) { this.#rows = rows; }

  get events(): readonly ObservedEvent[] { return [...this.#events.values()]; }
  get ids(): number { return this.#ids.distinct(); }

  /** The event that stands for an id from now on. */
  of(signal: Signal, nameHash: number, serviceHash: number, nowUnixMs: number): ObservedEvent {
    this.#ids.add(mixed(nameHash ^ Math.imul(serviceHash, 0x9e3779b1)), mixed(serviceHash ^ Math.imul(nameHash, 0x85ebca6b)));
    return this.event(signal, nowUnixMs);
  }

  event(signal: Signal, nowUnixMs: number): ObservedEvent {
    const known = this.#events.get(signal);
    if (known !== undefined) return known;
    const row = this.#rows.take();
    const event = new ObservedEvent({ signal, source: 'folded', service: '', durableId: foldedId, id: '', template: undefined, ordinal: -1 }, 0, 0, row, this.#rows.values, 0, nowUnixMs);
    this.#rows.values[row + rUntilLook] = this.#rows.values[row + rLookUnixMs] = Infinity;
    this.#events.set(signal, event);
    return event;
  }
}
