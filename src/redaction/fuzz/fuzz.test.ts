import { expect, test } from 'vitest';
import { createScanner, KeyRing } from '../index.ts';
import { seededRandom } from '../generate/index.ts';
import { brokenProperty } from './properties.ts';
import { growingText, hostileText, units } from './texts.ts';

const made = createScanner(['*'], { keys: new KeyRing(new Uint8Array(32).fill(7)) });
if (!made.ok) throw new Error(made.error.message);
const scanner = made.value;

test('hostile texts: nothing breaks, and what was hidden stays as it is', { timeout: 120_000 }, () => {
  const random = seededRandom(20260123);
  const broken: string[] = [];
  for (let i = 0; i < 1500; i++) {
    const problem = brokenProperty(scanner, hostileText(random));
    if (problem !== null) broken.push(`case ${i}: ${problem}`);
  }
  expect(broken).toEqual([]);
});

test('hostile texts come again from the same seed', () => {
  expect(hostileText(seededRandom(5))).toEqual(hostileText(seededRandom(5)));
  expect(growingText(seededRandom(6)).text(100).length).toBeGreaterThanOrEqual(100);
  expect(new Set(units).size).toBe(units.length);
});
