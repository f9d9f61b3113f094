// Ways in which one and the same secret is written: each was let through once. Secrets are generated; none is written here.
import { expect, test } from 'vitest';
import { readGrowth } from './fuzz/counted-bytes.ts';
import { generators, seededRandom } from './generate/index.ts';
import { createScanner, type Scanner } from './index.ts';

function scanner(): Scanner {
  const made = createScanner(['*']);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}
const all = scanner();
const random = seededRandom(731);
const chars = (count: number): string => Array.from({ length: count }, () => 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'[Math.floor(random() * 56)]).join('');
const redacted = (text: string): string => all.redactText(text, 'mask')?.text ?? text;
const one = `Zx${chars(10)}9q`;
const other = `Qr${chars(9)}7k`;
const json = (value: unknown, times = 1): string => (times === 0 ? String(value) : json(JSON.stringify(value), times - 1));
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const escaped: Readonly<Record<string, (text: string) => string>> = {
  'a JSON string': (text) => JSON.stringify({ body: text }), 'JSON in JSON': (text) => JSON.stringify({ a: JSON.stringify({ body: text }) }),
  'percent-encoding': encodeURIComponent, 'percent-encoding twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'references of HTML': (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;').replaceAll('<', '&lt;').replaceAll('>', '&#x3E;').replaceAll('=', '&#x3d;'),
};
test.each(Object.entries(escaped))('what a detector finds, it finds in %s', (_, wrap) => {
  const draw = seededRandom(4711);
  const missed: string[] = [];
  let looked = 0;
  for (const { detector, positive } of generators) {
    for (let i = 0; i < 6; i++) {
      const { text, secret, key } = positive(draw);
      // Folders of a home have backslashes, each of which is written anew each time; blanks end a stretch of a URL.
      if (key !== undefined || detector === 'home-directory' || detector === 'drivers-licence' || !/^[\w.-]{6,}$/.test(secret) || redacted(text).includes(secret)) continue;
      looked++;
      if (redacted(wrap(text)).includes(secret)) missed.push(detector);
    }
  }
  expect(looked).toBeGreaterThan(600);
  // A colour's escape that is itself escaped twice stays what it is.
  expect(missed.length / looked).toBeLessThan(0.004);
});

test.each([0, 1, 2, 3].map((times) => [times]))('quotes that were escaped %i times end a value where they were', (times) => {
  for (const value of ['correct horse', `say "${one}" now`, String.raw`back\slash ${one}\ `, one]) {
    expect(redacted(json(JSON.stringify({ passphrase: value, next: 'stays' }), times))).toBe(json(JSON.stringify({ passphrase: '\u2022\u2022\u2022\u2022', next: 'stays' }), times));
  }
});

test.each([
  // Lists under a secret's name.
  `passwords: ["${one}","${other}"]`, JSON.stringify({ passwords: [other, one] }), json({ api_keys: [other, one] }, 2), `tokens = ['${other}', '${one}']`, `passwords: [${other}, ${one}]`, `passwords:\n  - ${other}\n  - ${one}\n`, JSON.stringify({ authorization: [`Token ${one}`] }),
  // Wrappers that debuggers print.
  `password: Some("${one}")`, `token: Some(${one})`, `Creds { password: Some("two words ${one}"), x: 1 }`, `password=Optional[${one}]`, `password: Optional("${one}")`, `token: Some(Token("${one}"))`, `password = Just "${one}"`, `password: SecretString("${one}")`, json({ m: `password: Some("${one}")` }, 2),
  // Names of the environment.
  `DB_PASS=${one}`, `PGPASSWORD=${one} psql`, `MYSQL_PWD=${one}`, `REDIS_AUTH=${one}`, `REDISCLI_AUTH: "${one}"`, JSON.stringify({ dbPass: one }), `smtp_pass: ${one}`, JSON.stringify({ user: 'a', pass: one }), `{"name":"DB_PASSWORD","value":"${one}"}`, `- name: DB_PASSWORD\n  value: ${one}\n`, `{"key":"password","value":{"stringValue":"${one}"}}`,
  // Command lines and lists of arguments.
  `mysql -u root -p${one} db`, `mariadb-dump -p${one}`, `["mysql","-uroot","-p${one}"]`, `["sshpass","-p","${one}","ssh"]`, `['docker', 'login', '-p', '${one}']`, JSON.stringify(['redis-cli', '-a', one]), json(['curl', '-u', `ann:${one}`], 2),
  `tool --password ${one} --x`, `tool --password=${one}`, `["tool","--password","${one}"]`, json(['tool', '--client-secret', one], 2), `curl -X POST https://api.example/${'x'.repeat(200)} -u ann:${one}`, `curl -uann:${one} https://x`, `curl -H 'Authorization: token ${one}'`, `curl -H 'Authorization: Basic ${base64(`ann:${one}`)}'`,
  // Files, prose, addresses of machines.
  `db.example.com:5432:orders:shop:${one}`, `*:*:*:postgres:${one}`, `my password is ${one}.`, `Your new password is: ${one}`,
])('hides it in case %#', (text) => {
  expect(redacted(text)).not.toContain(one);
  expect(redacted(text)).not.toContain(base64(`ann:${one}`));
  expect(redacted(redacted(text))).toBe(redacted(text));
});

