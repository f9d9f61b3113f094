import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasTerm, LinearSearch, bothEdges, placesIn } from './index.ts';

const small = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 40 });
const wantedText = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 6 });
const searchFor = (wanted: string): LinearSearch => new LinearSearch((at) => wanted.charCodeAt(at), wanted.length);

test('finds what indexOf finds, from any place on', () => {
  fc.assert(fc.property(small, wantedText, fc.nat(40), (text, wanted, from) => {
    expect(searchFor(wanted).find((at) => text.charCodeAt(at), Math.min(from, text.length), text.length)).toBe(text.indexOf(wanted, Math.min(from, text.length)));
  }));
});

test('gives every place, overlapping ones too, for places that go on by any step', () => {
  fc.assert(fc.property(small, wantedText, fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 20 }), (text, wanted, steps) => {
    const next = searchFor(wanted).scan((at) => text.charCodeAt(at), 0, text.length);
    let from = 0;
    for (const step of steps) { from += step; expect(next(from)).toBe(text.indexOf(wanted, from)); }
  }));
});

test.each([['never found', 'b'], ['found everywhere', 'a']])('looks at a text about twice, whatever is wanted: %s', (_, first) => {
  const [text, wanted] = ['a'.repeat(20_000), first + 'a'.repeat(5000)];
  let looks = 0;
  const search = new LinearSearch((at) => { looks++; return wanted.charCodeAt(at); }, wanted.length);
  const next = search.scan((at) => { looks++; return text.charCodeAt(at); }, 0, text.length);
  for (let at = next(0); at >= 0; at = next(at + 1));
  expect(looks).toBeLessThan(8 * (text.length + wanted.length));
});

test('long texts take the linear way and give the same', () => {
  const text = `${'a'.repeat(400_000)}b`;
  const wanted = `${'a'.repeat(200_000)}b`;
  expect(placesIn(text, wanted)(0)).toBe(200_000);
  expect(hasTerm(text, 'b'.concat('a'.repeat(200_000)), bothEdges)).toBe(false);
});
