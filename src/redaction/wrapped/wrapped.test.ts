// Secrets one level deep. Each is generated; none is written here.
import { expect, test } from 'vitest';
import { createScanner, type Scanner } from '../index.ts';
import { readGrowth } from '../fuzz/counted-bytes.ts';
import { seededRandom } from '../generate/index.ts';

function scanner(): Scanner {
  const made = createScanner(['*']);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}
const all = scanner();
const random = seededRandom(11);
const letters = (count: number): string => Array.from({ length: count }, () => 'abcdefghijklmnopqrstuvwxyz'[Math.floor(random() * 26)]).join('');
const address = (): string => `${letters(5)}.${letters(4)}@${letters(6)}.example`;
const found = (text: string): string[] => all.scanText(text).map((one) => text.slice(one.start, one.end));

test('percent-encoding: the finding is what stands in the text, whole', () => {
  const secret = letters(9) + '7';
  const encoded = encodeURIComponent(`db://ann:${secret}@host/x`);
  expect(found(`GET /go?to=${encoded}&n=1 done`)).toEqual([secret]);
  const escaped = [...address()].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('');
  expect(found(`to ${escaped} ok`)).toEqual([escaped]);
});

test('escapes of JSON strings: dashes, line feeds, characters beyond ASCII before it', () => {
  const mail = address();
  expect(found(String.raw`{"m":"\u00fc\ud83d\ude00 ${mail.replace('@', String.raw`\u0040`)} end"}`)).toEqual([mail.replace('@', String.raw`\u0040`)]);
  const pem = `-----BEGIN PRIVATE KEY-----\\n${letters(64)}\\n-----END PRIVATE KEY-----`;
  expect(found(`{"key":"${pem}\\n"}`)).toEqual([pem]);
});

test.each(['base64', 'base64url'] as const)('%s: the whole run with its padding, wherever it begins', (alphabet) => {
  for (let tail = 0; tail < 24; tail++) {
    const wrapped = Buffer.from(`user ${address()} said ${'x'.repeat(tail)}`).toString(alphabet);
    for (const before of ['', 'v=', '"', `${' '.repeat(tail)}data: `]) expect(found(`${before}${wrapped} end`)).toEqual([wrapped]);
  }
});

test('base64 of what is no text, of text without a secret, and long identifiers stay', () => {
  for (let i = 0; i < 200; i++) {
    const bytes = Uint8Array.from({ length: 60 }, () => Math.floor(random() * 256));
    expect(found(`data:image/png;base64,${Buffer.from([0x89, 0x50, 0x4e, 0x47, ...bytes]).toString('base64')}`)).toEqual([]);
  }
  expect(found(Buffer.from('nothing to see in here, only plain words of prose').toString('base64'))).toEqual([]);
  expect(found('550e8400-e29b-41d4-a716-446655440000/9f86d081884c7d659a2feaa0c55ad015/api/v1/orders/items')).toEqual([]);
});

test('one level only', () => {
  const twice = Buffer.from(Buffer.from(`user ${address()} and more`).toString('base64')).toString('base64');
  expect(found(`x ${twice} y`)).toEqual([]);
});

test('where text seems to begin again and again in one run, twice the run is read twice', () => {
  const unit = `${letters(7)}-${Buffer.from(`${letters(30)}.`).toString('base64url')}`;
  const text = (bytes: number): Uint8Array => new TextEncoder().encode(unit.repeat(Math.ceil(bytes / unit.length)));
  expect(readGrowth((bytes, start, end) => all.scan(bytes, start, end), text, 4000)).toBeLessThan(2.6);
});
