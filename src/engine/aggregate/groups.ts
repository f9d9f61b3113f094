// Groups of one summarize: keys to accumulators. Bounded: past `maxGroups` the rest share one overflow group.
import type { Value } from '../../otlp/index.ts';
import type { Frame } from '../expr/index.ts';
import { groupKey } from '../values/index.ts';
import type { Accumulator, CompiledAggregate } from './aggregate.ts';

export interface Group {
  /** Null for the overflow group. */
  readonly keys: readonly Value[] | null;
  readonly accumulators: readonly Accumulator[];
}

export class RowGroups {
  readonly #aggregates: readonly CompiledAggregate[];
  readonly #maxGroups: number;
  readonly #groups = new Map<string, Group>();
  #overflow: Group | null = null;

  constructor(aggregates: readonly CompiledAggregate[], maxGroups: number) { this.#aggregates = aggregates; this.#maxGroups = maxGroups; }

  get size(): number { return this.#groups.size; }

  /** Adds the row in the frame to the group of these keys. */
  add(keys: readonly Value[], frame: Frame): void {
    const group = this.#groupOf(keys);
    for (const accumulator of group.accumulators) accumulator.add(frame);
  }

  #groupOf(keys: readonly Value[]): Group {
    const name = keys.length === 1 ? groupKey(keys[0]!) : keys.map(groupKey).join('|');
    let group = this.#groups.get(name);
    if (group === undefined) {
      if (this.#groups.size >= this.#maxGroups) return (this.#overflow ??= this.#newGroup(null));
      group = this.#newGroup([...keys]);
      this.#groups.set(name, group);
    }
    return group;
  }

  #newGroup(keys: readonly Value[] | null): Group { return { keys, accumulators: this.#aggregates.map((aggregate) => aggregate.create()) }; }

  /** One group over no rows: what `summarize` without `by` gives for an empty input. */
  ensureOne(): void { if (this.#groups.size === 0) this.#groups.set('', this.#newGroup([])); }

  *[Symbol.iterator](): Generator<Group> {
    yield* this.#groups.values();
    if (this.#overflow !== null) yield this.#overflow;
  }
}
