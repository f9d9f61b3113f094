// What the theme says of a flame graph, read once and again when the theme switches: every colour resolved, so that drawing never asks.
import { hexOf, mix, packRgb, readableOn } from './colours.ts';

/** A box's fill with the text that is readable on it, in one of its two states. */
export interface Inks { readonly fills: Uint32Array; /** CSS. */ readonly texts: readonly string[]; readonly border: number | null }

/** Colours are packed, see colours.ts, but for those that say CSS. Lengths are CSS pixels. */
export interface FlameLook {
  readonly ground: number; /** CSS. */ readonly groundCss: string;
  readonly plain: Inks;
  /** Of boxes that a search did not find. */
  readonly dimmed: Inks;
  /** Around boxes that were found. */
  readonly outline: number;
  /** CSS: of the ring around the chosen box, and of the line around the one under the pointer. */
  readonly accent: string; readonly pointed: string;
  readonly strip: { readonly track: number; readonly bar: number; readonly line: number; readonly thumb: number; readonly thumbBar: number; readonly thumbLine: number };
  readonly fontFamily: string; readonly fontSize: number; readonly rowHeight: number;
  /** How long a move may take; 0 where motion is reduced. */
  readonly glideMs: number;
}

/** How CSS is asked: a colour, however it is written, and a custom property's text. */
export interface StyleReader { colour(css: string): number; property(name: string): string }

/** How much of its colour a box keeps that a search did not find. */
const dimmedShare = 0.4;

export function readLook(style: StyleReader, palette: readonly string[]): FlameLook {
  const token = (name: string) => style.colour(`var(${name})`);
  const ground = token('--bg-0');
  const texts = [token('--flame-text'), token('--flame-text-inv')];
  const fills = Uint32Array.from(palette, style.colour);
  const faint = fills.map(fill => mix(fill, ground, dimmedShare));
  const border = style.property('--flame-border') === '' ? null : token('--flame-border');
  const inks = (of: Uint32Array, on: readonly number[], line: number | null): Inks => ({ fills: of, texts: Array.from(of, fill => hexOf(readableOn(fill, on))), border: line });
  return {
    ground, groundCss: hexOf(ground), plain: inks(fills, texts, border), dimmed: inks(faint, [token('--text-2'), ...texts], border === null ? null : mix(border, ground, dimmedShare)), outline: token('--text-1'),
    accent: hexOf(token('--accent')), pointed: hexOf(token('--text-1')),
    strip: { track: token('--bg-1'), bar: token('--bg-4'), line: token('--line-1'), thumb: token('--bg-3'), thumbBar: token('--line-2'), thumbLine: token('--line-3') },
    fontFamily: style.property('--font-ui') || 'system-ui, sans-serif', fontSize: lengthOf(style, '--flame-font-size', 11), rowHeight: lengthOf(style, '--flame-row', 23), glideMs: lengthOf(style, '--m-base', 0),
  };
}

function lengthOf(style: StyleReader, name: string, otherwise: number): number {
  const value = Number.parseFloat(style.property(name));
  return Number.isFinite(value) ? value : otherwise;
}

/** Asks the page: an element inside `from`, styled as a graph is, takes each colour, and one pixel of a canvas says what came out. `close` removes the element. */
function pageStyle(from: Element): StyleReader & { close(): void } {
  const probe = document.createElement('span');
  probe.className = 'flame';
  probe.hidden = true;
  from.append(probe);
  const style = getComputedStyle(probe);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1, 1];
  const pixel = canvas.getContext('2d', { willReadFrequently: true });
  return {
    colour: css => { probe.style.color = ''; probe.style.color = css; return pixel === null ? packRgb(128, 128, 128) : pixelOf(pixel, style.color); },
    property: name => style.getPropertyValue(name).trim(),
    close: () => probe.remove(),
  };
}

function pixelOf(context: CanvasRenderingContext2D, css: string): number {
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return packRgb(red, green, blue);
}

export function lookOf(from: Element, palette: readonly string[]): FlameLook {
  const style = pageStyle(from);
  try { return readLook(style, palette); } finally { style.close(); }
}
