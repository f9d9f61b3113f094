// Suspects on drawn heaps: what is held in common, what is dictionary and value, what is too little to name.
import { expect, test } from 'vitest';
import { diffHeaps } from '../diff/diff-heaps.ts';
import { duplicateStrings } from '../summary/duplicate-strings.ts';
import { drawn } from '../testing/read-heap.ts';
import type { DrawnNode } from '../testing/drawn-snapshot.ts';
import { leakSuspects } from './leak-suspects.ts';
import { sentence } from './words.ts';

const kilobyte = 1024;
const entries = 600;
const entry = (size = 4 * kilobyte): DrawnNode => ({ name: 'Order', size });

/** A global whose `orders` is an Array, with its elements apart, of so many orders; `also` are further edges into them. */
function shop(count: number, size?: number, also: DrawnNode['edges'] = []): readonly DrawnNode[] {
  return [
    { type: 'synthetic', name: '', size: 0, edges: [['shortcut', 'global', 1]] },
    { name: 'Shop', size: 1000, edges: [['property', 'orders', 2], ['property', 'index', 4]] },
    { name: 'Array', edges: [['internal', 'elements', 3]] },
    { type: 'array', name: '(object elements)', edges: Array.from({ length: count }, (_, i) => ['element', i, i + 5] as const) },
    { name: 'Index', edges: also },
    ...Array.from({ length: count }, () => entry(size)),
  ];
}

const told = (nodes: readonly DrawnNode[], reveal = false): readonly string[] => leakSuspects(drawn(nodes), { reveal }).map(({ words, detail }) => `${sentence(words)} ${sentence(detail)}`);

test('entries of one collection', () => {
  expect(told(shop(entries))).toEqual(['One Array retained by orders holds 100 % of the heap in 600 entries. The entries are Order; nothing else holds them.']);
});

test('entries that a second object holds, too, are still the collection\u2019s', () => {
  const [suspect] = leakSuspects(drawn(shop(entries, undefined, Array.from({ length: entries }, (_, i) => ['element', i, i + 5] as const))), { reveal: false });
  expect(suspect).toMatchObject({ certainty: 'likely', count: entries });
  expect(sentence(suspect!.detail)).toContain('other objects hold them, too');
});

test('few entries, small ones, or a small part of the heap are no suspects', () => {
  expect(told(shop(400))).toEqual([]);
  expect(told(shop(entries, 100))).toEqual([]);
  expect(told([...shop(entries).slice(0, 1), { name: 'Shop', size: 100 * kilobyte * kilobyte, edges: [['property', 'orders', 2], ['property', 'index', 4]] }, ...shop(entries).slice(2)])).toEqual([]);
});

test('what did not grow is not named beside an earlier snapshot; what did is, with by how much', () => {
  const [before, after] = [drawn(shop(entries)), drawn(shop(entries * 2))];
  const [suspect] = leakSuspects(after, { reveal: false, before: { analysis: before, diff: diffHeaps(before, after) } });
  expect(suspect).toMatchObject({ certainty: 'sure', grown: entries * 4 * kilobyte, count: entries * 2 });
  expect(sentence(suspect!.detail)).toContain('600 of them came since the earlier snapshot');
  const large = [...shop(entries).slice(0, 1), { name: 'Shop', size: 20 * kilobyte * kilobyte, edges: [['property', 'orders', 2], ['property', 'index', 4]] } satisfies DrawnNode, ...shop(entries).slice(2)];
  const still = drawn(large);
  expect(leakSuspects(still, { reveal: false, before: { analysis: still, diff: diffHeaps(still, still) } })).toEqual([]);
});

test('a class that grew in many places', () => {
  const spread = (count: number): readonly DrawnNode[] => [
    { type: 'synthetic', name: '', size: 0, edges: [['shortcut', 'global', 1]] },
    { name: 'Global', size: 1, edges: Array.from({ length: count }, (_, i) => ['property', `p${i}`, 2 + 2 * i] as const) },
    ...Array.from({ length: count }, (_, i): DrawnNode[] => [{ name: `Holder${i}`, edges: [['property', 'leaf', 3 + 2 * i]] }, { name: 'Leaf', size: 2 * kilobyte }]).flat(),
  ];
  const [before, after] = [drawn(spread(10)), drawn(spread(1500))];
  expect(leakSuspects(after, { reveal: false, before: { analysis: before, diff: diffHeaps(before, after) } }).map(({ kind, certainty, words }) => [kind, certainty, sentence(words)]))
    .toEqual([['growth', 'likely', '1,490 more Leaf objects than in the earlier snapshot.']]);
});

