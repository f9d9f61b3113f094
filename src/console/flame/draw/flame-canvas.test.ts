import { describe, expect, it } from 'vitest';
import { Preparation } from '../view/prepared.ts';
import { axisView } from '../layout/row-spans.ts';
import type { RowLines } from '../layout/row-lines.ts';
import { fakeContext, letterPx } from '../testing/fake-canvas.ts';
import { plainLook } from '../testing/plain-look.ts';
import { boxesOf } from '../testing/sample-boxes.ts';
import { samplePalette, samplePicture } from '../testing/sample-picture.ts';
import type { FlamePicture } from '../types.ts';
import { FlameCanvas, type FlameFrame } from './flame-canvas.ts';

const look = plainLook(samplePalette);
// Of a 400 px picture: root 400, then 200 and 40 wide, then one of half a pixel.
const boxes = boxesOf([[[0, 400]], [[0, 200], [200, 240]], [[100, 100.5]]]);
const picture = samplePicture(boxes, { colours: Uint8Array.of(0, 1, 2, 3), labels: { nameOf: box => ['root', 'handleCheckout', 'parseEverything', 'thin'][box]!, shareOf: box => `${box} %`, describe: () => ({ title: '', place: null, facts: [] }) } });

function draw(more: Partial<FlamePicture> = {}, frame: Partial<FlameFrame> = {}, size = { width: 400, height: 100 }) {
  const shown = { ...picture, ...more };
  const { context, drawn } = fakeContext(size);
  const lines: RowLines = { direction: shown.direction, rows: boxes.rows, rowHeight: 20, height: size.height, pad: 4, scroll: 0 };
  new FlameCanvas(context).draw({ ...shown, ...new Preparation().of(shown), look, ratio: 1, view: axisView(shown.window, 400), lines, pointed: null, ...frame });
  const pixels = new Uint32Array(drawn.image!.data.buffer);
  return { drawn, at: (x: number, y: number) => pixels[y * size.width + x]! };
}
const fill = (box: number) => look.plain.fills[box]!;
/** The middle of a row that grows upwards. */
const rowY = (row: number) => 100 - 4 - row * 20 - 10;

describe('a frame', () => {
  it('has each box where it belongs, a pixel apart, on the ground', () => {
    const { at } = draw();
    expect(at(0, rowY(0))).toBe(fill(0));
    expect(at(398, rowY(0))).toBe(fill(0));
    expect(at(399, rowY(0))).toBe(look.ground);
    expect(at(198, rowY(1))).toBe(fill(1));
    expect(at(199, rowY(1))).toBe(look.ground);
    expect(at(200, rowY(1))).toBe(fill(2));
    expect(at(300, rowY(1))).toBe(look.ground);
    // Rows too: 19 of 20 pixels are the box's.
    expect(at(5, 100 - 4 - 20)).toBe(fill(0));
    expect(at(5, 100 - 4 - 1)).toBe(look.ground);
  });
  it('shows what is thinner than a pixel as a pixel', () => {
    const { at } = draw();
    expect(at(100, rowY(2))).toBe(fill(3));
    expect(at(99, rowY(2))).toBe(look.ground);
    expect(at(101, rowY(2))).toBe(look.ground);
  });
  it('grows downwards when told', () => {
    const { at } = draw({ direction: 'down' });
    expect(at(5, 10)).toBe(fill(0));
    expect(at(5, 30)).toBe(fill(1));
  });
  it('outlines what was found and dims the rest, but for what is chosen', () => {
    const { at } = draw({ found: Uint8Array.of(0, 1, 0, 0), selected: 2 });
    expect(at(0, rowY(1))).toBe(look.outline);
    expect(at(1, rowY(1))).toBe(look.outline);
    expect(at(2, rowY(1))).toBe(fill(1));
    expect(at(50, rowY(1) - 10)).toBe(look.outline);
    expect(at(5, rowY(0))).toBe(look.dimmed.fills[0]);
    expect(at(210, rowY(1))).toBe(fill(2));
  });
  it('has the theme\'s border around boxes that are wide enough for one', () => {
    const bordered = plainLook(samplePalette, { '--flame-border': 'x' });
    const { at } = draw({}, { look: bordered });
    expect(at(0, rowY(1))).toBe(bordered.plain.border);
    expect(at(1, rowY(1))).toBe(fill(1));
    expect(at(100, rowY(2))).toBe(fill(3));
  });
  it('writes names from 38 px and shares from 150, cut to what fits', () => {
    const { drawn } = draw();
    expect(drawn.texts.map(({ text }) => text)).toEqual(['root 0 %', 'handleCheckout 1 %', 'pars…']);
    for (const { text, x } of drawn.texts.slice(2)) expect(x + text.length * letterPx).toBeLessThanOrEqual(240);
    expect(draw({}, { view: axisView({ start: 0, end: 400 }, 370) }, { width: 370, height: 100 }).drawn.texts.map(({ text }) => text)).toEqual(['root 0 %', 'handleCheckout 1 %']);
  });
  it('gives the share up for the name, where there is no room for both', () => {
    const { drawn } = draw({ labels: { ...picture.labels, nameOf: () => 'aNameOfThirtyLettersNoLessNoMore' } });
    expect(drawn.texts.map(({ text }) => text)).toEqual(['aNameOfThirtyLettersNoLessNoMore 0 %', 'aNameOfThirtyLettersNoLessNoMo…', 'aNam…']);
  });
  it('keeps the name in view of a box that begins left of it', () => {
    const window = { start: 100, end: 150 };
    const { drawn } = draw({ window });
    expect(drawn.texts.map(({ text, x }) => [text, x])).toContainEqual(['handleCheckout 1 %', 5]);
  });
  it('rings what is chosen and what is pointed at, and writes the chosen bold', () => {
    const { drawn } = draw({ selected: 1 }, { pointed: 2 });
    expect(drawn.rings).toHaveLength(3);
    expect(drawn.rings.at(-1)).toEqual([1, 100 - 4 - 40 - 3, 199 + 3 - 1, 19 + 6]);
    expect(drawn.texts.find(({ text }) => text.startsWith('handleCheckout'))!.font).toContain('600');
    expect(draw({ selected: 1, window: { start: 250, end: 300 } }).drawn.rings).toEqual([]);
  });
  it('shows how deep it goes on a strip at the right', () => {
    const { at } = draw({}, { view: axisView({ start: 0, end: 400 }, 388), lines: { direction: 'up', rows: 3, rowHeight: 20, height: 40, pad: 4, scroll: 0 } }, { width: 400, height: 40 });
    expect(at(388, 5)).toBe(look.strip.line);
    expect([look.strip.track, look.strip.bar]).toContain(at(395, 2));
    expect([look.strip.thumb, look.strip.thumbBar]).toContain(at(395, 35));
  });
  it('draws nothing on a canvas without a size', () => {
    const { context, drawn } = fakeContext({ width: 0, height: 0 });
    const lines: RowLines = { direction: 'up', rows: 3, rowHeight: 20, height: 0, pad: 4, scroll: 0 };
    new FlameCanvas(context).draw({ ...picture, ...new Preparation().of(picture), look, ratio: 1, view: axisView(picture.window, 0), lines, pointed: null });
    expect(drawn.frames).toBe(0);
  });
});
