// Room is made by forgetting what was met once, and long ago: no id changes by it, and no number means what it meant before.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TemplateMiner } from './index.ts';
import { Chance } from './testing/chance.ts';
import { idsOf, mineText } from './testing/mining.ts';

const words = ['root', 'bob', 'orders', 'OK', 'eth0', 'rdd_7', '42', 'grace', 'order', 'file', 'queue', 'for', 'user', 'GET', 'x/y', 'is', 'failed', 'table', 'disk', 'closing'];
const lines = fc.tuple(fc.array(fc.array(fc.option(fc.constantFrom(...words)), { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 6 }), fc.integer(), fc.integer({ min: 20, max: 150 }))
  .map(([shapes, seed, count]) => { const chance = new Chance(seed); return Array.from({ length: count }, () => chance.of(shapes).map((word) => word ?? chance.of(words)).join(' ')); });
/** Of whose room lines like these take half. */
const small = { maxTemplates: 60 };
const turned = (miner: TemplateMiner, periods: number): void => { for (let period = 0; period < periods; period++) miner.turn(); };

it('ids are those of a miner that forgets nothing, once all lines came again', () => {
  let forgotten = 0;
  fc.assert(fc.property(lines, fc.integer({ min: 1, max: 200 }), (texts, at) => {
    const [forgets, keeps] = [new TemplateMiner({ ...small, maxBytes: 2 ** 26 }), new TemplateMiner()];
    const wide = new TemplateMiner({ maxTemplates: 1000 });
    for (const [i, text] of texts.entries()) {
      mineText(forgets, text);
      turned(forgets, 3);
      if (i % at === 0) forgotten += forgets.makeRoom(100).length;
    }
    turned(forgets, 200);
    forgotten += forgets.makeRoom(1000).length;
    idsOf(keeps, texts);
    // In a miner that has room for all, with what the one that forgets still knows.
    expect(wide.learn(forgets.book())).toBe(0);
    expect(idsOf(wide, texts)).toEqual(idsOf(keeps, texts));
    const again = idsOf(forgets, texts);
    if (forgets.stats().folded === 0) expect(again).toEqual(idsOf(keeps, texts));
  }), { numRuns: 200 });
  expect(forgotten).toBeGreaterThan(1000);
});

it('numbers that were forgotten stand for nothing, or for what came since', () => {
  const miner = new TemplateMiner({ maxTemplates: 82 });
  const once = (i: number): string => `step ${'very '.repeat(i)}slow`;
  const numbers = Array.from({ length: 40 }, (_, i) => mineText(miner, once(i)));
  const ids = numbers.map((number) => miner.describe(number).id);
  expect(miner.makeRoom(1000)).toEqual([]);
  turned(miner, 2);
  // Met again, and asked for by its id.
  mineText(miner, once(7));
  miner.find(ids[8]!);
  const forgotten = miner.makeRoom(1000);
  expect(new Set(forgotten).size).toBe(forgotten.length);
  expect(forgotten.length).toBeGreaterThan(0);
  expect(miner.stats().forgotten).toBe(forgotten.length);
  expect(numbers.filter((number) => !forgotten.includes(number))).toEqual(expect.arrayContaining([numbers[7], numbers[8]]));
  expect(() => miner.describe(forgotten[0]!)).toThrow(RangeError);
  const fresh = mineText(miner, 'something wholly new');
  expect(forgotten).toContain(fresh);
  for (let i = 0; i < 36; i++) expect(miner.describe(mineText(miner, once(i))).id).toBe(ids[i]);
  expect(miner.describe(fresh).template).toBe('something wholly new');
});

it('months of bodies that never come again take no more room, and what comes now and then keeps its id', () => {
  const miner = new TemplateMiner({ maxTemplates: 2000 });
  const chance = new Chance(3);
  const verb = (): string => `${Array.from({ length: 6 }, () => String.fromCharCode(97 + chance.whole(0, 25))).join('')}ing`;
  const now = 'the nightly backup has begun';
  const id = idsOf(miner, [now])[0]!;
  for (let period = 0; period < 200; period++) {
    for (let i = 0; i < 100; i++) mineText(miner, `${verb()} ${verb()} of ${verb()}`);
    expect(miner.describe(mineText(miner, now)).id).toBe(id);
    miner.turn();
    while (miner.makeRoom(100).length > 0);
  }
  const { forgotten, templates, folded, bytes } = miner.stats();
  expect(folded).toBeLessThan(100);
  expect(forgotten).toBeGreaterThan(17_000);
  expect(templates).toBeLessThan(1400);
  // With the cache of forms, whose bound it is.
  expect(bytes).toBeLessThan(3 * 1024 * 1024);
});