test('a word of letters only, where the name and the quotes say enough', () => {
  const word = 'correcthorse';
  for (const text of [`DB_PASS=${word}`, `PGPASSWORD=${word} psql`, JSON.stringify({ db_pass: word }), `["tool","--password","${word}"]`, `password: Some("${word}")`, json({ password: word }, 3), `{"key":"password","value":"${word}"}`, `localhost:5432:*:ann:${word}`, `&quot;password&quot;:&quot;${word}&quot;`]) expect(redacted(text), text).not.toContain(word);
});

test.each([
  'Guile 3.0.5.130', 'first_pass=shadow12map', '{"pass": 12, "fail": 0}', '"pass": "element 0 has no tabindex of 1"', 'bypass=abc12345x', 'compass: north123west', '{"password":["must have at least 8 characters"]}', '{"password":["required"]}', 'secrets: ["db-creds-1", "default-token-abc12"]', '"tokens":[101,7592,2088,102,4182]', 'tokens = ["hello", "world"]',
  'the password is base64', 'password is sha256', 'the secret is in s3', 'password is required', 'password is 12characters', 'token was revoked', 'password: Some(None)', 'password = config.get("db.password1")', '["docker","run","-p","8080:80"]', '["tool","--password","--force"]', '["mysql","-u","root","-p"]', 'docker run -p 8080:80 web1', 'psql -p 5432',
  '127.0.0.1:5432:5432', 'cpe:2.3:a:vendor:product:1.0:*:*:*:*:*:*:*', 'arn:aws:iam::*:role/a1', '{"name":"password","type":"password"}', '{"name":"color","value":"abc12345"}', 'a &amp; b &lt;c&gt; &quot;d&quot; &#39;e&#39;', 'AT&T &#x; &#999999999; &unknown;', '100%25 of 20%2525', String.raw`C:\\new\\"quoted\\\"`, 'proxy_pass http://backend1:8080;', '$tokens->[$position1]',
])('nothing in: %s', (text) => { expect(all.scanText(text)).toEqual([]); });

test('an address behind a word with a capital is one still', () => {
  for (const text of ['Client 3.120.4.5', 'Ban 5.9.1.2', 'Connected 2.3.4.5', 'Resolver 8.8.8.8', 'Using 1.1.1.1', 'Guile 93.184.215.14']) expect(all.scanText(text), text).toHaveLength(1);
});

test.each(['&quot;', '&#x3d;', '&', '\\\\\\"', '\\', '%2525', '%25', 'password:["', 'password:["",', 'token: Some(', 'x:5432:', 'x:*:', '["--token","', 'name="password","value":"', 'password is ', 'curl ', '"curl","', "'d': '"])('twice as many of %j cost about twice as much', (unit) => {
  const text = (bytes: number): Uint8Array => new TextEncoder().encode(unit.repeat(Math.ceil(bytes / unit.length)));
  expect(readGrowth((bytes, start, end) => all.scan(bytes, start, end), text, 8000)).toBeLessThan(2.6);
});
