// Hostile records: whatever an app hands to emit() or end(), nothing of ours is thrown, and the counts add up.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ManualClock } from '../base/index.ts';
import { inProcessRules, type InProcessCounts, type InProcessRulesInput } from '../model/index.ts';
import { attr, call, col, lit, plan, rule, where } from '../testing/index.ts';
import type { Logger, LogRecord, Span } from './hooks/index.ts';
import { Judge } from './judge.ts';
import { Levels } from './levels.ts';
import { Meter } from './meter.ts';
import { RuleBook } from './rules/index.ts';

const logger = { emit() { /* nobody listens */ }, instrumentationScope: { name: 's' } } as Logger;

function made(given: Partial<InProcessRulesInput>) {
  const clock = new ManualClock(1_700_000_000_000_000_000n);
  const book = new RuleBook(clock);
  expect(book.replace(inProcessRules.parse({ version: 1, rules: [], ...given }))).toBe('');
  const faults: unknown[] = [];
  const meter = new Meter(1, { nowMs: () => clock.monotonicMs(), usage: () => ({ activeMs: 0, cpuMs: null }) });
  return { judge: new Judge({ book, levels: new Levels(() => 0), meter, resource: { 'service.name': 'shop' }, onFault: (error) => { faults.push(error); } }), book, faults };
}
const drop = rule('d', plan('source', [where(call('==', attr('a'), lit('x')))], { sink: 'drop' }));
const update = rule('u', plan('Logs', [where(call('==', attr('b'), lit('x'))), { op: 'extend', columns: [{ name: 'made', expr: lit('yes') }] }], { sink: 'update' }), 200);
const policy = { id: 'p', name: 'p', version: 1, order: 1, plan: null, policy: {} };
const total = ({ seen, passed, dropped, sampled, belowLevel, withheld }: InProcessCounts): boolean => seen === passed + dropped + sampled + belowLevel + withheld;

const throwing = (name: string): object => Object.defineProperty({}, name, { enumerable: true, get() { throw new Error('mine'); } });
const hostile = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, withNullPrototype: true, withObjectString: true }),
  fc.constantFrom<unknown>(throwing('a'), throwing('toString'), new Proxy({}, { ownKeys() { throw new Error('mine'); } }), Symbol('s'), () => 1, new Date(Number.NaN)),
);
const record = fc.record({ body: hostile, attributes: fc.oneof(hostile, fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(hostile, fc.constant('x')))), severityNumber: hostile, severityText: hostile, eventName: hostile, timestamp: hostile, exception: hostile, context: hostile }, { requiredKeys: [] });

it.each([['with redaction', [drop, update, policy]], ['without', [drop, update]]])('no record makes it throw, %s', (_, rules) => {
  const { judge } = made({ rules });
  fc.assert(fc.property(record, (given) => {
    const left = judge.log(given as LogRecord, logger);
    expect(left === null || typeof left === 'object').toBe(true);
    const span = { ...(given as object), name: given.body, spanContext: () => ({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 }), isRecording: () => true, attributes: given.attributes } as unknown as Span;
    expect(typeof judge.span(span, given.timestamp)).toBe('boolean');
  }), { numRuns: 400 });
  expect([total(judge.logs), total(judge.spans)]).toEqual([true, true]);
});

it('a record that is emitted while another is looked at leaves unseen, or not at all where redaction is in force', () => {
  for (const [rules, left] of [[[update, drop], true], [[policy], false]] as const) {
    const { judge, faults } = made({ rules: [...rules] });
    let inner: LogRecord | null | undefined;
    const attributes = Object.defineProperty({}, 'b', { enumerable: true, get: () => { inner ??= judge.log({ body: 'inner' }, logger); return 'x'; } });
    judge.log({ body: 'outer', attributes }, logger);
    expect(inner !== null).toBe(left);
    expect([faults.length, total(judge.logs)]).toEqual([1, true]);
  }
});

it('the record itself goes on when nothing is to be changed', () => {
  const { judge } = made({ rules: [drop, policy] });
  const one = { body: 'plain', attributes: { c: 1 } };
  expect(judge.log(one, logger)).toBe(one);
});

it('rules after the first that writes see what it wrote', () => {
  const { judge, book } = made({ rules: [update, rule('late', plan('Logs', [where(call('==', attr('made'), lit('yes')))], { sink: 'drop' }), 300)] });
  expect(judge.log({ body: 'a', attributes: { b: 'x' } }, logger)).toBeNull();
  expect(judge.log({ body: 'a', attributes: { b: 'y' } }, logger)).not.toBeNull();
  expect(judge.logs).toMatchObject({ seen: 2, dropped: 1, passed: 1 });
  expect(book.counts().find(({ id }) => id === 'late')).toMatchObject({ matched: 1, removed: 1 });
});

it('a sample keeps traces whole and says for how many a kept record stands', () => {
  const { judge } = made({ rules: [rule('s', plan('Logs', [where(call('==', col('SeverityNumber', 'int'), lit(9, 'int')))], { sink: 'sample', ratio: 0.25 }))] });
  const of = (traceId: string): LogRecord => ({ severityNumber: 9, attributes: { 'sampling.adjusted_count': 2 }, context: { getValue: () => ({ spanContext: () => ({ traceId, spanId: 'b'.repeat(16), traceFlags: 1 }) }) } });
  for (let i = 0; i < 5; i++) {
    expect(judge.log(of('f'.repeat(32)), logger)?.attributes).toEqual({ 'sampling.adjusted_count': 8 });
    expect(judge.log(of(`f${'0'.repeat(31)}`), logger)).toBeNull();
  }
});
