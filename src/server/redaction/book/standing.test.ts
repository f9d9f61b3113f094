import { describe, expect, it } from 'vitest';
import { standingOf } from './standing.ts';
import type { AgentView, Standing, WhatHid } from './standing-terms.ts';
import { Stands, type Stand } from './stands.ts';

const leakMs = Date.parse('2027-01-15T08:00:00Z');
const stand: Stand = { source: 1, agent: 1, firstMs: leakMs - 60_000, lastMs: leakMs, rule: null, firstMaskedMs: null, lastMaskedMs: null, lastLeakMs: leakMs, scannedAtLeak: 100, leftAtLeak: 200, passedMs: leakMs + 900 };
const agent = (more: Partial<AgentView> = {}): AgentView => ({ name: 'web-1', connected: true, lastSeenMs: leakMs, scanned: { records: 150, ofRecords: 250 }, fullSinceMs: null, runs: () => true, ended: [], passedMs: 0, ...more });
const shown = ({ note, ...standing }: Standing) => ({ ...standing, note: note?.() ?? null });
const at = (seconds: number, its: Partial<Stand> = {}, of: Partial<AgentView> = {}, what?: WhatHid) => shown(standingOf({ ...stand, ...its }, agent(of), leakMs + seconds * 1000, what));
const hidden = { lastMaskedMs: leakMs + 500 };
const rule = { id: 'p', name: 'shop', version: 2 };
const saying = (text: string) => expect.stringContaining(text) as string;

describe('a source that was hidden and never seen leaving', () => {
  const unleaked = { lastLeakMs: null, rule, lastMaskedMs: leakMs - 100_000 };
  it('is clean since it was first seen, while the very version that hid it runs', () => {
    expect(at(0, unleaked)).toMatchObject({ state: 'clean', leaked: false, neverLeft: false, stoppedMs: stand.firstMs, note: saying('not all that left was scanned') });
    expect(at(0, unleaked, { runs: (_, version) => version !== 2 })).toMatchObject({ state: 'unproved' });
  });
  it('never left only when all was scanned from first sight', () => {
    expect(at(0, unleaked, { fullSinceMs: stand.firstMs })).toEqual({ state: 'clean', leaked: false, neverLeft: true, ignoredBy: null, stoppedMs: stand.firstMs, note: null });
    expect(at(0, unleaked, { fullSinceMs: stand.firstMs + 1 })).toMatchObject({ state: 'clean', neverLeft: false });
    expect(at(0, unleaked, { fullSinceMs: 1 }, { isScanned: false, how: 'by key' })).toMatchObject({ state: 'clean', neverLeft: false, note: saying('not seen by the residual scan') });
  });
  it('counts on while its agent is away, and says so', () => {
    expect(at(0, unleaked, { connected: false, lastSeenMs: leakMs - 9000 })).toMatchObject({ state: 'clean', note: saying('has been away since 07:59:51 UTC') });
  });
});

