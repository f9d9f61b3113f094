import { describe, expect, it } from 'vitest';
import { standingOf, together, type AgentView } from './standing.ts';
import { Stands, type Stand } from './stands.ts';

const leakMs = Date.parse('2027-01-15T08:00:00Z');
const stand: Stand = { source: 1, agent: 1, firstMs: leakMs - 60_000, lastMs: leakMs, rule: null, firstMaskedMs: null, lastMaskedMs: null, lastLeakMs: leakMs, scannedAtLeak: 100, leftAtLeak: 200, passedMs: leakMs + 900 };
const agent = (more: Partial<AgentView> = {}): AgentView => ({ name: 'web-1', connected: true, lastSeenMs: leakMs, scanned: { records: 150, ofRecords: 250 }, fullSinceMs: null, runs: () => true, ...more });
const at = (seconds: number, its: Partial<Stand> = {}, of: Partial<AgentView> = {}) => standingOf({ ...stand, ...its }, agent(of), leakMs + seconds * 1000);
const hidden = { lastMaskedMs: leakMs + 500 };

describe('a source on an agent', () => {
  const rule = { id: 'p', name: 'shop', version: 2 };
  const unleaked = { lastLeakMs: null, rule, lastMaskedMs: leakMs - 100_000 };
  it('that never leaked is clean since it was first seen, while the rule that hides it runs', () => {
    expect(at(0, unleaked)).toEqual({ leaking: false, leaked: false, ignoredBy: null, stoppedMs: stand.firstMs, note: null });
  });
  it('is not known to be clean when its rule is gone and not all that leaves is scanned', () => {
    const gone = { runs: () => false };
    expect(at(0, unleaked, gone)).toMatchObject({ leaking: false, stoppedMs: null, note: expect.stringContaining('shop, which hid it, no longer runs on web-1') as string });
    expect(at(0, unleaked, { ...gone, fullSinceMs: leakMs - 200_000 })).toMatchObject({ stoppedMs: stand.firstMs });
    expect(at(0, unleaked, { ...gone, fullSinceMs: leakMs - 5000 })).toMatchObject({ stoppedMs: leakMs - 5000, unseenUntilMs: leakMs - 5000 });
    expect(at(0, { ...unleaked, rule: null }, {})).toMatchObject({ stoppedMs: null });
    expect(at(0, { ...unleaked, lastMaskedMs: leakMs - 1000 }, gone)).toMatchObject({ stoppedMs: stand.firstMs, note: null });
  });
  it('of what the residual scan does not know counts as clean only while the rule runs, and says so', () => {
    expect(standingOf({ ...stand, ...unleaked }, agent(), leakMs, false)).toMatchObject({ stoppedMs: stand.firstMs, note: expect.stringContaining('not seen by the residual scan') as string });
    expect(standingOf({ ...stand, ...unleaked }, agent({ runs: () => false, fullSinceMs: 1 }), leakMs, false)).toMatchObject({ stoppedMs: null });
  });
  it('goes on leaking while what was scanned since is too little for how seldom it leaked', () => {
    const little = { scanned: { records: 101, ofRecords: 1_000_200 } };
    expect(at(60, {}, little)).toMatchObject({ leaking: true, note: 'Not seen for 60 s, but only 0.0001 % of what left web-1 was scanned, too little for how seldom it leaked: start a full scan.' });
    const half = { scanned: { records: 100 + 8, ofRecords: 1200 } };
    expect([0.4, 0.45].map((leakRate) => at(60, { leakRate }, half).leaking)).toEqual([true, false]);
    expect(at(70, {}, { ...little, fullSinceMs: leakMs + 10_001 })).toMatchObject({ leaking: true });
    expect(at(70, {}, { ...little, fullSinceMs: leakMs + 10_000 })).toMatchObject({ leaking: false });
  });
  it('stopped not before the rule was there, nor after it first hid', () => {
    const stopped = (stop: Stand['stop']) => at(6, { ...hidden, stop: stop ?? null }).stoppedMs! - leakMs;
    expect(stopped({ atMs: leakMs + 4000, appliedMs: leakMs + 1770 })).toBe(1770);
    expect(stopped({ atMs: leakMs + 900, appliedMs: leakMs + 1770 })).toBe(900);
    expect(stopped({ atMs: leakMs + 900, appliedMs: leakMs - 30_000 })).toBe(1);
    expect(stopped({ atMs: leakMs + 900, appliedMs: null })).toBe(1);
    const stands = new Stands();
    stands.leaked(1, 1, { firstMs: leakMs - 9, lastMs: leakMs }, { records: 1, ofRecords: 1 });
    stands.masked(1, 1, rule, { firstMs: leakMs - 500, lastMs: leakMs + 800 }, leakMs + 300);
    stands.masked(1, 1, { ...rule, version: 3 }, { firstMs: leakMs + 9000, lastMs: leakMs + 9000 }, leakMs + 8000);
    expect(stands.ofSource(1)[0]!.stop).toEqual({ atMs: leakMs + 1, appliedMs: leakMs + 300 });
    stands.leaked(1, 1, { firstMs: leakMs + 10_000, lastMs: leakMs + 10_000 }, { records: 9, ofRecords: 9 });
    expect(stands.ofSource(1)[0]!.stop).toBeNull();
  });
  it('leaks until five seconds were hidden and fully scanned, and stopped right after its last leak', () => {
    expect(at(4.9, hidden)).toMatchObject({ leaking: true, stoppedMs: null });
    expect(at(5, hidden)).toMatchObject({ leaking: false, leaked: true, stoppedMs: leakMs + 1, note: 'Since then all 50 records of web-1 were scanned.' });
  });
  it('needs five seconds of a full scan, whatever was sampled before', () => {
    const late = { scanned: { records: 1050, ofRecords: 1200 }, fullSinceMs: leakMs + 3000 };
    expect(at(7.9, { lastMaskedMs: leakMs + 4000 }, late)).toMatchObject({ leaking: true });
    expect(at(8, { lastMaskedMs: leakMs + 4000 }, late)).toMatchObject({ leaking: false, stoppedMs: leakMs + 1 });
    expect(at(8, { lastMaskedMs: leakMs + 2000 }, late)).toMatchObject({ leaking: true });
  });
  it('needs a minute when only a sample was scanned, or nothing hides it', () => {
    const sampled = { scanned: { records: 110, ofRecords: 1200 } };
    const often = { leakRate: 0.5 };
    expect(at(59, { ...hidden, ...often }, sampled)).toMatchObject({ leaking: true });
    expect(at(60, { ...hidden, ...often }, sampled)).toMatchObject({ leaking: false, note: 'Since then 10 of 1,000 records of web-1 were scanned.' });
    expect(at(59)).toMatchObject({ leaking: true, note: null });
    expect(at(60)).toMatchObject({ leaking: false });
  });
  it('goes on leaking, as far as is known, when nothing was scanned or nothing of the service left since', () => {
    const unscanned = { scanned: { records: 100, ofRecords: 5000 } };
    expect(at(600, hidden, unscanned)).toMatchObject({ leaking: true, note: expect.stringContaining('Nothing that left web-1 was scanned since 08:00:00 UTC') as string });
    expect(at(600, { passedMs: null })).toMatchObject({ leaking: true, note: expect.stringContaining('No record of this service has left web-1') as string });
  });
  it('hidden before its last leak is not hidden', () => {
    expect(at(30, { lastMaskedMs: leakMs - 1 })).toMatchObject({ leaking: true });
  });
  it('on an agent that is away is judged by what was seen, and after an hour by nobody', () => {
    const away = { connected: false, lastSeenMs: leakMs + 2000 };
    expect(at(300, hidden, away)).toMatchObject({ leaking: true, note: 'web-1 has been away since 08:00:02 UTC: what leaves there is not seen.' });
    expect(at(300, hidden, { connected: false, lastSeenMs: leakMs + 6000 })).toMatchObject({ leaking: false, stoppedMs: leakMs + 1 });
    expect(at(3603, hidden, away)).toMatchObject({ leaking: false, leaked: true, stoppedMs: null });
  });
});

