// Whatever keeps or shows a record sees what redaction left of it: the tail before rules, recorders, held records, groups of
// metrics, other exporters, talkers.
import { describe, expect, test } from 'vitest';
import { encodeUtf8, ManualClock } from '../../base/index.ts';
import type { Operator, Sink } from '../../kql/index.ts';
import type { AgentRuleInput } from '../../model/index.ts';
import { KeyRing } from '../../redaction/index.ts';
import { attr, plan, rule } from '../../testing/index.ts';
import { createPipeline, type Pipeline } from '../index.ts';
import { bytesOf, pair, randomText, text } from '../redaction/testing/places.ts';

const hidden = randomText(11, 36);
const own = randomText(12, 12);
const customer = randomText(13, 12, 'abcdefghijklmnop');
const policy: AgentRuleInput = {
  id: 'p', name: 'p', version: 1, order: 900, plan: null,
  policy: { patterns: [{ name: 'acme', pattern: 'ACME-[A-Za-z0-9]{12}' }], entries: [{ key: 'customer', do: 'hash' }, { key: 'gone', do: 'remove' }], annotate: 'debug' },
};
const request = bytesOf('logs', { resourceLogs: [{ resource: { attributes: [pair('service.name', text('web')), pair('owner', text(`ACME-${own}`))] }, scopeLogs: [{ scope: { name: `ACME-${own}` }, logRecords: [
  { timeUnixNano: '1700000000000000000', eventName: `login ghp_${hidden}`, body: text(`used ghp_${hidden}`), attributes: [pair('customer', text(customer)), pair('code', text(`ACME-${own}`)), pair('gone', { kvlistValue: { values: [pair('k', text(customer))] } })] },
  { timeUnixNano: '1700000000000000000', body: text(`also ACME-${own} by ${customer.slice(0, 0)}nobody`), attributes: [pair('customer', text(customer))] },
] }] }] });

function started(...rules: AgentRuleInput[]): { pipeline: Pipeline; clock: ManualClock; shown: string } {
  const clock = new ManualClock(1_700_000_000_000_000_000n);
  const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 100_000, maxGroups: 20, redactionKeys: new KeyRing(encodeUtf8('key of the test')) });
  const done = pipeline.replaceRules([...rules, policy]);
  if (!done.ok) throw new Error(done.error.message);
  const result = pipeline.process('logs', request, { in: true, out: true });
  if (!result.ok) throw new Error(result.error.message);
  const { tapIn, tapOut, out } = result.value;
  return { pipeline, clock, shown: [tapIn, tapOut, ...out.map(({ bytes }) => bytes)].map((bytes) => Buffer.from(bytes ?? []).toString()).join('\n') };
}

function expectHidden(shown: string): void { for (const secret of [hidden, own, customer]) expect(shown).not.toContain(secret); }
const everything = (pipeline: Pipeline): string => [
  ...pipeline.recorders().states.flatMap(({ name }) => [...pipeline.recorder(name) ?? []]), ...pipeline.flush(1_700_000_100_000_000_000n, true),
].map(({ bytes }) => Buffer.from(bytes).toString()).join('\n') + JSON.stringify([pipeline.talkers(100), pipeline.takeRedactions(), pipeline.stats()], (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

const byCustomer: Operator = { op: 'summarize', aggregates: [{ name: 'n', fn: 'count', args: [], type: 'long' }, { name: 'who', fn: 'make_set', args: [attr('code')], type: 'dynamic' }], by: [{ name: 'customer', expr: attr('customer') }] };
const counts: Operator = { op: 'summarize', aggregates: [{ name: 'n', fn: 'count', args: [], type: 'long' }], by: [{ name: 'customer', expr: attr('customer') }, { name: 'code', expr: attr('code') }] };
const sinks: readonly (readonly [string, Sink, readonly Operator[]])[] = [
  ['a recorder', { sink: 'record', recorder: 'ring', tee: true }, []], ['a recorder that takes them', { sink: 'record', recorder: 'ring', tee: false }, []],
  ['records held by dedup', { sink: 'dedup', windowNanos: '10000000000', key: ['EventName'] }, []], ['another exporter', { sink: 'route', exporter: 'archive' }, []],
  ['groups of a metric', { sink: 'to_metric', name: 'logins', unit: '', keep: true }, [counts]], ['update', { sink: 'update' }, [{ op: 'extend', columns: [{ name: 'copy', expr: attr('code') }] }]],
];

describe('only what redaction left is in', () => {
  test('the tail and the default exporter', () => { expectHidden(started().shown); });
  test.each(sinks)('%s', (_, sink, operators) => {
    const { pipeline, shown } = started(rule('sink', plan('Logs', operators, sink), 1));
    expect(pipeline.stats().find(({ id }) => id === 'sink')).toMatchObject({ matched: 2, errors: 0 });
    expectHidden(shown + everything(pipeline));
  });
  test('a set of values in a metric that cannot be sent as one', () => {
    const { pipeline, shown } = started(rule('sink', plan('Logs', [byCustomer], { sink: 'to_metric', name: 'logins', unit: '', keep: true }), 1));
    expectHidden(shown + everything(pipeline));
  });
});

test('a talker whose name was learned before a rule knew the pattern is told without it from then on', () => {
  const pipeline = createPipeline({ clock: new ManualClock(), resource: {}, recorderBytes: 1, maxGroups: 1 });
  pipeline.process('logs', bytesOf('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{ eventName: `order ACME-${own}` }] }] }] }), { in: false, out: false });
  expect(JSON.stringify(pipeline.talkers(10))).toContain(own);
  expect(pipeline.replaceRules([policy]).ok).toBe(true);
  expect(JSON.stringify(pipeline.talkers(10))).not.toContain(own);
});