describe('a source whose rule is off', () => {
  const endMs = leakMs - 90_000;
  const scanned = (records: number, ofRecords: number) => ({ records, ofRecords });
  const off = { runs: () => false, ended: [{ ruleId: 'p', version: 2, atMs: endMs, scanned: scanned(50, 150) }], passedMs: leakMs };
  const unleaked = { lastLeakMs: null, rule, firstMs: leakMs - 200_000, lastMaskedMs: endMs - 2000 };
  it('is unproved at once, with who hid it until when, when the scan does not know the format', () => {
    const what = { isScanned: false, how: 'by key' };
    expect(at(0, unleaked, { ...off, fullSinceMs: 1 }, what)).toMatchObject({ state: 'unproved', stoppedMs: null, neverLeft: false, note: 'Hidden by key on web-1 until 07:58:30 UTC, when shop was taken off. The independent scan knows no such format: nobody knows whether it leaves now.' });
    expect(at(0, unleaked, { ...off, runs: (_, version) => version === undefined }, what)).toMatchObject({ state: 'unproved', note: saying('when shop changed from version 2 and has hidden nothing of it since.') });
    expect(at(-89, unleaked, off, what)).toMatchObject({ state: 'unproved' });
    expect(at(86_400, unleaked, off, what).note).toContain('until 2027-01-15 07:58:30 UTC,');
  });
  it('has five seconds to be hidden by the version that follows', () => {
    const changed = { ...off, runs: (_: string, version?: number) => version === undefined };
    expect([-85.001, -85].map((seconds) => at(seconds, unleaked, changed).state)).toEqual(['clean', 'unproved']);
  });
  it('is unproved while only a sample is scanned, however large', () => {
    expect(at(0, unleaked, { ...off, scanned: scanned(149, 250) })).toMatchObject({ state: 'unproved', note: saying('Only 99 % of 100 records that left web-1 since was scanned: start a full scan') });
    expect(at(0, unleaked, { runs: () => false })).toMatchObject({ state: 'unproved', note: 'Hidden on web-1 until at least 07:58:28 UTC, and shop runs there no more. Not all that leaves web-1 is scanned: start a full scan to see whether it does. Nobody knows whether it leaves now.' });
  });
  it('is clean from where it was when all was scanned since the end, for a minute and with a record of its service', () => {
    const full = { ...off, fullSinceMs: endMs - 50_000 };
    expect(at(0, unleaked, full)).toMatchObject({ state: 'clean', stoppedMs: unleaked.firstMs, neverLeft: false, note: saying('All that left web-1 since 07:57:40 UTC was scanned') });
    expect(at(0, unleaked, { ...full, fullSinceMs: unleaked.firstMs })).toMatchObject({ state: 'clean', neverLeft: true });
    expect(at(-30.001, unleaked, full)).toMatchObject({ state: 'unproved', note: saying('not a minute yet') });
    expect(at(0, unleaked, { ...full, passedMs: endMs })).toMatchObject({ state: 'unproved', note: saying('No record of its service is known to have left since 07:58:30 UTC') });
    expect(at(0, unleaked, { ...full, connected: false, lastSeenMs: endMs + 30_000 })).toMatchObject({ state: 'unproved', note: saying('has been away') });
  });
  it('is clean only since all is scanned when that began later', () => {
    expect(at(0, unleaked, { ...off, fullSinceMs: leakMs - 70_000 })).toMatchObject({ state: 'clean', stoppedMs: leakMs - 70_000, unseenUntilMs: leakMs - 70_000, neverLeft: false });
  });
  it('and that leaked and stopped before is unproved, too', () => {
    const after = { ...hidden, rule };
    const ended = { ...off, ended: [{ ruleId: 'p', version: 2, atMs: leakMs + 20_000, scanned: scanned(120, 220) }] };
    expect(at(60, after)).toMatchObject({ state: 'clean', stoppedMs: leakMs + 1 });
    expect(at(60, after, ended)).toMatchObject({ state: 'unproved', leaked: true, stoppedMs: null, note: saying('Hidden on web-1 until 08:00:20 UTC, when shop was taken off.') });
    expect(at(80, after, { ...ended, fullSinceMs: leakMs - 1, passedMs: leakMs + 50_000 })).toMatchObject({ state: 'clean', stoppedMs: leakMs + 1 });
    expect(at(60, { besideMs: leakMs + 500, besideRule: rule }, ended)).toMatchObject({ state: 'unproved' });
  });
  it('is hidden for a minute as far as is known when the agent never said what it runs', () => {
    expect([59, 60].map((seconds) => at(0, { ...unleaked, lastMaskedMs: leakMs - seconds * 1000 }, { runs: () => false }).state)).toEqual(['clean', 'unproved']);
    expect(at(0, { ...unleaked, rule: null, lastMaskedMs: null })).toMatchObject({ state: 'unproved', note: saying('No rule hides it on web-1.') });
  });
});