describe('a source that a policy lets pass by name', () => {
  const policy = { id: 'p', name: 'shop', version: 2 };
  const passed = { ignoredMs: leakMs - 800, ignoredBy: policy };
  it('is neither leaking nor clean while the policy runs', () => {
    expect(at(1, passed)).toEqual({ leaking: false, leaked: true, ignoredBy: policy, stoppedMs: null, note: null });
    expect(at(1, { ...passed, lastLeakMs: null })).toMatchObject({ leaking: false, leaked: false, ignoredBy: policy });
    expect(at(1, passed, { runs: () => false })).toMatchObject({ leaking: true, ignoredBy: null });
  });
  it('leaks when it leaves long after, and is clean when another rule hides it behind the policy', () => {
    expect(at(1, { ...passed, ignoredMs: leakMs - 10_001 })).toMatchObject({ leaking: true });
    expect(at(1, { ...passed, lastLeakMs: null, lastMaskedMs: leakMs - 800, rule: policy })).toMatchObject({ leaking: false, ignoredBy: null, stoppedMs: stand.firstMs });
    expect(at(1, { ...passed, lastMaskedMs: leakMs - 5000 })).toMatchObject({ leaking: false, ignoredBy: policy });
  });
});

it('how often it leaked is the lesser of all the time and since the report before', () => {
  const stands = new Stands();
  const leak = (scanned: number, records: number, scannedBefore: number): number | undefined => {
    stands.leaked(1, 1, { firstMs: 1, lastMs: 1 }, { records: scanned, ofRecords: scanned }, {}, { records, scannedBefore });
    return stands.ofSource(1)[0]!.leakRate;
  };
  expect([leak(110, 5, 100), leak(120, 5, 110), leak(1120, 10, 1110), leak(1120, 5, 1110)]).toEqual([0.5, 0.5, 0.01, 25 / 1020]);
});

