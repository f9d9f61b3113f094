import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakePage } from '../testing/fake-canvas.ts';
import { boxesOf, sampleBoxes } from '../testing/sample-boxes.ts';
import { samplePicture } from '../testing/sample-picture.ts';
import { toPng } from './png.ts';

const sizes: (readonly [width: number, height: number])[] = [];
const made = new Blob(['picture'], { type: 'image/png' });

beforeEach(() => {
  sizes.length = 0;
  vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation(function toBlob(this: HTMLCanvasElement, done) { sizes.push([this.width, this.height]); done(made); });
});
afterEach(() => { vi.restoreAllMocks(); });

it('is as high as its rows need, twice as fine as the page', async () => {
  const { drawn } = fakePage(0, 0);
  expect(await toPng(samplePicture(sampleBoxes({ rows: 6, boxes: 30, seed: 5 })), { width: 500 })).toBe(made);
  expect(sizes).toEqual([[1000, 2 * (24 + 8 + 6 * 23)]]);
  expect(drawn().texts.map(({ text }) => text)).toContain('checkout, main thread 100.0 %');
});

it('has an end where the browser has one', async () => {
  fakePage(0, 0);
  await toPng(samplePicture(boxesOf(Array.from({ length: 900 }, () => [[0, 10] as const]))), { width: 100 });
  expect(sizes[0]![1]).toBeLessThanOrEqual(16_000);
  expect(sizes[0]![1]).toBeGreaterThan(15_900);
});

it('says what to do where the page may not draw', async () => {
  await expect(toPng(samplePicture(sampleBoxes({ rows: 2, boxes: 3, seed: 5 })))).rejects.toThrow(/Save it as SVG/);
});
