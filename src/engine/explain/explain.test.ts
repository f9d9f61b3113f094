import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { Expr, Operator, Sink } from '../../kql/index.ts';
import { ruleStats, type AgentRuleInput } from '../../model/index.ts';
import { codec, encodeLogs, type LogInput, type RequestView } from '../../otlp/index.ts';
import { attr, call, col, lit, logRequest, plan, rule, where } from '../../testing/index.ts';
import { createPipeline } from '../pipeline/pipeline.ts';
import { compileExplanation } from './explain.ts';

const clock = () => new ManualClock(1_767_261_600_000_000_000n);

function viewOf(bytes: Uint8Array): RequestView {
  const walked = codec.walk('logs', bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  return walked.value;
}

const table = viewOf(logRequest(`
  time     | service  | severity | event      | body                          | attributes
  10:00:00 | frontend | INFO     | LogLaunch  | launched                      | http.route=/a depth:=300
  10:00:01 | cart     | INFO     | QueueDepth | mail ada@example.org is ready | depth:=12
`));

const explain = (rules: readonly AgentRuleInput[], index = 0) => compileExplanation(rules, { clock: clock() }).explain(table, index);
const launches = where(call('==', col('EventName'), lit('LogLaunch')));

describe('explain', () => {
  it('says which condition failed, and on what value', () => {
    const [outcome] = explain([rule('drop-launches', plan('Logs', [launches], { sink: 'drop' }))], 1);
    expect(outcome).toMatchObject({ did: 'nothing', because: 'It did not match: EventName == "LogLaunch" is false, for EventName is "QueueDepth".', clauses: [{ outcome: false, operator: 0, clause: 0, reads: [{ name: 'EventName', value: 'QueueDepth' }] }] });
  });

  it('asks conditions behind a false one too, and tells a missing value', () => {
    const deep = where(call('and', call('==', col('EventName'), lit('X')), call('>', call('toint', attr('size')), lit(3))));
    const [outcome] = explain([rule('deep', plan('Logs', [deep], { sink: 'drop' }))]);
    expect(outcome!.clauses.map(({ text, outcome: value, clause }) => [clause, text, value])).toEqual([[0, 'EventName == "X"', false], [1, 'toint(Attributes["size"]) > 3', null]]);
    expect(outcome!.clauses[1]!.reads).toEqual([{ name: 'Attributes["size"]', value: null }]);
  });

  it('takes or and not apart', () => {
    const either = where(call('or', call('==', col('EventName'), lit('X')), call('not', call('==', col('ServiceName'), lit('cart')))));
    const [outcome] = explain([rule('either', plan('Logs', [either], { sink: 'drop' }))]);
    expect(outcome!.clauses[0]).toMatchObject({ outcome: true, join: 'or', parts: [{ outcome: false, join: null }, { outcome: true, join: 'not', parts: [{ outcome: false, reads: [{ name: 'ServiceName', value: 'frontend' }] }] }] });
  });

  it('reads computed columns as they are where the condition stands', () => {
    const operators: Operator[] = [
      { op: 'extend', columns: [{ name: 'Route', expr: call('tostring', attr('http.route')) }] }, where(call('==', col('Route'), lit('/a'))),
      { op: 'extend', columns: [{ name: 'Route', expr: lit('later') }] }, where(call('==', col('Route'), lit('later'))),
    ];
    const [outcome] = explain([rule('route', plan('Logs', operators, { sink: 'drop' }))]);
    expect(outcome!.clauses.map((clause) => [clause.operator, clause.outcome, clause.reads[0]!.value])).toEqual([[1, true, '/a'], [3, true, 'later']]);
  });

  it('shows what changed, field by field', () => {
    const [outcome] = explain([rule('loud', plan('Logs', [{ op: 'extend', columns: [{ name: 'SeverityText', expr: lit('LOUD') }, { name: 'team', expr: lit('shop') }] }, { op: 'project-away', columns: ['depth'] }], { sink: 'update' }))]);
    expect(outcome!.did).toBe('changed');
    expect(outcome!.changes).toEqual([{ field: 'SeverityText', before: 'INFO', after: 'LOUD' }, { field: 'Attributes["depth"]', before: 300, after: null }, { field: 'Attributes["team"]', before: null, after: 'shop' }]);
  });

  it('stops at the rule that settles the record, and runs redaction first', () => {
    const outcomes = explain([rule('drop', plan('Logs', [], { sink: 'drop' }), 1), rule('later', plan('Logs', [], { sink: 'drop' }), 2), rule('redact', plan('Logs', [], { sink: 'redact', detectors: ['*'], mode: 'mask' }), 900)], 1);
    expect(outcomes.map((outcome) => [outcome.rule, outcome.did])).toEqual([['redact', 'redacted'], ['drop', 'dropped'], ['later', 'not-reached']]);
    expect(outcomes[2]!.because).toContain('drop settled it before');
  });

  it('shows no secret, whatever reads it', () => {
    const reads = where(call('has', col('Body', 'dynamic'), lit('nobody')));
    const outcomes = explain([rule('a', plan('Logs', [reads], { sink: 'drop' })), rule('b', plan('Logs', [{ op: 'extend', columns: [{ name: 'SeverityText', expr: call('tostring', col('Body', 'dynamic')) }] }], { sink: 'update' }))], 1);
    expect(JSON.stringify(outcomes)).not.toContain('ada@example');
    expect(outcomes[0]!.clauses[0]!.reads[0]!.value).toContain('••••');
  });

  it('tells of a shadow rule what it would do, and lets the record go on', () => {
    const shadow = { ...rule('shadow', plan('Logs', [launches], { sink: 'drop' }), 1), mode: 'shadow' as const };
    const outcomes = explain([shadow, rule('real', plan('Logs', [], { sink: 'drop' }), 2)]);
    expect(outcomes.map(({ did, shadow: isShadow }) => [did, isShadow])).toEqual([['dropped', true], ['dropped', false]]);
    expect(outcomes[0]!.because).toContain('in shadow');
  });

  it('says when a rule is for other records, or cannot run', () => {
    const outcomes = explain([rule('spans', plan('Spans', [], { sink: 'drop' })), rule('broken', plan('Logs', [where(call('no_such', lit(1)))], { sink: 'drop' }))]);
    expect(outcomes.map(({ rule: id, did }) => [id, did])).toEqual([['broken', 'error'], ['spans', 'nothing']]);
    expect(outcomes[1]!.because).toBe('It reads Spans; this is a log record.');
  });

  it('tells why the targets leave a record out', () => {
    const targets = plan('source', [where(call('==', col('ServiceName'), lit('cart')))]);
    const [outcome] = explain([{ ...rule('cart-only', plan('Logs', [launches], { sink: 'drop' })), targets }]);
    expect(outcome).toMatchObject({ did: 'nothing', because: 'It is not for this record: ServiceName == "cart" is false, for ServiceName is "frontend".' });
    expect(outcome!.clauses.map(({ operator, outcome: value }) => [operator, value])).toEqual([[-1, false], [0, true]]);
  });
});

describe('it agrees with the pipeline', () => {
  const names = ['A', 'B', 'C'];
  const record: fc.Arbitrary<LogInput> = fc.record({
    eventName: fc.constantFrom(...names), severityNumber: fc.constantFrom(5, 9, 17), body: fc.constantFrom('hello', 'mail bo@example.org', 'token'),
    attributes: fc.record({ depth: fc.constantFrom(1, 200, 'x'), route: fc.constantFrom('/a', '/b') }, { requiredKeys: [] }), traceId: fc.constantFrom('5b8efff798038103d269b633813fc60c', '00000000000000000000000000000001', 'ffffffffffffffffffffffffffffffff'),
  });
  const atom: fc.Arbitrary<Expr> = fc.oneof(
    fc.constantFrom(...names).map((name) => call('==', col('EventName'), lit(name))),
    fc.constantFrom(5, 9, 17).map((level) => call('>=', col('SeverityNumber', 'int'), lit(level))),
    fc.constant(call('>', call('toint', attr('depth')), lit(100))), fc.constant(call('==', attr('route'), lit('/a'))), fc.constant(call('isempty', attr('route'))),
  );
  const predicate = fc.letrec<{ any: Expr }>((tie) => ({ any: fc.oneof({ depthSize: 'small' }, atom, fc.tuple(fc.constantFrom('and', 'or'), tie('any'), tie('any')).map(([fn, a, b]) => call(fn, a, b)), tie('any').map((a) => call('not', a))) })).any;
  const sink: fc.Arbitrary<{ readonly operators: readonly Operator[]; readonly sink: Sink }> = fc.oneof(
    fc.constant({ operators: [], sink: { sink: 'drop' as const } }),
    fc.constant({ operators: [], sink: { sink: 'sample' as const, ratio: 0.5 } }),
    fc.constantFrom(...names).map((name) => ({ operators: [{ op: 'extend' as const, columns: [{ name: 'EventName', expr: lit(name) }] }], sink: { sink: 'update' as const } })),
    fc.boolean().map((tee) => ({ operators: [], sink: { sink: 'record' as const, recorder: 'r', tee } })),
    fc.constant({ operators: [], sink: { sink: 'route' as const, exporter: 'other' } }),
    fc.constant({ operators: [], sink: { sink: 'redact' as const, detectors: ['*'], mode: 'mask' as const } }),
    fc.boolean().map((keep) => ({ operators: [{ op: 'summarize' as const, aggregates: [{ name: 'n', fn: 'count', args: [], type: 'long' as const }], by: [] }], sink: { sink: 'to_metric' as const, name: 'm', unit: '', keep } })),
  );
  const anyRule = fc.tuple(fc.array(predicate, { maxLength: 2 }), sink, fc.integer({ min: 0, max: 5 }));
  const rulesOf = fc.array(anyRule, { minLength: 1, maxLength: 4 }).map((list) => list.map(([predicates, end, order], i) => rule(`r${i}`, plan('Logs', [...predicates.map(where), ...end.operators], end.sink), order)));

  it('for every rule that matched, and for what leaves', () => {
    fc.assert(fc.property(rulesOf, fc.array(record, { minLength: 1, maxLength: 3 }), (rules, records) => {
      const view = viewOf(encodeLogs({ 'service.name': 'cart' }, 's', records));
      const explanation = compileExplanation(rules, { clock: clock() });
      for (let i = 0; i < view.recordCount; i++) {
        const pipeline = createPipeline({ clock: clock(), resource: {}, recorderBytes: 1e6, maxGroups: 100 });
        const started = pipeline.replaceRules(rules);
        if (!started.ok) throw new Error(started.error.message);
        const single = codec.rewrite(view, records.map((_, r) => (r === i ? null : false)));
        const processed = pipeline.process('logs', single, { in: false, out: false });
        if (!processed.ok) throw new Error(processed.error.message);
        const outcomes = explanation.explain(view, i);
        const stats = new Map(pipeline.stats().map((one) => [one.id, ruleStats.parse(one)]));
        for (const { rule: id, did, clauses, changes } of outcomes) {
          const { matched, removed, changed } = stats.get(id)!;
          if (did === 'not-reached') { expect([id, matched]).toEqual([id, 0]); continue; }
          expect([id, matched]).toEqual([id, clauses.every((clause) => clause.outcome === true) ? 1 : 0]);
          expect([id, removed > 0]).toEqual([id, matched > 0 && (did === 'dropped' || did === 'dropped-by-sample' || did === 'to-metric' || did === 'recorded') && removed > 0]);
          if (did === 'changed' || did === 'redacted') expect([id, changed, changes.length > 0]).toEqual([id, 1, true]);
        }
        const stays = processed.value.out.some((batch) => batch.exporter === 'default');
        const settled = outcomes.some(({ did }) => did === 'not-reached') || ['dropped', 'dropped-by-sample', 'routed'].includes(outcomes.at(-1)!.did);
        if (settled) expect(stays).toBe(false);
      }
    }), { numRuns: 300 });
  });
});
