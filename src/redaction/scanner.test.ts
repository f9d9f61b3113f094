// No credential is written here: every one is generated, with its checksum where the format has one.
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32, toBase62 } from './crc32.ts';
import { readGrowth } from './fuzz/counted-bytes.ts';
import { generators, seededRandom } from './generate/index.ts';
import { bullets, createScanner, detectorList, KeyRing, type Scanner } from './index.ts';

function scanner(...names: string[]): Scanner {
  const made = createScanner(names.length === 0 ? ['*'] : names, { keys: new KeyRing(new TextEncoder().encode('test key')) });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}
const all = scanner();

const chars = (alphabet: string, min: number, max = min): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...alphabet), { minLength: min, maxLength: max }).map((list) => list.join(''));
const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const base62 = lower + lower.toUpperCase() + digits;
const b64url = (text: string): string => Buffer.from(text).toString('base64url');

const withCheckDigit = (prefix: string): string => {
  for (let digit = 0; digit < 10; digit++) if (luhn(prefix + digit)) return prefix + digit;
  throw new Error('no check digit');
};
/** Written another way than the detector's: doubling from the left by position. */
const luhn = (number: string): boolean => [...number].reduce((sum, char, i) => {
  const weighed = (number.length - i) % 2 === 0 ? Number(char) * 2 : Number(char);
  return sum + Math.floor(weighed / 10) + (weighed % 10);
}, 0) % 10 === 0;

const github = chars(base62, 30).chain((body) => fc.constantFrom('ghp_', 'gho_', 'ghs_').map((prefix) => prefix + body + toBase62(crc32(new TextEncoder().encode(body)), 6)));
const jwt = fc.tuple(fc.constantFrom('HS256', 'RS256', 'none'), chars(base62, 8, 40), chars(base62, 0, 43)).map(([alg, sub, signature]) => `${b64url(JSON.stringify({ alg, typ: 'JWT' }))}.${b64url(JSON.stringify({ sub }))}.${signature}`);
const visa = chars(digits, 14).map((body) => withCheckDigit(`4${body}`));

const samples: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'github-token': github,
  'aws-access-key-id': chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16).map((body) => `AKIA${body}`),
  'slack-token': chars(digits, 12).chain((team) => chars(base62, 24).map((body) => `xoxb-${team}-${body}`)),
  'stripe-key': chars(base62, 24).map((body) => `sk_live_${body}`),
  jwt,
  'private-key': chars(base62, 64, 200).map((body) => `-----BEGIN RSA PRIVATE KEY-----\n${body}\n-----END RSA PRIVATE KEY-----`),
  email: fc.tuple(chars(lower, 2, 10), chars(lower, 2, 10), fc.constantFrom('com', 'co.uk', 'example', 'de')).map(([name, host, tld]) => `${name}.x@${host}.${tld}`),
  ipv4: fc.tuple(fc.integer({ min: 11, max: 99 }), fc.nat(255), fc.nat(255), fc.integer({ min: 1, max: 255 })).map((octets) => octets.join('.')),
  'payment-card': visa,
};

test.each(Object.keys(samples))('%s: a generated value is found, whole, wherever it stands', (name) => {
  const before = fc.constantFrom('', 'user ', 'got "', 'value=', '(', 'h\u00e9llo \u{1f600} ');
  const after = fc.constantFrom('', ' done', '", "x": 1', ')', ', then', '\n');
  fc.assert(fc.property(before, samples[name]!, after, (left, value, right) => {
    const findings = all.scanText(left + value + right);
    expect(findings).toContainEqual(expect.objectContaining({ detector: name, start: left.length, end: left.length + value.length }));
    const redacted = all.redactText(left + value + right, 'mask')!.text;
    expect(redacted).toContain(bullets);
    expect(redacted).not.toContain(value);
    expect(all.redactText(left + value + right, 'remove')!.text).toBe(left + right);
  }), { numRuns: 60 });
});

const found = (text: string): string[] => all.scanText(text).map((one) => `${one.detector}:${text.slice(one.start, one.end)}`);

test.each([
  ['connect postgres://shop:hunter22@db:5432/orders', 'url-credentials:hunter22'],
  ['redis://:p4ss:w@rd@cache/0', 'url-credentials:p4ss:w@rd'],
  ['Authorization: Bearer abc123DEF456ghi789', 'bearer-token:abc123DEF456ghi789'],
  ['authorization: Basic dXNlcjpwYXNzd29yZA==', 'basic-auth:dXNlcjpwYXNzd29yZA=='],
  ['db_password=correct-horse; pool=5', 'secret-assignment:correct-horse'],
  ['{"password": "two words", "user": "ann"}', 'secret-assignment:two words'],
  [String.raw`{"body":"{\"client_secret\":\"abcDEF123\"}"}`, 'oauth-client-secret:abcDEF123'],
  ['api_key: Zx81Qp03mmKe', 'secret-assignment:Zx81Qp03mmKe'],
  ['to=ann.b%40shop.example&x=1', 'email:ann.b%40shop.example'],
  ['peer localhost/10.1.2.3:8080 closed', 'ipv4:10.1.2.3'],
  ['card 4111-1111-1111-1111 ok', 'payment-card:4111-1111-1111-1111'],
])('%s', (text, want) => { expect(found(text)).toEqual([want]); });

