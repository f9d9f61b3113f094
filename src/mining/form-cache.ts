// Which template a normal form belongs to, of the forms seen last: two places per form in typed arrays of one size, so that a
// flood of bodies that never repeat takes no memory. What is pushed out is found again the long way.

const sets = 1 << 16;

export class FormCache {
  static readonly bytes = sets * 2 * 12;
  readonly #high = new Int32Array(sets * 2);
  readonly #low = new Int32Array(sets * 2);
  /** Ordinal + 1. */
  readonly #ordinals = new Int32Array(sets * 2);

  /** -1 when it is not held. */
  get(high: number, low: number): number {
    const at = (low & sets - 1) * 2;
    if (this.#low[at] === low && this.#high[at] === high) return this.#ordinals[at]! - 1;
    if (this.#low[at + 1] === low && this.#high[at + 1] === high) return this.#ordinals[at + 1]! - 1;
    return -1;
  }

  /** The newcomer takes the first place, who had it the second. */
  set(high: number, low: number, ordinal: number): void {
    const at = (low & sets - 1) * 2;
    if (this.#low[at] !== low || this.#high[at] !== high) {
      this.#low[at + 1] = this.#low[at]!;
      this.#high[at + 1] = this.#high[at]!;
      this.#ordinals[at + 1] = this.#ordinals[at]!;
    }
    this.#low[at] = low;
    this.#high[at] = high;
    this.#ordinals[at] = ordinal + 1;
  }
}
