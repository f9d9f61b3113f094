import { describe, expect, it } from 'vitest';
import { standingOf, together, type AgentView } from './standing.ts';
import type { Stand } from './stands.ts';

const leakMs = Date.parse('2027-01-15T08:00:00Z');
const stand: Stand = { source: 1, agent: 1, firstMs: leakMs - 60_000, lastMs: leakMs, rule: null, firstMaskedMs: null, lastMaskedMs: null, lastLeakMs: leakMs, scannedAtLeak: 100, leftAtLeak: 200 };
const agent = (more: Partial<AgentView> = {}): AgentView => ({ name: 'web-1', connected: true, lastSeenMs: leakMs, scanned: { records: 150, ofRecords: 250 }, serviceLeftMs: leakMs + 1, ...more });
const at = (seconds: number, its: Partial<Stand> = {}, of: Partial<AgentView> = {}) => standingOf({ ...stand, ...its }, agent(of), leakMs + seconds * 1000);
const hidden = { lastMaskedMs: leakMs + 500 };

describe('a source on an agent', () => {
  it('that never leaked is clean since it was first seen', () => {
    expect(at(0, { lastLeakMs: null })).toEqual({ leaking: false, leaked: false, stoppedMs: stand.firstMs, note: null });
  });
  it('leaks until five seconds were hidden and fully scanned, and stopped right after its last leak', () => {
    expect(at(4.9, hidden)).toMatchObject({ leaking: true, stoppedMs: null });
    expect(at(5, hidden)).toMatchObject({ leaking: false, leaked: true, stoppedMs: leakMs + 1, note: 'Since then all 50 records of web-1 were scanned.' });
  });
  it('needs a minute when only a sample was scanned, or nothing hides it', () => {
    const sampled = { scanned: { records: 110, ofRecords: 1200 } };
    expect(at(59, hidden, sampled)).toMatchObject({ leaking: true });
    expect(at(60, hidden, sampled)).toMatchObject({ leaking: false, note: 'Since then 10 of 1,000 records of web-1 were scanned.' });
    expect(at(59)).toMatchObject({ leaking: true, note: null });
    expect(at(60)).toMatchObject({ leaking: false });
  });
  it('goes on leaking, as far as is known, when nothing was scanned or nothing of the service left since', () => {
    const unscanned = { scanned: { records: 100, ofRecords: 5000 } };
    expect(at(600, hidden, unscanned)).toMatchObject({ leaking: true, note: expect.stringContaining('Nothing that left web-1 was scanned since 08:00:00 UTC') as string });
    expect(at(600, {}, { serviceLeftMs: leakMs - 1 })).toMatchObject({ leaking: true, note: expect.stringContaining('No record of this service has left web-1') as string });
    expect(at(600, {}, { serviceLeftMs: null })).toMatchObject({ leaking: true });
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

describe('all agents together', () => {
  const stopped = (ms: number) => ({ leaking: false, leaked: true, stoppedMs: ms, note: `stopped ${ms}` });
  const never = { leaking: false, leaked: false, stoppedMs: 999, note: null };
  it('are clean since the last of those that leaked stopped', () => {
    expect(together([stopped(5), never, stopped(7)], 1)).toMatchObject({ leaking: false, cleanSinceMs: 7, note: 'stopped 5 Likewise on 1 more agent.' });
    expect(together([never, never], 1)).toMatchObject({ leaking: false, leaked: false, cleanSinceMs: 1, note: null });
  });
  it('leak while one leaks, and say nothing of since when if one is not known', () => {
    expect(together([stopped(5), { leaking: true, leaked: true, stoppedMs: null, note: null }], 1)).toMatchObject({ leaking: true, cleanSinceMs: null, note: null });
    expect(together([stopped(5), { leaking: false, leaked: true, stoppedMs: null, note: 'away' }], 1)).toMatchObject({ leaking: false, cleanSinceMs: null });
  });
});
