// Policies as rules: every place of every signal with every action, and all that holds for redact rules.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { encodeUtf8, ManualClock } from '../../base/index.ts';
import type { AgentRuleInput, RedactionPolicyInput, Signal } from '../../model/index.ts';
import { codec } from '../../otlp/index.ts';
import { bullets, KeyRing } from '../../redaction/index.ts';
import { call, col, lit, plan, rule, where } from '../../testing/index.ts';
import { compileExplanation, createPipeline } from '../index.ts';
import { bytesOf, jsonOf, pair, randomText, slots, text, type Json } from '../redaction/testing/places.ts';

const token = `ghp_${randomText(7, 36)}`;
const clock = new ManualClock(1_700_000_000_000_000_000n);
const policyRule = (id: string, policy: RedactionPolicyInput, more: Partial<AgentRuleInput> = {}): AgentRuleInput => ({ id, name: id, version: 1, order: 100, plan: null, policy, ...more });
const github: RedactionPolicyInput = { detectors: ['github-token'], sensitiveKeys: false };

function pipelineWith(...rules: AgentRuleInput[]) {
  const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 10_000, maxGroups: 10, redactionKeys: new KeyRing(encodeUtf8('key of the test')) });
  const done = pipeline.replaceRules(rules);
  if (!done.ok) throw new Error(done.error.message);
  return pipeline;
}

function run(pipeline: ReturnType<typeof pipelineWith>, signal: Signal, document: Json | Uint8Array) {
  const result = pipeline.process(signal, document instanceof Uint8Array ? document : bytesOf(signal, document), { in: true, out: true });
  if (!result.ok) throw new Error(result.error.message);
  const out = result.value.out.map((one) => one.bytes);
  return { ...result.value, json: out.map((one) => jsonOf(signal, one)).join(''), shown: [result.value.tapIn!, ...(result.value.tapOut === null ? [] : [result.value.tapOut]), ...out].map((one) => jsonOf(signal, one)).join('') };
}

const actions = ['mask', 'partial', 'hash', 'remove', 'drop', 'ignore'] as const;
const everywhere = slots.flatMap((slot) => actions.map((action) => ({ ...slot, action, name: `${slot.signal} ${slot.place} ${slot.path}: ${action}` })));

