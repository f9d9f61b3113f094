import { describe, expect, it } from 'vitest';
import { maxEndedRules, maxPassing } from '../bounds.ts';
import { AgentsSeen, evidenceIn } from './agents-seen.ts';

const rule = (id: string, version = 1, deployment = 1) => ({ id, version, deployment });
const report = (fromMs: number, isFull = true) => ({ fromMs, atMs: fromMs + 1000, isFull });
const [all, half, nothing] = [{ records: 10, ofRecords: 10 }, { records: 5, ofRecords: 10 }, { records: 0, ofRecords: 0 }];

describe('the rules of an agent', () => {
  it('that it runs no more are known with their end, and with what was scanned by then', () => {
    const seen = new AgentsSeen();
    seen.applies(1, [rule('a'), rule('b')], 1000);
    seen.scanned(1, half, report(0));
    seen.applies(1, [rule('a', 2, 3)], 2000);
    expect(seen.of(1).applied).toEqual([{ ruleId: 'a', version: 2, deployment: 3, atMs: 2000 }]);
    expect(seen.of(1).ended).toEqual(['a', 'b'].map((ruleId) => ({ ruleId, version: 1, atMs: 2000, scanned: half })));
    seen.applies(1, [rule('a', 2, 4)], 3000);
    expect([seen.appliedMs(1, 'a', 2), seen.of(1).ended]).toEqual([3000, expect.objectContaining({ length: 2 })]);
    seen.applies(1, [rule('b', 1, 5)], 4000);
    expect(seen.of(1).ended?.map(({ ruleId, version, atMs }) => [ruleId, version, atMs])).toEqual([['a', 2, 4000], ['a', 1, 2000]]);
  });
  it('that is back was off in between, unless all that left then was scanned', () => {
    const back = (isFull: boolean): boolean | undefined => {
      const seen = new AgentsSeen();
      seen.scanned(1, isFull ? all : half, report(0));
      seen.applies(1, [rule('a')], 1000);
      seen.applies(1, [], 2000);
      seen.applies(1, [rule('a', 1, 3)], 3000);
      return seen.of(1).applied[0]?.wasOff;
    };
    expect([back(true), back(false)]).toEqual([undefined, true]);
  });
  it('are bounded, the newest ends first', () => {
    const seen = new AgentsSeen();
    for (let version = 1; version < maxEndedRules + 20; version++) seen.applies(1, [rule('a', version)], version);
    expect([seen.of(1).ended?.length, seen.of(1).ended?.[0]?.version]).toEqual([maxEndedRules, maxEndedRules + 18]);
  });
});

describe('all is scanned', () => {
  it('though some of it waits: until what left last and was scanned', () => {
    const seen = new AgentsSeen();
    const said = (second: number, records: number, waiting: number) => seen.scanned(1, { records, ofRecords: 10, waiting }, report(second * 1000));
    const told = () => evidenceIn(seen.of(1));
    expect([said(0, 2, 8), told().fullToMs]).toEqual([0, 0]);
    expect([said(1, 10, 8), told().fullToMs]).toEqual([0, 1000]);
    // The second part of the same report.
    expect([seen.scanned(1, nothing, report(1000)), told().fullToMs]).toEqual([0, 1000]);
    expect([said(2, 18, 0), told()]).toEqual([0, { scanned: { records: 30, ofRecords: 30 }, fullSinceMs: 0, ended: [] }]);
    expect([said(3, 4, 1), told()]).toEqual([5, { scanned: { records: 34, ofRecords: 40 }, fullSinceMs: null, ended: [] }]);
    expect([said(4, 10, 1), told()]).toMatchObject([0, { fullSinceMs: 4000, fullToMs: 4000 }]);
    seen.lost(1);
    expect(told().fullSinceMs).toBeNull();
  });
  it('and what waits is known in bounded detail', () => {
    const seen = new AgentsSeen();
    for (let i = 0; i < 500; i++) seen.scanned(1, { records: 0, ofRecords: 10, waiting: 10 * (i + 1) }, report(i * 1000));
    expect(seen.of(1).pending?.length).toBe(64);
    seen.scanned(1, { records: 4999, ofRecords: 0, waiting: 1 }, report(500_000));
    const { pending, fullToMs } = seen.of(1);
    expect([pending?.[0], fullToMs]).toEqual([{ atMs: 500_000, records: 1 }, 499_000]);
  });

  it('since the first report of which all was, and no longer when a part or a finding was left out', () => {
    const seen = new AgentsSeen();
    const since = () => seen.of(1).fullSinceMs;
    seen.scanned(1, all, report(1000));
    seen.scanned(1, all, report(2000));
    expect(since()).toBe(1000);
    seen.scanned(1, half, report(3000));
    expect(since()).toBeNull();
    // The second part of the same report counts nothing.
    seen.scanned(1, nothing, report(3000));
    expect(since()).toBe(4000);
    seen.scanned(1, all, report(4000, false));
    expect(since()).toBeNull();
  });
});

it('the last record of a service is known of so many, and of more as if none had left', () => {
  const seen = new AgentsSeen();
  for (let i = 0; i <= maxPassing; i++) seen.passes(1, `s${i}`, 1000 + i);
  seen.passes(1, 's0', 500);
  expect([seen.passedMs(1, 's0'), seen.passedMs(1, `s${maxPassing}`), seen.passedMs(2, 's0')]).toEqual([1000, 0, 0]);
});