test.each([
  'id 550e8400-e29b-41d4-a716-446655440000', 'sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', 'trace_id=4111111111111111', '"span_id":"4111111111111111"',
  'version 1.2.3.4', 'v1.2.3.4', 'Version=4.0.0.1, Culture=neutral', 'Mozilla/5.0 Chrome/120.0.6099.71 Safari/537.36', 'oid 1.3.6.1.4.1.311', '1.2.3.4-rc1', '127.0.0.1:8080', '256.1.1.1', '01.2.3.4',
  'icon@2x.png', 'lodash@4.17.21', 'git@github.com:org/repo.git', 'npm i @scope/pkg', 'foo@bar', 'token count: 512', 'tokens=1834', 'token: invalid', 'password: incorrect', 'password=${DB_PASSWORD}', 'password=********', 'secret=null',
  'the bearer of bad news arrives', 'basic authentication failed', 'http://user@host/', 'https://user:${PASS}@host/', 'amount 4111.1111', '550e8400-4111-1111-1111-111111111111', 'took 1760000000000000000 ns',
  'eyJub3QiOiJhIGp3dCJ9 no dots', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', 'next_page_token_count=12345678', 'keyboard: qwerty12345', 'ghp_tooshort',
])('nothing in: %s', (text) => { expect(found(text)).toEqual([]); });

test('a failed checksum lowers the confidence and never lets a token through', () => {
  fc.assert(fc.property(chars(base62, 36), (body) => {
    const [finding] = all.scanText(`ghp_${body}`);
    expect(finding).toMatchObject({ detector: 'github-token', start: 0, end: 40 });
    expect(finding!.confidence).toBe(toBase62(crc32(new TextEncoder().encode(body.slice(0, 30))), 6) === body.slice(30) ? 0.99 : 0.7);
  }));
});

test('a cut-off private key is taken to the end', () => {
  const text = 'x -----BEGIN PRIVATE KEY-----\nabcd';
  expect(all.redactText(text, 'mask')!.text).toBe(`x ${bullets}`);
});

test('a mask keeps the public prefix only, and names the vendor where a keyword and a format agree', () => {
  const token = fc.sample(github, 1)[0]!;
  expect(all.redactText(`token=${token}`, 'mask')).toMatchObject({ text: `token=${token.slice(0, 4)}${bullets}`, findings: [{ detector: 'github-token' }] });
});

test('of findings over each other the more telling gives the name, however sure the other is', () => {
  const token = fc.sample(github, 1)[0]!;
  const changed = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
  for (const text of [`https://ann:${changed}@git.example/x`, `Authorization: Bearer ${changed}`, `api_key=${changed}`, `https://${changed}@git.example/x`]) {
    expect(all.scanText(text).map((one) => one.detector), text.replace(changed, '')).toEqual(['github-token']);
  }
  const [finding] = all.scanText(`https://ann:${changed}@git.example/x`);
  expect([finding!.confidence, finding!.end]).toEqual([0.7, `https://ann:${changed}`.length]);
  expect(all.scanText(`Authorization: Bearer ${fc.sample(jwt, 1)[0]!}`)[0]!.detector).toBe('jwt');
});

test('nothing that was found stays in clear', () => {
  const random = seededRandom(41);
  for (const generator of generators) {
    for (let i = 0; i < 4; i++) {
      const { text, key = '' } = generator.positive(random);
      for (const mode of ['mask', 'hash', 'remove'] as const) {
        const redacted = all.redactText(text, mode, key);
        for (const { start, end } of redacted?.findings ?? []) {
          // A value of some letters may stand elsewhere too, in a word; a long one is the secret.
          if (end - start >= 8 && text.indexOf(text.slice(start, end)) === text.lastIndexOf(text.slice(start, end))) expect(redacted!.text.includes(text.slice(start, end)), generator.detector).toBe(false);
        }
      }
    }
  }
});

test('partial leaves the last characters: four, or as many as are asked for, never more than a third nor eight', () => {
  const bytes = new TextEncoder().encode('password=correct-horse-battery');
  const [finding] = all.scan(bytes, 0, bytes.length);
  const left = (last?: number): string => new TextDecoder().decode(all.rewrite(bytes, 0, bytes.length, [{ ...finding!, mode: 'partial', ...(last !== undefined && { last }) }]));
  expect(left()).toBe(`password=${bullets}tery`);
  expect(left(0)).toBe(`password=${bullets}`);
  expect(left(2)).toBe(`password=${bullets}ry`);
  expect(left(20)).toBe(`password=${bullets}attery`.replace('attery', 'correct-horse-battery'.slice(-7)));
  expect(all.redactText('password=hunt22', 'partial')!.text).toBe(`password=${bullets}22`);
  expect(all.redactText('card 4111-1111-1111-1111 ok', 'partial')!.text).toBe(`card ${bullets}1111 ok`);
});

