import { expect, test } from 'vitest';
import { redactionPolicy, type RedactionPolicyInput } from '../../model/index.ts';
import { generators, seededRandom } from '../generate/index.ts';
import { KeyRing } from '../key-ring.ts';
import { compilePolicy, sinkPolicy } from './compile-policy.ts';
import { decide, leftOf, placeOf, policyOf, testKeys } from './testing/try-policy.ts';

const mail = 'joe.doe@mailbox.net';
const why = 'our own test account';

test('what no entry is about goes by the mode', () => {
  const text = `from ${mail} today`;
  expect(leftOf(policyOf({}), { text })).toBe('from •••• today');
  expect(leftOf(policyOf({ mode: 'partial', keep: 3 }), { text })).toBe('from ••••net today');
  expect(leftOf(policyOf({ mode: 'hash' }), { text })).toMatch(/^from email#[0-9a-f]{16} today$/);
  expect(leftOf(policyOf({ mode: 'remove' }), { text })).toBe('from  today');
  expect(leftOf(policyOf({ mode: 'remove' }), { text, key: 'note' })).toBe('removed');
  expect(leftOf(policyOf({ mode: 'drop' }), { text })).toBe('dropped');
});

test('a hash is a mask while there is no key, and says so', () => {
  const policy = policyOf({ mode: 'hash' }, new KeyRing());
  expect(leftOf(policy, { text: mail })).toBe('••••');
  expect(decide(policy, { text: mail })!.decided).toMatchObject([{ detector: 'email', action: 'mask', start: 2, end: 2 + mail.length }]);
});

test('the first entry that fits decides', () => {
  const policy = policyOf({ entries: [
    { key: 'support.*', detectors: ['email'], do: 'ignore', reason: why }, { key: 'user.id', do: 'hash' }, { key: 'payload', do: 'remove' },
    { service: 'pay*', detectors: ['*'], do: 'drop' }, { in: ['resource'], detectors: ['email'], do: 'partial', keep: 4 },
  ] });
  expect(leftOf(policy, { text: mail, key: 'support.contact' })).toBe(mail);
  expect(decide(policy, { text: mail, key: 'Support.Contact' })).toMatchObject({ bytes: null, whole: 'keep', decided: [{ detector: 'email', action: 'ignore' }] });
  expect(leftOf(policy, { text: 'anything', key: 'user.id' })).toMatch(/^key-rule#[0-9a-f]{16}$/);
  expect(leftOf(policy, { text: 'anything', key: 'payload' })).toBe('removed');
  expect(leftOf(policy, { text: mail, service: 'payments' })).toBe('dropped');
  expect(leftOf(policy, { text: mail, key: 'k', place: 'resource' })).toBe('••••.net');
  expect(leftOf(policy, { text: mail, key: 'k' })).toBe('••••');
});

test('with all detectors left out and no sensitive keys, only the entries act', () => {
  const policy = policyOf({ detectors: ['*'], except: ['*'], sensitiveKeys: false, entries: [{ key: 'note', detectors: ['email'], do: 'mask' }, { key: 'payload', do: 'remove' }] });
  expect(leftOf(policy, { text: `by ${mail}`, key: 'note' })).toBe('by ••••');
  expect(leftOf(policy, { text: 'anything', key: 'payload' })).toBe('removed');
  for (const key of ['other', 'password', 'user.email', '']) expect(leftOf(policy, { text: `by ${mail} from 192.168.7.20`, key })).toBe(`by ${mail} from 192.168.7.20`);
  expect(leftOf(policy, { text: '10.1.2.3', key: 'note' })).toBe('10.1.2.3');
  expect(leftOf(policyOf({ detectors: ['*'], except: ['*'], sensitiveKeys: false }), { text: mail, key: 'authorization' })).toBe(mail);
});

test('an entry hides what its detector finds, also where a surer one finds the same', () => {
  const { secret } = generators.find(({ detector }) => detector === 'github-token')!.positive(seededRandom(5));
  const unsure = `${secret.slice(0, -6)}000000`;
  const policy = policyOf({ except: ['*'], sensitiveKeys: false, entries: [{ detectors: ['github-token'], do: 'mask' }] });
  for (const token of [secret, unsure]) expect(leftOf(policy, { text: `401 from https://bot:${token}@git.internal/x`, key: 'url.full' })).not.toContain(token);
});

test('an entry goes by the dotted path of a nested value, too', () => {
  const policy = policyOf({ entries: [{ key: 'body.user.token', do: 'mask' }, { key: 'deep', in: ['attribute'], do: 'mask' }] });
  expect(leftOf(policy, { text: 'x1', key: 'token', path: 'body.user.token', place: 'body' })).toBe('••••');
  expect(leftOf(policy, { text: 'x1', key: 'other', path: 'body.user.other', place: 'body' })).toBe('x1');
  expect(leftOf(policy, { text: 'x1', key: 'deep', path: 'a.deep' })).toBe('••••');
});

test('what has no key goes whole only where an entry names its place', () => {
  const all = policyOf({ entries: [{ do: 'mask' }] });
  expect([leftOf(all, { text: 'x', key: 'a' }), leftOf(all, { text: 'x' }), leftOf(all, { text: 'x', place: 'name', path: 'eventName' }), leftOf(all, { text: 'x', key: '', path: '', place: 'attribute' })]).toEqual(['••••', '••••', 'x', '••••']);
  expect(leftOf(policyOf({ entries: [{ in: ['name'], do: 'mask' }] }), { text: 'x', place: 'name', path: 'eventName' })).toBe('••••');
});

test('where a value goes whole, findings that entries before are about do not save the rest', () => {
  const policy = policyOf({ entries: [{ detectors: ['email'], do: 'ignore', reason: why }, { detectors: ['ipv4'], do: 'drop' }, { key: 'note', do: 'mask' }] });
  expect(leftOf(policy, { text: mail, key: 'note' })).toBe(mail);
  expect(leftOf(policy, { text: `by ${mail}`, key: 'note' })).toBe('••••');
  expect(leftOf(policy, { text: 'from 81.2.69.144', key: 'note' })).toBe('dropped');
});

test('an ignored value shows what was found in it, and an ignored key hides no secret in the key itself', () => {
  const policy = policyOf({ entries: [{ key: '*', in: ['attribute'], do: 'ignore', reason: why }] });
  expect(decide(policy, { text: `by ${mail}`, key: 'note' })!.decided).toMatchObject([{ detector: 'email', action: 'ignore' }]);
  const key = Buffer.from(mail);
  expect(policy.forService('shop')!.key(placeOf('attribute', mail), key, 0, key.length)).toMatchObject({ whole: 'keep', decided: [{ detector: 'email', action: 'mask' }] });
});

test('detectors and except say what is looked for; an entry may look for more', () => {
  const text = `${mail} 81.2.69.144`;
  expect(leftOf(policyOf({ detectors: ['email'] }), { text })).toBe('•••• 81.2.69.144');
  expect(leftOf(policyOf({ except: ['ipv4'] }), { text })).toBe('•••• 81.2.69.144');
  expect(leftOf(policyOf({ detectors: ['email'], entries: [{ detectors: ['ipv4'], key: 'peer', do: 'mask' }] }), { text, key: 'peer' })).toBe('•••• ••••');
  expect(leftOf(policyOf({ except: ['*'], sensitiveKeys: false, entries: [{ key: 'a', do: 'mask' }] }), { text, key: 'b' })).toBe(text);
});

test('own patterns are detectors like others', () => {
  const policy = policyOf({ patterns: [{ name: 'customer', pattern: 'CU-[0-9]{6}' }], entries: [{ detectors: ['customer'], do: 'hash' }] });
  expect(leftOf(policy, { text: 'for CU-123456.' })).toMatch(/^for customer#[0-9a-f]{16}\.$/);
});

test('known sensitive keys are findings by their key', () => {
  expect(leftOf(policyOf({}), { text: 'XY', key: 'geo.postal_code' })).toBe('••••');
  expect(leftOf(policyOf({}), { text: 'q=joe&page=2', key: 'url.query' })).toBe('q=••••&page=••••');
  expect(leftOf(policyOf({ sensitiveKeys: false }), { text: 'XY', key: 'geo.postal_code' })).toBe('XY');
  expect(leftOf(policyOf({ except: ['sensitive-key'] }), { text: 'XY', key: 'geo.postal_code' })).toBe('XY');
  expect(leftOf(policyOf({ entries: [{ key: 'geo.*', detectors: ['sensitive-key'], do: 'remove' }] }), { text: 'XY', key: 'geo.postal_code' })).toBe('removed');
  expect(leftOf(policyOf({ entries: [{ key: 'geo.postal_code', do: 'ignore', reason: why }] }), { text: 'XY', key: 'geo.postal_code' })).toBe('XY');
  expect(leftOf(policyOf({ entries: [{ key: 'user.*', detectors: ['email'], do: 'ignore', reason: why }] }), { text: mail, key: 'user.email' })).toBe('••••');
});

test('what is masked stays as it is when the policy sees it again', () => {
  const policy = policyOf({ mode: 'hash', entries: [{ key: 'a', do: 'hash' }] });
  for (const key of ['user.email', 'a', 'x', 'url.query']) {
    const once = leftOf(policy, { text: mail, key });
    expect([key, leftOf(policy, { text: once, key })]).toEqual([key, once]);
  }
});

test('what only looks like a hash is hidden like all else', () => {
  const policy = policyOf({ entries: [{ key: 'a', do: 'mask' }] });
  expect(leftOf(policy, { text: 'joe-doe#0123456789abcdef', key: 'a' })).toBe('••••');
  expect(leftOf(policy, { text: 'email#0123456789abcdef', key: 'a' })).toBe('email#0123456789abcdef');
});

test('however many keys and paths come, each is decided right', () => {
  const policy = policyOf({ entries: [{ key: '*.x', do: 'mask' }], allow: [{ keys: ['k1*', 'n'] }] });
  for (let i = 0; i < 20_000; i++) {
    expect([leftOf(policy, { text: 'v', key: `k${i}` }), leftOf(policy, { text: 'v', key: 'x', path: `n.${i}.x` })]).toEqual([`${i}`.startsWith('1') ? 'v' : 'removed', '••••']);
  }
});

test('allow-lists fail closed', () => {
  const policy = policyOf({ allow: [{ keys: ['http.*'] }, { keys: ['order.*'], service: 'cart' }, { keys: ['body.user.name'], in: ['body'] }] });
  expect(leftOf(policy, { text: 'GET', key: 'http.method' })).toBe('GET');
  expect(leftOf(policy, { text: '7', key: 'order.size' })).toBe('removed');
  expect(leftOf(policy, { text: '7', key: 'order.size', service: 'cart' })).toBe('7');
  expect(leftOf(policy, { text: `by ${mail}`, key: 'http.method' })).toBe('by ••••');
  expect(leftOf(policy, { text: 'shop', key: 'service.name', place: 'resource' })).toBe('shop');
  expect(leftOf(policy, { text: 'LogStart', place: 'name' })).toBe('LogStart');
  expect(leftOf(policy, { text: '1.2', place: 'scope', path: 'version' })).toBe('1.2');
  expect(leftOf(policy, { text: 'x', place: 'attribute', key: '', path: '' })).toBe('removed');
  expect(leftOf(policy, { text: 'free text' })).toBe('removed');
  expect(leftOf(policy, { text: 'Joe', key: 'name', path: 'body.user.name', place: 'body' })).toBe('Joe');
  expect(leftOf(policy, { text: 'Joe', key: 'user', path: 'body.user', place: 'body' })).toBe('removed');
  const service = policy.forService('shop')!;
  expect([service.value(placeOf('body', 'user', 'body.user')), service.value(placeOf('attribute', 'foo')), service.valueDetector(placeOf('attribute', 'foo'))]).toEqual([null, 'remove', 'allow-list']);
});

test('an allow-list is not moved by an ignore of what is found, but by one of the value', () => {
  const allow = [{ keys: ['http.*'], otherwise: 'mask' as const }];
  expect(leftOf(policyOf({ allow, entries: [{ detectors: ['*'], do: 'ignore', reason: why }] }), { text: mail, key: 'contact' })).toBe('••••');
  expect(leftOf(policyOf({ allow, entries: [{ key: 'contact', do: 'ignore', reason: why }] }), { text: mail, key: 'contact' })).toBe(mail);
});

test('values that are no text go by their key alone', () => {
  const service = policyOf({ entries: [{ key: 'age', do: 'remove' }, { key: 'user.id', do: 'ignore', reason: why }] }).forService('shop')!;
  expect([service.value(placeOf('attribute', 'age')), service.value(placeOf('attribute', 'enduser.id')), service.value(placeOf('attribute', 'url.query')), service.value(placeOf('attribute', 'user.id'))]).toEqual(['remove', 'mask', null, null]);
  expect(service.integer(placeOf('attribute', 'enduser.id'), 42)).toMatchObject({ whole: 'keep', decided: [{ start: 0, end: 2, detector: 'sensitive-key', action: 'mask' }] });
  expect(service.integer(placeOf('attribute', 'age'), 42n)).toMatchObject({ whole: 'remove' });
  expect(service.integer(placeOf('attribute', 'size'), 42)).toBeNull();
});

test('a policy that is for other services only leaves a service alone', () => {
  const policy = policyOf({ except: ['*'], sensitiveKeys: false, entries: [{ service: 'pay*', key: 'x', do: 'mask' }] });
  expect(policy.forService('shop')).toBeNull();
  expect(policy.forService('Payments')).not.toBeNull();
  for (let i = 0; i < 5000; i++) expect(policy.forService(`s${i}`)).toBeNull();
});

test('the sink takes an attribute along only when nothing is left of it', () => {
  const sink = sinkPolicy(['*'], 'remove', { keys: testKeys });
  if (!sink.ok) throw new Error(sink.error.message);
  expect(leftOf(sink.value, { text: `by ${mail}`, key: 'note' })).toBe('by ');
  expect(leftOf(sink.value, { text: mail, key: 'note' })).toBe('removed');
  expect(leftOf(sink.value, { text: 'XY', key: 'geo.postal_code' })).toBe('XY');
});

test.each<[RedactionPolicyInput, string]>([
  [{ detectors: ['emial'] }, 'unknown-detector'], [{ entries: [{ do: 'mask', detectors: ['nobody'] }] }, 'unknown-detector'],
  [{ entries: [{ do: 'ignore', key: 'a' }] }, 'redaction.no-reason'], [{ entries: [{ do: 'ignore', key: 'a', reason: ' ' }] }, 'redaction.no-reason'],
  [{ patterns: [{ name: 'email', pattern: 'x+' }] }, 'redaction.pattern-name'], [{ patterns: [{ name: 'sensitive-key', pattern: 'x+' }] }, 'redaction.pattern-name'],
])('%j is refused: %s', (input, code) => { expect(compilePolicy(redactionPolicy.parse(input), { keys: testKeys })).toMatchObject({ ok: false, error: { code } }); });

test('what always stays under an allow-list has to look like a name', () => {
  const policy = policyOf({ allow: [{ keys: ['http.*'] }] });
  for (const key of ['event.name', 'code.function', 'service.name', 'redaction.masked.keys']) expect([key, leftOf(policy, { text: 'seen by jane doe', key })]).toEqual([key, 'removed']);
  for (const [key, text] of [['event.name', 'SyncFailed'], ['code.file.path', 'src/sync.ts'], ['code.function', 'com.shop.Cart.<init>'], ['redaction.masked.keys', 'body,note']] as const) expect([key, leftOf(policy, { text, key })]).toEqual([key, text]);
  expect([leftOf(policy, { text: 'plain', key: 'redaction.x' }), leftOf(policy, { text: 'x'.repeat(600), key: 'event.name' })]).toEqual(['removed', 'removed']);
  expect(leftOf(policyOf({ allow: [{ keys: ['service.name'] }] }), { text: 'my shop', key: 'service.name' })).toBe('my shop');
  // Lists and maps are asked about by their key: they are no names.
  expect(policy.forService('shop')!.value(placeOf('attribute', 'code.function'))).toBe('remove');
});

test('a service that gives itself a second name is let pass nothing by it', () => {
  const policy = policyOf({ entries: [{ detectors: ['email'], service: 'trusted', do: 'ignore', reason: why }, { key: 'note', service: 'strict', do: 'remove' }], allow: [{ keys: ['note', 'mail'], service: 'listed' }] });
  const left = (service: string, also: readonly string[], key: string): string => {
    const bytes = Buffer.from(mail);
    const decision = policy.forService(service, also)?.text(placeOf('attribute', key), bytes, 0, bytes.length) ?? null;
    return decision === null || (decision.whole === 'keep' && decision.bytes === null) ? mail : decision.whole === 'keep' ? 'masked' : 'removed';
  };
  expect([left('trusted', [], 'mail'), left('trusted', ['evil'], 'mail'), left('evil', ['trusted'], 'mail'), left('trusted', ['trusted'], 'mail')]).toEqual([mail, 'masked', 'masked', mail]);
  expect([left('strict', ['other'], 'note'), left('other', ['strict'], 'note'), left('other', [], 'note')]).toEqual(['removed', 'removed', 'masked']);
  expect([left('listed', [], 'note'), left('listed', [], 'x'), left('listed', ['evil'], 'note'), left('evil', ['listed'], 'x')]).toEqual(['masked', 'removed', 'removed', 'removed']);
});
