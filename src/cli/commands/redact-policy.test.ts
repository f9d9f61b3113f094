// `weir redact --policy`: a policy document over lines, as an agent would have it. Secrets are put together here.
import { expect, test, vi } from 'vitest';
import { KeyRing } from '../../redaction/index.ts';
import { CommandFailure } from '../failure.ts';
import { temporaryFiles } from '../testing/files.ts';
import { otherFieldsFound, redactAllFields, redactLine } from './redact-line.ts';
import { policyRedaction } from './redact-policy.ts';
import { redactCommand } from './redact.ts';

vi.setConfig({ testTimeout: 60_000 });

const file = temporaryFiles();
const mail = ['ann.b', 'shop.example'].join('@');
const bullets = '\u2022'.repeat(4);
const policy = (more: string): string => file('policy.yaml', `kind: redaction-policy\nname: mine\n${more}\n`);
const keys = new KeyRing(new Uint8Array(32).fill(9));

async function redacted(more: string, line: string, field = 'text'): Promise<ReturnType<typeof redactLine>> {
  return redactLine(line, field, (await policyRedaction(policy(more), keys))(field));
}
const lineOf = async (more: string, line: string, field?: string): Promise<unknown> => { const result = await redacted(more, line, field); return 'line' in result ? JSON.parse(result.line) : result; };
const failureOf = async (run: Promise<unknown>): Promise<CommandFailure> => run.then(() => { throw new Error('it did not fail'); }, (failed: CommandFailure) => failed);

test('what a policy finds by default is masked, with findings by offset into the text as it came', async () => {
  expect(await lineOf('mode: mask', `{"text":"h\u00fc \u{1f600} ${mail} ok","n":1}`)).toEqual({ text: `h\u00fc \u{1f600} ${bullets} ok`, n: 1, findings: [{ start: 6, end: 6 + mail.length, detector: 'email', confidence: 0.95 }] });
  expect(await lineOf('mode: mask', '{"text":"nothing here"}')).toEqual({ text: 'nothing here', findings: [] });
});

test('entries decide: what is ignored stays and is no finding, what is dropped takes the line along, hash and partial are the policy\'s', async () => {
  const line = `{"text":"${mail} from 93.184.215.14"}`;
  expect(await lineOf('entries:\n  - { detectors: [email], do: ignore, reason: test }', line)).toMatchObject({ text: `${mail} from ${bullets}`, findings: [{ detector: 'ipv4' }] });
  expect(await redacted('entries:\n  - { detectors: [ipv4], do: drop }', line)).toMatchObject({ dropped: true });
  expect(await lineOf('entries:\n  - { detectors: [email], do: hash }', line)).toMatchObject({ text: expect.stringMatching(/^email#[0-9a-f]{16} from / ) });
  expect(await lineOf('mode: partial\nkeep: 3\nexcept: [ipv4]', line)).toMatchObject({ text: `${bullets}${mail.slice(-3)} from 93.184.215.14` });
});

test('a field that is no body is an attribute: keys, allow-lists and sensitive keys decide about it', async () => {
  const line = '{"user":{"id":"u17"},"http":{"route":"/a"},"client":{"address":"host-a"}}';
  expect(await lineOf('entries:\n  - { key: user.id, do: mask }', line, 'user.id')).toMatchObject({ user: { id: bullets }, findings: [{ detector: 'key-rule' }] });
  expect(await lineOf('allow:\n  - { keys: [http.route] }', line, 'user.id')).toMatchObject({ user: { id: null } });
  expect(await lineOf('allow:\n  - { keys: [http.route] }', line, 'http.route')).toMatchObject({ http: { route: '/a' }, findings: [] });
  expect(await lineOf('mode: mask', line, 'client.address')).toMatchObject({ client: { address: bullets }, findings: [{ detector: 'sensitive-key' }] });
});

test('entries by key are for their fields: with all fields they do what they say, and without it they are told', async () => {
  const fields = await policyRedaction(policy('entries:\n  - { key: user.email, do: hash }\n  - { key: build.host, detectors: [ipv4], do: ignore, reason: test }'), keys);
  const line = `{"text":"a","user":{"email":"${mail}"},"build":{"host":"93.184.215.14"},"pin":4111111111111111}`;
  const all = redactAllFields(line, fields);
  expect('line' in all ? JSON.parse(all.line) : all).toMatchObject({ text: 'a', user: { email: expect.stringMatching(/^key-rule#[0-9a-f]{16}$/) }, build: { host: '93.184.215.14' }, pin: bullets, findings: [{ field: 'user.email' }, { field: 'pin' }] });
  expect(otherFieldsFound(line, 'text', fields)).toEqual(['user.email', 'pin']);
  expect(otherFieldsFound(line, 'user.email', fields)).toEqual(['pin']);
  expect(redactAllFields(`{"a":{"b":"${mail}"}}`, await policyRedaction(policy('mode: drop'), keys))).toMatchObject({ dropped: true, findings: [{ field: 'a.b' }] });
});

test('an entry for a service is for the lines of that service', async () => {
  const more = 'entries:\n  - { service: shop, do: mask, in: [body] }';
  expect(await lineOf(more, '{"text":"plain","service.name":"shop"}')).toMatchObject({ text: bullets });
  expect(await lineOf(more, '{"text":"plain","resource":{"service.name":"shop"}}')).toMatchObject({ text: bullets });
  expect(await lineOf(more, '{"text":"plain","service.name":"cart"}')).toMatchObject({ text: 'plain' });
  expect(await lineOf(more, '{"text":"plain"}')).toMatchObject({ text: 'plain' });
});

test('what is wrong with the policy is told with its place; a rule of another kind, no file, and options that the policy decides', async () => {
  expect((await failureOf(policyRedaction(policy('detectors: [emial]'), keys))).message).toMatch(/policy\.yaml:3:13: error: [^]*emial/);
  expect((await failureOf(policyRedaction(file('rule.yaml', 'name: q\nkql: Logs | invoke drop()\n'), keys))).message).toContain('another kind than redaction-policy');
  expect((await failureOf(policyRedaction(`${policy('')}.none`, keys))).message).toContain('no such file');
  expect((await failureOf(redactCommand({ input: '-', textField: 'text', policy: policy(''), detectors: 'email' }))).message).toContain('--policy goes with neither');
});
