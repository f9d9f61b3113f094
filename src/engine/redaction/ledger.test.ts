// The ledger counts what was hidden, within bounds, and never tells a value.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeUtf8, ManualClock } from '../../base/index.ts';
import { redactionCell, type AgentRuleInput, type RedactionPolicyInput, type Signal } from '../../model/index.ts';
import { bullets, KeyRing } from '../../redaction/index.ts';
import { plan, rule } from '../../testing/index.ts';
import { createPipeline } from '../index.ts';
import { bytesOf, pair, randomText, slots, text, type Json } from './testing/places.ts';

const clock = new ManualClock(1_700_000_000_000_000_000n);
const policyRule = (id: string, policy: RedactionPolicyInput, more: Partial<AgentRuleInput> = {}): AgentRuleInput => ({ id, name: id, version: 1, order: 100, plan: null, policy, ...more });
const redactAll = rule('r', plan('source', [], { sink: 'redact', detectors: ['*'], mode: 'mask' }));

function pipelineWith(rules: readonly AgentRuleInput[], keys = new KeyRing(encodeUtf8('key of the test'))) {
  const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1000, maxGroups: 10, redactionKeys: keys });
  const done = pipeline.replaceRules(rules);
  if (!done.ok) throw new Error(done.error.message);
  return pipeline;
}
type Running = ReturnType<typeof pipelineWith>;
function send(pipeline: Running, signal: Signal, document: Json): void {
  const result = pipeline.process(signal, bytesOf(signal, document), { in: false, out: false });
  if (!result.ok) throw new Error(result.error.message);
}
const token = (seed: number): string => `ghp_${randomText(seed, 36)}`;
const log = (record: Json, service = 'web'): Json => ({ resourceLogs: [{ resource: { attributes: [pair('service.name', text(service))] }, scopeLogs: [{ logRecords: [record] }] }] });

describe('a cell', () => {
  test('is one per rule, service, durable id, place, key, detector and action, and counts findings and records', () => {
    const pipeline = pipelineWith([redactAll]);
    const code = [pair('code.file.path', text('src/auth.ts')), pair('code.line.number', { intValue: '12' })];
    for (const seed of [1, 1, 2]) send(pipeline, 'logs', log({ eventName: 'login', body: text(`${token(seed)} and ${token(9)}`), attributes: code }));
    send(pipeline, 'logs', log({ body: text(token(1)), attributes: code }));
    send(pipeline, 'logs', log({ eventName: 'login', attributes: [pair('note', text(token(1)))] }, 'cart'));
    const { cells } = pipeline.takeRedactions();
    expect(cells.map(({ service, durableId, source, place, key, count, records, fingerprints }) => [service, durableId, source, place, key, count, records, fingerprints.length])).toEqual([
      ['web', 'login', 'src/auth.ts:12', 'body', 'body', 6, 3, 3], ['web', 'src/auth.ts:12', 'src/auth.ts:12', 'body', 'body', 1, 1, 1], ['cart', 'login', '', 'attribute', 'note', 1, 1, 1],
    ]);
    for (const cell of cells) expect(redactionCell.parse(cell)).toEqual(cell);
    expect(pipeline.takeRedactions()).toEqual({ cells: [], coverage: [], overflow: { findings: 0, services: 0, fingerprints: 0 } });
  });

  test('what surrounds records is noted once per request and resource', () => {
    const pipeline = pipelineWith([redactAll]);
    const resource = (service: string) => ({ resource: { attributes: [pair('service.name', text(service)), pair('owner', text(token(1)))] }, scopeLogs: [{ logRecords: [{ body: text('a') }, { body: text('b') }] }] });
    for (let i = 0; i < 2; i++) send(pipeline, 'logs', { resourceLogs: [resource('a'), resource('b')] });
    expect(pipeline.takeRedactions().cells.map(({ service, place, key, count, records }) => [service, place, key, count, records])).toEqual([['a', 'resource', 'owner', 2, 2], ['b', 'resource', 'owner', 2, 2]]);
  });

  test('each rule has its own, of what it left to do', () => {
    const pipeline = pipelineWith([policyRule('mail', { detectors: ['email'], sensitiveKeys: false }, { order: 1 }), policyRule('all', { sensitiveKeys: false }, { order: 2 })]);
    send(pipeline, 'logs', log({ body: text(`${token(1)} of ann.b@shop.example`) }));
    expect(pipeline.takeRedactions().cells.map(({ rule: { id }, detector }) => `${id} ${detector}`).toSorted()).toEqual(['all github-token', 'mail email']);
  });

  test('takes the fingerprints of one period only', () => {
    const keys = new KeyRing(encodeUtf8('first'), 'p1');
    const pipeline = pipelineWith([redactAll], keys);
    send(pipeline, 'logs', log({ body: text(token(1)) }));
    keys.replace(encodeUtf8('second'), 'p2');
    send(pipeline, 'logs', log({ body: text(token(1)) }));
    const [cell] = pipeline.takeRedactions().cells;
    const bytes = encodeUtf8(token(1));
    expect(cell).toMatchObject({ count: 2, fingerprints: [keys.fingerprint(bytes, 0, bytes.length)], moreDistinct: true });
  });
});

