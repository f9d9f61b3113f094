// The second scanner against the same made-up secrets and look-alikes as the first: it must know the same names, catch what it has a
// pattern for, and be silent where nothing is.
import { expect, it } from 'vitest';
import { detectors } from '../detectors/index.ts';
import { generators, lookAlikes, seededRandom } from '../generate/index.ts';
import { createScanner } from '../scanner.ts';
import { mayHoldResidual, residualScan } from './index.ts';
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

it('what may be skipped holds nothing', () => {
  const random = seededRandom(6);
  for (const { positive } of generators) {
    const { text } = positive(random);
    if (residualScan(text).length > 0) expect(mayHoldResidual(Buffer.from(text).toString('latin1')), text).toBe(true);
  }
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
