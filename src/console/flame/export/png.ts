// The graph as PNG: what is in the window, drawn as on the page, twice as fine.
import { FlameCanvas } from '../draw/flame-canvas.ts';
import { lookOf, type FlameLook } from '../draw/flame-look.ts';
import { textInset } from '../draw/labels.ts';
import { axisView } from '../layout/row-spans.ts';
import type { FlamePicture } from '../types.ts';
import { Preparation } from '../view/prepared.ts';
import { captionHeight, captionOf, exportLines, exportWidth, type ExportOptions } from './picture-size.ts';

const ratio = 2;
/** Browsers make canvases of this many pixels a side, and not of many more. */
const maxSide = 16_000;

/** A PNG of the picture's window, 2 pixels to a CSS pixel. Rows beyond 16,000 pixels are left out, and the picture says how many. Rejects where the browser gives no canvas. */
export async function toPng(picture: FlamePicture, { from = document.documentElement, width = exportWidth }: ExportOptions = {}): Promise<Blob> {
  const look = lookOf(from, picture.palette);
  const { lines, leftOut } = exportLines(picture, look.rowHeight, maxSide / ratio - captionHeight);
  const boxes = canvasOf(width * ratio, lines.height * ratio);
  const { widest, cover, found } = new Preparation().of(picture);
  new FlameCanvas(boxes).draw({
    ...picture, widest, cover, found, look, ratio, pointed: null, view: axisView(picture.window, boxes.canvas.width),
    lines: { ...lines, rowHeight: lines.rowHeight * ratio, height: boxes.canvas.height, pad: lines.pad * ratio },
  });
  const whole = canvasOf(boxes.canvas.width, boxes.canvas.height + captionHeight * ratio);
  caption(whole, look, captionOf(picture, leftOut));
  whole.drawImage(boxes.canvas, 0, captionHeight * ratio);
  return blobOf(whole.canvas);
}

function caption(context: CanvasRenderingContext2D, look: FlameLook, text: string): void {
  context.fillStyle = look.groundCss;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.fillStyle = look.pointed;
  context.font = `400 ${look.fontSize * ratio}px ${look.fontFamily}`;
  context.fillText(text, textInset * ratio, 16 * ratio);
}

const refused = 'The picture was not made: this browser does not let the page draw. Save it as SVG instead.';

function canvasOf(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.min(width, maxSide), height];
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error(refused);
  return context;
}

const blobOf = (canvas: HTMLCanvasElement): Promise<Blob> => new Promise((resolve, reject) => { canvas.toBlob(blob => { if (blob === null) reject(new Error(refused)); else resolve(blob); }, 'image/png'); });