test.each(everywhere)('$name', ({ signal, place, path, document, action }) => {
  const policy: RedactionPolicyInput = action === 'ignore' ? { ...github, entries: [{ detectors: ['github-token'], do: 'ignore', reason: 'the test' }] } : { ...github, mode: action };
  const pipeline = pipelineWith(policyRule('p', policy));
  const given = document(`see ${token} here`);
  const { json, shown, received, removed, changed } = run(pipeline, signal, given);
  const stats = pipeline.stats()[0]!;
  expect(stats).toMatchObject({ matched: 1, errors: 0 });
  if (action === 'ignore') { expect(json).toContain(token); expect(changed).toBe(0); }
  else expect(shown).not.toContain(token.slice(4));
  if (action === 'drop') expect([json, removed.dropped, stats.removed]).toEqual(['', 1, 1]);
  if (action === 'mask') expect(json).toContain(`see ghp_${bullets} here`);
  if (action === 'partial') expect(json).toContain(`see ${bullets}${token.slice(-4)} here`);
  if (action === 'hash') expect(json).toMatch(/see github-token#[0-9a-f]{16} here/);
  if (action !== 'drop') expect(received).toBe(1);
  const { cells } = pipeline.takeRedactions();
  expect(cells).toMatchObject([{ rule: { id: 'p', name: 'p', version: 1 }, service: 'web', signal, place, key: path, detector: 'github-token', action, count: 1, records: 1, moreDistinct: false, firstUnixMs: 1_700_000_000_000, lastUnixMs: 1_700_000_000_000 }]);
  expect(cells[0]!.fingerprints).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
  expect(cells[0]!.context).toBe(`see ${bullets} here`);
});

const logs = (...services: readonly (readonly [service: string, ...bodies: string[]])[]): Json => ({
  resourceLogs: services.map(([service, ...bodies]) => ({ resource: { attributes: [pair('service.name', text(service)), pair('host.owner', text(`by ${token}`))] }, scopeLogs: [{ logRecords: bodies.map((body) => ({ body: text(body) })) }] })),
});

describe('by service', () => {
  const only: RedactionPolicyInput = { detectors: ['github-token'], mode: 'mask', sensitiveKeys: false, except: ['github-token'], entries: [{ service: 'pay*', detectors: ['github-token'], do: 'mask' }] };

  test('a part for one service leaves others as they are, surroundings too', () => {
    const pipeline = pipelineWith(policyRule('p', only));
    const left = JSON.parse(run(pipeline, 'logs', logs(['payments', token], ['web', token])).json) as { resourceLogs: Json[] };
    expect(left.resourceLogs.map((one) => JSON.stringify(one).includes(token))).toEqual([false, true]);
    const { cells } = pipeline.takeRedactions();
    expect(cells.map(({ service, place }) => `${service} ${place}`).toSorted()).toEqual(['payments body', 'payments resource']);
  });

  test('an entry ignores what it names for its service alone', () => {
    const pipeline = pipelineWith(policyRule('p', { ...github, entries: [{ service: 'web', detectors: ['github-token'], do: 'ignore', reason: 'test tokens' }] }));
    const left = JSON.parse(run(pipeline, 'logs', logs(['payments', token], ['web', token])).json) as { resourceLogs: Json[] };
    expect(left.resourceLogs.map((one) => JSON.stringify(one).includes(token))).toEqual([false, true]);
    expect(pipeline.takeRedactions().cells.map(({ service, place, action }) => `${service} ${place} ${action}`).toSorted()).toEqual(['payments body mask', 'payments resource mask', 'web body ignore', 'web resource ignore']);
  });
});

describe('a resource that names its service more than once', () => {
  const named = (...services: readonly string[]): Json => ({ resourceLogs: [{ resource: { attributes: [...services.map((service) => pair('service.name', text(service))), pair('host.owner', text(`by ${token}`))] }, scopeLogs: [{ logRecords: [{ body: text(token) }] }] }] });
  const hidesOfPay: RedactionPolicyInput = { detectors: ['github-token'], sensitiveKeys: false, except: ['github-token'], entries: [{ service: 'pay*', detectors: ['github-token'], do: 'mask' }] };
  const ignoresOfWeb: RedactionPolicyInput = { ...github, entries: [{ service: 'web', detectors: ['github-token'], do: 'ignore', reason: 'test tokens' }] };

  test.each([[['payments', 'web']], [['web', 'payments']], [['payments', 'web', 'web']], [['payments', '']]])('what hides for one of %j hides, in the record and around it', (services) => {
    expect(run(pipelineWith(policyRule('p', hidesOfPay)), 'logs', named(...services)).shown).not.toContain(token);
  });

  test.each([[['payments', 'web']], [['web', 'payments']], [['web', 'other', 'web']]])('what leaves in clear for one of %j does not', (services) => {
    expect(run(pipelineWith(policyRule('p', ignoresOfWeb)), 'logs', named(...services)).shown).not.toContain(token);
  });

  test('the same name twice is one name', () => {
    expect(run(pipelineWith(policyRule('p', ignoresOfWeb)), 'logs', named('web', 'web')).json).toContain(token);
  });
});

test('an allow-list fails closed: what it does not name goes, whatever its kind', () => {
  const attributes = [pair('http.route', text('/x')), pair('odd', text('y')), pair('flag', { boolValue: true }), pair('n', { doubleValue: 1.5 }), pair('map', { kvlistValue: { values: [pair('k', text('v'))] } }), pair('list', { arrayValue: { values: [text('v')] } })];
  const document = { resourceLogs: [{ scopeLogs: [{ logRecords: [{ attributes }] }] }] };
  const allow = (otherwise: 'remove' | 'mask'): RedactionPolicyInput => ({ ...github, allow: [{ keys: ['http.*'], otherwise }] });
  const left = (otherwise: 'remove' | 'mask') => (JSON.parse(run(pipelineWith(policyRule('p', allow(otherwise))), 'logs', document).json) as { resourceLogs: { scopeLogs: { logRecords: { attributes: unknown[] }[] }[] }[] }).resourceLogs[0]!.scopeLogs[0]!.logRecords[0]!.attributes;
  expect(left('remove')).toEqual([pair('http.route', text('/x'))]);
  expect(left('mask')).toEqual([pair('http.route', text('/x')), ...attributes.slice(1).map((one) => pair(one['key'] as string, text(bullets)))]);
});

describe('drop', () => {
  test('takes the records that its text surrounds, and no others', () => {
    const scopes = { resourceLogs: [{ resource: { attributes: [pair('service.name', text('web'))] }, scopeLogs: [
      { scope: { name: 'clean' }, logRecords: [{ body: text('one') }, { body: text('two') }] },
      { scope: { name: 'lib', attributes: [pair('k', text(token))] }, logRecords: [{ body: text('three') }, { body: text('four') }] },
    ] }, { resource: { attributes: [pair('service.name', text('other')), pair('k', text(token))] }, scopeLogs: [{ logRecords: [{ body: text('five') }] }] }] };
    const pipeline = pipelineWith(policyRule('p', { ...github, mode: 'drop' }));
    const { json, received, removed, out } = run(pipeline, 'logs', scopes);
    expect(['one', 'two', 'three', 'four', 'five'].map((body) => json.includes(body))).toEqual([true, true, false, false, false]);
    expect({ received, dropped: removed.dropped, out: out.map((one) => one.records) }).toEqual({ received: 5, dropped: 3, out: [2] });
    expect(pipeline.stats()[0]).toMatchObject({ removed: 3 });
  });

  test('a record that one rule changed and another drops is gone, and both counted it', () => {
    const pipeline = pipelineWith(policyRule('mask', github, { order: 1 }), policyRule('drop', { ...github, detectors: ['email'], mode: 'drop' }, { order: 2 }));
    expect(run(pipeline, 'logs', logs(['web', `${token} of ann.b@shop.example`])).removed.dropped).toBe(1);
    expect(pipeline.takeRedactions().cells.filter(({ place }) => place === 'body').map(({ rule: { id }, action }) => `${id} ${action}`).toSorted()).toEqual(['drop drop', 'mask mask']);
  });
});

test('a policy is for its signals and its targets', () => {
  const targets = plan('source', [where(call('==', col('ServiceName'), lit('web')))]);
  const pipeline = pipelineWith(policyRule('p', { ...github, signals: ['logs', 'metrics'] }, { targets }));
  expect(run(pipeline, 'logs', logs(['web', token])).json).not.toContain(token);
  expect(run(pipeline, 'logs', logs(['cart', token])).json).toContain(token);
  expect(run(pipeline, 'spans', slots.find(({ signal }) => signal === 'spans')!.document(token)).json).toContain(token);
  const { coverage } = pipeline.takeRedactions();
  expect(coverage.map(({ service, records, coveredRecords, bytes, coveredBytes }) => [service, records, coveredRecords, bytes === coveredBytes]).toSorted()).toEqual([['cart', 1, 0, false], ['web', 2, 1, false]]);
});

describe('shadow', () => {
  test('counts, changes nothing, and is told to nobody', () => {
    const pipeline = pipelineWith(policyRule('p', { ...github, annotate: 'debug' }, { mode: 'shadow' }), policyRule('d', { ...github, mode: 'drop' }, { mode: 'shadow' }));
    const bytes = bytesOf('logs', logs(['web', token]));
    expect(run(pipeline, 'logs', bytes).out[0]!.bytes).toBe(bytes);
    expect(pipeline.stats().map(({ id, matched, changed, would }) => [id, matched, changed, would?.changed, would?.removed]).toSorted()).toEqual([['d', 1, 0, 0, 1], ['p', 1, 0, 1, 0]]);
    expect(pipeline.takeRedactions()).toMatchObject({ cells: [], coverage: [{ service: 'web', records: 1, coveredRecords: 0, coveredBytes: 0 }] });
  });
});

afterEach(() => { vi.restoreAllMocks(); });

describe('a policy that fails fails closed', () => {
  const broken = (): never => { throw new Error('broken'); };

  test('on a record: all of its text goes, and the audit says so', () => {
    vi.spyOn(codec, 'mapRecordText').mockImplementationOnce(broken);
    const pipeline = pipelineWith(policyRule('p', github));
    expect(run(pipeline, 'logs', logs(['web', `quiet ${token}`, 'fine'])).json).not.toMatch(/quiet/);
    expect(pipeline.stats()[0]).toMatchObject({ errors: 1, lastError: 'broken', changed: 1 });
    expect(pipeline.takeRedactions().cells.find(({ detector }) => detector === 'fail-closed')).toMatchObject({ place: 'other', action: 'mask', count: 1, records: 1, service: 'web' });
  });

  test('where masking fails too the record goes, counted', () => {
    vi.spyOn(codec, 'mapRecordText').mockImplementation(broken);
    expect(run(pipelineWith(policyRule('p', github)), 'logs', logs(['web', 'a', 'b']))).toMatchObject({ out: [], removed: { dropped: 2 } });
  });

  test('around records: all text of the resources that it is for goes', () => {
    vi.spyOn(codec, 'mapTextAround').mockImplementationOnce(broken);
    const pipeline = pipelineWith(policyRule('p', { detectors: ['github-token'], except: ['*'], sensitiveKeys: false, entries: [{ service: 'web', detectors: ['github-token'], do: 'mask' }] }));
    const left = JSON.parse(run(pipeline, 'logs', logs(['web', 'a'], ['cart', 'b'])).json) as { resourceLogs: Json[] };
    expect(left.resourceLogs.map((one) => JSON.stringify(one).includes(token))).toEqual([false, true]);
  });
});

test('past its budget a policy stays on', () => {
  const slow = new ManualClock(1_700_000_000_000_000_000n);
  const pipeline = createPipeline({ clock: slow, resource: {}, recorderBytes: 1, maxGroups: 1, budgets: { clock: { nowUnixNano: () => slow.nowUnixNano(), monotonicMs: () => { slow.advanceMs(400); return slow.monotonicMs(); } } } });
  expect(pipeline.replaceRules([policyRule('p', github)]).ok).toBe(true);
  for (let i = 0; i < 30; i++) {
    const result = pipeline.process('logs', bytesOf('logs', logs(['web', `word ${token}`, token])), { in: false, out: false });
    expect(result.ok && result.value.out.some(({ bytes }) => Buffer.from(bytes).includes(token.slice(4)))).toBe(false);
  }
  expect(pipeline.stats()[0]).toMatchObject({ disabled: null });
  expect(pipeline.takeNewlyDisabled()).toEqual([]);
});

describe('redaction.* attributes', () => {
  const document = { resourceLogs: [{ resource: { attributes: [pair('service.name', text('web')), pair('r', text(token))] }, scopeLogs: [{ logRecords: [{
    body: { kvlistValue: { values: [pair('b', text(token)), pair('fine', text('x'))] } }, eventName: 'ev',
    attributes: [pair('z', text(`${token} ${token}`)), pair('a', text(token)), pair('gone', text('x')), pair('left', text(token)), pair('redaction.masked.count', { intValue: '3' }), pair('redaction.masked.keys', text('earlier'))],
  }] }] }] };
  const policy: RedactionPolicyInput = { ...github, entries: [{ key: 'gone', do: 'remove' }, { key: 'left', detectors: ['github-token'], do: 'ignore', reason: 'the test' }] };
  const attributes = (annotate: 'silent' | 'info' | 'debug'): Readonly<Record<string, unknown>> => {
    const record = (JSON.parse(run(pipelineWith(policyRule('p', { ...policy, annotate })), 'logs', document).json) as { resourceLogs: { scopeLogs: { logRecords: { attributes: { key: string; value: Json }[] }[] }[] }[] }).resourceLogs[0]!.scopeLogs[0]!.logRecords[0]!;
    return Object.fromEntries(record.attributes.filter(({ key }) => key.startsWith('redaction.')).map(({ key, value }) => [key, Object.values(value)[0]]));
  };
  const before = { 'redaction.masked.count': '3', 'redaction.masked.keys': 'earlier' };
  const counts = { 'redaction.masked.count': '5', 'redaction.redacted.count': '1', 'redaction.ignored.count': '1', 'redaction.body.masked.count': '1' };

  test('are left out when nobody asks', () => { expect(attributes('silent')).toEqual(before); });
  test('count at info', () => { expect(attributes('info')).toEqual({ ...before, ...counts }); });
  test('name the keys at debug', () => {
    expect(attributes('debug')).toEqual({ ...counts, 'redaction.masked.keys': 'a,earlier,z', 'redaction.redacted.keys': 'gone', 'redaction.body.masked.keys': 'body.b' });
  });
  test('hold no secret that stands in a key', () => {
    const pipeline = pipelineWith(policyRule('p', { ...github, annotate: 'debug' }));
    expect(run(pipeline, 'logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{ attributes: [pair(token, text(`x ${token}`))] }] }] }] }).shown).not.toContain(token.slice(4));
  });
  test('are not put on a record in which nothing was found', () => {
    const bytes = bytesOf('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: text('fine') }] }] }] });
    expect(run(pipelineWith(policyRule('p', { ...policy, annotate: 'debug' })), 'logs', bytes).out[0]!.bytes).toBe(bytes);
  });
});

test('a policy that cannot be compiled is refused, named and with what to do', () => {
  const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1, maxGroups: 1 });
  expect(pipeline.replaceRules([policyRule('nope', { detectors: ['no-such-detector'] })])).toMatchObject({ ok: false, error: { code: 'plan-invalid', message: expect.stringContaining('Rule nope: ') as string } });
  expect(pipeline.replaceRules([policyRule('odd', { mode: 'ignore' } as unknown as RedactionPolicyInput)])).toMatchObject({ ok: false, error: { code: 'plan-invalid' } });
});

test('what comes back unchanged goes on with its counts', () => {
  const pipeline = pipelineWith(policyRule('p', github));
  run(pipeline, 'logs', logs(['web', token]));
  expect(pipeline.replaceRules([policyRule('p', github)]).ok).toBe(true);
  run(pipeline, 'logs', logs(['web', token]));
  expect(pipeline.stats()[0]).toMatchObject({ matched: 2 });
});

test('an explanation tells what a policy did', () => {
  const explanation = compileExplanation([policyRule('p', github), policyRule('spans', { ...github, signals: ['spans'] }, { order: 200 }), rule('drop', plan('Logs', [], { sink: 'drop' }), 1)], { clock });
  const view = codec.walk('logs', bytesOf('logs', logs(['web', `word ${token}`])));
  if (!view.ok) throw new Error(view.error.message);
  const outcomes = explanation.explain(view.value, 0);
  expect(outcomes).toMatchObject([
    { rule: 'p', stage: 'redaction', did: 'redacted', because: expect.stringContaining('its policy hid something') as string }, { rule: 'spans', stage: 'redaction', did: 'nothing', because: 'It reads spans; this is a log record.' }, { rule: 'drop', stage: 'rules', did: 'dropped' },
  ]);
  expect(JSON.stringify(outcomes)).not.toContain(token.slice(4));
});
