// The boxes as pixels. All lines of a row look alike but for its edges, so a row is inked once, as three lines one pixel high, and
// copied down: the cost is that of the picture's pixels, however many boxes there are, and no draw call is needed.
import { anyFound } from '../layout/found-counts.ts';
import type { RowSpans } from '../layout/row-spans.ts';
import type { FlameLook, Inks } from './flame-look.ts';

/** In device pixels: between boxes, of the theme's border, and of the outline of what was found. */
export interface BoxEdges { readonly gap: number; readonly border: number; readonly outline: number }
export const boxEdges = (ratio: number): BoxEdges => ({ gap: Math.max(1, Math.round(ratio)), border: Math.max(1, Math.round(ratio)), outline: Math.max(2, Math.round(1.5 * ratio)) });

export interface RowInk { readonly look: FlameLook; readonly colours: Uint8Array; /** Of found-counts.ts; null: no search. */ readonly found: Int32Array | null; readonly selected: number | null; readonly edges: BoxEdges }

/** Found and chosen boxes keep their colour; without a search all do. */
export const isPlain = ({ found, selected }: Pick<RowInk, 'found' | 'selected'>, spans: RowSpans, at: number): boolean =>
  found === null || anyFound(found, spans.first[at]!, spans.end[at]!) || (selected !== null && selected >= spans.first[at]! && selected < spans.end[at]!);

export class PixelRows {
  readonly image: ImageData;
  readonly #pixels: Uint32Array;
  readonly #outer: Uint32Array;
  readonly #inner: Uint32Array;
  readonly #body: Uint32Array;

  /** `columns` of the picture's width are the boxes'; the rest is left to others. */
  constructor(image: ImageData, columns: number) {
    this.image = image;
    this.#pixels = new Uint32Array(image.data.buffer);
    [this.#outer, this.#inner, this.#body] = [new Uint32Array(columns), new Uint32Array(columns), new Uint32Array(columns)];
  }

  clear(ground: number): void { this.#pixels.fill(ground); }

  fill(left: number, right: number, y: number, colour: number): void { this.#pixels.fill(colour, y * this.image.width + left, y * this.image.width + right); }

  /** Draws a row whose boxes are `height` high. */
  paint(spans: RowSpans, top: number, height: number, ink: RowInk): void {
    if (spans.count === 0) return;
    for (const line of [this.#outer, this.#inner, this.#body]) line.fill(ink.look.ground);
    for (let at = 0; at < spans.count; at++) this.#inkSpan(spans, at, ink);
    for (let y = Math.max(0, top), end = Math.min(this.image.height, top + height); y < end; y++) {
      const fromEdge = Math.min(y - top, top + height - 1 - y);
      this.#pixels.set(fromEdge < ink.edges.border ? this.#outer : fromEdge < ink.edges.outline ? this.#inner : this.#body, y * this.image.width);
    }
  }

  #inkSpan(spans: RowSpans, at: number, row: RowInk): void {
    const { look, colours, found, edges } = row;
    const left = spans.left[at]!;
    const right = Math.max(left + 1, spans.right[at]! - (spans.right[at]! - left > 1 ? edges.gap : 0));
    const isFound = found !== null && anyFound(found, spans.first[at]!, spans.end[at]!);
    const inks: Inks = isPlain(row, spans, at) ? look.plain : look.dimmed;
    const fill = inks.fills[colours[spans.box[at]!]!]!;
    const line = isFound ? look.outline : right - left <= 2 * edges.border ? fill : inks.border ?? fill;
    const edge = isFound ? edges.outline : edges.border;
    ink(this.#outer, left, right, line);
    ink(this.#inner, left, right, isFound ? line : fill);
    ink(this.#body, left, right, fill);
    if (line === fill || right - left <= 2 * edge) return;
    inkSides(this.#inner, left, right, edge, line);
    inkSides(this.#body, left, right, edge, line);
  }
}

function inkSides(line: Uint32Array, left: number, right: number, edge: number, colour: number): void {
  ink(line, left, left + edge, colour);
  ink(line, right - edge, right, colour);
}

/** A plain loop: most spans are a few pixels wide, where `fill` costs more to call than to run. */
function ink(line: Uint32Array, left: number, right: number, colour: number): void {
  if (right - left > 32) line.fill(colour, left, right);
  else for (let x = left; x < right; x++) line[x] = colour;
}
