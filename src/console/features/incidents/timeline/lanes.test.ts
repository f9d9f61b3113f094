import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActionRun, IncidentDetail, IncidentEntry, IncidentRates } from '../../../../model/index.ts';
import { partOf, ticksOf, timeAt, wholeSpan, xOf, type Axis } from './axis.ts';
import { actionLane, marksOf, rateAt, rateShape, textPx } from './lanes.ts';

const axis: Axis = { fromMs: 0, toMs: 100_000, leftPx: 124, widthPx: 1000 };
const entry = (id: string, at: number, text = 'stuck'): IncidentEntry => ({ id, at: new Date(at).toISOString(), kind: 'trigger', text, by: null, agent: null, action: null, artifact: null, rule: null });
const run = (id: string, from: number, to: number | null, state: ActionRun['state'] = 'done') => ({ id, action: 'cpu-sample', state, requestedUnixMs: from, startedUnixMs: state === 'refused' ? null : from, finishedUnixMs: to }) as ActionRun; // nothing else is read

describe('the axis', () => {
  it('places every moment, and finds it again', () => fc.assert(fc.property(fc.integer({ min: 0, max: 100_000 }), t => Math.abs(timeAt(axis, xOf(axis, t)) - t) <= 1)));
  it('has ticks in order, inside, and not too many', () => fc.assert(fc.property(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 200, max: 3000 }), (length, widthPx) => {
    const ticks = ticksOf({ fromMs: 1_800_000_000_123, toMs: 1_800_000_000_123 + length, leftPx: 0, widthPx });
    expect(ticks.length).toBeLessThanOrEqual(widthPx / 90 + 3);
    expect(ticks.every((tick, i) => tick >= 1_800_000_000_123 && tick <= 1_800_000_000_123 + length && tick > (ticks[i - 1] ?? 0))).toBe(true);
  })));
  it('takes a part only when it is one', () => {
    expect(partOf(axis, 10, 20)).toEqual({ fromMs: 10, toMs: 20 });
    expect(partOf(axis, -50, 20)).toEqual({ fromMs: 0, toMs: 20 });
    for (const [from, to] of [[20, 10], [200_000, 300_000], [undefined, 10]] as const) expect(partOf(axis, from, to)).toBeNull();
  });
  it('shows all that has a time, and ends after the incident did', () => {
    const incident = { openedAt: new Date(600_000).toISOString(), closedAt: new Date(700_000).toISOString(), imported: null } as Parameters<typeof wholeSpan>[0]['incident'];
    expect(wholeSpan({ incident, timeline: [entry('a', 30_000)], actions: [run('x', 650_000, 900_000)], artifacts: [] }, null, 5_000_000)).toEqual({ fromMs: 30_000, toMs: 900_000 });
    expect(wholeSpan({ incident: { ...incident, closedAt: null }, timeline: [], actions: [], artifacts: [] }, null, 5_000_000).toMs).toBe(5_000_000);
    const recorder = { kind: 'recorder', fromUnixMs: 20_000, toUnixMs: 610_000 } as IncidentDetail['artifacts'][number]; // nothing else is read
    expect(wholeSpan({ incident, timeline: [], actions: [], artifacts: [recorder, { ...recorder, fromUnixMs: -9e9, toUnixMs: 9e9 }] }, null, 5_000_000).fromMs).toBe(600_000 - 600_000);
    expect(wholeSpan({ incident, timeline: [], actions: [], artifacts: [recorder] }, null, 5_000_000)).toEqual({ fromMs: 20_000, toMs: 760_000 });
  });
});

describe('marks', () => {
  it('have labels that cover neither each other nor the next mark', () => fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 30 }), times => {
    const marks = marksOf(times.map((t, i) => entry(String(i), t, 'queue is stuck')), axis, ({ text }) => text);
    const boxes = marks.flatMap(({ x, label }) => (label === null ? [] : [label.side === 'right' ? [x, x + textPx(label.text)] : [x - textPx(label.text), x]] as const)) as [number, number][];
    for (const [i, [from]] of boxes.entries()) if (i > 0) expect(from).toBeGreaterThanOrEqual((boxes[i - 1] as [number, number])[1]);
  })));
  it('outside of the shown time are left out', () => expect(marksOf([entry('a', -5), entry('b', 5)], axis, () => 'x').map(({ id }) => id)).toEqual(['b']));
});

describe('actions', () => {
  it('never lie on one another', () => fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: 0, max: 20_000 })), { maxLength: 40 }), spans => {
    const { bars, rows, more } = actionLane(spans.map(([from, length], i) => run(String(i), from, from + length)), axis, 100_000, () => 'cpu-sample');
    expect(bars.length + more).toBe(spans.length);
    expect(rows).toBeLessThanOrEqual(7);
    for (const row of new Set(bars.map(bar => bar.row))) {
      const sorted = bars.filter(bar => bar.row === row).toSorted((a, b) => a.x - b.x);
      for (const [i, bar] of sorted.entries()) if (i > 0) expect(bar.x).toBeGreaterThanOrEqual((sorted[i - 1]?.endX ?? 0));
    }
  })));
  it('that run reach until now; one that did not run is a moment', () => {
    const { bars: [runs, refused] } = actionLane([run('a', 10_000, null, 'running'), run('b', 10_000, null, 'refused')], axis, 60_000, () => 'x');
    expect(runs?.endX).toBe(xOf(axis, 60_000));
    expect((refused?.endX ?? 0) - (refused?.x ?? 0)).toBe(5);
  });
});

describe('rates', () => {
  const rates: IncidentRates = { stepMs: 10_000, times: [0, 10_000, 20_000, 30_000], received: [10, null, 40, 20], sent: [], removed: [] };
  it('leave a gap where nothing was measured', () => {
    const { line, most } = rateShape(rates, axis, 0, 60);
    expect(line.match(/M/g)).toHaveLength(2);
    expect(most).toBe(40);
  });
  it('say what was measured around a moment', () => expect([rateAt(rates, 25_000), rateAt(rates, 15_000), rateAt(rates, 99_000)]).toEqual([40, null, null]));
});
