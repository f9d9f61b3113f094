// Every vendor detector against its own generator: found whole, alone and among all; nothing in what only looks like it.
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../base/index.ts';
import { lookAlikes } from '../../generate/look-alikes.ts';
import { seededRandom } from '../../generate/seeded-random.ts';
import { vendorGenerators } from '../../generate/vendor/index.ts';
import { createScanner, type Scanner } from '../../index.ts';
import { marvin32, vendorDetectors } from './index.ts';

function scanner(...names: string[]): Scanner {
  const made = createScanner(names);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}
const all = scanner('*');
const seeds = 40;

test('there is a generator for every detector, and facts and a source for each', () => {
  expect(vendorGenerators.map((one) => one.detector).toSorted()).toEqual(vendorDetectors.map((one) => one.name).toSorted());
  for (const one of vendorDetectors) {
    expect(one.facts.length, one.name).toBeGreaterThan(10);
    expect(one.doc, one.name).toMatch(/\.$/);
    expect(one.source, one.name).toMatch(/^https:\/\/[a-z0-9.-]+\//);
  }
});

test.each(vendorGenerators.map((one) => [one.detector, one] as const))('%s: found whole, alone and among all', (name, generator) => {
  const alone = scanner(name);
  for (let seed = 1; seed <= seeds; seed++) {
    const { text, start, end } = generator.positive(seededRandom(seed * 7919));
    const want = expect.objectContaining({ detector: name, start, end });
    expect(alone.scanText(text), `seed ${seed}`).toEqual([want]);
    expect(all.scanText(text), `seed ${seed}: ${text.slice(0, start)}…`).toContainEqual(want);
  }
});

test.each(vendorGenerators.map((one) => [one.detector, one] as const))('%s: nothing in its look-alikes', (_, generator) => {
  for (let seed = 1; seed <= seeds; seed++) {
    for (const { text } of generator.negatives(seededRandom(seed * 104_729))) {
      expect(all.scanText(text).map((one) => `${one.detector} ${text.slice(one.start, one.end)}`), text).toEqual([]);
    }
  }
});

const vendors = scanner(...vendorDetectors.map((one) => one.name));
const texts = (text: string): string[] => vendors.scanText(text).map((one) => `${one.detector} ${text.slice(one.start, one.end)}`);

test('ordinary telemetry holds no vendor\u2019s token', () => {
  for (let seed = 0; seed < 100; seed++) for (const text of lookAlikes(seededRandom(seed))) expect(texts(text), text).toEqual([]);
});

test.each([
  'the sk-ant- prefix is followed by api03', 'pip install scikit-learn sk-learn hf_transfer', 'task_live_view_component_2026_rendered', 'dapibus dose adapter_pat_ asyncio', 'see hooks.slack.com/services/ for webhooks',
  'AZFU is not AzFu', 'DD_API_KEY is not set', 'datadog: agent 7.61.0 started', 'export STRIPE_KEY=sk_live_xxxxxxxxxxxxxxxxxxxxxxxx', 'ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'AKIAXXXXXXXXXXXXXXXX', 'GOCSPX-your-client-secret-goes-here',
  'postgres 17.2 on linode-64 took 12 ms', 'heroku[router]: at=info request_id=550e8400-e29b-41d4-a716-446655440000', 'twilio: status 9f86d081884c7d659a2feaa0c55ad015', 'cloudflare ray 9f86d081884c7d65-FRA',
  'aws_secret_rotation=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b', 'airtable base appAbCdEfGh1234567', 'algolia index products_v2', 'splunk forwarder 550e8400-e29b-41d4-a716-446655440000', 'sdk-550e8400-e29b-11d4-a716-446655440000',
])('nothing of a vendor in: %s', (text) => { expect(texts(text)).toEqual([]); });

test('signs written out before a token are no part of it', () => {
  const token = sampleOf('gitlab-token');
  for (const before of ['%3D', String.raw`\n`, String.raw`\t`, String.raw`\u003d`, '=', '"', 'https://x:']) {
    expect(vendors.scanText(before + token), before).toEqual([expect.objectContaining({ detector: 'gitlab-token', start: before.length, end: before.length + token.length })]);
  }
});

test.each(['github-token', 'npm-token', 'grafana-token', 'atlassian-token', 'azure-identifiable-key'])('%s: a failed checksum lowers the confidence and hides the token all the same', (name) => {
  const token = sampleOf(name);
  const at = Math.floor(token.length / 4);
  const broken = token.slice(0, at) + (token[at] === 'a' ? 'b' : 'a') + token.slice(at + 1);
  const [sound, unsound] = [token, broken].map((text) => scanner(name).scanText(text)[0]!);
  expect(unsound).toMatchObject({ detector: name, start: 0, end: token.length });
  expect(unsound!.confidence).toBeLessThan(sound!.confidence);
});

/** The first secret that the generator makes of the detector's first sort. */
function sampleOf(name: string): string {
  const generator = vendorGenerators.find((one) => one.detector === name)!;
  for (let seed = 1; ; seed++) {
    const { secret } = generator.positive(seededRandom(seed));
    if (checked.test(secret)) return secret;
  }
}
/** Secrets with a checksum, of those detectors that know several forms. */
const checked = /^(?:gh[a-z]_|glpat-[^.]{20}$|npm_|glsa_|ATATT3|[A-Za-z0-9+/_-]{43}=$)/;

/** Vectors that .NET's own tests of Marvin use, folded to 32 bits: seed 004FB61A001BDBCC. */
test('Marvin32 gives what .NET gives', () => {
  const seed = String.fromCharCode(0x00, 0x4f, 0xb6, 0x1a, 0x00, 0x1b, 0xdb, 0xcc);
  expect(marvin32(encodeUtf8(''), seed)).toBe((0x30ed35c1 ^ 0x00cd3c7d) >>> 0);
  expect(marvin32(Uint8Array.of(0xaf), seed)).toBe((0x48e73fc7 ^ 0x7d75ddc1) >>> 0);
});
