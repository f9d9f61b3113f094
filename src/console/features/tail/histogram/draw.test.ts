import { describe, expect, it } from 'vitest';
import { bucketAt, layout, rangeOf } from './draw.ts';

const band = (...counts: number[]) => counts;
const histogram = { startMs: 10_000, bucketMs: 1000, counts: [band(0, 0, 0, 0), band(0, 0, 0, 0), band(4, 2, 0, 8), band(0, 0, 0, 0), band(1, 0, 0, 0), band(0, 0, 0, 0), band(0, 0, 0, 0)] };
const plot = layout(histogram, 424, 66);

describe('layout', () => {
  it('draws each bucket to scale, errors above what is calm, and no bar for nothing', () => {
    expect(plot.highest).toBe(8);
    expect(plot.bars).toHaveLength(4);
    const [info, error] = [plot.bars[0]!, plot.bars[1]!];
    expect([info.band, error.band]).toEqual([2, 4]);
    expect(error.y + error.height).toBeCloseTo(info.y);
    expect(plot.bars.at(-1)!.height).toBeCloseTo(plot.bottom - plot.top);
  });

  it('turns a click into one bucket and a drag into whole buckets', () => {
    expect(bucketAt(histogram, plot, 12)).toBe(0);
    expect(bucketAt(histogram, plot, 423)).toBeNull();
    expect(rangeOf(histogram, plot, 150, 150)).toEqual({ fromMs: 11_000, toMs: 12_000 });
    expect(rangeOf(histogram, plot, 320, 150)).toEqual({ fromMs: 11_000, toMs: 14_000 });
  });

  it('survives a histogram with nothing in it', () => {
    expect(layout({ startMs: 0, bucketMs: 100, counts: [[], [], [], [], [], [], []] }, 400, 66).bars).toEqual([]);
  });
});
