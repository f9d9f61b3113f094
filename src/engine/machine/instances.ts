// The machines of one rule, one per key, within bounds of number and of memory: the least recently used goes first. It knows how many
// are in which state and keeps the timers.
import type { LiveState } from './compile-machine.ts';
import type { RecordOrigin } from './events.ts';
import { MatchWindow } from './match-window.ts';
import { TimerHeap, type Timed } from './timer-heap.ts';

export interface Instance extends Timed {
  readonly id: string; readonly text: string;
  state: LiveState; sinceUnixNano: bigint; lastRecordUnixNano: bigint;
  /** By transition of its state; null where nothing was counted yet. */
  windows: (MatchWindow | null)[] | null;
  readonly seen: Map<string, bigint>;
  /** Of the record that last moved it. */
  origin: RecordOrigin | null;
  isKept: boolean;
  bytes: number;
}

/** An instance with its entries in the maps. */
const baseBytes = 500;
const seenBytes = 80;

export class Instances {
  readonly timers = new TimerHeap<Instance>();
  readonly #maxKeys: number;
  readonly #maxBytes: number;
  /** Least recently used first. */
  readonly #byId = new Map<string, Instance>();
  readonly #counts = new Map<LiveState, number>();
  bytes = 0;
  evicted = 0;

  constructor(maxKeys: number, maxBytes: number) { this.#maxKeys = maxKeys; this.#maxBytes = maxBytes; }

  get size(): number { return this.#byId.size; }
  get(id: string): Instance | undefined { return this.#byId.get(id); }
  all(): IterableIterator<Instance> { return this.#byId.values(); }
  count(state: LiveState): number { return this.#counts.get(state) ?? 0; }

  /** Those of another machine of the same document, each in the state of its name: counts, times and timers go on. The other has none left that count. */
  takeUp(before: Instances, states: ReadonlyMap<string, LiveState>): void {
    for (const one of before.all()) {
      const state = states.get(one.state.name);
      if (state !== undefined) this.keep({ ...one, state, heapPlace: -1, isKept: false }, () => undefined);
    }
    this.evicted = before.evicted;
  }

  /** Makes the instance the most recently used, and lets those go that there is no room for: told one by one. */
  keep(instance: Instance, onGone: (gone: Instance) => void): void {
    if (instance.isKept) this.#byId.delete(instance.id);
    else {
      const other = this.#byId.get(instance.id);
      if (other !== undefined) onGone(this.#drop(other));
      instance.isKept = true;
      this.bytes += instance.bytes;
      this.#count(instance.state, 1);
      this.timers.set(instance, instance.dueUnixNano);
    }
    this.#byId.set(instance.id, instance);
    while (this.#byId.size > 1 && (this.#byId.size > this.#maxKeys || this.bytes > this.#maxBytes)) onGone(this.#dropOldest());
  }

  #dropOldest(): Instance {
    return this.#drop(this.#byId.values().next().value!);
  }

  #drop(oldest: Instance): Instance {
    this.#byId.delete(oldest.id);
    oldest.isKept = false;
    this.bytes -= oldest.bytes;
    this.#count(oldest.state, -1);
    this.timers.set(oldest, null);
    this.evicted++;
    return oldest;
  }

  #count(state: LiveState, by: number): void { this.#counts.set(state, this.count(state) + by); }

  /** Puts it into a state, where counts and time begin anew. */
  stand(instance: Instance, state: LiveState, now: bigint): void {
    if (instance.isKept) { this.#count(instance.state, -1); this.#count(state, 1); }
    instance.state = state;
    instance.sinceUnixNano = now;
    instance.windows = null;
    this.weigh(instance);
    const first = state.after[0];
    const due = first === undefined ? null : now + first.nanos;
    if (instance.isKept) this.timers.set(instance, due); else instance.dueUnixNano = due;
  }

  /** Where matches of a transition are counted. */
  windowOf(instance: Instance, index: number): MatchWindow {
    instance.windows ??= instance.state.on.map(() => null);
    const { plan, withinNanos } = instance.state.on[index]!;
    return (instance.windows[index] ??= new MatchWindow(plan.count, withinNanos));
  }

  /** Takes account of what it holds by now. */
  weigh(instance: Instance): void {
    const windows = instance.windows?.reduce((sum, one) => sum + (one?.bytes ?? 0), instance.windows.length * 8) ?? 0;
    const bytes = baseBytes + (instance.id.length + instance.text.length) * 4 + instance.seen.size * seenBytes + windows;
    if (instance.isKept) this.bytes += bytes - instance.bytes;
    instance.bytes = bytes;
  }
}
