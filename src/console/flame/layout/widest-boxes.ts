// The widest of many boxes at once, which lends its colour to a pixel that all of them share: levels of blocks of 16, so that a
// pixel over a hundred thousand boxes costs some dozens of looks.
import type { FlameBoxes } from '../../../profiles/index.ts';

const shift = 4;
const blockSize = 1 << shift;

export class WidestBoxes {
  readonly #boxes: FlameBoxes;
  /** Of level k, entry i is the widest box of `i << 4 * (k + 1)` and the 16^(k + 1) - 1 that follow. */
  readonly #levels: readonly Int32Array[];

  /** One pass over the boxes. */
  constructor(boxes: FlameBoxes) {
    this.#boxes = boxes;
    const levels: Int32Array[] = [];
    for (let count = boxes.start.length; count > blockSize; count = Math.ceil(count / blockSize)) levels.push(this.#levelOver(levels.at(-1), count));
    this.#levels = levels;
  }

  /** The widest box of `from .. to`, the first of equals; `from < to`. */
  of(from: number, to: number): number {
    let best = from;
    let low = from;
    let high = to;
    let entries: Int32Array | undefined;
    for (const level of this.#levels) {
      const lowBlock = (low + blockSize - 1) >> shift;
      const highBlock = high >> shift;
      if (lowBlock >= highBlock) break;
      best = this.#best(best, entries, low, lowBlock << shift);
      best = this.#best(best, entries, highBlock << shift, high);
      [entries, low, high] = [level, lowBlock, highBlock];
    }
    return this.#best(best, entries, low, high);
  }

  #levelOver(below: Int32Array | undefined, count: number): Int32Array {
    const level = new Int32Array(Math.ceil(count / blockSize));
    for (let block = 0; block < level.length; block++) {
      const from = block << shift;
      level[block] = this.#best(below ? below[from]! : from, below, from, Math.min(from + blockSize, count));
    }
    return level;
  }

  #best(best: number, entries: Int32Array | undefined, from: number, to: number): number {
    const { start, end } = this.#boxes;
    let found = best;
    let width = end[best]! - start[best]!;
    for (let at = from; at < to; at++) {
      const box = entries ? entries[at]! : at;
      const its = end[box]! - start[box]!;
      if (its > width || (its === width && box < found)) { width = its; found = box; }
    }
    return found;
  }
}
