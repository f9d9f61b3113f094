// The texts on boxes: a name where there is room for some letters, the share after it where there is room for both.
import type { FlameLabels } from '../types.ts';
import type { RowSpans } from '../layout/row-spans.ts';
import type { FlameLook, Inks } from './flame-look.ts';
import { GlyphWidths } from './glyph-widths.ts';

/** CSS pixels, of the visual language. */
export const nameFrom = 38;
const shareFrom = 150;
export const textInset = 5;

interface Label { readonly box: number; readonly left: number; readonly width: number; readonly baseline: number; readonly inks: Inks }

/** Letters of one look at one device pixel ratio; made anew when either changes or a font arrives. */
export class LabelFonts {
  readonly regular: string;
  readonly bold: string;
  readonly regularWidths: GlyphWidths;
  readonly boldWidths: GlyphWidths;

  constructor(context: CanvasRenderingContext2D, look: FlameLook, ratio: number) {
    const font = (weight: number) => `${weight} ${look.fontSize * ratio}px ${look.fontFamily}`;
    const widths = (css: string) => new GlyphWidths(text => { context.font = css; return context.measureText(text).width; });
    context.fontKerning = 'none';
    [this.regular, this.bold] = [font(400), font(600)];
    [this.regularWidths, this.boldWidths] = [widths(this.regular), widths(this.bold)];
  }
}

/** What a box says in `width` CSS pixels' worth of device pixels; empty where it says nothing. */
export function labelText(labels: FlameLabels, box: number, width: number, ratio: number, widths: GlyphWidths): string {
  const room = width - 2 * textInset * ratio;
  const name = labels.nameOf(box);
  if (width < shareFrom * ratio) return widths.fit(name, room);
  const share = labels.shareOf(box);
  const nameRoom = share === null ? room : room - widths.widthOf(` ${share}`);
  const fitted = widths.fit(name, nameRoom);
  return share === null || fitted !== name ? widths.fit(name, room) : `${name} ${share}`;
}

export class LabelList {
  readonly #labels: Label[] = [];

  clear(): void { this.#labels.length = 0; }

  /** Of a row: boxes alone in their span, wide enough to say something. */
  collect(spans: RowSpans, baseline: number, ratio: number, inksOf: (span: number) => Inks): void {
    const least = nameFrom * ratio;
    for (let at = 0; at < spans.count; at++) {
      const width = spans.right[at]! - spans.left[at]!;
      if (width >= least) this.#labels.push({ box: spans.box[at]!, left: spans.left[at]!, width, baseline, inks: inksOf(at) });
    }
  }

  paint(context: CanvasRenderingContext2D, labels: FlameLabels, colours: Uint8Array, fonts: LabelFonts, ratio: number, selected: number | null): void {
    // A canvas that was resized has forgotten all of these.
    context.textBaseline = 'alphabetic';
    context.fontKerning = 'none';
    context.font = fonts.regular;
    let ink = '';
    for (const { box, left, width, baseline, inks } of this.#labels) {
      const wanted = inks.texts[colours[box]!]!;
      if (wanted !== ink) context.fillStyle = ink = wanted;
      const isBold = box === selected;
      if (isBold) context.font = fonts.bold;
      const text = labelText(labels, box, width, ratio, isBold ? fonts.boldWidths : fonts.regularWidths);
      if (text !== '') context.fillText(text, left + textInset * ratio, baseline);
      if (isBold) context.font = fonts.regular;
    }
  }
}
