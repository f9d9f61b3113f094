// Which template a normal form belongs to, of the forms seen last: two places per form in typed arrays, which grow with the forms that
// come to one size at the most, so that a flood of bodies that never repeat takes no memory. What is pushed out is found again the long way.

const fewest = 1 << 9;
const most = 1 << 16;
const bytesEach = 12;

export class FormCache {
  /** Pairs of places. */
  #sets = fewest;
  #high = new Int32Array(fewest * 2);
  #low = new Int32Array(fewest * 2);
  /** Ordinal + 1. */
  #ordinals = new Int32Array(fewest * 2);
  /** Forms that were put here since it grew. */
  #put = 0;

  get bytes(): number { return this.#sets * 2 * bytesEach; }

  /** -1 when it is not held. */
  get(high: number, low: number): number {
    const at = (low & this.#sets - 1) * 2;
    if (this.#low[at] === low && this.#high[at] === high) return this.#ordinals[at]! - 1;
    if (this.#low[at + 1] === low && this.#high[at + 1] === high) return this.#ordinals[at + 1]! - 1;
    return -1;
  }

  /** The newcomer takes the first place, who had it the second. */
  set(high: number, low: number, ordinal: number): void {
    if (++this.#put > this.#sets && this.#sets < most) this.#grow();
    this.#write(high, low, ordinal + 1);
  }

  /** What belongs to such ordinals is held no more. */
  forget(isForgotten: (ordinal: number) => boolean): void {
    for (let at = 0; at < this.#ordinals.length; at++) if (this.#ordinals[at] !== 0 && isForgotten(this.#ordinals[at]! - 1)) { this.#ordinals[at] = 0; this.#high[at] = 0; this.#low[at] = 0; }
  }

  #write(high: number, low: number, value: number): void {
    const at = (low & this.#sets - 1) * 2;
    if (this.#low[at] !== low || this.#high[at] !== high) {
      this.#low[at + 1] = this.#low[at]!;
      this.#high[at + 1] = this.#high[at]!;
      this.#ordinals[at + 1] = this.#ordinals[at]!;
    }
    this.#low[at] = low;
    this.#high[at] = high;
    this.#ordinals[at] = value;
  }

  #grow(): void {
    const [high, low, ordinals] = [this.#high, this.#low, this.#ordinals];
    this.#sets *= 4;
    this.#put = 0;
    this.#high = new Int32Array(this.#sets * 2);
    this.#low = new Int32Array(this.#sets * 2);
    this.#ordinals = new Int32Array(this.#sets * 2);
    // The older of a pair first, so that the newer stays in front.
    for (let at = ordinals.length - 2; at >= 0; at -= 2) for (const place of [at + 1, at]) if (ordinals[place] !== 0) this.#write(high[place]!, low[place]!, ordinals[place]!);
  }
}
