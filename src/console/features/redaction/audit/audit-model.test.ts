import { describe, expect, it } from 'vitest';
import type { CanaryProbe, RedactionSource, RedactionSourceDetail, RedactionSources, SourceAgent } from '../../../../model/index.ts';
import { nearMask } from '../words/near-mask.ts';
import { canaryWays } from './canary-ways.ts';
import { coverageWords } from './coverage-pane.tsx';
import { nextStep } from './next-step.ts';
import { busiest, chartSeries } from './over-time.ts';
import { maxFlowRows, sourceFlow } from './source-flow.ts';
import { findSources, firstSorting, sortSources } from './source-list.ts';
import { agentStops, leakedSince } from './stops.ts';
import { shareWords } from './tiles.tsx';
import { wordsOf } from './uncounted.tsx';

const at = (second: number) => new Date(second * 1000).toISOString();
const rule = { id: 'r1', name: 'hide', version: 2 };
const source = (more: Partial<RedactionSource> = {}): RedactionSource => ({
  id: 's1', service: 'cart', durableId: 'cart/a.ts:1', source: 'cart/a.ts:1', signal: 'logs', place: 'body', key: 'body', detector: 'email', rules: [], context: '', masked: 3, residual: 1, distinct: 1, distinctIsFloor: false,
  spark: [{ masked: 0, residual: 1 }, { masked: 3, residual: 0 }], firstSeenAt: at(0), lastSeenAt: at(19), lastLeakAt: at(5), state: 'clean', cleanSince: at(6), agents: 1, ...more,
});
const agent = (name: string, more: Partial<SourceAgent> = {}): SourceAgent => ({
  agent: { id: name, name, connected: true, lastSeenAt: at(20) }, masked: 3, rules: [rule], exporters: [{ name: 'out', residual: 1 }], appliedAt: at(4), firstMaskedAt: at(6), lastLeakAt: at(5), stoppedAt: at(6), ...more,
});
const leaking = { stoppedAt: null } as const;
const answer = (...sources: readonly RedactionSource[]): RedactionSources => ({ sources: [...sources], more: 0, fromUnixMs: 0, toUnixMs: 20_000, bucketMs: 10_000 });
const detail = (agents: readonly SourceAgent[], more: Partial<RedactionSource> = {}): RedactionSourceDetail => ({ source: source(more), agents: [...agents], deployedAt: at(2) });
const everything = { show: undefined, find: '' } as const;

describe('the list of sources', () => {
  it('searches words in any order and any field', () => {
    const list = answer(source(), source({ id: 's2', detector: 'jwt', rules: [{ ...rule, name: 'bearer', action: 'mask' }] }));
    expect(findSources(list, { ...everything, find: 'BEARER cart' }).map(row => row.source.id)).toEqual(['s2']);
    expect(findSources(list, { ...everything, find: 'bearer email' })).toEqual([]);
  });
  it('shows one state alone', () => {
    const list = answer(source(), source({ id: 's2', state: 'ignored' }), source({ id: 's3', state: 'leaking' }));
    expect(findSources(list, { ...everything, show: 'ignored' }).map(row => row.source.id)).toEqual(['s2']);
    expect(sortSources(findSources(list, everything), firstSorting).map(row => row.source.id)).toEqual(['s3', 's1', 's2']);
  });
  it('puts what leaks first, then the most; the other way round on demand', () => {
    const rows = findSources(answer(source({ id: 'a', masked: 90 }), source({ id: 'b', state: 'leaking' }), source({ id: 'c', masked: 8 })), everything);
    expect(sortSources(rows, firstSorting).map(row => row.source.id)).toEqual(['b', 'a', 'c']);
    expect(sortSources(rows, { key: 'count', down: false }).map(row => row.source.id)).toEqual(['b', 'c', 'a']);
  });
});

describe('the flow', () => {
  it('tells who leaks by which exporter from who stopped', () => {
    const { rows, exporters } = sourceFlow([agent('a'), agent('b', { ...leaking, rules: [], exporters: [{ name: 'out', residual: 7 }, { name: 'archive', residual: 0 }] })]);
    expect(rows.map(row => [row.key, row.leaking, row.rule, row.ways])).toEqual([['b', true, null, [{ exporter: 0, leaking: true }, { exporter: 1, leaking: false }]], ['a', false, 'hide v2', [{ exporter: 0, leaking: false }]]]);
    expect(exporters).toEqual([{ name: 'out', leaking: 7, before: 1 }, { name: 'archive', leaking: 0, before: 0 }]);
  });
  it('groups what it cannot draw, those that leak apart', () => {
    const agents = Array.from({ length: 40 }, (_, i) => agent(`a${i}`, i < 9 ? leaking : {}));
    const { rows } = sourceFlow(agents);
    expect(rows).toHaveLength(maxFlowRows);
    expect(rows.slice(-2).map(row => [row.agents.length, row.leaking])).toEqual([[5, true], [31, false]]);
    expect(rows.reduce((sum, row) => sum + row.agents.length, 0)).toBe(40);
  });
});

