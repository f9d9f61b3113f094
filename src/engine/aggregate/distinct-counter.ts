// Counts distinct keys: exactly up to a bound, then by HyperLogLog with 2^indexBits registers of one byte. The standard error
// is 1.04 / sqrt(registers). Flajolet et al., "HyperLogLog: the analysis of a near-optimal cardinality estimation algorithm" (2007).
import { entryBytes, objectBytes } from './memory.ts';

/** FNV-1a over UTF-16 units from a seed, then an avalanche so that all bits are equally good. */
function hash32(text: string, seed: number): number {
  let hash = seed | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export class DistinctCounter {
  readonly #maxExact: number;
  readonly #indexBits: number;
  #exact: Set<string> | null = new Set();
  #ranks: Uint8Array | null = null;
  #bytes = objectBytes;

  /** `indexBits` of 4 to 18. */
  constructor(maxExact: number, indexBits: number) { this.#maxExact = maxExact; this.#indexBits = indexBits; }

  get bytes(): number { return this.#bytes; }

  add(key: string): void {
    if (this.#exact === null) return this.#note(key);
    const before = this.#exact.size;
    this.#exact.add(key);
    if (this.#exact.size > before) this.#bytes += entryBytes + 2 * key.length;
    if (this.#exact.size > this.#maxExact) this.#switch();
  }

  #switch(): void {
    const keys = this.#exact!;
    this.#exact = null;
    this.#ranks = new Uint8Array(2 ** this.#indexBits);
    this.#bytes = objectBytes + this.#ranks.length;
    for (const key of keys) this.#note(key);
  }

  /** One hash chooses the register, another gives the rank, so that 64 bits are in play. */
  #note(key: string): void {
    const index = hash32(key, 0x811c9dc5) >>> (32 - this.#indexBits);
    const rank = Math.clz32(hash32(key, 0x2c1b3c6d)) + 1;
    if (rank > this.#ranks![index]!) this.#ranks![index] = rank;
  }

  count(): number {
    if (this.#exact !== null) return this.#exact.size;
    const registers = this.#ranks!.length;
    let [sum, empty] = [0, 0];
    for (const rank of this.#ranks!) { sum += 2 ** -rank; if (rank === 0) empty++; }
    const raw = ((0.7213 / (1 + 1.079 / registers)) * registers * registers) / sum;
    return Math.round(raw <= 2.5 * registers && empty > 0 ? registers * Math.log(registers / empty) : raw);
  }
}
