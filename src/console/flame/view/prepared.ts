// What is worked out of a picture once, not in each frame: widest boxes, what was found, how much rows cover. Kept while its columns stay the same.
import type { FlameBoxes } from '../../../profiles/index.ts';
import { foundCounts } from '../layout/found-counts.ts';
import { rowCover } from '../layout/row-cover.ts';
import { WidestBoxes } from '../layout/widest-boxes.ts';
import type { FlamePicture } from '../types.ts';

export interface Prepared { readonly widest: WidestBoxes; readonly cover: Float32Array; readonly found: Int32Array | null }

export class Preparation {
  #boxes: FlameBoxes | null = null;
  #found: Uint8Array | null = null;
  #prepared: Prepared | null = null;

  of({ boxes, found }: Pick<FlamePicture, 'boxes' | 'found'>): Prepared {
    if (this.#prepared !== null && this.#boxes === boxes && this.#found === found) return this.#prepared;
    const counts = found === null ? null : foundCounts(found);
    const old = this.#boxes === boxes ? this.#prepared : null;
    this.#prepared = { widest: old?.widest ?? new WidestBoxes(boxes), cover: old?.cover ?? rowCover(boxes), found: counts };
    [this.#boxes, this.#found] = [boxes, found];
    return this.#prepared;
  }
}
