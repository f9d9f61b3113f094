// The graph on the page: holds what of the picture is in view, changes it as gestures ask, and draws at most once a frame. No React
// here: a pan or a zoom renders nothing but the canvas, and is told once it has come to rest.
import { lookOf, type FlameLook } from '../draw/flame-look.ts';
import { FlameCanvas } from '../draw/flame-canvas.ts';
import { boxRect } from '../draw/box-rect.ts';
import { scrollAtStrip, stripWidth } from '../draw/depth-strip.ts';
import { boxAt, rowOf } from '../layout/bisect.ts';
import { clampScroll, maxScroll, rowAtY, scrollToRow, type RowLines } from '../layout/row-lines.ts';
import { axisView, type AxisView } from '../layout/row-spans.ts';
import { stepFrom, type FlameStep } from '../layout/walk.ts';
import { clampWindow, panWindow, sameWindow, wholeWindow, windowOfBox, windowShowing, zoomWindow } from '../layout/window.ts';
import type { FlamePicture, FlameWindow } from '../types.ts';
import { Glide } from './glide.ts';
import { Preparation, type Prepared } from './prepared.ts';
import { ToldWindows } from './told-windows.ts';

export interface FlameTelling { onWindow(window: FlameWindow): void; onSelect(box: number | null): void; onOpen(box: number): void }
/** What lies at a place of the canvas. */
export type FlameHit = { readonly on: 'box'; readonly box: number } | { readonly on: 'strip' } | { readonly on: 'ground' };

const restMs = 160;
/** Rows start this far from the edge, in CSS pixels. */
const padPx = 4;
/** A box that is shown is at least this wide, in CSS pixels. */
const shownPx = 4;

export class FlameView {
  readonly #host: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #painter: FlameCanvas | null;
  readonly #tell: FlameTelling;
  readonly #preparation = new Preparation();
  /** Windows that were left by opening a box. */
  readonly #left: FlameWindow[] = [];
  #picture: FlamePicture;
  #look: FlameLook;
  #window: FlameWindow;
  #told: ToldWindows;
  #glide: Glide | null = null;
  #scroll = 0;
  #pointed: number | null = null;
  /** Chosen by a click: it is in view where it is. */
  #clicked: number | null = null;
  #frame = 0;
  #rest = 0;

