import { describe, expect, it } from 'vitest';
import type { FleetProbe, ProbeMeasured, ProbePlace } from '../../../model/index.ts';
import { boundWords, cpuOf, hitCount, outWords, samplingOf, stateShown } from './sampling.ts';

const place = (more: Partial<ProbePlace>): ProbePlace => ({ process: null, state: 'active', why: null, means: '', resolved: null, hits: 1000, emitted: 1000, suppressed: 0, trueRate: 400, costUs: 50, cpuShare: 0.11, pauses: 12, pausedUntilUnixMs: null, firstHitUnixMs: 0, lastHitUnixMs: 10_000, latest: [], ...more });
const probe = (...places: readonly ProbePlace[]) => ({ places, hits: places.reduce((sum, { hits }) => sum + hits, 0), endedUnixMs: null }) as unknown as FleetProbe;
const counter = (count: number): ProbeMeasured => ({ unit: '{hit}', count, sum: count, min: 1, max: 1, bounds: [], buckets: [] });
const limits = { expiresAfterMs: 1, maxHits: 1, maxPerSecond: 50, maxCpuShare: 0.01 };

describe('a probe that goes out and in', () => {
  it('has one state, whichever of both it is in now', () => {
    const states = (['active', 'paused'] as const).map(state => samplingOf(probe(place({ state })), 10_000));
    expect(states).toEqual([{ outShare: 0.75 }, { outShare: 0.75 }]);
    expect(states.map(one => stateShown('paused', one).words)).toEqual(['sampling', 'sampling']);
    expect(outWords({ outShare: 0.634 })).toBe('out about 63 % of the time');
  });
  it('says the estimate, and that it is one', () => {
    expect(hitCount(probe(place({}), place({ hits: 7, pauses: 0, trueRate: 900 })), 10_000)).toEqual({ total: 4007, seen: 1007, isEstimated: true });
    expect(hitCount(probe(place({ measured: counter(2500) })), 10_000)).toEqual({ total: 2500, seen: 1000, isEstimated: true });
  });
  it('is not said of one that paused once and keeps up', () => {
    expect(samplingOf(probe(place({ hits: 3990, pauses: 1 })), 10_000)).toBeNull();
    expect(samplingOf(probe(place({ pauses: 0 })), 10_000)).toBeNull();
    expect(samplingOf(probe(place({ state: 'ended' })), 10_000)).toBeNull();
    expect(hitCount(probe(place({ pauses: 0 })), 10_000)).toEqual({ total: 1000, seen: 1000, isEstimated: false });
  });
  it('says nothing it does not know', () => {
    expect([samplingOf(probe(place({ trueRate: null, pauses: 2 })), 10_000), samplingOf(probe(place({ trueRate: null })), 10_000)]).toEqual([null, { outShare: null }]);
    expect(hitCount(probe(place({ trueRate: null })), 10_000).isEstimated).toBe(false);
  });
  it('names the bound that it meets, and its mean cost', () => {
    const record = { kind: 'logpoint', spec: { does: 'record' } } as FleetProbe['what'];
    const count = { kind: 'logpoint', spec: { does: 'count' } } as FleetProbe['what'];
    expect(boundWords(count, limits, [place({ trueRate: 60 })])).toContain('1.0 % of a core');
    expect(boundWords(record, limits, [place({ trueRate: 60 })])).toContain('50 times a second');
    expect(boundWords(record, limits, [place({})])).toContain('of a core');
    expect([cpuOf(place({}), 10_000), cpuOf(place({ pauses: 0 }), 10_000)]).toEqual([0.005, 0.11]);
  });
});
