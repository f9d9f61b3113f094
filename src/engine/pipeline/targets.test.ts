import { expect, test } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { Expr } from '../../kql/index.ts';
import { attr, call, col, lit, logRequest, plan, rule, where } from '../../testing/index.ts';
import { createPipeline } from '../index.ts';

const request = logRequest(`
  service | resource       | event | body
  web     | host.name=h1   | A     | 1
  web     | host.name=h2   | A     | 2
  cart    | host.name=h1   | A     | 3
  cart    | host.name=h1   | A     | 4`);
const agent = { 'host.name': 'h1', cores: 4, ring: 'canary' };

/** How many of the four records a drop rule with these targets takes. */
function taken(predicate: Expr | null): number | string {
  const pipeline = createPipeline({ clock: new ManualClock(), resource: {}, recorderBytes: 1000, maxGroups: 10, agent });
  const deployed = pipeline.replaceRules([{ ...rule('r', plan('Logs', [where(call('==', col('EventName'), lit('A')))], { sink: 'drop' })), targets: plan('source', predicate === null ? [] : [where(predicate)]) }]);
  if (!deployed.ok) return deployed.error.message;
  const result = pipeline.process('logs', request, { in: false, out: false });
  return result.ok ? result.value.removed.dropped : 'malformed';
}

const web = call('==', col('ServiceName'), lit('web'));
const onH1 = call('==', attr('host.name', 'Resource'), lit('h1'));
const isCanary = call('==', attr('ring', 'Agent'), lit('canary'));
const isLast = call('==', attr('ring', 'Agent'), lit('last'));

test.each([
  ['nothing: every record', null, 4], ['a service', web, 2], ['a resource attribute', onH1, 3], ['both', call('and', web, onH1), 1],
  ['this agent', isCanary, 4], ['another agent', isLast, 0], ['this agent and a service', call('and', isCanary, web), 2], ['another agent or a service', call('or', isLast, web), 2],
  ['a number of the agent', call('>=', attr('cores', 'Agent'), lit(4)), 4], ['what the agent does not say', call('==', attr('nope', 'Agent'), lit('x')), 0],
  ['the agent beside the resource', call('==', attr('host.name', 'Resource'), attr('host.name', 'Agent')), 3],
])('targets %s', (_, predicate, wanted) => { expect(taken(predicate)).toBe(wanted); });

test('targets that read the record, or are more than one condition, are refused with a reason', () => {
  expect(taken(call('==', col('EventName'), lit('A')))).toContain('There is no column EventName');
  const pipeline = createPipeline({ clock: new ManualClock(), resource: {}, recorderBytes: 1000, maxGroups: 10 });
  const odd = { ...rule('r', plan('Logs', [], { sink: 'drop' })), targets: plan('source', [where(web), where(onH1)]) };
  expect(pipeline.replaceRules([odd])).toMatchObject({ ok: false, error: { message: 'Rule r: Targets are one condition.' } });
  expect(pipeline.replaceRules([{ ...odd, targets: { version: 2 } }])).toMatchObject({ ok: false });
});

test('targets hold for each request anew', () => {
  const pipeline = createPipeline({ clock: new ManualClock(), resource: {}, recorderBytes: 1000, maxGroups: 10 });
  pipeline.replaceRules([{ ...rule('r', plan('Logs', [], { sink: 'drop' })), targets: plan('source', [where(onH1)]) }]);
  const send = (host: string): number => {
    const result = pipeline.process('logs', logRequest(`service | resource | body\nweb | host.name=${host} | x`), { in: false, out: false });
    return result.ok ? result.value.removed.dropped : -1;
  };
  expect([send('h1'), send('h2'), send('h1')]).toEqual([1, 0, 1]);
});

test('targets that cannot be read whole close a redact rule for every record of the resource, and a drop rule says so for each', () => {
  const long = call('matches regex', attr('note', 'Resource'), lit('(?i)(secret|token)[a-z]{0,900}='));
  const line = (n: number) => ({ service: 'web', scope: '', resource: { note: 'x '.repeat(6000) }, record: { body: `ann.b@shop.example ${n}` } });
  const send = (sink: Parameters<typeof plan>[2]) => {
    const pipeline = createPipeline({ clock: new ManualClock(), resource: {}, recorderBytes: 1000, maxGroups: 10 });
    expect(pipeline.replaceRules([{ ...rule('r', plan('Logs', [], sink)), targets: plan('source', [where(long)]) }]).ok).toBe(true);
    const result = pipeline.process('logs', logRequest([line(1), line(2), line(3)]), { in: false, out: false });
    if (!result.ok) throw new Error(result.error.message);
    return { errors: pipeline.stats()[0]!.errors, left: result.value.out.map(({ bytes }) => Buffer.from(bytes).toString().split('ann.b@').length - 1) };
  };
  expect(send({ sink: 'redact', detectors: ['email'], mode: 'mask' })).toEqual({ errors: 3, left: [0] });
  expect(send({ sink: 'drop' })).toEqual({ errors: 3, left: [3] });
});

test('targets that throw leave no answer behind: they throw for the next record, too', () => {
  let calls = Number.NEGATIVE_INFINITY;
  const clock = { nowUnixNano: () => { if (++calls > 1) throw new Error('the clock broke'); return 0n; }, monotonicMs: () => 0 };
  const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1000, maxGroups: 10 });
  const ofTime = call('>', call('now'), call('todatetime', attr('host.name', 'Resource')));
  expect(pipeline.replaceRules([{ ...rule('r', plan('Logs', [], { sink: 'redact', detectors: ['email'], mode: 'mask' })), targets: plan('source', [where(ofTime)]) }])).toMatchObject({ ok: true });
  calls = 0;
  expect(pipeline.process('logs', request, { in: false, out: false })).toMatchObject({ ok: true, value: { received: 4 } });
  expect(pipeline.stats()[0]).toMatchObject({ errors: 4, lastError: 'the clock broke' });
});