describe('a source that leaked', () => {
  it('goes on leaking while what was scanned since is too little for how seldom it leaked', () => {
    const little = { scanned: { records: 101, ofRecords: 1_000_200 } };
    expect(at(60, {}, little)).toMatchObject({ state: 'leaking', note: 'Not seen for 60 s, but only 0.0001 % of what left web-1 was scanned, too little for how seldom it leaked: start a full scan.' });
    const half = { scanned: { records: 100 + 8, ofRecords: 1200 } };
    expect([0.4, 0.45].map((leakRate) => at(60, { leakRate }, half).state)).toEqual(['leaking', 'clean']);
    expect(at(70, {}, { ...little, fullSinceMs: leakMs + 10_001 })).toMatchObject({ state: 'leaking' });
    expect(at(70, {}, { ...little, fullSinceMs: leakMs + 10_000 })).toMatchObject({ state: 'clean' });
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
    expect(stands.ofSource(1)[0]!.stop).toEqual({ atMs: leakMs + 1, appliedMs: leakMs + 300, rule });
    stands.leaked(1, 1, { firstMs: leakMs + 10_000, lastMs: leakMs + 10_000 }, { records: 9, ofRecords: 9 });
    expect(stands.ofSource(1)[0]!.stop).toBeNull();
  });
  it('leaks until five seconds were hidden and fully scanned, and stopped right after its last leak', () => {
    expect(at(4.9, hidden)).toMatchObject({ state: 'leaking', stoppedMs: null });
    expect(at(5, hidden)).toMatchObject({ state: 'clean', leaked: true, stoppedMs: leakMs + 1, note: 'Since then all 50 records of web-1 were scanned.' });
  });
  it('needs five seconds of a full scan, whatever was sampled before', () => {
    const late = { scanned: { records: 1050, ofRecords: 1200 }, fullSinceMs: leakMs + 3000 };
    expect(at(7.9, { lastMaskedMs: leakMs + 4000 }, late)).toMatchObject({ state: 'leaking' });
    expect(at(8, { lastMaskedMs: leakMs + 4000 }, late)).toMatchObject({ state: 'clean', stoppedMs: leakMs + 1 });
    expect(at(8, { lastMaskedMs: leakMs + 2000 }, late)).toMatchObject({ state: 'leaking' });
  });
  it('needs a minute when only a sample was scanned, or nothing hides it', () => {
    const sampled = { scanned: { records: 110, ofRecords: 1200 } };
    const often = { leakRate: 0.5 };
    expect(at(59, { ...hidden, ...often }, sampled)).toMatchObject({ state: 'leaking' });
    expect(at(60, { ...hidden, ...often }, sampled)).toMatchObject({ state: 'clean', note: 'Since then 10 of 1,000 records of web-1 were scanned.' });
    expect(at(59)).toMatchObject({ state: 'leaking', note: null });
    expect(at(60)).toMatchObject({ state: 'clean' });
  });
  it('goes on leaking, as far as is known, when nothing was scanned or nothing of the service left since', () => {
    const unscanned = { scanned: { records: 100, ofRecords: 5000 } };
    expect(at(600, hidden, unscanned)).toMatchObject({ state: 'leaking', note: expect.stringContaining('Nothing that left web-1 was scanned since 08:00:00 UTC') as string });
    expect(at(600, { passedMs: null })).toMatchObject({ state: 'leaking', note: expect.stringContaining('No record of this service has left web-1') as string });
  });
  it('hidden before its last leak is not hidden', () => {
    expect(at(30, { lastMaskedMs: leakMs - 1 })).toMatchObject({ state: 'leaking' });
  });
  it('on an agent that is away is judged by what was seen, and after an hour by nobody', () => {
    const away = { connected: false, lastSeenMs: leakMs + 2000 };
    expect(at(300, hidden, away)).toMatchObject({ state: 'leaking', note: 'web-1 has been away since 08:00:02 UTC: what leaves there is not seen.' });
    expect(at(300, hidden, { connected: false, lastSeenMs: leakMs + 6000 })).toMatchObject({ state: 'clean', stoppedMs: leakMs + 1 });
    expect(at(3603, hidden, away)).toMatchObject({ state: 'unproved', leaked: true, stoppedMs: null });
  });
});

describe('a source that a policy lets pass by name', () => {
  const policy = { id: 'p', name: 'shop', version: 2 };
  const passed = { ignoredMs: leakMs - 800, ignoredBy: policy };
  it('is neither leaking nor clean while the policy runs', () => {
    expect(at(1, passed)).toEqual({ state: 'ignored', leaked: true, neverLeft: false, ignoredBy: policy, stoppedMs: null, note: null });
    expect(at(1, { ...passed, lastLeakMs: null })).toMatchObject({ state: 'ignored', leaked: false, ignoredBy: policy });
    expect(at(1, passed, { runs: () => false })).toMatchObject({ state: 'leaking', ignoredBy: null });
  });
  it('leaks when it leaves long after, and is clean when another rule hides it behind the policy', () => {
    expect(at(1, { ...passed, ignoredMs: leakMs - 10_001 })).toMatchObject({ state: 'leaking' });
    expect(at(1, { ...passed, lastLeakMs: null, lastMaskedMs: leakMs - 800, rule: policy })).toMatchObject({ state: 'clean', ignoredBy: null, stoppedMs: stand.firstMs });
    expect(at(1, { ...passed, lastMaskedMs: leakMs - 5000 })).toMatchObject({ state: 'ignored', ignoredBy: policy });
  });
});

