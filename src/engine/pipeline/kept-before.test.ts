// What was kept in clear before a policy came leaves by the policy, and what a rule makes of redacted records is redacted too.
import { describe, expect, test, vi } from 'vitest';
import { encodeUtf8, ManualClock } from '../../base/index.ts';
import type { Expr, Operator, Sink } from '../../kql/index.ts';
import type { AgentRuleInput, RedactionPolicyInput } from '../../model/index.ts';
import { bullets, KeyRing } from '../../redaction/index.ts';
import { codec } from '../../otlp/index.ts';
import { attr, call, col, lit, plan, rule } from '../../testing/index.ts';
import { createPipeline, type OutBatch, type Pipeline } from '../index.ts';
import { bytesOf, jsonOf, pair, randomText, text, type Json } from '../redaction/testing/places.ts';

const token = `ghp_${randomText(7, 36)}`;
const policyRule = (policy: RedactionPolicyInput = {}, more: Partial<AgentRuleInput> = {}): AgentRuleInput => ({ id: 'p', name: 'p', version: 1, order: 100, plan: null, policy, ...more });
const logs = (record: Json, resource: readonly Json[] = []): Json => ({ resourceLogs: [{ resource: { attributes: [pair('service.name', text('web')), ...resource] }, scopeLogs: [{ logRecords: [{ timeUnixNano: '1700000000000000000', ...record }] }] }] });

