// The attributes of one record that were asked for already: where each lies, and what it is once decoded. Many rules ask for
// the same few.
import type { Value } from './types.ts';

/** A record of which more are asked for is searched again for the rest. */
const most = 16;
const undecoded: unique symbol = Symbol('undecoded');

export class KnownAttributes {
  #count = 0;
  readonly #keys: (Uint8Array | null)[] = Array.from({ length: most }, () => null);
  readonly #starts = new Int32Array(most);
  /** 0: the record has no such attribute. */
  readonly #ends = new Int32Array(most);
  readonly #values: (Value | typeof undecoded)[] = Array.from({ length: most }, () => undecoded);

  get count(): number { return this.#count; }
  clear(): void { this.#count = 0; }

  /** By the identity of the key; -1 when it was not asked for yet. */
  find(key: Uint8Array): number {
    for (let i = 0; i < this.#count; i++) if (this.#keys[i] === key) return i;
    return -1;
  }

  /** The body of its KeyValue, `end` 0 for none. Past the bound the last place is used again. */
  add(key: Uint8Array, start: number, end: number): number {
    const at = this.#count < most ? this.#count++ : most - 1;
    this.#keys[at] = key;
    this.#starts[at] = start;
    this.#ends[at] = end;
    this.#values[at] = undecoded;
    return at;
  }

  start(at: number): number { return this.#starts[at]!; }
  end(at: number): number { return this.#ends[at]!; }

  value(at: number, decode: (start: number, end: number) => Value): Value {
    const known = this.#values[at]!;
    if (known !== undecoded) return known;
    const value = this.#ends[at] === 0 ? null : decode(this.#starts[at]!, this.#ends[at]!);
    this.#values[at] = value;
    return value;
  }
}
