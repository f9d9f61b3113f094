// A mask is never a finding, nor a part of one: whatever was redacted, in whatever text it stood and however that is wrapped later,
// neither the detectors nor the residual scan find anything in the result, and a policy changes nothing the second time. And nobody
// hides a secret by writing a mask beside it.
import { describe, expect, test } from 'vitest';
import { generators, seededRandom } from './generate/index.ts';
import { KeyRing } from './key-ring.ts';
import { leftOf, policyOf } from './policy/testing/try-policy.ts';
import { residualScan } from './residual/index.ts';
import { createScanner } from './scanner.ts';

const made = createScanner(['*'], { keys: new KeyRing(Uint8Array.from({ length: 32 }, (_, i) => i), 'test') });
if (!made.ok) throw new Error(made.error.message);
const scanner = made.value;
const modes = ['mask', 'partial', 'hash'] as const;
const bullets = '\u2022'.repeat(4);
const longTest = 120_000;

type Wrap = (text: string) => string;
const escaped = (text: string): string => text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const frames: readonly Wrap[] = [
  (secret) => `https://bot:${secret}@git.internal/repo`, (secret) => `https://bot:${encodeURIComponent(secret)}@git.internal/repo`, (secret) => `https://${secret}@git.internal`,
  (secret) => JSON.stringify({ value: secret, ok: true }), (secret) => JSON.stringify({ password: secret }), (secret) => `a=1 token=${secret} b=2`, (secret) => `password="${secret}" b=2`,
  (secret) => `GET /x?a=1&token=${encodeURIComponent(secret)}&b=2`, (secret) => `Authorization: Bearer ${secret}`, (secret) => `Cookie: sid=${secret}; a=b`, (secret) => `he said "${secret}" and left`,
];
const wraps: readonly Wrap[] = [
  (text) => text, (text) => JSON.stringify({ m: text }), (text) => JSON.stringify(JSON.stringify({ m: text })), (text) => escaped(JSON.stringify({ m: text })), encodeURIComponent, (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;'), (text) => Buffer.from(text).toString('base64'), (text) => `redirect=${encodeURIComponent(text)}&x=1`,
];

interface Redacted { readonly name: string; readonly text: string; readonly key: string }

/** Of every generator: its own line, and its secret in each frame. Secrets over several lines stand in no URL or header. A tail with a
 *  colon behind a mask in a URL is rather reported, for what stands behind a colon may be another secret. */
const framesFor = (secret: string): readonly Wrap[] => (/\s/.test(secret) ? [] : frames.filter((_, i) => i !== 1 || !secret.includes(':')));

function redacted(mode: (typeof modes)[number], seed: number): readonly Redacted[] {
  return generators.flatMap(({ detector: name, positive }) => {
    const { text, secret, key = '' } = positive(seededRandom(seed));
    const texts = [{ text, key }, ...framesFor(secret).map((frame) => ({ text: frame(secret), key: '' }))];
    return texts.flatMap((one) => { const result = scanner.redactText(one.text, mode, one.key); return result === null ? [] : [{ name, text: result.text, key: one.key }]; });
  });
}

const found = (text: string, key = ''): readonly string[] => [...residualScan(text, key).map(({ detector }) => `residual ${detector}`), ...scanner.scanText(text, key).map(({ detector }) => detector)];

test.each(modes)('nothing is found in what mode %s left, as it is and wrapped', (mode) => {
  const all = redacted(mode, 31);
  expect(all.length).toBeGreaterThan(2000);
  const wrong = all.flatMap(({ name, text, key }, i) => {
    const wrapped = wraps[i % wraps.length]!(text);
    return [...found(text, key), ...found(wrapped)].map((one) => `${name} as ${one}: ${wrapped}`);
  });
  expect(wrong).toEqual([]);
}, longTest);

test.each(modes)('a policy of mode %s changes nothing the second time', (mode) => {
  const policy = policyOf({ mode });
  const keyed: readonly (readonly [key: string, frame: Wrap])[] = [
    ['url.full', frames[0]!], ['', frames[1]!], ['url.query', (secret) => `a=1&token=${encodeURIComponent(secret)}`], ['http.request.header.cookie', (secret) => `sid=${secret}; a=b`],
    ['process.command_line', (secret) => `run --token=${secret} --b=2`], ['user.email', (secret) => secret], ['db.query.text', (secret) => `select * from t where a = '${secret}' and b = 7`], ['note', frames[4]!],
  ];
  const wrong = generators.flatMap(({ detector, positive }) => {
    const { secret } = positive(seededRandom(32));
    // What ends a URL's authority or a word of a command parts the secret there, before and after in other ways.
    return /[\s/?#"'\\]/.test(secret) ? [] : keyed.flatMap(([key, frame]) => {
      const once = leftOf(policy, { text: frame(secret), key });
      const twice = leftOf(policy, { text: once, key });
      return once === twice ? [] : [`${detector} under ${key}: ${once} then ${twice}`];
    });
  });
  expect(wrong).toEqual([]);
}, longTest);

describe('beside a mask', () => {
  const random = seededRandom(33);
  const word = `Zx${Array.from({ length: 10 }, () => 'abcdefghjkmnpqrstuvwxyz23456789'[Math.floor(random() * 31)]).join('')}9q`;
  const mail = ['ann.bennett', 'shop.example'].join('@');
  const hash = `github-token#${'0123456789abcdef'}`;

  test.each([`password=${word}${bullets}`, `password=${bullets}${word}`, `password=${bullets}${word}${bullets}`, `password=${hash}${word}`, `password="${word} ${bullets}"`, `https://bot:${word}${bullets}@git.internal`, `https://bot:${bullets}${word}@git.internal`, `password=${word}\\u2022\\u2022\\u2022\\u2022`, `password=${word}%E2%80%A2%E2%80%A2%E2%80%A2%E2%80%A2`])('a secret is found: case %#', (text) => {
    expect(scanner.redactText(text, 'mask')?.text ?? text).not.toContain(word);
    expect(residualScan(text).length).toBeGreaterThan(0);
  });

  test.each([`${bullets}${mail}`, `${bullets}, ${mail}`, `${mail} ${bullets}`, `${mail}${bullets}`, `https://${bullets}@git.internal ${mail}`, `${hash} ${mail}`])('an address is found: case %#', (text) => {
    expect(scanner.redactText(text, 'mask')?.text ?? text).not.toContain(mail);
    expect(residualScan(text).map(({ detector }) => detector)).toContain('email');
  });

  test('only eight characters right behind bullets, and a public prefix right before them, are what masks leave', () => {
    expect(found(`https://bot:${bullets}12345678@git.internal`)).toEqual([]);
    expect(found(`https://bot:${bullets}123456789@git.internal`)).not.toEqual([]);
    expect(found(`password=ghp_${bullets}`)).toEqual([]);
    expect(found(`password=${word.slice(0, 6)}${bullets}`)).not.toEqual([]);
  });
});