describe('a source that was let pass, and is no more', () => {
  const policy = { id: 'p', name: 'shop', version: 2 };
  const passed = { ignoredMs: leakMs - 800, ignoredBy: policy };
  const endMs = leakMs + 20_000;
  const off = { runs: () => false, ended: [{ ruleId: 'p', version: 2, atMs: endMs, scanned: { records: 110, ofRecords: 210 } }] };
  it('leaks until it is proved that it stopped, which is counted from the end', () => {
    expect(at(79, passed, off)).toMatchObject({ state: 'leaking' });
    expect(at(80, passed, off)).toMatchObject({ state: 'clean', stoppedMs: endMs + 1 });
  });
  it('is unproved when the policy is another version now, until it comes again', () => {
    const changed = { ...off, runs: (_: string, version?: number) => version === undefined };
    expect(at(30, passed, changed)).toMatchObject({ state: 'unproved', note: saying('Let pass on purpose by policy shop v2.') });
    expect(at(30, { ...passed, lastLeakMs: leakMs + 15_000 }, changed)).toMatchObject({ state: 'leaking' });
  });
  it('and is hidden since is clean from the end, and never said to have never left', () => {
    const since = { ...passed, lastLeakMs: null, rule: { id: 'q', name: 'cart', version: 1 }, firstMaskedMs: endMs + 50, lastMaskedMs: endMs + 900 };
    expect(at(30, since, { ...off, runs: (id) => id === 'q', fullSinceMs: 1 })).toMatchObject({ state: 'clean', neverLeft: false, stoppedMs: endMs + 50, unseenUntilMs: endMs + 50 });
  });
});

it('what was not looked at while the rule was off is not said to be clean', () => {
  const back = (ms: number) => ({ backMs: () => ms });
  expect(at(60, { ...hidden, rule }, back(leakMs + 9000))).toMatchObject({ state: 'clean', stoppedMs: leakMs + 9000 });
  expect(at(60, { ...hidden, rule }, back(leakMs - 9000))).toMatchObject({ state: 'clean', stoppedMs: leakMs + 1 });
  expect(at(0, { lastLeakMs: null, rule, lastMaskedMs: leakMs }, back(leakMs - 5))).toMatchObject({ state: 'clean', neverLeft: false, stoppedMs: leakMs - 5, unseenUntilMs: leakMs - 5 });
});

it('a source leaves again when it had been hidden for a while, from the first finding on', () => {
  const stands = new Stands();
  const scanned = { records: 1, ofRecords: 1 };
  const again = (): number | null | undefined => stands.ofSource(1)[0]!.againMs;
  const leak = (ms: number) => { stands.leaked(1, 1, { firstMs: ms, lastMs: ms + 100 }, scanned); };
  const mask = (ms: number) => { stands.masked(1, 1, rule, { firstMs: ms, lastMs: ms }); };
  leak(1000);
  mask(2000);
  leak(3000);
  expect(again()).toBeUndefined();
  mask(4000);
  mask(8100);
  leak(8050);
  expect(again()).toBeUndefined();
  mask(13_200);
  leak(14_000);
  leak(15_000);
  expect(again()).toBe(14_000);
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
  expect(at(5, { besideMs: leakMs + 500 })).toMatchObject({ state: 'clean', stoppedMs: leakMs + 1 });
  expect(at(5, { besideMs: leakMs - 1 })).toMatchObject({ state: 'leaking' });
  // One that was taken off says nothing while another goes on.
  const both = { ...hidden, rule, besideMs: leakMs + 900, besideRule: { id: 'q', name: 'keys', version: 1 } };
  expect([at(5, both, { runs: (id) => id === 'q' }).state, at(5, both, { runs: () => false, ended: [{ ruleId: 'p', version: 2, atMs: leakMs + 999, scanned: { records: 1, ofRecords: 1 } }] }).state]).toEqual(['clean', 'unproved']);
});
