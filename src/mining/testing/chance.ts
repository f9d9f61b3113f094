// Seeded randomness for the corpora (mulberry32, public domain): the same seed gives the same lines everywhere.

export class Chance {
  #state: number;
  constructor(seed: number) { this.#state = seed | 0; }

  /** In [0, 1). */
  next(): number {
    this.#state = this.#state + 0x6d2b79f5 | 0;
    let x = Math.imul(this.#state ^ this.#state >>> 15, 1 | this.#state);
    x = x + Math.imul(x ^ x >>> 7, 61 | x) ^ x;
    return ((x ^ x >>> 14) >>> 0) / 4294967296;
  }

  /** A whole number in [from, to]. */
  whole(from: number, to: number): number { return from + Math.floor(this.next() * (to - from + 1)); }

  of<T>(all: readonly T[]): T { return all[Math.floor(this.next() * all.length)]!; }

  /** Early ones far more often than late ones, as statements and users of real systems are. */
  skewed<T>(all: readonly T[]): T { return all[Math.floor(all.length * this.next() ** 2.2)]!; }

  hex(digits: number): string { return Array.from({ length: digits }, () => this.whole(0, 15).toString(16)).join(''); }

  shuffled<T>(all: readonly T[]): T[] {
    const out = [...all];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.whole(0, i);
      [out[i], out[j]] = [out[j]!, out[i]!];
    }
    return out;
  }
}
