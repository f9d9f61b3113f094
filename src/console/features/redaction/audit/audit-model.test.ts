import { describe, expect, it } from 'vitest';
import type { CanaryProbe, RedactionSource, RedactionSourceDetail, RedactionSources, SourceAgent } from '../../../../model/index.ts';
import { nearMask } from '../words/near-mask.ts';
import { countedWords, leftShort, stateSaid } from '../words/source-words.ts';
import { canaryOutputs, notTestedOf, verdictOf } from './canary-outputs.ts';
import { coverageWords } from './coverage-pane.tsx';
import { agentStand } from './agent-stand.ts';
import { lastEnded, scanSaid } from './full-scans.ts';
import { nextStep as nextStepOf } from './next-step.ts';
import { assignSlots, busiest, chartSeries, secretsOnly } from './over-time.ts';
import { watchScan } from './scan-result.ts';
import { maxFlowRows, sourceFlow } from './source-flow.ts';
import { findSources, firstSorting, heldOrder, sortSources } from './source-list.ts';
import { agentStops, leakedSince } from './stops.ts';
import { leftWords } from './stops-pane.tsx';
import { resultWords, scannedShare, shareWords } from './tiles.tsx';
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
/** Everything that left was looked at. */
const facts = { scanned: { records: 9, ofRecords: 9 }, scannable: true };
const nextStep = (of: RedactionSourceDetail) => nextStepOf(of, facts);
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

describe('the order of rows', () => {
  const row = (id: string, masked: number, state: RedactionSource['state'] = 'clean') => findSources(answer(source({ id, masked, state })), everything)[0]!;
  const ids = (rows: readonly { readonly source: RedactionSource }[]) => rows.map(each => each.source.id).join('');
  it('stays while counts move, and lets new rows in where they belong', () => {
    const sorted = sortSources([row('a', 5), row('b', 9), row('c', 7)], firstSorting);
    expect(ids(sorted)).toBe('bca');
    expect(ids(heldOrder(['a', 'b'], sorted, -1))).toBe('cab');
    expect(ids(heldOrder(['a', 'gone', 'b'], [row('b', 9), row('a', 5)], null))).toBe('ab');
    expect(ids(heldOrder([], sorted, -1))).toBe('bca');
  });
  it('moves a row whose state changed', () => {
    const sorted = sortSources([row('a', 5), row('b', 9, 'unproved'), row('c', 7, 'leaking')], firstSorting);
    expect([ids(heldOrder(['a', 'b', 'c'], sorted, -1)), ids(heldOrder(['c', 'b', 'a'], sorted, 1))]).toEqual(['cba', 'abc']);
  });
});

describe('how an agent stands', () => {
  it('is called a leak only where the source is', () => {
    const bare = agent('a', { stoppedAt: null, lastLeakAt: null, exporters: [] });
    expect([agentStand(agent('a', leaking), 'leaking'), agentStand(agent('a', leaking), 'unproved'), agentStand(bare, 'unproved'), agentStand(bare, 'clean'), agentStand(agent('a'), 'clean')]).toEqual(['leaking', 'unproved', 'unproved', 'never', 'stopped']);
  });
});

