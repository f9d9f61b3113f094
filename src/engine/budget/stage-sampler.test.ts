import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logRequest } from '../../testing/index.ts';
import { codec, type RequestView } from '../../otlp/index.ts';
import { chunkRecords, StageSampler } from './stage-sampler.ts';

function viewOf(records: number, bodyBytes: number): RequestView {
  const walked = codec.walk('logs', logRequest(Array.from({ length: records }, () => ({ service: 's', resource: {}, scope: '', record: { body: 'x'.repeat(bodyBytes) } }))));
  if (!walked.ok) throw new Error(walked.error.message);
  return walked.value;
}

/** Runs requests of the given sizes by the pipeline's own order of questions; gives each timed record with its weight. */
function picks(sampler: StageSampler, sizes: readonly number[]): { readonly record: number; readonly weight: number }[] {
  const found: { record: number; weight: number }[] = [];
  let before = 0;
  for (const size of sizes) {
    for (let from = 0; from < size; from += chunkRecords) {
      const at = sampler.pick(from, Math.min(size, from + chunkRecords));
      if (at >= 0) found.push({ record: before + at, weight: sampler.weight });
    }
    before += size;
  }
  return found;
}

describe('which records are timed', () => {
  it('their weights add up to all records that have been, but for those of the last stretch', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 50 }), (sizes) => {
      const total = sizes.reduce((a, b) => a + b, 0);
      const found = picks(new StageSampler(), sizes);
      const stoodFor = found.reduce((sum, { weight }) => sum + weight, 0);
      expect(found.length).toBeGreaterThan(0);
      expect(total - stoodFor).toBeGreaterThanOrEqual(0);
      expect(total - stoodFor).toBeLessThan(450);
    }));
  });
  it('are one in about 260 under load', () => {
    const found = picks(new StageSampler(), Array.from({ length: 1000 }, () => 1000));
    expect(1_000_000 / found.length).toBeGreaterThan(200);
    expect(1_000_000 / found.length).toBeLessThan(320);
  });
  it.each([2, 7, 40, 64, 128])('stand for every phase of traffic that repeats each %i records alike', (period) => {
    const found = picks(new StageSampler(), Array.from({ length: 6000 }, () => 1000));
    const perPhase = Array.from({ length: period }, () => 0);
    for (const { record, weight } of found) perPhase[record % period]! += weight;
    const fair = 6_000_000 / period;
    for (const one of perPhase) expect(Math.abs(one / fair - 1)).toBeLessThan(0.4);
  });
  it('are about a thousand a second at a high rate, still of every phase, and as near as before once that is over', () => {
    const [sampler, thousand] = [new StageSampler(), Array.from({ length: 1000 }, () => 1000)];
    picks(sampler, thousand);
    sampler.second();
    const busy = picks(sampler, thousand);
    expect(1_000_000 / busy.length).toBeGreaterThan(800);
    expect(1_000_000 / busy.length).toBeLessThan(1200);
    expect(1_000_000 - busy.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThan(1600);
    const evenShare = busy.filter(({ record }) => record % 2 === 0).length / busy.length;
    expect(Math.abs(evenShare - 0.5)).toBeLessThan(0.08);
    sampler.second();
    picks(sampler, [2000]);
    sampler.second();
    expect(20_000 / picks(sampler, Array.from({ length: 20 }, () => 1000)).length).toBeLessThan(400);
  });
  it('include the next one of all when a second has gone by', () => {
    const sampler = new StageSampler();
    picks(sampler, [500]);
    expect(picks(sampler, [1])).toEqual([]);
    sampler.second();
    expect(picks(sampler, [1])).toHaveLength(1);
  });
});

describe('chunks', () => {
  it('cover every record once, at most 64 and, unless one alone is larger, at most 32 KiB at a time', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 300 }), fc.constantFrom(10, 400, 3000, 50_000), (records, bodyBytes) => {
      const view = viewOf(bodyBytes > 10_000 ? Math.min(records, 20) : records, bodyBytes);
      const sampler = new StageSampler();
      let from = 0;
      while (from < view.recordCount) {
        const to = sampler.chunkEnd(view, from);
        expect(to).toBeGreaterThan(from);
        expect(to - from).toBeLessThanOrEqual(64);
        if (to - from > 1) expect(view.recordEnd(to - 1) - view.recordStart(from)).toBeLessThanOrEqual(32 * 1024);
        from = to;
      }
      expect(from).toBe(view.recordCount);
    }), { numRuns: 40 });
  });
  it('are for requests that are large by count or by bytes', () => {
    expect([viewOf(64, 10), viewOf(65, 10), viewOf(1, 40_000)].map((view) => new StageSampler().isLarge(view))).toEqual([false, true, true]);
  });
});
