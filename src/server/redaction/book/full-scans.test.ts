import { describe, expect, it } from 'vitest';
import { FullScans, readStoredScans, scanShown } from './full-scans.ts';

const startMs = Date.parse('2027-01-15T05:30:00Z');
const named = (no: number): string => `web-${no}`;
/** The second that ends `second` seconds after the start. */
const said = (second: number, more: object = {}) => ({ fromMs: startMs + (second - 1) * 1000, atMs: startMs + second * 1000, ofRecords: 10, missed: 0, waiting: 0, full: true, ...more });

function begun(seconds: number, agents: readonly number[] = [1]) {
  const scans = new FullScans();
  scans.begin({ fromMs: startMs, toMs: startMs + seconds * 1000, by: 'ada', agents });
  const shown = (second: number) => scanShown(scans.all[0]!, startMs + second * 1000, named);
  return { scans, shown };
}

describe('a full scan', () => {
  it('counts what left in it, from the first second that was scanned as a whole to the last', () => {
    const { scans, shown } = begun(5);
    scans.report(1, said(0));
    scans.report(1, said(0.5, { full: false, missed: 4 }));
    for (let second = 1; second <= 9; second++) scans.report(1, said(second, { full: second <= 5 }));
    expect(shown(9)).toEqual({ fromUnixMs: startMs, toUnixMs: startMs + 5000, by: 'ada', records: 50, ofRecords: 50, found: 0, agents: ['web-1'] });
  });
  it('has scanned what waited at its end once that is done, and never more than left', () => {
    const { scans, shown } = begun(2);
    scans.report(1, said(1, { waiting: 25 }));
    scans.report(1, said(2, { waiting: 12 }));
    expect(shown(2)).toMatchObject({ records: 8, ofRecords: 20, agents: [], missing: ['web-1'] });
    scans.report(1, said(4, { full: false, waiting: 3 }));
    expect(shown(4)).toMatchObject({ records: 17, ofRecords: 20 });
    scans.tidy(startMs + 9000);
    scans.report(1, said(10, { full: false }));
    expect(shown(10)).toMatchObject({ records: 20, ofRecords: 20, agents: ['web-1'] });
    scans.tidy(startMs + 10_000);
    scans.report(1, said(11, { waiting: 9 }));
    expect(shown(11)).toMatchObject({ records: 20, ofRecords: 20 });
  });
  it('names agents that left a part out, went away or said nothing', () => {
    const { scans, shown } = begun(30, [1, 2, 3]);
    for (let second = 1; second <= 30; second++) {
      scans.report(1, said(second, second === 9 ? { full: false, missed: 4 } : {}));
      if (second < 20) scans.report(2, said(second));
      scans.report(4, said(second));
    }
    expect(shown(30)).toMatchObject({ records: 300 - 4 + 190 + 300, ofRecords: 790, agents: ['web-4'], missing: ['web-1', 'web-2', 'web-3'] });
  });
  it('counts what left in it and was found in it, however late', () => {
    const { scans, shown } = begun(5);
    scans.found(1, startMs - 1, 9);
    scans.found(1, startMs + 4000, 2);
    scans.found(1, startMs + 5001, 9);
    expect(shown(9).found).toBe(2);
  });
  it('that is ended early, or followed by a shorter one, ends then; one that goes on is longer', () => {
    const { scans } = begun(60);
    scans.begin({ fromMs: startMs + 10_000, toMs: startMs + 30_000, by: 'weir', rule: 'hide', agents: [1] });
    expect(scans.all.map(({ toMs }) => toMs - startMs)).toEqual([30_000, 30_000]);
    scans.prolong(startMs + 40_000);
    scans.cut(startMs + 20_000);
    expect(scans.all.map(({ toMs }) => toMs - startMs)).toEqual([20_000, 20_000]);
  });
});

it('scans are bounded in number and agents, and what was stored is read, or forgotten', () => {
  const scans = new FullScans();
  for (let i = 0; i < 60; i++) scans.begin({ fromMs: startMs + i, toMs: startMs + i + 1, by: 'ada', agents: Array.from({ length: 1001 }, (_, no) => no) });
  expect([scans.all.length, scans.all[0]?.parts.length]).toEqual([50, 1000]);
  expect(scanShown(scans.all[0]!, startMs, named).missing?.at(-1)).toBe('other agents');
  expect(readStoredScans(JSON.stringify(scans.all))).toEqual(scans.all);
  expect([readStoredScans(null), readStoredScans('{'), readStoredScans('{}')]).toEqual([[], [], []]);
});
