// What was once let through, each with what it takes to let it through again. Secrets are generated.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clearShortfall, encodeUtf8, shortfall } from '../base/index.ts';
import { countedBytes } from './fuzz/counted-bytes.ts';
import { generators, seededRandom } from './generate/index.ts';
import { createScanner, type Scanner } from './index.ts';

function scanner(names: readonly string[]): Scanner {
  const made = createScanner(names);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}
const all = scanner(['*']);
const redacted = (text: string, one = all): string => one.redactText(text, 'mask')?.text ?? text;
const random = seededRandom(23);
const chars = (count: number): string => Array.from({ length: count }, () => 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'[Math.floor(random() * 56)]).join('');
const word = `Zx${chars(10)}9q`;
const github = `gh${'p_'}${chars(36)}`;
const alone = generators.flatMap((one) => {
  const { key, secret } = one.positive(seededRandom(3));
  return key === undefined && !redacted(`see ${secret} now`).includes(secret) ? [{ name: one.detector, secret }] : [];
});

test.each(['\u001b[31m', '\u001b[1;33m', String.raw`\u001b[31m`, String.raw`\x1b[31m`, String.raw`\e[0;31m`, String.raw`\033[31m`, '%1B[31m', '^[[31m'])('colours of terminals end a word: %j', (colour) => {
  expect(alone.length).toBeGreaterThan(90);
  // Percent-encoding goes no further than a blank.
  expect(alone.filter(({ secret }) => !(colour.startsWith('%') && secret.includes(' ')) && redacted(`${colour}${secret}${colour}`).includes(secret)).map(({ name }) => name)).toEqual([]);
  expect(redacted(`password=${colour}${word}${colour}`)).not.toContain(word);
});

test('a narrower policy first leaves no more in clear than all detectors alone', () => {
  const first = scanner(['github-token', 'email', 'ipv4']);
  const piece = fc.constantFrom(word, github, 'ann.b@shop.example', '10.1.2.3', ' ', ',', 'user=bob', '=', '"');
  fc.assert(fc.property(fc.array(piece, { maxLength: 6 }), fc.constantFrom('{"password":"', 'password="', 'password=', 'Cookie: sid='), (parts, before) => {
    const text = before + parts.join('') + '"';
    if (!redacted(text).includes(word)) expect(redacted(redacted(text, first))).not.toContain(word);
  }), { numRuns: 400 });
});

test('a session is hidden whole although a narrower policy hid a part of it before', () => {
  const text = `Cookie: sid="${github}10.1.2.3${word}"`;
  expect(redacted(redacted(text, scanner(['github-token', 'email', 'ipv4'])))).not.toContain(word);
});

test.each([
  `password=${word}\u2022role=admin`, `https://bob:${word}\u2022\u2022\u2022@host`, `{"password":"<${word}"}`, `{"password":"[${word}]"}`, `{"password":"\${${word}x-1y2z"}`, `{"password":"%s${word}"}`, `{"password":"your-${word}"}`, `password=<${word}`,
  `Authorization: Token ${word}${word}`, `Authorization: ApiKey ${word}`, `<password>${word}</password>`, `<ns:Password a="b">${word}</ns:Password>`, `{"password":\n    "${word}"}`, `password:\n  ${word}`, `{u'password': u'${word}'}`, `password=\t${word}`, `password=\`${word}\``,
  `password -> ${word}`, `-Password '${word}'`, `ALTER USER a IDENTIFIED BY '${word}'`, `jdbc:oracle:thin:bob/${word}@h:1521/x`, `password=ab,${word}`, `password=a;${word}`, `Passwort: ${word}`, `mot_de_passe=${word}`, `contrase\u00f1a=${word}`,
])('hides the value in case %#', (text) => { expect(redacted(text)).not.toContain(word); });

test('behind a hash of ours a token begins a word', () => {
  expect(redacted(`jwt#0123456789abcdef${github}`)).not.toContain(github);
  expect(redacted('password=jwt#0123456789abcdef')).toBe('password=jwt#0123456789abcdef');
});

test.each(['password=${DB_PASSWORD}', 'password=<your password>', 'token = cls._make_token(Request)', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbC123', 'alsa-topology-conf (1.2.5.1)', 'section 4.2.1.3', 'requirement 3.3.1.2', 'OID 2.5.29.15', 'getty@tty1.service', 'id 123-45-6789', 'order 4111111111111111'])('nothing in: %s', (text) => {
  expect(all.scanText(text)).toEqual([]);
});

test.each([['db.password', 83920174], ['user.pin', 4821], ['ssn', 83920174], ['otp', 839201], ['api_key', 1.5]])('a number under %s', (name, value) => {
  const key = encodeUtf8(name);
  expect(all.findInteger(value, key, 0, key.length)?.finding).toMatchObject({ start: 0, end: String(value).length });
  const other = encodeUtf8('retry.count');
  expect(all.findInteger(value, other, 0, other.length)).toBeNull();
});

test.each([64, 76])('base64 in lines of %i, behind a byte order mark, with a control byte, percent-encoded', (width) => {
  const text = `a header of some length, longer than one line is: ${github} and the rest`;
  const encoded = Buffer.from(text).toString('base64');
  for (const end of ['\n', '\r\n']) expect(redacted(`x ${encoded.replaceAll(new RegExp(`(.{${width}})`, 'g'), `$1${end}`)} y`)).not.toContain(encoded.slice(-24));
  for (const other of [`\ufeff${text}`, `\u001b[31m${text}`, text.replace('one line', '\u0000')]) expect(redacted(Buffer.from(other).toString('base64'))).toBe('\u2022\u2022\u2022\u2022');
  const escaped = encodeURIComponent(Buffer.from(`??? ${text}>>>`).toString('base64').replaceAll('a', '%61'));
  expect(redacted(`state=${escaped.replaceAll('%2561', '%61')}`)).not.toContain(escaped.slice(-24));
});

test.each(['sid=', 'Cookie: sid=', 'Pwd={', 'digest username=', 'imei ', 'otpauth://', 'password="'])('a text of nothing but %s costs a bounded number of readings, and says when it fell short', (unit) => {
  const { bytes, reads } = countedBytes(encodeUtf8(unit.repeat(Math.ceil(40_000 / unit.length))));
  clearShortfall();
  const findings = all.scan(bytes, 0, bytes.length);
  expect(reads()).toBeLessThan(120 * bytes.length + 400_000);
  if (shortfall() !== null) expect(findings.at(-1)!.end).toBe(bytes.length);
  clearShortfall();
});

test('an own pattern whose match is longer than a window hides the rest and says so; words near it are told apart in no case', () => {
  const made = createScanner(['long', 'badge'], { patterns: [{ name: 'long', pattern: 'BEGIN[a-z]+END' }, { name: 'badge', pattern: '[0-9]{6}', near: ['AUSWEIS-PR\u00dcFUNG'] }] });
  if (!made.ok) throw new Error(made.error.message);
  clearShortfall();
  const text = `${'. '.repeat(6000)}BEGIN${'x'.repeat(20_000)}END tail`;
  expect(made.value.redactText(text, 'mask')!.text).toBe(`${'. '.repeat(6000)}\u2022\u2022\u2022\u2022`);
  expect(shortfall()).toContain('long');
  clearShortfall();
  expect(made.value.redactText('Ausweis-Pr\u00fcfung 123456', 'mask')!.text).not.toContain('123456');
});
