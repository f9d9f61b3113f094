import { describe, expect, it } from 'vitest';
import type { AgentSummary, FleetPoint, RuleSummary } from '../../../model/index.ts';
import { deployedCounts, isOffEverywhere, liveFigures, recentFigures } from '../../api/index.ts';
import { mattersOf } from './attention.ts';
import { bucketFlow } from './flow.ts';
import { ruleStarts, slugOf } from './rule-text.ts';
import { firstKnown, inOrder, rankTalkers } from './talkers.ts';

const point = (t: number, more: Partial<FleetPoint> = {}): FleetPoint => ({ t, in: 0, out: 0, dropped: 0, sampled: 0, toMetric: 0, recorded: 0, emitted: 0, lost: 0, noDownstream: 0, cpuShare: 0, rssBytes: 0, tailShed: 0, ...more });
const talker = (durableId: string, perSecond: number, bytesPerSecond: number) => ({ durableId, service: 's', signal: 'logs' as const, perSecond, bytesPerSecond, share: 0, history: [], rules: [] });

describe('bucketFlow', () => {
  it('takes the mean per bucket and leaves gaps open', () => {
    const flow = bucketFlow([point(10_000, { out: 4 }), point(12_000, { out: 6 }), point(21_000, { out: 1 })], 10_000, 25_000, 5000);
    expect(flow.times).toEqual([10_000, 15_000, 20_000]);
    expect(flow.values.out).toEqual([5, null, 1]);
  });
});

describe('recentFigures', () => {
  it('is null when nothing was measured lately: missing is not zero', () => expect(recentFigures([point(0, { in: 5 })], 60_000)).toBeNull());
  it('adds up what rules removed', () => expect(recentFigures([point(9000, { in: 10, dropped: 1, sampled: 2, toMetric: 3, recorded: 1 })], 10_000)?.removed).toBe(7));
});

describe('liveFigures', () => {
  const points = [point(9000, { in: 10 })];
  it('shows fresh figures', () => expect(liveFigures({ points, now: 10_000, agents: { connected: 1, known: 1 } })?.in).toBe(10));
  it('is null once the newest point is older than 5 s', () => expect(liveFigures({ points, now: 14_001, agents: { connected: 1, known: 1 } })).toBeNull());
  it('is null while no agent is connected', () => expect(liveFigures({ points, now: 10_000, agents: { connected: 0, known: 1 } })).toBeNull());
});

describe('talkers on the page', () => {
  const ranked = (...names: readonly string[]) => names.map((name, i) => ({ key: name, talker: talker(name, 1, 1), amount: names.length - i, share: 0 }));
  it('keeps the order of before, and puts new ones last', () => expect(inOrder(ranked('new', 'b', 'a'), ['a', 'gone', 'b']).map(row => row.key)).toEqual(['a', 'b', 'new']));
  it('starts all lines where the first was measured', () => {
    expect(firstKnown([{ history: [null, null, 1] }, { history: [null, 2, 3] }, { history: [null, null, null] }])).toBe(1);
    expect(firstKnown([])).toBe(0);
  });
});

describe('rankTalkers', () => {
  it('shares of records and the rest add up to one', () => {
    const { rows, other } = rankTalkers({ talkers: [talker('a', 1, 900), talker('b', 5, 100)], otherPerSecond: 4 }, 'records');
    expect(rows.map(row => row.talker.durableId)).toEqual(['b', 'a']);
    expect(rows.reduce((sum, row) => sum + row.share, other?.share ?? 0)).toBeCloseTo(1);
  });
  it('ranks by bytes without inventing bytes of the rest', () => {
    const { rows, other } = rankTalkers({ talkers: [talker('a', 1, 900), talker('b', 5, 100)], otherPerSecond: 4 }, 'bytes');
    expect(rows[0]?.talker.durableId).toBe('a');
    expect(other).toBeNull();
  });
});

describe('rule starts', () => {
  it('makes names that a rule may have', () => expect(['LogLaunch', 'GET /cart/{id}', '  ', `${'x'.repeat(80)}.ts:4`].map(slugOf).every(slug => /^[a-z0-9][a-z0-9-]{0,62}$/.test(slug))).toBe(true));
  it('quotes the durable id', () => expect(ruleStarts(talker('say "hi"\\', 1, 1))[0]?.kql).toContain('where DurableId == "say \\"hi\\"\\\\"'));
});

describe('a rule that agents turned off', () => {
  const breach = (agent: string) => ({ agent, kind: 'sandbox' as const, reason: 'One call did not come to an end.', at: '' });
  const rule = (id: string, more: Partial<RuleSummary> = {}) => ({ id, name: `name-of-${id}`, state: 'deployed', appliedAgents: 1, breaches: [], effect: { errors: 0 }, ...more }) as unknown as RuleSummary; // nothing else is read
  const ended = rule('987948e6', { breaches: [breach('vm')] });
  it('does not count as running, unless it goes on somewhere', () => {
    expect(deployedCounts([ended, rule('b'), rule('c', { state: 'draft' })])).toEqual({ running: 1, off: 1 });
    expect(isOffEverywhere(rule('d', { appliedAgents: 2, breaches: [breach('vm')] }))).toBe(false);
  });
  it('needs a person by its name, once, whatever id its agent tells', () => {
    const agent = { id: 'a', name: 'vm', kind: 'weir', connected: true, healthy: false, healthMessage: 'rules: Rule 987948e6: Its sandbox ended it: One call did not come to an end.', configStatus: 'applied', effectiveConfigHash: '', intendedConfigHash: '' } as unknown as AgentSummary; // nothing else is read
    expect(mattersOf([agent], [ended]).map(({ text, to }) => [text, to])).toEqual([['name-of-987948e6 was ended by its sandbox on vm: One call did not come to an end.', { rule: '987948e6' }]]);
    const failing = { ...agent, healthMessage: 'The disk is full. rules: Rule b: it is past its budget.' };
    expect(mattersOf([failing], [rule('b')]).map(({ text }) => text)).toEqual(['vm: The disk is full. name-of-b: it is past its budget.']);
  });
});