describe('the next step', () => {
  it('goes by what is missing', () => {
    expect(nextStep(detail([agent('a')])).kind).toBe('clean');
    expect(nextStep(detail([agent('a', { ...leaking, rules: [] })], { state: 'leaking' })).kind).toBe('hide');
    expect(nextStep(detail([agent('a'), agent('b', { ...leaking, rules: [], appliedAt: null })], { state: 'leaking' }))).toMatchObject({ kind: 'missing', rule, agents: [{ agent: { name: 'b' } }] });
    expect(nextStep({ ...detail([agent('a', leaking)], { state: 'leaking' }), deployedAt: null })).toMatchObject({ kind: 'off', rule });
    expect(nextStep(detail([agent('a', { stoppedAt: null, ignoredBy: rule })], { state: 'ignored' }))).toMatchObject({ kind: 'ignored', rule });
    expect(nextStep(detail([agent('a', leaking)], { state: 'leaking' }))).toMatchObject({ kind: 'gap', agents: [{ agent: { name: 'a' } }] });
  });
});

describe('the stop', () => {
  it('is timed from the deployment, against the slowest agent', () => {
    const stops = agentStops(detail([agent('a'), agent('b', { stoppedAt: at(10) }), agent('c', { exporters: [], lastLeakAt: null }), agent('d', leaking)]));
    expect(stops.map(({ name, state, tookMs, share }) => [name, state, tookMs, share])).toEqual([['a', 'stopped', 4000, 0.5], ['b', 'stopped', 8000, 1], ['c', 'never', 0, 0], ['d', 'leaking', 0, 1]]);
  });
  it('counts a bucket whole that the deployment falls into', () => {
    expect(leakedSince(detail([]), answer())).toEqual({ count: 1, exact: false });
    expect(leakedSince({ ...detail([]), leakedSinceDeploy: 7 }, answer())).toEqual({ count: 7, exact: true });
    expect(leakedSince({ ...detail([]), deployedAt: at(11) }, answer())).toEqual({ count: 0, exact: false });
  });
});

describe('the chart', () => {
  const series = { bucketMs: 10, times: [0, 10], series: [...Array.from({ length: 9 }, (_, i) => ({ name: `d${i}`, counts: [1, 2] })), { name: 'other', counts: [5, 0] }] };
  it('draws eight by colour and the rest in grey', () => {
    const drawn = chartSeries(series, false);
    expect(drawn).toHaveLength(9);
    expect(drawn.at(-1)).toEqual({ label: 'other', token: '--text-3', values: [6, 2] });
  });
  it('knows the busiest moment, and that there is none', () => {
    expect(busiest(series)).toEqual({ at: 10, count: 18 });
    expect(busiest({ ...series, series: [] })).toBeNull();
  });
});

describe('the words', () => {
  it('never round a gap away', () => {
    expect([1, 0.99999, 0.00001, 0].map(coverageWords)).toEqual(['100 %', '99.9 %', '0.1 %', '0 %']);
    expect([shareWords({ records: 5, ofRecords: 100 }), shareWords({ records: 0, ofRecords: 9 }), shareWords({ records: 9, ofRecords: 9 }), shareWords({ records: 0, ofRecords: 0 })]).toEqual(['1 in 20 of what leaves', 'none of 9 looked at yet', 'all of what leaves', 'nothing left in this range']);
  });
  it('say what had no room, and nothing when all had', () => {
    const overflow = { findings: 0, residual: 0, services: 0, fingerprints: 0 };
    expect(wordsOf({ overflow })).toEqual([]);
    expect(wordsOf({ overflow: { ...overflow, findings: 2 }, book: { refused: 1, folded: 0, failedWrites: 0, lastWriteError: null, lastWrittenAt: null } })).toHaveLength(2);
  });
  it('keep the mask in sight', () => expect([nearMask('short ••••'), nearMask('a very long lead before it ••••').startsWith('…')]).toEqual(['short ••••', true]));
});

describe('the canary', () => {
  it('sums up each way, leaks first', () => {
    const probe = (output: string, outcome: CanaryProbe['outcome'], name: string | null): CanaryProbe => ({ input: 'http', output, signal: 'logs', place: 'body', detector: 'email', outcome, rule: name });
    expect(canaryWays([probe('tail', 'stopped', 'hide'), probe('tail', 'not-seen', null), probe('disk', 'leaked', null), probe('disk', 'leaked', null)])).toEqual([
      { input: 'http', output: 'disk', sent: 2, stopped: 0, notSeen: 0, rules: [], leaked: [{ detector: 'email', count: 2 }] },
      { input: 'http', output: 'tail', sent: 2, stopped: 1, notSeen: 1, rules: ['hide'], leaked: [] },
    ]);
  });
});