describe('bounds', () => {
  test('so many cells; findings past that are counted', () => {
    const pipeline = pipelineWith([redactAll]);
    const attributes = Array.from({ length: 6000 }, (_, i) => pair(`key.${i.toString(36).replaceAll(/\d/g, 'z')}.${randomText(i, 6, 'abcdefgh')}`, text(token(1))));
    send(pipeline, 'logs', log({ attributes }));
    const { cells, overflow } = pipeline.takeRedactions();
    expect(cells.length).toBe(5000);
    expect(overflow.findings + cells.reduce((sum, { count }) => sum + count, 0)).toBe(6000);
  });

  test('so many services; records past that are counted', () => {
    const pipeline = pipelineWith([redactAll]);
    send(pipeline, 'logs', { resourceLogs: Array.from({ length: 1100 }, (_, i) => ({ resource: { attributes: [pair('service.name', text(`service-${i}`))] }, scopeLogs: [{ logRecords: [{ body: text('x') }] }] })) });
    const { coverage, overflow } = pipeline.takeRedactions();
    expect([coverage.length, overflow.services]).toEqual([1000, 100]);
    expect(coverage.every(({ records, coveredRecords, bytes, coveredBytes }) => records === 1 && coveredRecords === 1 && bytes > 0 && bytes === coveredBytes)).toBe(true);
  });

  test('without rules everything is counted as uncovered', () => {
    const pipeline = pipelineWith([]);
    send(pipeline, 'logs', log({ body: text('x') }));
    expect(pipeline.takeRedactions().coverage).toMatchObject([{ service: 'web', records: 1, coveredRecords: 0, coveredBytes: 0 }]);
  });
});

/** Every text of a document, keys and service.name too, as a function that puts another in. */
function places(node: unknown, found: ((put: string) => void)[] = []): ((put: string) => void)[] {
  if (typeof node !== 'object' || node === null) return found;
  for (const [name, inner] of Object.entries(node)) {
    if (typeof inner === 'object') places(inner, found);
    else if (typeof inner === 'string' && !/^\d+$/.test(inner)) found.push((put) => { (node as Record<string, unknown>)[name] = put; });
  }
  return found;
}

/** What is written, and the part that must not be told. */
const secret = fc.tuple(fc.nat(0xffff_ffff), fc.constantFrom('token', 'mail', 'password', 'own', 'key')).map(([seed, kind]) => {
  const word = randomText(seed, 14);
  if (kind === 'token') { const body = randomText(seed, 36); return { written: `ghp_${body}`, hidden: body }; }
  if (kind === 'mail') return { written: `${word}@shop.example`, hidden: word };
  if (kind === 'password') return { written: `postgres://app:${word}@db/x`, hidden: word };
  return kind === 'own' ? { written: `ACME-${word}`, hidden: word } : { written: `AK${word}`, hidden: word };
});