test('partial keeps characters whole, and leaves nothing that reads as a secret with what follows', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('\u00e9', '\u{1f600}', 'a', '7', 'Z'), { minLength: 6, maxLength: 30 }), (parts) => {
    const once = all.redactText(`password="${parts.join('')}"`, 'partial')?.text;
    if (once !== undefined) expect(once.isWellFormed() && !once.includes('\ufffd')).toBe(true);
  }));
  // What would be left of the key begins an address.
  const once = all.redactText(`sk_live_${'a7B3'.repeat(6)}2001:db8:8c7:b4c8:723:39a:292:32d8`, 'partial')!.text;
  expect(once.startsWith(`${bullets}:`)).toBe(true);
  expect(all.scanText(once)).toEqual([]);
});

test('overlapping findings hide the union', () => {
  const token = fc.sample(github, 1)[0]!;
  expect(all.redactText(`password="left ${token} right"`, 'mask')!.text).toBe(`password="${bullets}"`);
});

test('a hash is the keyed HMAC, equal for equal values, and is not hashed again', () => {
  const once = all.redactText('password=correct-horse', 'hash')!.text;
  const want = createHmac('sha256', 'test key').update('correct-horse').digest('hex').slice(0, 16);
  expect(once).toBe(`password=secret-assignment#${want}`);
  expect(all.redactText(once, 'hash')).toBeNull();
});

test('redaction settles: masked text has nothing more to find', () => {
  const line = fc.array(fc.oneof(...Object.values(samples), fc.constantFrom(' ', ', ', ' password=', ' "', '" ', ' token: ', ' https://a:b')), { maxLength: 8 }).map((parts) => parts.join(' '));
  fc.assert(fc.property(line, fc.constantFrom('mask' as const, 'hash' as const), (text, mode) => {
    const once = all.redactText(text, mode)?.text ?? text;
    expect(all.redactText(once, mode)?.text ?? once).toBe(once);
  }), { numRuns: 300 });
});

test('attribute names count: a secret by its name, an identifier by its name', () => {
  expect(all.redactText('hunter2', 'mask', 'db.password')!.text).toBe(bullets);
  expect(all.redactText('hunter2', 'mask', 'db.user')).toBeNull();
  expect(all.redactText('a=b; c=d', 'mask', 'http.request.header.cookie')!.text).toBe(bullets);
  expect(all.redactText(bullets, 'mask', 'db.password')).toBeNull();
  const card = fc.sample(visa, 1)[0]!;
  expect(all.scanText(card, 'order.id')).toEqual([]);
  expect(all.scanText(card, 'card')).toHaveLength(1);
});

test('any bytes at all: no exception, findings in order and in bounds, and mayMatch never denies one', () => {
  const pieces = fc.array(fc.oneof(fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('latin1')), ...Object.values(samples), fc.constantFrom('://', '@', 'eyJ', 'password="', '-----BEGIN ', 'token\\":\\"', '...')), { maxLength: 8 });
  fc.assert(fc.property(pieces, (list) => {
    const bytes = Buffer.from(list.join(''), 'latin1');
    const findings = all.scan(bytes, 0, bytes.length);
    let at = 0;
    for (const one of findings) {
      expect(one.start).toBeGreaterThanOrEqual(at);
      expect(one.end).toBeGreaterThan(one.start);
      at = one.end;
    }
    expect(at).toBeLessThanOrEqual(bytes.length);
    if (findings.length > 0) expect(all.mayMatch(bytes, 0, bytes.length)).toBe(true);
  }), { numRuns: 500 });
});

test('only named detectors look, and an unknown name is refused with the known ones', () => {
  expect(scanner('email').scanText('a.b@shop.example from 10.1.2.3').map((one) => one.detector)).toEqual(['email']);
  const refused = createScanner(['email', 'tarot']);
  expect(refused.ok ? '' : `${refused.error.message} ${refused.error.help}`).toMatch(/tarot.*payment-card/);
  expect(detectorList.map((one) => one.name)).toEqual([...all.detectors]);
});

test.each(['xoxb-', 'ghp_', '.eyJ', 'a://', 'a@b.', '%40', 'bearer ', 'basic YTpi', 'password="', '4111 1111 ', '1.2.3', '1.2.3.4 ', '-----BEGIN ', 'sk_live_'])('twice as many anchors cost about twice as much: %s', (unit) => {
  const text = (bytes: number): Uint8Array => new TextEncoder().encode(unit.repeat(Math.ceil(bytes / unit.length)));
  expect(readGrowth((bytes, start, end) => all.scan(bytes, start, end), text, 1500)).toBeLessThan(2.8);
});

test('a token of any length is hidden whole', () => {
  for (const length of [500, 513, 600, 9000]) expect(all.redactText(`x xoxb-1${'a'.repeat(length)} y`, 'mask')!.text).toBe(`x xoxb-${bullets} y`);
});
