// The graph as SVG: what is in the window, every row of it, sharp at any size, with what each box says as its title.
import { lookOf, type FlameLook, type Inks } from '../draw/flame-look.ts';
import { hexOf } from '../draw/colours.ts';
import { GlyphWidths } from '../draw/glyph-widths.ts';
import { labelText, nameFrom, textInset } from '../draw/labels.ts';
import { anyFound } from '../layout/found-counts.ts';
import { topOfRow, type RowLines } from '../layout/row-lines.ts';
import { axisView, RowSpans, spansOfRow } from '../layout/row-spans.ts';
import type { FlamePicture } from '../types.ts';
import { saidOf } from '../view/tip.ts';
import { Preparation } from '../view/prepared.ts';
import { captionHeight, captionOf, exportLines, exportWidth, type ExportOptions } from './picture-size.ts';
import { xmlText } from './xml.ts';

/** Boxes thinner than a CSS pixel over this are merged. */
const unitsPerPx = 2;

/** Letters measured as the page would draw them. */
function pageWidths(look: FlameLook): GlyphWidths {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return new GlyphWidths(() => look.fontSize * 0.62);
  context.font = `400 ${look.fontSize}px ${look.fontFamily}`;
  context.fontKerning = 'none';
  return new GlyphWidths(text => context.measureText(text).width);
}

/** An SVG document of the picture's window. Its size is bounded by width and rows, however many boxes there are. */
export function toSvg(picture: FlamePicture, { from = document.documentElement, width = exportWidth }: ExportOptions = {}): string {
  const look = lookOf(from, picture.palette);
  return svgOf(picture, look, width, pageWidths(look));
}

export function svgOf(picture: FlamePicture, look: FlameLook, width: number, widths: GlyphWidths): string {
  const { lines } = exportLines(picture, look.rowHeight, Number.POSITIVE_INFINITY);
  const height = captionHeight + lines.height;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${xmlText(look.fontFamily)}" font-size="${look.fontSize}" style="font-kerning:none">`,
    `<title>${xmlText(picture.label)}</title><rect width="100%" height="100%" fill="${look.groundCss}"/>`,
    `<text x="${textInset}" y="16" fill="${look.pointed}">${xmlText(captionOf(picture, 0))}</text><g transform="translate(0 ${captionHeight})">`,
    ...rowsOf(picture, look, lines, width, widths), '</g></svg>',
  ].join('\n');
}

function* rowsOf(picture: FlamePicture, look: FlameLook, lines: RowLines, width: number, widths: GlyphWidths): Generator<string> {
  const { widest, found } = new Preparation().of(picture);
  const view = axisView(picture.window, width * unitsPerPx);
  const spans = new RowSpans(view.width);
  for (let row = 0; row < lines.rows; row++) {
    spansOfRow(picture.boxes, widest, row, view, spans);
    for (let at = 0; at < spans.count; at++) {
      const isFound = found !== null && anyFound(found, spans.first[at]!, spans.end[at]!);
      const place = { left: spans.left[at]! / unitsPerPx, right: spans.right[at]! / unitsPerPx, top: topOfRow(lines, row), height: lines.rowHeight - 1 };
      yield boxSvg(picture, spans.box[at]!, spans.end[at]! - spans.first[at]!, place, found === null || isFound ? look.plain : look.dimmed, isFound ? hexOf(look.outline) : null, look, widths);
    }
  }
}

interface Place { readonly left: number; readonly right: number; readonly top: number; readonly height: number }

function boxSvg({ labels, colours, selected }: FlamePicture, box: number, merged: number, { left, right, top, height }: Place, inks: Inks, outline: string | null, look: FlameLook, widths: GlyphWidths): string {
  const colour = colours[box]!;
  const width = right - left > 1.5 ? right - left - 1 : right - left;
  const line = box === selected && merged === 1 ? look.accent : outline ?? (inks.border === null ? null : hexOf(inks.border));
  // Inside the box: half of the line's width on each side.
  const half = line === null || width < 3 ? 0 : line === look.accent ? 1 : 0.5;
  const stroke = half === 0 ? '' : ` stroke="${line}" stroke-width="${2 * half}"`;
  const rect = `<rect x="${left + half}" y="${top + half}" width="${width - 2 * half}" height="${height - 2 * half}" fill="${hexOf(inks.fills[colour]!)}"${stroke}/>`;
  if (merged > 1) return rect;
  const text = right - left < nameFrom ? '' : labelText(labels, box, right - left, 1, widths);
  const label = text === '' ? '' : `<text x="${left + textInset}" y="${Math.round(top + height / 2 + look.fontSize * 0.36)}" fill="${inks.texts[colour]!}">${xmlText(text)}</text>`;
  return `<g><title>${xmlText(saidOf(labels.describe(box)))}</title>${rect}${label}</g>`;
}
