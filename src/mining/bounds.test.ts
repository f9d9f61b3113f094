// Memory stays bounded, and what does not fit is counted.
import { expect, it } from 'vitest';
import { encodeUtf8 } from '../base/index.ts';
import { TemplateMiner } from './index.ts';
import { Chance } from './testing/chance.ts';
import { mineText } from './testing/mining.ts';

const letters = (chance: Chance, size: number): string => Array.from({ length: size }, () => String.fromCharCode(97 + chance.whole(0, 25))).join('');

it('1,000,000 distinct bodies of one statement are one template, but for a few whose words happen to read like verbs', () => {
  const miner = new TemplateMiner();
  const chance = new Chance(1);
  const bytes = encodeUtf8('user xxxxxxxx bought item 000 in xxxxxx today');
  for (let i = 0; i < 1_000_000; i++) {
    for (let at = 5; at < 13; at++) bytes[at] = chance.whole(97, 122);
    for (let at = 33; at < 39; at++) bytes[at] = chance.whole(97, 122);
    miner.mine(bytes, 0, bytes.length);
  }
  const { templates, bytes: held, folded, lines } = miner.stats();
  expect([folded, lines]).toEqual([0, 1_000_000]);
  expect(templates).toBeLessThan(100);
  expect(held).toBeLessThan(4 * 1024 * 1024);
}, 240_000);

it('100,000 distinct templates that repeat fit in 64 MiB; further ones are folded into one and counted', () => {
  const miner = new TemplateMiner();
  const chance = new Chance(2);
  const words = Array.from({ length: 400 }, () => `${letters(chance, 5)}ing`);
  const statement = (i: number): string => `${words[i % 400]!} ${words[Math.floor(i / 400) % 400]!} of ${words[(i * 7) % 400]!} step ${i}`;
  for (let i = 0; i < 120_000; i++) for (let time = 0; time < (i < 50_000 ? 1 : 5); time++) mineText(miner, statement(i));
  const { templates, bytes, folded } = miner.stats();
  expect(templates).toBe(100_000);
  expect(folded).toBeGreaterThan(19_000);
  expect(bytes).toBeLessThan(64 * 1024 * 1024 + 4 * 1024 * 1024);
  const before = miner.stats().templates;
  expect(miner.describe(mineText(miner, statement(5))).template).toContain('step <*>');
  expect(miner.describe(mineText(miner, 'wholly unheard of, that one here')).template).toBe('<*>');
  expect(miner.stats().templates).toBe(before);
});

it('keeps to bytes that it is given', () => {
  const miner = new TemplateMiner({ maxBytes: 256 * 1024 });
  const chance = new Chance(3);
  for (let i = 0; i < 50_000; i++) mineText(miner, Array.from({ length: 6 }, () => `${letters(chance, 4)}ing`).join(' '));
  const { bytes, folded } = miner.stats();
  expect(folded).toBeGreaterThan(40_000);
  expect(bytes).toBeLessThan(256 * 1024 + 3 * 1024 * 1024);
});

it('takes any bytes in linear time and never throws', () => {
  const miner = new TemplateMiner();
  const chance = new Chance(4);
  for (let i = 0; i < 20_000; i++) {
    const bytes = Uint8Array.from({ length: chance.whole(0, 60) }, () => chance.whole(0, 255));
    miner.describe(miner.mine(bytes, 0, bytes.length));
  }
  for (const text of ['['.repeat(100_000), '"'.repeat(100_000), '1,'.repeat(60_000), 'a.'.repeat(60_000), 'key="'.repeat(20_000), '/'.repeat(100_000), 'user '.repeat(20_000), '12:'.repeat(40_000), `x\n${'y\n'.repeat(50_000)}`]) miner.describe(mineText(miner, text));
});

const junk = (chance: Chance): string => Array.from({ length: 6 }, () => letters(chance, 6)).join(' ');

it('bodies that never repeat leave room for those that do, and are in no book', () => {
  const miner = new TemplateMiner({ maxTemplates: 2000 });
  const chance = new Chance(5);
  for (let i = 0; i < 20_000; i++) mineText(miner, junk(chance));
  expect(miner.stats().templates).toBeLessThanOrEqual(1001);
  expect(miner.stats().folded).toBeGreaterThan(18_000);
  for (let i = 0; i < 500; i++) for (let time = 0; time < 5; time++) mineText(miner, `a good line of part${'abcdefghij'[i % 10]} is served ${i}`);
  expect(miner.describe(mineText(miner, 'a good line of partx is served 42')).template).toBe('a good line of <*> is served <*>');
  const { templates } = miner.book();
  expect(templates.map(({ template }) => template)).toEqual(['a good line of <*> is served <*>']);
  const next = new TemplateMiner({ maxTemplates: 2000 });
  next.learn(miner.book());
  expect(next.book()).toEqual(miner.book());
});

it('values that never repeat do not keep a statement out', () => {
  const miner = new TemplateMiner({ maxTemplates: 2000 });
  const chance = new Chance(6);
  for (let i = 0; i < 5000; i++) mineText(miner, junk(chance));
  for (let i = 0; i < 8; i++) mineText(miner, `the order of ${letters(chance, 9)} was shipped`);
  expect(miner.describe(mineText(miner, `the order of ${letters(chance, 9)} was shipped`)).template).toBe('the order of <*> was shipped');
});

it('one scope takes no more than half of the room', () => {
  const miner = new TemplateMiner({ maxTemplates: 1000 });
  const chance = new Chance(7);
  for (let i = 0; i < 2000; i++) { const text = junk(chance); for (let time = 0; time < 6; time++) mineText(miner, text, 7); }
  expect(miner.stats().templates).toBeLessThanOrEqual(502);
  for (let time = 0; time < 5; time++) mineText(miner, 'ready to serve', 8);
  expect(miner.describe(mineText(miner, 'ready to serve', 8)).template).toBe('ready to serve');
});