describe('the flow', () => {
  it('tells who leaks by which exporter from who stopped', () => {
    const { rows, exporters } = sourceFlow([agent('a'), agent('b', { ...leaking, rules: [], exporters: [{ name: 'out', residual: 7 }, { name: 'archive', residual: 0 }] })], 'leaking');
    expect(rows.map(row => [row.key, row.leaking, row.rule, row.ways])).toEqual([['b', true, null, [{ exporter: 0, leaking: true }, { exporter: 1, leaking: false }]], ['a', false, 'hide v2', [{ exporter: 0, leaking: false }]]]);
    expect(exporters).toEqual([{ name: 'out', leaking: 7, before: 1 }, { name: 'archive', leaking: 0, before: 0 }]);
  });
  it('groups what it cannot draw, those that leak apart', () => {
    const agents = Array.from({ length: 40 }, (_, i) => agent(`a${i}`, i < 9 ? leaking : {}));
    const { rows } = sourceFlow(agents, 'leaking');
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

describe('what is not proved', () => {
  const unproved = (more: Partial<RedactionSource> = {}) => ({ ...detail([agent('a', { stoppedAt: null, lastLeakAt: null, exporters: [], rules: [] })], { state: 'unproved', cleanSince: null, ...more }), deployedAt: null });
  it('is never offered as a proof', () => {
    expect(nextStepOf(unproved(), facts)).toEqual({ kind: 'unproved', rule: undefined, scannable: true });
    expect(nextStepOf(unproved({ rules: [{ ...rule, action: 'mask' }] }), { ...facts, scannable: false })).toMatchObject({ kind: 'unproved', rule: { name: 'hide' }, scannable: false });
  });
  it('says that a proof is of a sample', () => {
    expect(nextStepOf(detail([agent('a')]), { ...facts, scanned: { records: 38, ofRecords: 100 } })).toEqual({ kind: 'clean', sampled: true });
    expect(nextStepOf(detail([agent('a')]), facts)).toEqual({ kind: 'clean', sampled: false });
  });
  it('counts a sample as a floor', () => {
    expect([countedWords(4, true), countedWords(0, true), countedWords(4)]).toEqual(['at least 4 (sampled)', 'none seen (sampled)', '4']);
    expect([leftShort({ residual: 4, residualIsFloor: true }), leftShort({ residual: 4 })]).toEqual(['\u2265 4 left', '4 left']);
    expect([leftWords({ count: 0, exact: true, isFloor: true }), leftWords({ count: 3, exact: true, isFloor: true }), leftWords({ count: 3, exact: false, isFloor: false })]).toEqual(['none was seen leaving (sampled)', 'at least 3 left (sampled)', 'at most 3 left']);
  });
  it('is said apart from what leaks again', () => expect([stateSaid({ state: 'unproved' }), stateSaid({ state: 'leaking' }), stateSaid({ state: 'leaking', againSince: at(1) })]).toEqual(['not proved', 'still leaking', 'leaking again']));
});

describe('a full scan', () => {
  const scanned = { records: 1, ofRecords: 1, bytes: 1, ofBytes: 1, found: 0 };
  it('has a result when it ends, and none when it was never seen to run', () => {
    const idle = { now: 0, scanned: { ...scanned, fullUntil: null } };
    const begun = watchScan({ sinceMs: null, ended: null, result: null }, { now: 1000, scanned: { ...scanned, fullUntil: at(300) } });
    expect(watchScan({ sinceMs: null, ended: null, result: null }, idle)).toEqual({ sinceMs: null, ended: null, result: null });
    expect(watchScan(begun, { now: 301_000, scanned: { ...scanned, fullUntil: null } }).ended).toEqual({ atMs: 301_000, seconds: 300 });
  });
  it('says what it found in how much', () => {
    const result = { endedMs: 0, seconds: 300, found: 3, records: 12, ofRecords: 12 };
    expect([resultWords(result), resultWords({ ...result, found: 0, ofRecords: 20 }), resultWords({ ...result, records: 0, ofRecords: 0 })]).toEqual(['3 secrets left in 12 records', 'no secret left in 12 of 20 records', 'no record left']);
  });
  it('never calls a part all', () => expect([scannedShare({ records: 9999, ofRecords: 10_000 }), scannedShare({ records: 38, ofRecords: 100 }), scannedShare({ records: 9, ofRecords: 9 })]).toEqual(['99.9 %', '38 %', 'all']));
});

describe('the stop', () => {
  it('is timed from the deployment, against the slowest agent', () => {
    const stops = agentStops(detail([agent('a'), agent('b', { stoppedAt: at(10) }), agent('c', { exporters: [], lastLeakAt: null }), agent('d', leaking)], { state: 'leaking' }));
    expect(stops.map(({ name, state, tookMs, share }) => [name, state, tookMs, share])).toEqual([['a', 'stopped', 4000, 0.5], ['b', 'stopped', 8000, 1], ['c', 'never', 0, 0], ['d', 'leaking', 0, 1]]);
  });
  it('counts a bucket whole that the deployment falls into', () => {
    expect(leakedSince(detail([]), answer())).toEqual({ count: 1, exact: false, isFloor: false });
    expect(leakedSince({ ...detail([]), leakedSinceDeploy: 7 }, answer())).toEqual({ count: 7, exact: true, isFloor: false });
    expect(leakedSince({ ...detail([]), deployedAt: at(11) }, answer())).toEqual({ count: 0, exact: false, isFloor: false });
  });
});

describe('the chart', () => {
  const series = { bucketMs: 10, times: [0, 10], series: [...Array.from({ length: 9 }, (_, i) => ({ name: `d${i}`, counts: [1, 2] })), { name: 'other', counts: [5, 0] }] };
  it('draws eight by colour and the rest in grey', () => {
    const drawn = chartSeries(series, false);
    expect(drawn).toHaveLength(9);
    expect(drawn.at(-1)).toEqual({ label: 'other', token: '--text-3', values: [6, 2] });
  });
  it('keeps the colour of an owner whatever its rank', () => {
    const named = (...names: readonly string[]) => ({ series: names.map(name => ({ name, counts: [1] })) });
    const first = assignSlots(new Map(), named('a', 'b', 'c'));
    expect(assignSlots(first, named('c', 'a', 'b'))).toBe(first);
    const second = assignSlots(first, named('d', 'c', 'a'));
    expect([...second].toSorted(), 'b is away and keeps its own').toEqual([['a', 0], ['b', 1], ['c', 2], ['d', 3]]);
    expect(assignSlots(second, named('b'))).toBe(second);
    const many = assignSlots(second, named('c', 'e', 'f', 'g', 'h', 'i', 'j', 'k'));
    expect(many.get('c')).toBe(2);
    expect(new Set(many.values()).size).toBe(many.size);
    expect(many.size).toBe(8);
  });
  it('knows the busiest moment, and that there is none', () => {
    expect(busiest(series)).toEqual({ at: 10, count: 18 });
    expect(busiest({ ...series, series: [] })).toBeNull();
  });
});

describe('the words', () => {
  it('never round a gap away', () => {
    expect([1, 0.99999, 0.00001, 0].map(coverageWords)).toEqual(['100 %', '99.9 %', '0.1 %', '0 %']);
    expect([shareWords({ records: 5, ofRecords: 100 }), shareWords({ records: 0, ofRecords: 9 }), shareWords({ records: 9, ofRecords: 9 }), shareWords({ records: 0, ofRecords: 0 })]).toEqual(['5.0 % of 100 records that left', 'none of 9 records looked at yet', 'all of what left', 'nothing left in this range']);
  });
  it('say what had no room, and nothing when all had', () => {
    const overflow = { findings: 0, residual: 0, services: 0, fingerprints: 0 };
    expect(wordsOf({ overflow })).toEqual([]);
    expect(wordsOf({ overflow: { ...overflow, findings: 2 }, book: { refused: 1, folded: 0, failedWrites: 0, lastWriteError: null, lastWrittenAt: null } })).toHaveLength(2);
  });
  it('keep the mask in sight', () => expect([nearMask('short ••••'), nearMask('a very long lead before it ••••').startsWith('…')]).toEqual(['short ••••', true]));
});

describe('the canary', () => {
  it('sums up each output, what leaves first', () => {
    const probe = (output: string, outcome: CanaryProbe['outcome'], name: string | null): CanaryProbe => ({ input: 'http', output, signal: 'logs', place: 'body', detector: 'email', outcome, rule: name });
    const of = { missed: [], unmeant: [], leaked: [], own: false, inputs: ['http'], notSeen: 0, rules: [] };
    expect(canaryOutputs([probe('tail', 'stopped', 'hide'), probe('tail', 'not-seen', null), probe('exporter default', 'leaked', null), probe('exporter default', 'leaked', null)])).toEqual([
      { ...of, output: 'exporter default', sent: 2, stopped: 0, leaked: [{ detector: 'email', count: 2, rules: [] }] },
      { ...of, output: 'tail', sent: 2, stopped: 1, notSeen: 1, rules: ['hide'] },
    ]);
  });
  it('tells what a rule should have caught from what no rule is meant for', () => {
    const probe = (detector: string, meantBy: string | null): CanaryProbe => ({ input: 'http', output: 'tail', signal: 'logs', place: 'body', detector, outcome: 'leaked', rule: null, meantBy });
    const [tail] = canaryOutputs([probe('iban', null), probe('email', 'hide'), probe('iban', null)]);
    expect([tail?.missed, tail?.unmeant]).toEqual([[{ detector: 'email', count: 1, rules: ['hide'] }], [{ detector: 'iban', count: 2, rules: [] }]]);
    expect(verdictOf([tail!])).toEqual({ sent: 3, stopped: 0, missed: 1, leaked: 3 });
  });
  it('calls no run a success for what never holds a value', () => {
    const probe = (output: string, outcome: CanaryProbe['outcome']): CanaryProbe => ({ input: 'http', output, signal: 'logs', place: 'body', detector: 'email', outcome, rule: null, meantBy: null });
    const outputs = canaryOutputs([...Array.from({ length: 66 }, (_, i) => probe(i % 2 === 0 ? 'audit' : 'files', 'stopped')), probe('exporter default', 'leaked')]);
    expect(outputs.map(({ output }) => output)).toEqual(['exporter default', 'audit', 'files']);
    expect(verdictOf(outputs)).toEqual({ sent: 1, stopped: 0, missed: 0, leaked: 1 });
  });
});

describe('full scans', () => {
  const scan = { fromUnixMs: 1000, toUnixMs: 5000, by: 'you', records: 312, ofRecords: 312, found: 0, agents: ['a'] };
  it('say what they prove, and no more', () => {
    expect(scanSaid(scan, 9000)).toBe('312 of 312 records, none found: a proof without a gap');
    expect(scanSaid({ ...scan, missing: ['b'] }, 9000)).toBe('312 of 312 records, none found; part was not looked at');
    expect(scanSaid({ ...scan, records: 300 }, 9000)).toMatch(/part was not looked at/);
    expect(scanSaid({ ...scan, found: 2 }, 9000)).toBe('312 of 312 records, 2 secrets found');
    expect(scanSaid(scan, 3000)).toBe('so far 312 of 312 records, none found');
    expect(scanSaid({ ...scan, records: 0, ofRecords: 0 }, 9000)).toBe('nothing left in it');
    expect(lastEnded({ now: 6000, fullScans: [{ ...scan, toUnixMs: 9000 }, scan] })).toBe(scan);
  });
});

describe('what an allow-list took out', () => {
  const rows = (show: 'allow-list' | undefined) => findSources(answer(source({ id: 'a' }), source({ id: 'b', kind: 'allow-list' })), { show, find: '' }).map(row => row.source.id);
  it('stands apart', () => { expect(rows(undefined)).toEqual(['a']); expect(rows('allow-list')).toEqual(['b']); });
  it('is not in the chart', () => expect(secretsOnly({ bucketMs: 1, times: [0], series: [{ name: 'allow-list', counts: [3] }, { name: 'jwt', counts: [1] }] }).series.map(({ name }) => name)).toEqual(['jwt']));
});

it('rules that a canary could not reach are told once', () => {
  const run = { agents: [1, 2].map(() => ({ notTested: [{ id: 'r', name: 'cart-mail', why: 'it is for cart only' }] })) } as never;
  expect(notTestedOf(run)).toEqual({ count: 1, lines: ['cart-mail: it is for cart only'] });
});
