// How many distinct values there were: exact up to 256, kept as their hashes, then a HyperLogLog of 4,096 registers (standard error
// 1.04 / sqrt(4096) = 1.6 %). Merging two gives what one would have held. At most 4 KiB, and a few bytes while there is little to count.
import { estimate } from './estimate.ts';

export const precision = 12;
export const registerCount = 1 << precision;
/** Values kept exactly; their hash table is then as large as the registers. */
export const exactUpTo = 256;
/** The highest rank: 64 bits of hash less those that choose the register, and one. */
export const mostRank = 64 - precision + 1;

export class Sketch {
  /** Pairs of hash halves by open addressing; (0, 0) is an empty place. Null once there are registers. */
  #exact: Uint32Array<ArrayBuffer> | null = new Uint32Array(8);
  #count = 0;
  #registers: Uint8Array<ArrayBuffer> | null = null;

  /** Notes a value by the two halves of its hash. True when the sketch changed. */
  add(first: number, second: number): boolean {
    const low = second === 0 && first === 0 ? 1 : second;
    return this.#exact === null ? this.#raise(first, low) : this.#addExact(first >>> 0, low >>> 0);
  }

  #addExact(first: number, second: number): boolean {
    let table = this.#exact!;
    let at = placeIn(table, first, second);
    if (table[at] === first && table[at + 1] === second) return false;
    if (this.#count === exactUpTo) { this.#spill(); return this.#raise(first, second); }
    if ((this.#count + 1) * 4 > table.length) {
      table = this.#exact = doubled(table);
      at = placeIn(table, first, second);
    }
    table[at] = first;
    table[at + 1] = second;
    this.#count++;
    return true;
  }

  #spill(): void {
    const table = this.#exact!;
    this.#exact = null;
    this.#registers = new Uint8Array(registerCount);
    this.#count = 0;
    eachPair(table, (first, second) => { this.#raise(first, second); });
  }

  #raise(first: number, second: number): boolean {
    const registers = this.#registers!;
    const at = first >>> (32 - precision);
    const rest = (first << precision) >>> 0;
    // Leading zeros of the 20 bits left of `first`, and on into `second` when these are all zero.
    const rank = (rest === 0 ? 32 - precision + Math.clz32(second) : Math.clz32(rest)) + 1;
    if (registers[at]! >= rank) return false;
    registers[at] = rank;
    return true;
  }

  /** Distinct values: exact up to 256, else the estimate, rounded. */
  distinct(): number {
    if (this.#exact !== null) return this.#count;
    const counts = Array.from({ length: mostRank + 1 }, () => 0);
    for (const rank of this.#registers!) counts[rank]!++;
    return Math.round(estimate(counts, mostRank));
  }

  merge(other: Sketch): void {
    if (other.#exact !== null) { eachPair(other.#exact, (first, second) => { this.add(first, second); }); return; }
    if (this.#exact !== null) this.#spill();
    const [mine, theirs] = [this.#registers!, other.#registers!];
    for (let i = 0; i < registerCount; i++) if (theirs[i]! > mine[i]!) mine[i] = theirs[i]!;
  }

  clone(): Sketch {
    const copy = new Sketch();
    copy.merge(this);
    return copy;
  }

  /** Bytes that it takes. */
  get size(): number { return this.#exact?.byteLength ?? registerCount; }
  /** Whether it holds more than `values`, which are at most 256. Costs nothing. */
  isOver(values: number): boolean { return this.#exact === null || this.#count > values; }

  /** For the wire: the hashes, or the registers; the other is null. */
  parts(): { readonly pairs: readonly number[] | null; readonly registers: Uint8Array | null } {
    if (this.#exact === null) return { pairs: null, registers: this.#registers };
    const pairs: number[] = [];
    eachPair(this.#exact, (first, second) => { pairs.push(first, second); });
    return { pairs, registers: null };
  }

  /** Takes registers of the wire; a rank beyond the highest is cut. */
  mergeRegisters(registers: Uint8Array): void {
    if (this.#exact !== null) this.#spill();
    for (let i = 0; i < registerCount; i++) this.#registers![i] = Math.min(mostRank, Math.max(this.#registers![i]!, registers[i]!));
  }
}

function placeIn(table: Uint32Array, first: number, second: number): number {
  const mask = table.length / 2 - 1;
  let place = (first ^ (second >>> 15)) & mask;
  for (;; place = (place + 1) & mask) {
    const at = place * 2;
    if ((table[at] === 0 && table[at + 1] === 0) || (table[at] === first && table[at + 1] === second)) return at;
  }
}

function doubled(table: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const bigger = new Uint32Array(table.length * 2);
  eachPair(table, (first, second) => {
    const at = placeIn(bigger, first, second);
    bigger[at] = first;
    bigger[at + 1] = second;
  });
  return bigger;
}

function eachPair(table: Uint32Array, visit: (first: number, second: number) => void): void {
  for (let at = 0; at < table.length; at += 2) if (table[at] !== 0 || table[at + 1] !== 0) visit(table[at]!, table[at + 1]!);
}

/** Values that were in both, by |A| + |B| - |A or B|: exact while both are, else no better than a few per cent of the larger. */
export function inBoth(one: Sketch, other: Sketch): number {
  const both = one.clone();
  both.merge(other);
  return Math.max(0, one.distinct() + other.distinct() - both.distinct());
}