function started(...rules: AgentRuleInput[]) {
  const clock = new ManualClock(1_700_000_000_000_000_000n);
  const pipeline = createPipeline({ clock, resource: { 'service.name': 'weir' }, recorderBytes: 100_000, maxGroups: 20, redactionKeys: new KeyRing(encodeUtf8('key of the test')) });
  deploy(pipeline, ...rules);
  return { clock, pipeline };
}
function deploy(pipeline: Pipeline, ...rules: AgentRuleInput[]): void {
  const done = pipeline.replaceRules(rules);
  if (!done.ok) throw new Error(done.error.message);
}
function send(pipeline: Pipeline, document: Json) {
  const result = pipeline.process('logs', bytesOf('logs', document), { in: true, out: true });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
const shown = (batches: readonly Pick<OutBatch, 'signal' | 'bytes'>[]): string => batches.map(({ signal, bytes }) => jsonOf(signal, bytes)).join('\n');

const dedup = rule('d', plan('source', [], { sink: 'dedup', windowNanos: '30000000000', key: [] }), 200);
const record = rule('r', plan('source', [], { sink: 'record', recorder: 'ring', tee: true }), 150);
const bySecret: Operator = { op: 'summarize', aggregates: [{ name: 'n', fn: 'count', args: [], type: 'long' }], by: [{ name: 'ServiceName', expr: col('ServiceName') }, { name: 'who', expr: attr('note') }] };
const toMetric = rule('m', plan('Logs', [bySecret], { sink: 'to_metric', name: 'n', unit: '', keep: false }), 300);

describe('kept before the policy', () => {
  test('records that dedup holds, and what surrounds them', () => {
    const { clock, pipeline } = started(dedup);
    send(pipeline, logs({ body: text(`see ${token}`) }, [pair('owner', text(token))]));
    deploy(pipeline, policyRule(), dedup);
    const out = pipeline.flush(clock.nowUnixNano(), true);
    expect(out).toMatchObject([{ records: 1 }]);
    expect(shown(out)).not.toContain(token);
    expect(shown(out)).toContain('dedup.count');
  });

  test('records that the policy drops leave no batch', () => {
    const { clock, pipeline } = started(dedup);
    send(pipeline, logs({ body: text(`see ${token}`) }));
    deploy(pipeline, policyRule({ mode: 'drop' }), dedup);
    expect(pipeline.flush(clock.nowUnixNano(), true)).toEqual([]);
  });

  test.each<[string, AgentRuleInput]>([
    ['of all signals', policyRule()], ['of logs only', policyRule({ signals: ['logs'] })], ['of one service', policyRule({ detectors: ['iban'], sensitiveKeys: false, entries: [{ service: 'web', detectors: ['github-token'], do: 'mask' }] })],
    ['a redact query', rule('q', plan('Logs', [], { sink: 'redact', detectors: ['*'], mode: 'mask' }))],
  ])('groups of a metric: a policy %s', (_, policy) => {
    const { clock, pipeline } = started(toMetric);
    send(pipeline, logs({ attributes: [pair('note', text(`see ${token}`))] }));
    deploy(pipeline, policy, toMetric);
    const out = shown(pipeline.flush(clock.nowUnixNano(), true));
    expect(out).toContain(`see ghp_${bullets}`);
    expect(out).not.toContain(token);
  });

  test('a policy for another service leaves groups alone', () => {
    const { clock, pipeline } = started(toMetric);
    send(pipeline, logs({ attributes: [pair('note', text(`see ${token}`))] }));
    deploy(pipeline, policyRule({ detectors: ['iban'], sensitiveKeys: false, entries: [{ service: 'cart', detectors: ['github-token'], do: 'mask' }] }), toMetric);
    expect(shown(pipeline.flush(clock.nowUnixNano(), true))).toContain(token);
  });

  test('a flight recorder, however often it is read', () => {
    const { pipeline } = started(record);
    for (let i = 0; i < 3; i++) send(pipeline, logs({ body: text(`see ${token}`) }));
    expect(shown([...pipeline.recorder('ring') ?? []])).toContain(token);
    deploy(pipeline, policyRule(), record);
    for (let i = 0; i < 2; i++) {
      expect([...pipeline.recorder('ring') ?? []].map(({ records }) => records)).toEqual([1, 1, 1]);
      expect(shown([...pipeline.recorder('ring') ?? []])).not.toContain(token);
    }
    expect(pipeline.recorders().states).toMatchObject([{ records: 3, evicted: 0 }]);
    expect(pipeline.takeRedactions().cells).toMatchObject([{ count: 3, records: 3 }]);
  });
});

describe('made by a rule', () => {
  const str = (expr: Expr): Expr => ({ ...call('tostring', expr), type: 'string' }) as Expr;
  const typed = (fn: string, ...args: Expr[]): Expr => ({ ...call(fn, ...args), type: 'string' }) as Expr;
  const update = (expr: Expr): AgentRuleInput => rule('u', plan('Logs', [{ op: 'extend', columns: [{ name: 'EventName', expr }] }], { sink: 'update' }), 300);
  const joining = update(typed('strcat', str(attr('a')), str(attr('b'))));
  const halves = logs({ body: text('x'), attributes: [pair('a', text(token.slice(0, 12))), pair('b', text(token.slice(12)))] });
  const leaving = (pipeline: Pipeline, document: Json): string => { const { out, tapOut } = send(pipeline, document); return shown(out) + (tapOut === null ? '' : jsonOf('logs', tapOut)); };

  test('of two halves', () => {
    const { pipeline } = started(policyRule(), joining);
    expect(leaving(pipeline, halves)).toContain(`ghp_${bullets}`);
    expect(leaving(pipeline, halves)).not.toContain(token);
    expect(pipeline.stats()).toMatchObject([{ id: 'p', matched: 2, errors: 0 }, { id: 'u', changed: 2 }]);
  });

  test('of base64 in base64', () => {
    const { pipeline } = started(policyRule(), update(typed('base64_decode_tostring', typed('base64_decode_tostring', str(attr('a'))))));
    expect(leaving(pipeline, logs({ attributes: [pair('a', text(btoa(btoa(token))))] }))).not.toContain(token);
  });

  test.each<[string, Sink]>([['recorded', { sink: 'record', recorder: 'ring', tee: false }], ['routed', { sink: 'route', exporter: 'archive' }], ['held', { sink: 'dedup', windowNanos: '30000000000', key: [] }]])('before it is %s', (_, sink) => {
    const { clock, pipeline } = started(policyRule(), joining, rule('s', plan('source', [], sink), 400));
    const left = leaving(pipeline, halves) + shown([...pipeline.recorder('ring') ?? []]) + shown(pipeline.flush(clock.nowUnixNano(), true));
    expect(left).toContain(`ghp_${bullets}`);
    expect(left).not.toContain(token);
  });

  describe('a group key of a metric', () => {
    const grouped = (expr: Expr): AgentRuleInput => rule('m', plan('Logs', [{ ...bySecret, by: [{ name: 'ServiceName', expr: col('ServiceName') }, { name: 'who', expr }] } as Operator], { sink: 'to_metric', name: 'n', unit: '', keep: false }), 300);
    const ofLogs = policyRule({ signals: ['logs'] });
    const flushed = (made: AgentRuleInput, document: Json, ...others: AgentRuleInput[]): string => {
      const { clock, pipeline } = started(made, ...others);
      send(pipeline, document);
      return shown(pipeline.flush(clock.nowUnixNano(), true));
    };

    test.each<[string, Expr, Json]>([
      ['put together', typed('strcat', str(attr('a')), str(attr('b'))), halves],
      ['decoded', typed('base64_decode_tostring', typed('base64_decode_tostring', str(attr('a')))), logs({ attributes: [pair('a', text(btoa(btoa(token))))] })],
    ])('that is %s, also under a policy of logs alone', (_, expr, document) => {
      expect(flushed(grouped(expr), document)).toContain(token);
      const out = flushed(grouped(expr), document, ofLogs);
      expect(out).toContain(`ghp_${bullets}`);
      expect(out).not.toContain(token);
    });

    test('that is read as it stands was looked at there: an allow-list of logs is none for metrics', () => {
      const list = policyRule({ signals: ['logs'], allow: [{ keys: ['note'] }] });
      for (const expr of [attr('note'), str(attr('note'))]) expect(flushed(grouped(expr), logs({ attributes: [pair('note', text('calm'))] }), list)).toMatch(/"who".*"calm"/);
    });
  });

  test('an error that quotes the record says it without its secret', () => {
    const { pipeline } = started(update(lit('x', 'string')));
    const edit = vi.spyOn(codec, 'editRecord').mockImplementation(() => { throw new Error(`cannot write ${token}`); });
    send(pipeline, logs({ body: text('x') }));
    edit.mockRestore();
    expect(pipeline.stats()[0]).toMatchObject({ errors: 1, lastError: `cannot write ghp_${bullets}` });
  });

  test('and what the policy drops then is counted', () => {
    const { pipeline } = started(policyRule({ detectors: ['github-token'], mode: 'drop' }), joining);
    expect(send(pipeline, halves)).toMatchObject({ received: 1, out: [], removed: { dropped: 1 } });
  });

  test('what the policy leaves in clear is told once', () => {
    const { pipeline } = started(policyRule({ annotate: 'info', entries: [{ detectors: ['email'], do: 'ignore', reason: 'the test' }] }), update(lit('renamed', 'string')));
    expect(leaving(pipeline, logs({ body: text('ann.b@shop.example') }))).toMatch(/"redaction\.body\.ignored\.count","value":\{"intValue":"1"\}/);
    expect(pipeline.takeRedactions().cells).toMatchObject([{ detector: 'email', action: 'ignore', count: 1, records: 1 }]);
  });
});