it('a rule that hides something else in the same text is evidence, too', () => {
  expect(at(5, { besideMs: leakMs + 500 })).toMatchObject({ leaking: false, stoppedMs: leakMs + 1 });
  expect(at(5, { besideMs: leakMs - 1 })).toMatchObject({ leaking: true });
});

describe('all agents together', () => {
  const stopped = (ms: number) => ({ leaking: false, leaked: true, ignoredBy: null, stoppedMs: ms, note: `stopped ${ms}` });
  const never = { leaking: false, leaked: false, ignoredBy: null, stoppedMs: 999, note: null };
  it('are clean since the last of those that leaked stopped', () => {
    expect(together([stopped(5), never, stopped(7)], 1)).toMatchObject({ leaking: false, cleanSinceMs: 7, note: 'stopped 5 Likewise on 1 more agent.' });
    const letPass = { leaking: false, leaked: true, ignoredBy: { id: 'p', name: 'shop', version: 2 }, stoppedMs: null, note: null };
    expect(together([letPass, stopped(5)], 1)).toMatchObject({ leaking: false, ignoredBy: { name: 'shop' }, note: 'Left in clear on purpose, by policy shop v2.' });
    expect(together([letPass, { ...stopped(5), leaking: true, stoppedMs: null }], 1)).toMatchObject({ leaking: true, ignoredBy: null });
    expect(together([never, { ...never, stoppedMs: null, note: 'gone' }], 1)).toMatchObject({ leaking: false, cleanSinceMs: null, note: 'gone' });
    expect(together([never, { ...never, stoppedMs: 50, unseenUntilMs: 50 }], 1)).toMatchObject({ cleanSinceMs: 50 });
    expect(together([never, never], 1)).toMatchObject({ leaking: false, leaked: false, cleanSinceMs: 1, note: null });
  });
  it('leak while one leaks, and say nothing of since when if one is not known', () => {
    expect(together([stopped(5), { leaking: true, leaked: true, ignoredBy: null, stoppedMs: null, note: null }], 1)).toMatchObject({ leaking: true, cleanSinceMs: null, note: null });
    expect(together([stopped(5), { leaking: false, leaked: true, ignoredBy: null, stoppedMs: null, note: 'away' }], 1)).toMatchObject({ leaking: false, cleanSinceMs: null });
  });
});
