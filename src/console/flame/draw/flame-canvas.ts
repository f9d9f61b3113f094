// One frame: boxes and depth strip as pixels, then the texts, then the rings around what is pointed at and what is chosen. It keeps
// what the next frame can use again.
import type { FlameBoxes } from '../../../profiles/index.ts';
import { topOfRow, visibleRows, type RowLines } from '../layout/row-lines.ts';
import { RowSpans, spansOfRow, type AxisView } from '../layout/row-spans.ts';
import type { WidestBoxes } from '../layout/widest-boxes.ts';
import type { FlameLabels } from '../types.ts';
import { boxRect } from './box-rect.ts';
import { paintStrip } from './depth-strip.ts';
import type { FlameLook, Inks } from './flame-look.ts';
import { LabelFonts, LabelList } from './labels.ts';
import { boxEdges, isPlain, PixelRows, type RowInk } from './pixel-rows.ts';

/** All lengths are device pixels, `ratio` of them to a CSS pixel. */
export interface FlameFrame {
  readonly boxes: FlameBoxes; readonly widest: WidestBoxes; readonly labels: FlameLabels; readonly colours: Uint8Array;
  /** Of found-counts.ts; null: no search. */
  readonly found: Int32Array | null;
  /** Of row-cover.ts; drawn right of the view's columns when there is room left. */
  readonly cover: Float32Array;
  readonly look: FlameLook; readonly ratio: number; readonly view: AxisView; readonly lines: RowLines;
  readonly selected: number | null; readonly pointed: number | null;
}

export class FlameCanvas {
  readonly #context: CanvasRenderingContext2D;
  readonly #labels = new LabelList();
  #pixels: PixelRows | null = null;
  #spans = new RowSpans(0);
  #fonts: { readonly look: FlameLook; readonly ratio: number; readonly fonts: LabelFonts } | null = null;

  constructor(context: CanvasRenderingContext2D) { this.#context = context; }

  /** A font arrived: letters are measured again. */
  forgetFonts(): void { this.#fonts = null; }

  draw(frame: FlameFrame): void {
    const { canvas } = this.#context;
    if (canvas.width === 0 || canvas.height === 0) return;
    const pixels = this.#pixelsFor(canvas.width, canvas.height, frame.view.width);
    pixels.clear(frame.look.ground);
    this.#labels.clear();
    this.#rows(pixels, frame);
    if (frame.view.width < canvas.width) paintStrip(pixels, frame.view.width, frame.lines, frame.cover, frame.look);
    this.#context.putImageData(pixels.image, 0, 0);
    this.#labels.paint(this.#context, frame.labels, frame.colours, this.#fontsFor(frame), frame.ratio, frame.selected);
    this.#rings(frame);
  }

  #rows(pixels: PixelRows, { boxes, widest, view, lines, look, colours, found, selected, ratio }: FlameFrame): void {
    const row: RowInk = { look, colours, found, selected, edges: boxEdges(ratio) };
    const height = lines.rowHeight - row.edges.gap;
    const spans = this.#spans;
    const inksOf = (at: number): Inks => isPlain(row, spans, at) ? look.plain : look.dimmed;
    const [first, end] = visibleRows(lines);
    for (let at = first; at < end; at++) {
      const top = topOfRow(lines, at);
      spansOfRow(boxes, widest, at, view, spans);
      pixels.paint(spans, top, height, row);
      this.#labels.collect(spans, top + Math.round(height / 2 + look.fontSize * ratio * 0.36), ratio, inksOf);
    }
  }

  #rings({ boxes, view, lines, look, ratio, selected, pointed }: FlameFrame): void {
    const { gap } = boxEdges(ratio);
    const line = (box: number, colour: string, width: number, outside: number) => {
      const rect = boxRect(boxes, box, view, lines, gap);
      if (rect === null) return;
      // Never beyond the sides of the picture: a ring around what fills it would lose them.
      const left = Math.max(rect.left - outside, width / 2);
      const right = Math.min(rect.left + rect.width + outside, view.width - width / 2);
      this.#context.strokeStyle = colour;
      this.#context.lineWidth = width;
      this.#context.strokeRect(left, rect.top - outside, right - left, rect.height + 2 * outside);
    };
    if (pointed !== null && pointed !== selected) line(pointed, look.pointed, ratio, -ratio / 2);
    if (selected === null) return;
    line(selected, look.groundCss, 2 * ratio, ratio);
    line(selected, look.accent, 2 * ratio, 3 * ratio);
  }

  #pixelsFor(width: number, height: number, columns: number): PixelRows {
    const known = this.#pixels;
    if (known !== null && known.image.width === width && known.image.height === height && this.#spans.left.length === columns) return known;
    this.#spans = new RowSpans(columns);
    return this.#pixels = new PixelRows(this.#context.createImageData(width, height), columns);
  }

  #fontsFor({ look, ratio }: FlameFrame): LabelFonts {
    if (this.#fonts?.look !== look || this.#fonts.ratio !== ratio) this.#fonts = { look, ratio, fonts: new LabelFonts(this.#context, look, ratio) };
    return this.#fonts.fonts;
  }
}
