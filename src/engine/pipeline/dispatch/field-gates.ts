// The gates of many rules about one field, asked together: one look at the field says which of the rules may match.
import type { RecordCursor } from '../../../otlp/index.ts';
import { hasFoldingLetter } from '../../record/index.ts';
import { hashBytes } from '../../../otlp/index.ts';
import type { Field } from './field.ts';
import type { Gate } from './gates.ts';
import { HashIndex } from './hash-table.ts';
import { LiteralScan } from './literal-scan.ts';

export interface GatedRule { readonly place: number; readonly gate: Gate }

/** Places of rules, each once. */
export class Places {
  count = 0;
  readonly list: Int32Array;
  readonly #stamps: Int32Array;
  #stamp = 0;

  constructor(size: number) { this.list = new Int32Array(size); this.#stamps = new Int32Array(size); }

  clear(): void { this.count = 0; this.#stamp = (this.#stamp + 1) | 0; }

  add(place: number): void {
    if (this.#stamps[place] === this.#stamp) return;
    this.#stamps[place] = this.#stamp;
    this.list[this.count++] = place;
  }

  addAll(places: Int32Array): void { for (let i = 0; i < places.length; i++) this.add(places[i]!); }

  /** In the order of the rules; there are few. */
  sort(): void {
    const { list, count } = this;
    if (count > 32) { list.subarray(0, count).sort(); return; }
    for (let i = 1; i < count; i++) {
      const place = list[i]!;
      let at = i;
      for (; at > 0 && list[at - 1]! > place; at--) list[at] = list[at - 1]!;
      list[at] = place;
    }
  }
}

export class FieldGates {
  readonly #field: Field;
  readonly #all: Int32Array;
  readonly #index: HashIndex;
  /** By place in the index: the rules that want that text. */
  readonly #equal: readonly Int32Array[];
  readonly #scan: LiteralScan | null;
  readonly #places: Places;
  readonly #visit: (values: Int32Array) => void;

  /** `rules` are all about `field`; who may match is added to `places`. */
  constructor(field: Field, rules: readonly GatedRule[], places: Places) {
    this.#field = field;
    this.#places = places;
    this.#visit = (values) => places.addAll(values);
    this.#all = Int32Array.from(rules, ({ place }) => place);
    const equal = new Map<number, number[]>();
    for (const { place, gate } of rules) if (gate.kind === 'equals') for (const hash of gate.hashes) { const known = equal.get(hash); if (known === undefined) equal.set(hash, [place]); else known.push(place); }
    this.#index = new HashIndex([...equal.keys()]);
    this.#equal = [...equal.values()].map((list) => Int32Array.from(list));
    const entries = rules.flatMap(({ place, gate }) => (gate.kind === 'holds' ? gate.texts.map((text) => ({ text, value: place })) : []));
    this.#scan = entries.length === 0 ? null : new LiteralScan(entries);
  }

  /** The cursor is at the record. */
  look(cursor: RecordCursor): void {
    if (!this.#field.slice(cursor)) {
      if (this.#field.isOther(cursor)) this.#places.addAll(this.#all);
      return;
    }
    const { sliceStart, sliceEnd } = cursor;
    const { bytes } = cursor.view;
    if (this.#equal.length > 0) {
      const at = this.#index.find(hashBytes(bytes, sliceStart, sliceEnd));
      if (at >= 0) this.#places.addAll(this.#equal[at]!);
    }
    if (this.#scan !== null && this.#scan.scan(bytes, sliceStart, sliceEnd, this.#visit) && hasFoldingLetter(bytes, sliceStart, sliceEnd)) this.#places.addAll(this.#all);
  }
}
