// Which rules a record has to meet, in their order, found without asking each: by the hash of its durable id, and for rules
// that name none by their gates. What it finds may be too much, never too little.
import type { RecordCursor } from '../../../otlp/index.ts';
import { FieldGates, Places, type GatedRule } from './field-gates.ts';
import type { Gate } from './gates.ts';
import { HashIndex } from './hash-table.ts';

/** What the index has to know of a rule. */
export interface Indexed {
  /** Hashes of the durable ids that it can match, or null for any. */
  readonly nameHashes: readonly number[] | null;
  readonly gate: Gate | null;
}

/** Fewer rules than this about one field are asked one by one, which costs no more: a hash of the field is cheap, a scan of it is not. */
const worthALook = { equals: 4, holds: 6 };
/** Of rules that are dear to ask, one is enough. */
export const alwaysLook: typeof worthALook = { equals: 1, holds: 1 };

export class Dispatch<R extends Indexed> {
  readonly #rules: readonly R[];
  readonly #index: HashIndex;
  /** By place in the index: rules to meet whatever the gates say. */
  readonly #lists: readonly Int32Array[];
  /** The same for records of no name in the index. */
  readonly #unnamed: Int32Array;
  readonly #ready: (readonly R[] | undefined)[] = [];
  readonly #readyUnnamed: readonly R[];
  readonly #gates: readonly FieldGates[];
  readonly #places: Places;
  readonly #merged: R[] = [];

  /** `least`: rules about one field from which on they are asked together. */
  constructor(rules: readonly R[], least = worthALook) {
    this.#rules = rules;
    this.#places = new Places(rules.length);
    const gated = gatedByField(rules, least);
    this.#gates = [...gated].map((group) => new FieldGates(group[0]!.gate.field, group, this.#places));
    const isGated = new Set(gated.flatMap((group) => group.map(({ place }) => place)));
    const open: number[] = [];
    const byHash = new Map<number, number[]>();
    rules.forEach((rule, place) => {
      if (rule.nameHashes === null) { if (!isGated.has(place)) open.push(place); return; }
      for (const hash of new Set(rule.nameHashes)) { const known = byHash.get(hash); if (known === undefined) byHash.set(hash, [place]); else known.push(place); }
    });
    this.#index = new HashIndex([...byHash.keys()]);
    this.#lists = [...byHash.values()].map((list) => Int32Array.from(list));
    this.#unnamed = Int32Array.from(open);
    this.#readyUnnamed = open.map((place) => rules[place]!);
  }

  /** The rules for the record at which the cursor is. Good until the next call. */
  find(nameHash: number, cursor: RecordCursor): readonly R[] {
    const at = this.#index.find(nameHash);
    if (this.#gates.length === 0) return at < 0 ? this.#readyUnnamed : this.#listed(at);
    const places = this.#places;
    places.clear();
    for (const gate of this.#gates) gate.look(cursor);
    if (places.count === 0) return at < 0 ? this.#readyUnnamed : this.#listed(at);
    places.addAll(this.#unnamed);
    if (at >= 0) places.addAll(this.#lists[at]!);
    return this.#inOrder(places);
  }

  /** Made when first asked for: there may be as many lists as names. */
  #listed(at: number): readonly R[] {
    return (this.#ready[at] ??= [...this.#lists[at]!, ...this.#unnamed].sort((a, b) => a - b).map((place) => this.#rules[place]!));
  }

  #inOrder(places: Places): readonly R[] {
    places.sort();
    const merged = this.#merged;
    merged.length = places.count;
    for (let i = 0; i < places.count; i++) merged[i] = this.#rules[places.list[i]!]!;
    return merged;
  }
}

/** Rules without names that have a gate, by field and kind, where there are enough of them. */
function gatedByField(rules: readonly Indexed[], least: typeof worthALook): readonly (readonly GatedRule[])[] {
  const groups = new Map<string, GatedRule[]>();
  rules.forEach(({ nameHashes, gate }, place) => {
    if (nameHashes !== null || gate === null) return;
    const id = `${gate.kind} ${gate.field.id}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [{ place, gate }]); else group.push({ place, gate });
  });
  return [...groups.values()].filter((group) => group.length >= least[group[0]!.gate.kind]);
}
