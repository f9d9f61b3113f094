// Groups of one summarize: keys to accumulators. Bounded: where there is no room for more the rest share one overflow group, and
// how many records went there is counted. What all groups hold is known at any time, for budgets.
import type { Value } from '../../otlp/index.ts';
import type { Frame } from '../expr/index.ts';
import { groupKey } from '../values/index.ts';
import type { Accumulator, CompiledAggregate } from './aggregate.ts';
import { entryBytes, objectBytes, sizeOf } from './memory.ts';

export interface Group {
  /** Null for the overflow group. */
  readonly keys: readonly Value[] | null;
  readonly accumulators: readonly Accumulator[];
}

/** How many more groups may be made, by all who share it. */
export interface GroupRoom { left: number }

export class RowGroups {
  readonly #aggregates: readonly CompiledAggregate[];
  readonly #room: GroupRoom;
  readonly #groups = new Map<string, Group>();
  /** Places of the accumulators whose memory depends on the records. */
  readonly #growing: readonly number[];
  #overflow: Group | null = null;
  #overflowed = 0;
  #bytes = 0;

  /** `room`: how many groups there may be, or what several of these share. */
  constructor(aggregates: readonly CompiledAggregate[], room: GroupRoom | number) {
    this.#aggregates = aggregates;
    this.#room = typeof room === 'number' ? { left: room } : room;
    this.#growing = aggregates.flatMap(({ grows }, i) => (grows ? [i] : []));
  }

  /** Groups with keys; the overflow group is not counted. */
  get size(): number { return this.#groups.size; }
  /** Records that found no room for a group of their own and were added to the overflow group. */
  get overflowed(): number { return this.#overflowed; }
  /** About how much memory all groups hold. */
  get bytes(): number { return this.#bytes; }

  /** Adds the row in the frame to the group of these keys. */
  add(keys: readonly Value[], frame: Frame): void {
    const group = this.#groupOf(keys);
    if (group === this.#overflow) this.#overflowed++;
    const before = this.#grown(group);
    for (const accumulator of group.accumulators) accumulator.add(frame);
    this.#bytes += this.#grown(group) - before;
  }

  #grown(group: Group): number {
    let bytes = 0;
    for (const at of this.#growing) bytes += group.accumulators[at]!.bytes();
    return bytes;
  }

  #groupOf(keys: readonly Value[]): Group {
    const name = keys.length === 1 ? groupKey(keys[0]!) : keys.map(groupKey).join('|');
    let group = this.#groups.get(name);
    if (group === undefined) {
      if (this.#room.left <= 0) return (this.#overflow ??= this.#newGroup(null));
      this.#room.left--;
      group = this.#newGroup([...keys]);
      this.#bytes += entryBytes + 2 * name.length + sizeOf(group.keys!);
      this.#groups.set(name, group);
    }
    return group;
  }

  #newGroup(keys: readonly Value[] | null): Group {
    const accumulators = this.#aggregates.map((aggregate) => aggregate.create());
    this.#bytes += objectBytes + accumulators.reduce((sum, accumulator) => sum + accumulator.bytes(), 0);
    return { keys, accumulators };
  }

  /** One group over no rows: what `summarize` without `by` gives for an empty input. */
  ensureOne(): void { if (this.#groups.size === 0) this.#groups.set('', this.#newGroup([])); }

  *[Symbol.iterator](): Generator<Group> {
    yield* this.#groups.values();
    if (this.#overflow !== null) yield this.#overflow;
  }
}