describe('never a value', () => {
  const own: RedactionPolicyInput = { patterns: [{ name: 'acme', pattern: 'ACME-[A-Za-z0-9]{14}' }, { name: 'ak', pattern: 'AK[A-Za-z0-9]{14}' }], sensitiveKeys: true };
  const ruleSets: readonly (readonly [name: string, rules: readonly AgentRuleInput[]])[] = [
    ['one policy', [policyRule('p', own)]],
    ['hashes', [policyRule('p', { ...own, mode: 'hash', annotate: 'debug' })]],
    ['the sink, and the policy that knows the pattern after it', [{ ...redactAll, order: 1 }, policyRule('p', own, { order: 2 })]],
    ['everything ignored', [policyRule('p', { ...own, entries: [{ detectors: ['*'], do: 'ignore', reason: 'the test' }] })]],
    ['a policy in shadow that knows the pattern', [redactAll, policyRule('p', own, { mode: 'shadow' })]],
    ['drop', [policyRule('p', { ...own, mode: 'drop' })]],
  ];
  test.each(ruleSets)('wherever secrets stand: %s', (_, rules) => {
    const pipeline = pipelineWith(rules);
    fc.assert(fc.property(fc.constantFrom(...slots), fc.array(fc.tuple(secret, fc.nat(), fc.constantFrom('alone', 'between', 'touching')), { minLength: 1, maxLength: 4 }), ({ signal, document }, secrets) => {
      const made = document(`login of ${secrets[0]![0].written} failed`) as Json;
      const all = places(made);
      for (const [{ written }, at, how] of secrets) all[at % all.length]!(how === 'alone' ? written : how === 'between' ? `before ${written} after ${written}` : `{"a":"${written}","b":"${secrets[0]![0].written}"}`);
      send(pipeline, signal, made);
      const told = JSON.stringify([pipeline.takeRedactions(), pipeline.talkers(10_000)]);
      for (const [{ hidden }] of secrets) expect(told).not.toContain(hidden);
    }), { numRuns: 150 });
  });

  test('a value that is hidden for its key is not told by a name that holds it', () => {
    const pipeline = pipelineWith([policyRule('p', { entries: [{ key: 'customer', do: 'mask' }] })]);
    send(pipeline, 'logs', log({ eventName: 'greet annabella', attributes: [pair('customer', text('annabella')), pair('code.file.path', text('users/annabella.ts')), pair('code.line.number', { intValue: '3' })] }));
    const { cells } = pipeline.takeRedactions();
    expect(cells).toMatchObject([{ durableId: `greet ${bullets}`, source: `users/${bullets}.ts:3`, key: 'customer', context: bullets }]);
  });

  test('nor by a context, a key or a talker, wherever in the record it was found', () => {
    const pipeline = pipelineWith([policyRule('p', { entries: [{ key: 'customer', do: 'mask' }] })]);
    send(pipeline, 'logs', log({ body: text('login annabella from ann.b@shop.example'), attributes: [pair('seen.annabella', text('ann.b@shop.example')), pair('customer', text('annabella'))] }));
    const told = [pipeline.takeRedactions(), pipeline.talkers(10)];
    expect(JSON.stringify(told)).not.toContain('annabella');
    expect(told[0]).toMatchObject({ cells: [{ key: 'body', context: `login ${bullets} from ${bullets}` }, { key: `seen.${bullets}` }, { key: 'customer' }] });
  });

  test('nor where more is found in one record than is looked for', () => {
    const pipeline = pipelineWith([policyRule('p', { entries: [{ key: 'customer', do: 'mask' }] })]);
    const mails = Array.from({ length: 1500 }, (_, i) => pair('mail', text(`login annabella from ${randomText(i, 9, 'abcdefgh')}@shop.example`)));
    send(pipeline, 'logs', log({ body: text('x'), attributes: [...mails, pair('customer', text('annabella'))] }));
    const { cells } = pipeline.takeRedactions();
    expect(cells.map(({ key, count }) => [key, count])).toEqual([['mail', 1500], ['customer', 1]]);
    expect(JSON.stringify(cells)).not.toContain('annabella');
  });

  describe('by a name of which the policy hides all', () => {
    const body: Json = log({ body: text('customer Jane Doe moved') });
    const span: Json = { resourceSpans: [{ resource: { attributes: [pair('service.name', text('web'))] }, scopeSpans: [{ spans: [{ name: 'GET jane-doe', attributes: [pair('note', text('ann.b@shop.example'))] }] }] }] };
    const code: Json = log({ body: text('ann.b@shop.example'), attributes: [pair('code.file.path', text('users/jane.ts')), pair('code.line.number', { intValue: '3' })] });
    const cases: readonly (readonly [string, Signal, Json, NonNullable<RedactionPolicyInput['entries']>])[] = [
      ['body', 'logs', body, [{ in: ['body'], do: 'mask' }]], ['span name', 'spans', span, [{ in: ['name'], do: 'hash' }]], ['file', 'logs', code, [{ key: 'code.file.path', do: 'remove' }]],
    ];
    test.each(cases)('%s, known before or after the deployment', (source, signal, document, entries) => {
      const before = pipelineWith([]);
      send(before, signal, document);
      expect(JSON.stringify(before.talkers(10))).toMatch(/jane/i);
      expect(before.replaceRules([policyRule('p', { entries })]).ok).toBe(true);
      const after = pipelineWith([policyRule('p', { entries })]);
      send(after, signal, document);
      expect(before.talkers(10).talkers).toMatchObject([{ [source === 'body' ? 'label' : 'durableId']: bullets, service: 'web' }]);
      expect(JSON.stringify(after.talkers(10))).toMatch(/"service":"web"/);
      expect(JSON.stringify(after.talkers(10))).not.toMatch(/jane/i);
      expect(JSON.stringify(after.takeRedactions())).not.toMatch(/jane/i);
    });

    test('but not where the policy is for another place, signal or service', () => {
      const pipeline = pipelineWith([policyRule('a', { entries: [{ in: ['attribute'], do: 'mask' }] }), policyRule('b', { signals: ['spans'], entries: [{ in: ['body'], do: 'mask' }] }), policyRule('c', { entries: [{ service: 'cart', in: ['body'], do: 'mask' }] })]);
      send(pipeline, 'logs', body);
      expect(pipeline.talkers(10).talkers).toMatchObject([{ label: 'customer Jane Doe moved' }]);
    });
  });
});
