// A secret's name is for all texts below it, beside it in a map, and behind it in a list.
import { describe, expect, test } from 'vitest';
import { encodeUtf8, ManualClock } from '../../base/index.ts';
import { redactionPolicy, type RedactionPolicyInput } from '../../model/index.ts';
import { KeyRing } from '../../redaction/index.ts';
import { plan, rule } from '../../testing/index.ts';
import { createPipeline } from '../index.ts';
import { bytesOf, jsonOf, pair, randomText, text, type Json } from '../redaction/testing/places.ts';

const secret = `Zx${randomText(3, 10)}9q`;
const bag = (...values: Json[]): Json => ({ kvlistValue: { values } });
const list = (...values: Json[]): Json => ({ arrayValue: { values } });
const attribute = (key: string, value: Json): Json => ({ attributes: [pair(key, value)] });

function left(record: Json, policy: RedactionPolicyInput | null = {}): string {
  const pipeline = createPipeline({ clock: new ManualClock(1_700_000_000_000_000_000n), resource: {}, recorderBytes: 1, maxGroups: 1, redactionKeys: new KeyRing(encodeUtf8('key of the test')) });
  const redact = policy === null ? rule('p', plan('Logs', [], { sink: 'redact', detectors: ['*'], mode: 'mask' })) : { id: 'p', name: 'p', version: 1, order: 1, plan: null, policy: redactionPolicy.parse(policy) };
  const done = pipeline.replaceRules([redact]);
  if (!done.ok) throw new Error(done.error.message);
  const result = pipeline.process('logs', bytesOf('logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] }), { in: false, out: false });
  if (!result.ok) throw new Error(result.error.message);
  return result.value.out.map(({ bytes }) => jsonOf('logs', bytes)).join('');
}

const hidden: readonly (readonly [string, Json])[] = [
  ['a map under it', attribute('password', bag(pair('value', text(secret))))],
  ['a map under it, in a body', { body: bag(pair('password', bag(pair('current', text(secret)), pair('new', text(`n${secret}`))))) }],
  ['a map in a map under it', attribute('db.password', bag(pair('a', bag(pair('b', text(secret))))))],
  ['a list of maps under it', attribute('password', list(bag(pair('value', text(secret)))))],
  ['a list in a map under it', attribute('password', bag(pair('old', list(text('x'), text(secret)))))],
  ['the name beside it', { body: bag(pair('name', text('password')), pair('value', text(secret))) }],
  ['the key beside it, in a list', attribute('env', list(bag(pair('value', text(secret)), pair('key', text('DB_PASSWORD')))))],
  ['the option before it', attribute('args', list(text('mysql'), text('--password'), text(secret)))],
  ['the option before it, of a process', attribute('process.command_args', list(text('mysql'), text('--api-key'), text(secret)))],
];

describe.each([['a policy', {}], ['a redact query', null]] as const)('%s hides by', (_, policy) => {
  test.each(hidden)('%s', (_name, record) => { expect(left(record, policy)).not.toContain(secret); });
});

test('what is no secret’s stays', () => {
  const kept = [attribute('args', list(text('--password'), text(secret), text('--host'), text('plain-one'))), attribute('user', bag(pair('plan', text('plain-one')))), { body: bag(pair('name', text('region')), pair('value', text('plain-one'))) }, { body: bag(pair('password', bag(pair('value', text(secret)))), pair('host', text('plain-one'))) }];
  for (const record of kept) expect(left(record)).toContain('plain-one');
  expect(left({ body: bag(pair('name', text('password')), pair('value', text(secret))) })).toContain('"password"');
});

test('an entry about the path or the name below goes first', () => {
  const entries = [{ key: 'password.value', do: 'hash' as const }];
  expect(left(attribute('password', bag(pair('value', text(secret)))), { entries })).toMatch(/key-rule#[0-9a-f]+/);
});

test.each(['drop', 'remove'] as const)('%s by key takes an attribute without a value', (action) => {
  const json = left({ body: text('x'), attributes: [{ key: 'bad' }] }, { entries: [{ key: 'bad', do: action }] });
  if (action === 'drop') expect(json).toBe(''); else { expect(json).toContain('"x"'); expect(json).not.toContain('bad'); }
});
