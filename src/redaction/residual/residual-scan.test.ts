// The second scanner against the same made-up secrets and look-alikes as the first: it must know the same names, catch what it has a
// pattern for, and be silent where nothing is.
import { expect, it } from 'vitest';
import { detectors } from '../detectors/index.ts';
import { generators, lookAlikes, seededRandom } from '../generate/index.ts';
import { createScanner } from '../scanner.ts';
import { residualScan } from './index.ts';
import { residualPatterns } from './patterns.ts';

const names = residualPatterns.map(({ detector }) => detector);
const own = generators.filter(({ detector }) => names.includes(detector));

it('its names are detectors', () => {
  expect(names.filter((name) => !detectors.some((one) => one.name === name))).toEqual([]);
});

it.each(own.map((one) => [one.detector, one] as const))('%s: sees most of what is made up, under this name or another', (_, { positive }) => {
  const random = seededRandom(5);
  const seen = Array.from({ length: 50 }, () => {
    const { text, start, end, key } = positive(random);
    return residualScan(text, key ?? '').some((one) => one.start < end && one.end > start);
  });
  expect(seen.filter(Boolean).length).toBeGreaterThanOrEqual(35);
});

it.each<[string, (secret: string) => string]>([
  ['percent-encoded', (secret) => secret.replace('_', '%5F')], ['behind an encoded sign', (secret) => `https://x.example/?t%3D${secret}`], ['escaped in JSON', (secret) => secret.replace('_', '\\u005f')],
  ['in base64', (secret) => Buffer.from(`it is ${secret}`).toString('base64')], ['in base64 for addresses', (secret) => Buffer.from(`it is ${secret}?`).toString('base64url')], ['coloured', (secret) => `\u001b[31m${secret}\u001b[0m`],
])('takes one wrapping off: %s', (_, wrap) => {
  const { secret } = generators.find(({ detector }) => detector === 'github-token')!.positive(seededRandom(9));
  const text = `begins ${wrap(secret)} ends`;
  const found = residualScan(text);
  expect(found.map(({ detector }) => detector)).toEqual(['github-token']);
  const left = text.slice(0, found[0]!.start) + text.slice(found[0]!.end);
  expect(left).not.toContain(secret.slice(4));
  expect([left.startsWith('begins '), left.endsWith(' ends')]).toEqual([true, true]);
});

it('knows a secret by the element or the header that names it', () => {
  const value = `Zx9q${'ab1'.repeat(4)}`;
  for (const text of [`<password>${value}</password>`, `<ns:apiKey id="1">${value}</ns:apiKey>`, `Authorization: Token ${value}`]) expect(residualScan(text).map(({ start, end }) => text.slice(start, end))).toEqual([value]);
});

it('knows the ways in which a secret is named in lists, arguments, pairs, wrappers and sentences, and in text that is escaped twice', () => {
  const value = `Zx9Q${'ab1'.repeat(4)}`;
  const named = [`passwords: ["${value}"]`, `token: Some("${value}")`, `["x","--client-secret","${value}"]`, `run --password ${value}`, `{"name":"DB_PASSWORD","value":"${value}"}`, `DB_PASS=${value}`, `my password is ${value}`];
  const wrapped = [JSON.stringify(JSON.stringify(JSON.stringify({ passphrase: value }))), `&quot;password&quot;: &quot;${value}&quot;`, encodeURIComponent(encodeURIComponent(`password=${value}&x`))];
  for (const text of [...named, ...wrapped]) expect(residualScan(text).map(({ start, end }) => text.slice(start, end)), text).toContain(value);
  expect(residualScan('secrets: ["db-creds-1"], "tokens":[101,7592,2088]')).toEqual([]);
});

it('finds nothing in what looks alike', () => {
  const random = seededRandom(7);
  const wrong = lookAlikes(random).flatMap((text) => residualScan(text).map((one) => `${one.detector}: ${text}`));
  expect(wrong).toEqual([]);
});

it('finds nothing in what the scanner masked or hashed', () => {
  const scanner = createScanner(['*']);
  if (!scanner.ok) throw new Error(scanner.error.message);
  const random = seededRandom(8);
  const wrong = own.flatMap(({ detector, positive }) => {
    const { text, key } = positive(random);
    const masked = scanner.value.redactText(text, 'mask', key)?.text ?? text;
    return residualScan(masked, key ?? '').map((one) => `${detector} as ${one.detector}: ${masked}`);
  });
  expect(wrong).toEqual([]);
});

it('looks at long texts in pieces, at their seams too', () => {
  const { secret } = generators.find(({ detector }) => detector === 'github-token')!.positive(seededRandom(9));
  for (const at of [0, 61_000, 61_440, 65_500, 65_536, 130_000]) {
    const text = `${'a '.repeat(at / 2)}${secret} ${'b '.repeat(40_000)}`;
    expect(residualScan(text).map(({ detector, start, end }) => [detector, text.slice(start, end)])).toEqual([['github-token', secret]]);
  }
});