test('a string held many times is waste, and masked', () => {
  const copies = 20_000;
  const nodes: readonly DrawnNode[] = [{ type: 'synthetic', name: '', edges: [['shortcut', 'g', 1]] }, { name: 'Global', edges: Array.from({ length: copies }, (_, i) => ['element', i, i + 2] as const) }, ...Array.from({ length: copies }, (): DrawnNode => ({ type: 'string', name: 'eu-west', size: 32 }))];
  const [suspect] = leakSuspects(drawn(nodes), { reveal: false });
  expect(suspect).toMatchObject({ kind: 'duplicate-strings', certainty: 'waste', count: copies });
  expect(sentence(suspect!.words)).toBe(`The string "${'\u2022'.repeat(8)}" exists 20,000 times, most of them in g.`);
  expect(told(nodes, true)[0]).toMatch(/^The string "eu-west" exists 20,000 times, most of them in g\. .* free about 625\.0 KiB\.$/);
});

/** A list of so many links, the last of which holds 4 MiB; `aside` more of the class are no part of it, each in a box of its own. */
const list = (links: number, aside: number): readonly DrawnNode[] => [
  { type: 'synthetic', name: '', edges: [['shortcut', 'g', 1]] },
  { name: 'Global', edges: [['property', 'list', 2], ...Array.from({ length: aside }, (_, i) => ['property', `p${i}`, links + 3 + 2 * i] as const)] },
  ...Array.from({ length: links }, (_, i): DrawnNode => ({ name: 'Link', edges: [['property', 'next', i + 3]] })),
  { name: 'Load', size: 4 * kilobyte * kilobyte },
  ...Array.from({ length: aside }, (_, i): DrawnNode[] => [{ name: `Box${i}`, edges: [['property', 'link', links + 4 + 2 * i]] }, { name: 'Link' }]).flat(),
];

test('a chain has the links that hold one another, not all objects of their class', () => {
  expect(told(list(600, 1000))).toEqual([expect.stringMatching(/^A chain of 600 Link objects retained by list holds \d+ % of the heap\. Each object holds the next\.$/)]);
  expect(told(list(400, 1000))).toEqual([]);
});

test('a snapshot of another process tells nothing of growth', () => {
  const [before, after] = [drawn(list(600, 0)), drawn(shop(entries))];
  const diff = diffHeaps(before, after);
  expect(diff.by).toBe('classes');
  expect(leakSuspects(after, { reveal: false, before: { analysis: before, diff } })).toEqual(leakSuspects(after, { reveal: false }));
});

test('texts that V8 cut may differ: no saving is made of them', () => {
  const copies = 2000;
  const text = 'h'.repeat(1024);
  const nodes: readonly DrawnNode[] = [{ type: 'synthetic', name: '', edges: [['shortcut', 'g', 1]] }, { name: 'Global', edges: Array.from({ length: copies }, (_, i) => ['element', i, i + 2] as const) }, ...Array.from({ length: copies }, (): DrawnNode => ({ type: 'string', name: text, size: 1200 }))];
  expect(leakSuspects(drawn(nodes), { reveal: false }).map(({ kind }) => kind)).not.toContain('duplicate-strings');
  expect(duplicateStrings(drawn(nodes), { reveal: false, start: 0, count: 9 })).toMatchObject({ waste: 0, rows: [{ count: copies, waste: 0, cut: true }] });
  const whole = nodes.map((node) => (node.name === text ? { ...node, name: '\u00fc'.repeat(1000) } : node));
  expect(duplicateStrings(drawn(whole), { reveal: false, start: 0, count: 9 })).toMatchObject({ rows: [{ count: copies, waste: 1200 * (copies - 1), cut: false }] });
});
