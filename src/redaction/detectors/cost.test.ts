// Hostile text: an anchor in every place, or the longest thing that a detector reads, over and over. Bytes that are read are
// counted; a detector that read on to the end at each anchor would read some 10^9.
import { expect, test } from 'vitest';
import { createScanner, type Scanner } from '../index.ts';
import { personalDetectors } from './personal/index.ts';
import { structuralDetectors } from './structural/index.ts';

function scanner(name: string): Scanner {
  const made = createScanner([name]);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

/** The least text that a shape takes: the first byte that is printable and fits, for each place. */
const example = (shape: readonly ((byte: number) => boolean)[]): string =>
  shape.map((is) => String.fromCharCode([...Array(95).keys()].map((i) => i + 32).find(is) ?? 0x20)).join('');

function bytesRead(text: string, name: string): number {
  let read = 0;
  const plain = new TextEncoder().encode(text);
  const bytes = new Proxy(plain, { get: (target, key) => { if (typeof key === 'string' && key < ':') { read++; return target[Number(key)]; } const value: unknown = Reflect.get(target, key, target); return typeof value === 'function' ? value.bind(target) : value; } });
  scanner(name).scan(bytes, 0, plain.length);
  return read;
}

const behind = ['', '=', ': "A1b2'];
const units = [...structuralDetectors, ...personalDetectors].flatMap((detector) => [...new Set(detector.anchors.map(example))].map((unit) => [detector.name, unit] as const));

test.each(units)('%s at each %j reads no more than a window', (name, unit) => {
  for (const more of behind) {
    const text = (unit + more).repeat(Math.ceil(5000 / (unit + more).length));
    expect(bytesRead(text, name), more).toBeLessThan(text.length * 400);
  }
});

test.each([
  ['jwt', 'eyJ', 'a'], ['jwt', 'eyJhbGciOiJIUzI1NiJ9.', '.'], ['jwe', 'eyJ', '.'], ['private-key', '-----BEGIN PRIVATE KEY-----', 'x'], ['putty-private-key', 'PuTTY-User-Key-File-2: ', 'Private-MAC'], ['saml-message', 'SAMLResponse=PHNhbWw+', 'A'],
  ['secret-assignment', 'password="', 'a'], ['bearer-token', 'bearer ', 'a1'], ['basic-auth', 'basic ', 'dTpw'], ['jwk-private-key', '"d":"', 'a'],
])('%s: one beginning and a long rest is read a few times at most', (name, head, rest) => {
  const text = head + rest.repeat(Math.ceil(10_000 / rest.length));
  expect(bytesRead(text, name)).toBeLessThan(text.length * 20);
});
