// Structural and personal detectors against their generators: exact spans of what is drawn, nothing in what only looks like it.
import { expect, test } from 'vitest';
import { structuralDetectors } from '../detectors/structural/index.ts';
import { personalDetectors } from '../detectors/personal/index.ts';
import { createScanner, type Scanner } from '../index.ts';
import { lookAlikes } from './look-alikes.ts';
import { personalGenerators } from './personal/index.ts';
import { seededRandom } from './seeded-random.ts';
import { structuralGenerators } from './structural/index.ts';

const seeds = 150;
const detectors = [...structuralDetectors, ...personalDetectors];
const generators = [...structuralGenerators, ...personalGenerators];

function scanner(...names: string[]): Scanner {
  const made = createScanner(names);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}
const all = scanner('*');
const spans = (one: Scanner, text: string, key?: string): string[] => one.scanText(text, key).map((finding) => `${finding.detector} ${finding.start}-${finding.end}`);

test('every detector has one generator', () => {
  expect(generators.map((one) => one.detector).toSorted()).toEqual(detectors.map((one) => one.name).toSorted());
});

test.each(generators)('$detector: what is drawn is found whole, alone and among all detectors', ({ detector, positive }) => {
  const alone = scanner(detector);
  for (let seed = 0; seed < seeds; seed++) {
    const { text, start, end, key, secret } = positive(seededRandom(seed));
    expect(text.slice(start, end)).toBe(secret);
    expect(spans(alone, text, key), text).toEqual([`${detector} ${start}-${end}`]);
    expect(spans(all, text, key), text).toContain(`${detector} ${start}-${end}`);
  }
});

test.each(generators)('$detector: nothing is found in what only looks like it', ({ detector, negatives }) => {
  const alone = scanner(detector);
  for (let seed = 0; seed < seeds; seed++) for (const { text, key } of negatives(seededRandom(seed))) expect(spans(alone, text, key), text).toEqual([]);
});

test('no detector finds anything in ordinary telemetry', () => {
  for (let seed = 0; seed < seeds; seed++) for (const text of lookAlikes(seededRandom(seed))) expect(spans(all, text), text).toEqual([]);
});
