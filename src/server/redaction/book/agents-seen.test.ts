import { describe, expect, it } from 'vitest';
import { maxEndedRules, maxPassing } from '../bounds.ts';
import { AgentsSeen } from './agents-seen.ts';

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
  it('are bounded, the newest ends first', () => {
    const seen = new AgentsSeen();
    for (let version = 1; version < maxEndedRules + 20; version++) seen.applies(1, [rule('a', version)], version);
    expect([seen.of(1).ended?.length, seen.of(1).ended?.[0]?.version]).toEqual([maxEndedRules, maxEndedRules + 18]);
  });
});

describe('all is scanned', () => {
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
