// Hostile text: an anchor in every place, or the longest thing that a detector reads, over and over. Bytes that are read are
// counted: twice the text may cost little more than twice as much, where a detector that read on to the end at each anchor costs
// four times as much.
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../base/index.ts';
import { countedBytes, readGrowth } from '../fuzz/counted-bytes.ts';
import { createScanner, type Scanner } from '../index.ts';
import type { Shape } from '../types.ts';
import { personalDetectors } from './personal/index.ts';
import { structuralDetectors } from './structural/index.ts';

const scanners = new Map<string, Scanner>();
function scanner(name: string): Scanner {
  const known = scanners.get(name);
  if (known !== undefined) return known;
  const made = createScanner([name]);
  if (!made.ok) throw new Error(made.error.message);
  scanners.set(name, made.value);
  return made.value;
}

/** The least text that a shape takes: the first byte that is printable and fits, for each place. */
const example = (shape: Shape): string => shape.map((is) => String.fromCharCode([...Array(95).keys()].map((i) => i + 32).find(is) ?? 0x20)).join('');
const repeated = (unit: string) => (bytes: number): Uint8Array => encodeUtf8(unit.repeat(Math.ceil(bytes / unit.length)));

/** Texts that are short make windows look like growth: those that seem to grow are read again, longer. */
function growth(name: string, unit: string): number {
  const scan: Scanner['scan'] = (bytes, start, end) => scanner(name).scan(bytes, start, end);
  const short = readGrowth(scan, repeated(unit), 600);
  return short <= windowGrowth ? mostGrowth : readGrowth(scan, repeated(unit), 6000);
}
const mostGrowth = 2.6;
/** What a window as long as the shorter text makes of it; reading on to the end makes it 4. */
const windowGrowth = 3.3;

const behind = ['', '=', ': "A1b2'];
test.each([...structuralDetectors, ...personalDetectors].map((one) => [one.name, one] as const))('%s: anchors in every place are looked at in a window each', (name, detector) => {
  for (const unit of new Set(detector.anchors.map(example))) {
    for (const more of behind) expect(growth(name, unit + more), JSON.stringify(unit + more)).toBeLessThanOrEqual(mostGrowth);
  }
});

test.each([
  ['jwt', 'eyJ', 'a'], ['jwt', 'eyJhbGciOiJIUzI1NiJ9.', '.'], ['jwe', 'eyJ', '.'], ['private-key', '-----BEGIN PRIVATE KEY-----', 'x'], ['putty-private-key', 'PuTTY-User-Key-File-2: ', 'Private-MAC'], ['saml-message', 'SAMLResponse=PHNhbWw+', 'A'],
  ['secret-assignment', 'password="', 'a'], ['bearer-token', 'bearer ', 'a1'], ['basic-auth', 'basic ', 'dTpw'], ['jwk-private-key', '"d":"', 'a'],
])('%s: one beginning and a long rest is read a few times at most', (name, head, rest) => {
  const { bytes, reads } = countedBytes(encodeUtf8(head + rest.repeat(Math.ceil(10_000 / rest.length))));
  scanner(name).scan(bytes, 0, bytes.length);
  expect(reads()).toBeLessThan(bytes.length * 20);
});
