import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GlyphWidths } from '../draw/glyph-widths.ts';
import { plainLook } from '../testing/plain-look.ts';
import { boxesOf, sampleBoxes } from '../testing/sample-boxes.ts';
import { samplePalette, samplePicture } from '../testing/sample-picture.ts';
import type { FlamePicture } from '../types.ts';
import { captionOf, exportLines } from './picture-size.ts';
import { svgOf } from './svg.ts';
import { xmlText } from './xml.ts';

const look = plainLook(samplePalette);
const read = (picture: FlamePicture, width = 400): Document => new DOMParser().parseFromString(svgOf(picture, look, width, new GlyphWidths(() => 6)), 'image/svg+xml');
const boxes = boxesOf([[[0, 400]], [[0, 200], [200, 240]], [[100, 100.2], [100.2, 100.4]]]);

describe('the SVG', () => {
  it('has every box of the window with what it says, and merges the thin', () => {
    const svg = read(samplePicture(boxes));
    expect(svg.querySelectorAll('g > g')).toHaveLength(3);
    // The ground, three boxes, and one run of two.
    expect(svg.querySelectorAll('rect')).toHaveLength(5);
    expect(svg.querySelector('g > g > title')!.textContent).toContain('checkout, main thread, src/');
    expect(svg.querySelector('title')!.textContent).toBe('Flame graph of a sample');
  });
  it('has only what the window shows, and says so', () => {
    const svg = read(samplePicture(boxes, { window: { start: 200, end: 220 } }));
    expect(svg.querySelectorAll('g > g')).toHaveLength(2);
    expect(svg.querySelector('text')!.textContent).toBe('Flame graph of a sample, 5.0 % of the width');
  });
  it('is well formed whatever the names are', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 30 }), name => {
      const { labels } = samplePicture(boxes);
      const svg = read(samplePicture(boxes, { label: name, labels: { ...labels, nameOf: () => name, describe: () => ({ title: name, place: name, facts: [] }) } }));
      expect(svg.querySelector('parsererror')).toBeNull();
    }));
    expect(xmlText('<script>"&\u0000\ud800\'')).toBe('&lt;script&gt;&quot;&amp;\ufffd\ufffd&#39;');
  });
  it('grows with the picture, not with the boxes', () => {
    const many = samplePicture(sampleBoxes({ rows: 10, boxes: 40_000, seed: 2 }));
    expect(svgOf(many, look, 300, new GlyphWidths(() => 6)).split('<rect').length).toBeLessThan(10 * 600 + 2);
  });
});

it('counts the rows that a picture has no room for', () => {
  const picture = samplePicture(sampleBoxes({ rows: 50, boxes: 200, seed: 2 }));
  const { lines, leftOut } = exportLines(picture, 20, 8 + 30 * 20);
  expect([lines.rows, leftOut]).toEqual([30, 20]);
  expect(captionOf(picture, leftOut)).toBe('Flame graph of a sample, 20 deeper rows are left out');
});