  /** `context` null: nothing is drawn, keys work all the same. */
  constructor(host: HTMLElement, canvas: HTMLCanvasElement, context: CanvasRenderingContext2D | null, picture: FlamePicture, tell: FlameTelling) {
    [this.#host, this.#canvas, this.#tell, this.#picture] = [host, canvas, tell, picture];
    this.#painter = context === null ? null : new FlameCanvas(context);
    this.#look = lookOf(host, picture.palette);
    this.#window = clampWindow(picture.window, picture.boxes.extent);
    this.#told = new ToldWindows(this.#window);
    this.resize();
    if (picture.selected !== null) this.#scroll = scrollToRow(this.#lines(), rowOf(picture.boxes, picture.selected));
  }

  get picture(): FlamePicture { return this.#picture; }
  get #prepared(): Prepared { return this.#preparation.of(this.#picture); }
  get #ratio(): number { return devicePixelRatio; }

  show(picture: FlamePicture): void {
    const old = this.#picture;
    this.#picture = picture;
    if (picture.palette !== old.palette) this.retheme();
    if (picture.boxes !== old.boxes) this.#startOver(picture);
    else if (!sameWindow(picture.window, old.window) && !this.#told.isAnswer(picture.window, this.#extent)) this.#outsideMoved(picture.window);
    if (picture.selected !== old.selected && picture.selected !== null && picture.selected !== this.#clicked) this.#reveal(picture.selected);
    this.#clicked = null;
    this.#request();
  }

  /** The theme switched, or the palette. */
  retheme(): void {
    this.#look = lookOf(this.#host, this.#picture.palette);
    this.#request();
  }

  fontsChanged(): void {
    this.#painter?.forgetFonts();
    this.#request();
  }

  /** The canvas takes the size of its box, and is drawn at once: a resized canvas is blank. */
  resize(): void {
    const { width, height } = this.#canvas.getBoundingClientRect();
    const [columns, lines] = [Math.round(width * this.#ratio), Math.round(height * this.#ratio)];
    if (columns === this.#canvas.width && lines === this.#canvas.height) return;
    [this.#canvas.width, this.#canvas.height] = [columns, lines];
    this.#look = lookOf(this.#host, this.#picture.palette);
    this.#scroll = clampScroll(this.#lines(), this.#scroll);
    this.#draw();
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#rest);
  }

  /** CSS pixels of the canvas. */
  hit(x: number, y: number): FlameHit {
    const lines = this.#lines();
    const view = this.#axis(lines);
    const column = x * this.#ratio;
    if (column >= view.width) return { on: 'strip' };
    const row = rowAtY(lines, y * this.#ratio);
    const box = row === null || view.scale === 0 ? null : boxAt(this.#picture.boxes, row, view.start + column / view.scale);
    return box === null ? { on: 'ground' } : { on: 'box', box };
  }

  /** Upper and lower edge of the box's row, CSS pixels of the canvas; null when it is out of view. */
  rowEdges(box: number): { readonly top: number; readonly bottom: number } | null {
    const lines = this.#lines();
    const rect = boxRect(this.#picture.boxes, box, this.#axis(lines), lines, 0);
    return rect && { top: rect.top / this.#ratio, bottom: (rect.top + rect.height) / this.#ratio };
  }

  point(box: number | null): void {
    if (box === this.#pointed) return;
    this.#pointed = box;
    this.#request();
  }

  select(box: number | null): void {
    this.#clicked = box;
    if (box !== this.#picture.selected) this.#tell.onSelect(box);
  }

  /** CSS pixels: what was `by` to the right comes into view. */
  pan(by: number): void {
    const { scale } = this.#axis();
    if (scale > 0) this.#move(panWindow(this.#window, by * this.#ratio / scale, this.#extent));
  }

  /** Of the width in view. */
  panShare(share: number): void { this.#move(panWindow(this.#window, (this.#window.end - this.#window.start) * share, this.#extent)); }

  /** CSS pixels, down the screen. False: all rows are in view already. */
  scroll(by: number): boolean {
    const lines = this.#lines();
    return this.#scrollTo(lines.scroll + (lines.direction === 'up' ? -by : by) * this.#ratio);
  }

  scrollShare(share: number): boolean { return this.#scrollTo(this.#scroll + this.#canvas.height * share); }
  /** CSS pixels of the canvas: there, on the strip, the pointer went. */
  scrollToStrip(y: number): void { this.#scrollTo(scrollAtStrip(this.#lines(), y * this.#ratio)); }

  /** `x` in CSS pixels of the canvas stays where it is; null: the chosen box does, or the middle. */
  zoom(factor: number, x: number | null): void {
    const view = this.#axis();
    const anchor = x === null || view.scale === 0 ? this.#middle() : view.start + Math.min(x * this.#ratio, view.width) / view.scale;
    this.#move(zoomWindow(this.#window, factor, anchor, this.#extent));
  }

  open(box: number): void {
    const to = windowOfBox(this.#picture.boxes, box);
    if (!sameWindow(to, this.#aim)) this.#left.push(this.#aim);
    this.#glideTo(to);
    this.#tell.onOpen(box);
  }

  openSelected(): boolean {
    const { selected } = this.#picture;
    if (selected !== null) this.open(selected);
    return selected !== null;
  }

  whole(): void { this.#glideTo(wholeWindow(this.#extent)); }

  /** To where the last open began, then to the whole, then nothing is chosen. False: there was nothing to leave. */
  back(): boolean {
    const whole = wholeWindow(this.#extent);
    const isWhole = sameWindow(this.#aim, whole);
    const before = this.#left.pop();
    if (isWhole && before === undefined && this.#picture.selected === null) return false;
    if (isWhole && before === undefined) this.#tell.onSelect(null); else this.#glideTo(before ?? whole);
    return true;
  }

  /** The first step chooses the root. */
  step(step: FlameStep): void {
    const { boxes, selected } = this.#picture;
    if (boxes.start.length === 0) return;
    const next = selected === null ? 0 : stepFrom(boxes, this.#prepared.widest, selected, step);
    if (next !== null && next !== selected) this.#tell.onSelect(next);
  }

  get #extent(): number { return this.#picture.boxes.extent; }
  /** Where a move that is under way will end. */
  get #aim(): FlameWindow { return this.#glide?.to ?? this.#window; }

  #middle(): number {
    const { boxes, selected } = this.#picture;
    const { start, end } = this.#window;
    const middle = selected === null ? Number.NaN : (Math.max(boxes.start[selected]!, start) + Math.min(boxes.end[selected]!, end)) / 2;
    return middle >= start && middle <= end ? middle : (start + end) / 2;
  }

  #startOver(picture: FlamePicture): void {
    clearTimeout(this.#rest);
    this.#left.length = 0;
    this.#glide = null;
    this.#pointed = null;
    this.#window = clampWindow(picture.window, picture.boxes.extent);
    this.#told = new ToldWindows(this.#window);
    this.#scroll = clampScroll(this.#lines(), this.#scroll);
  }

  #outsideMoved(window: FlameWindow): void {
    clearTimeout(this.#rest);
    const to = clampWindow(window, this.#extent);
    this.#told = new ToldWindows(to);
    this.#glide = new Glide(this.#window, to, this.#look.glideMs);
  }

  #reveal(box: number): void {
    const { boxes } = this.#picture;
    this.#scrollTo(scrollToRow(this.#lines(), rowOf(boxes, box)));
    const width = this.#axis().width / this.#ratio;
    const to = windowShowing(this.#aim, { start: boxes.start[box]!, end: boxes.end[box]! }, width > 0 ? shownPx / width : 0, this.#extent);
    if (!sameWindow(to, this.#aim)) this.#glideTo(to);
  }

  #move(to: FlameWindow): void {
    this.#glide = null;
    this.#window = to;
    this.#request();
    clearTimeout(this.#rest);
    this.#rest = window.setTimeout(() => this.#say(to), restMs);
  }

  #glideTo(to: FlameWindow): void {
    this.#glide = new Glide(this.#window, to, this.#look.glideMs);
    clearTimeout(this.#rest);
    this.#request();
    this.#say(to);
  }

  #say(window: FlameWindow): void {
    if (sameWindow(window, this.#told.last)) return;
    this.#told.tell(window);
    this.#tell.onWindow(window);
  }

  #scrollTo(scroll: number): boolean {
    const lines = this.#lines();
    this.#scroll = clampScroll(lines, scroll);
    this.#request();
    return maxScroll(lines) > 0;
  }

  #lines(): RowLines {
    const { direction, boxes } = this.#picture;
    const ratio = this.#ratio;
    return { direction, rows: boxes.rows, rowHeight: Math.round(this.#look.rowHeight * ratio), height: this.#canvas.height, pad: Math.round(padPx * ratio), scroll: this.#scroll };
  }

  #axis(lines: RowLines = this.#lines()): AxisView {
    const strip = maxScroll(lines) > 0 ? Math.round(stripWidth * this.#ratio) : 0;
    return axisView(this.#window, Math.max(0, this.#canvas.width - strip));
  }

  #request(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(now => { this.#frame = 0; this.#advance(now); this.#draw(); });
  }

  #advance(now: number): void {
    if (this.#glide === null) return;
    this.#window = this.#glide.at(now);
    if (this.#window === this.#glide.to) this.#glide = null; else this.#request();
  }

  #draw(): void {
    const { boxes, labels, colours, selected } = this.#picture;
    const lines = this.#lines();
    this.#painter?.draw({ boxes, labels, colours, selected, ...this.#prepared, look: this.#look, ratio: this.#ratio, lines, view: this.#axis(lines), pointed: this.#pointed });
  }
}
