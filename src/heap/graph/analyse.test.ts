// Dominators and sizes on drawn graphs: against a slow and simple way on random ones, by hand on the rules.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawn, readText } from '../testing/read-heap.ts';
import { drawnSnapshot, type DrawnNode } from '../testing/drawn-snapshot.ts';
import { analyseHeap } from './analyse.ts';
import { noDistance, systemDistance } from './analysis.ts';

/** Nodes reached from 0 without passing `without`. */
function reached(targets: readonly (readonly number[])[], without: number): ReadonlySet<number> {
  const seen = new Set<number>(without === 0 ? [] : [0]);
  for (const row of seen) for (const to of targets[row]!) if (to !== without) seen.add(to);
  return seen;
}

const anyGraphs = fc.integer({ min: 1, max: 14 }).chain((count) => fc.array(fc.array(fc.nat(count - 1), { maxLength: 4 }), { minLength: count, maxLength: count }));
/** The root leads to whatever it would not reach. */
const graphs = anyGraphs.map((targets) => {
  const all = reached(targets, -1);
  return targets.map((to, row) => (row === 0 ? [...to, ...Array.from(targets.keys()).filter((other) => !all.has(other))] : to));
});

test('a node retains what is reached only through it', () => {
  fc.assert(fc.property(graphs, (targets) => {
    const sizes = targets.map((_, row) => row * 3 + 1);
    const analysis = drawn(targets.map((to, row): DrawnNode => ({ type: 'object', name: `n${row}`, size: sizes[row]!, edges: to.map((target) => ['property', 'p', target] as const) })));
    const all = reached(targets, -1);
    for (const row of all) {
      const left = reached(targets, row);
      const lost = [...all].filter((other) => !left.has(other));
      expect(analysis.retained[row]).toBe(lost.reduce((sum, other) => sum + sizes[other]!, 0));
      if (row !== 0) expect(reached(targets, analysis.dominator[row]!).has(row)).toBe(false);
    }
  }), { numRuns: 300 });
});

test('the tree downwards has every node once, below its dominator', () => {
  fc.assert(fc.property(anyGraphs, (targets) => {
    const { dominated, dominator } = drawn(targets.map((to, row): DrawnNode => ({ name: `n${row}`, edges: to.map((target) => ['property', 'p', target] as const) })));
    expect([...dominated.to].sort((a, b) => a - b)).toEqual(targets.map((_, row) => row).slice(1));
    for (let row = 0; row < targets.length; row++) for (const child of dominated.to.subarray(dominated.first[row], dominated.first[row + 1])) expect(dominator[child]).toBe(row);
  }));
});

test('a chain of 200,000 objects is no deep recursion', () => {
  const length = 200_000;
  const analysis = drawn(Array.from({ length }, (_, row): DrawnNode => ({ name: 'Link', size: 1, edges: row + 1 < length ? [['property', 'next', row + 1]] : [] })));
  expect([analysis.retained[0], analysis.retained[1], analysis.classes.retained[0], analysis.distance[length - 1]]).toEqual([length, length - 1, length, length - 1]);
});

test('weak edges, edges to oneself and shortcuts below the root keep nothing', () => {
  const { retained, dominator } = drawn([
    { type: 'synthetic', name: '', size: 0, edges: [['shortcut', 'global', 1]] },
    { name: 'A', edges: [['weak', 'w', 2], ['shortcut', 's', 3], ['property', 'self', 1], ['property', 'kept', 4]] },
    { name: 'B' }, { name: 'C' }, { name: 'D' },
  ]);
  expect([...dominator]).toEqual([0, 0, 0, 0, 1]);
  expect(retained[1]).toBe(20);
});

test('what the program does not own does not keep what it owns', () => {
  const { dominator } = drawn([
    { type: 'synthetic', name: '', size: 0, edges: [['element', 1, 1], ['shortcut', 'global', 2]] },
    { type: 'synthetic', name: '(Internalized strings)', edges: [['element', 1, 3]] },
    { name: 'Global', edges: [['property', 'p', 3]] }, { name: 'Owned' },
  ]);
  expect(dominator[3]).toBe(2);
});

const pairName = (n: number): string => `${n} / part of key (K @5) -> value (V @7) pair in WeakMap (table @3)`;

test('a WeakMap\u2019s value is kept by its key, and as far as the farther of the two', () => {
  const { dominator, distance } = drawn([
    { type: 'synthetic', name: '', size: 0, edges: [['shortcut', 'g', 1], ['shortcut', 'h', 4]] },
    { type: 'array', name: 'table', edges: [['internal', pairName(2), 3]] },
    { name: 'K', edges: [['internal', pairName(8), 3]] },
    { name: 'V' },
    { name: 'Far', edges: [['property', 'p', 5]] }, { name: 'Farther', edges: [['property', 'key', 2]] },
  ]);
  expect([dominator[3], distance[1], distance[2], distance[3]]).toEqual([2, 1, 3, 4]);
});

test.each([
  ['1 / part of key (a) -> value ( @1) @5) -> value (V @7) pair in WeakMap (table @3)', true], ['12 / part of key ( @5) -> value ( @7) pair in WeakMap (table @3)', true],
  ['part of key (K @5) -> value (V @7) pair in WeakMap (table @3)', false], ['1 / part of key (K @5) -> value (V\n @7) pair in WeakMap (table @3)', false], ['1 / part of key (K @5) pair in WeakMap (table @3)', false],
])('names of WeakMap edges, whatever stands in them: %s', (name, isPair) => {
  const { ephemerons } = drawn([{ type: 'synthetic', name: '', edges: [['internal', name, 1]] }, { name: 'A' }]);
  expect([...ephemerons.values()].map(({ tableId }) => tableId)).toEqual(isPair ? [3] : []);
});

test('a long name that is nearly one takes no long time', () => {
  const name = `1 / part of key (${' @1) -> value ('.repeat(20_000)})`;
  expect(drawn([{ type: 'synthetic', name: '', edges: [['internal', name, 1]] }, { name: 'A' }]).ephemerons.size).toBe(0);
});

test('arrays and hidden objects of one owner are the owner\u2019s bytes; those of two are nobody\u2019s', () => {
  const { shallow, shallowTotal, retained } = drawn([
    { type: 'synthetic', name: '', size: 0, edges: [['shortcut', 'g', 1], ['shortcut', 'h', 2]] },
    { name: 'A', size: 10, edges: [['internal', 'elements', 3], ['internal', 'both', 5]] },
    { name: 'B', size: 10, edges: [['internal', 'both', 5]] },
    { type: 'array', name: '', size: 100, edges: [['hidden', 1, 4]] }, { type: 'hidden', name: 'system / X', size: 1000 }, { type: 'array', name: '', size: 7 },
  ]);
  expect([...shallow]).toEqual([0, 1110, 10, 0, 0, 7]);
  expect([shallowTotal, retained[1], retained[0]]).toEqual([1127, 1110, 1127]);
});

test('a snapshot of the engine\u2019s insides keeps its sizes', () => {
  const { shallow, distance } = drawn([
    { type: 'synthetic', name: '', size: 0, edges: [['element', 1, 1]] }, { type: 'synthetic', name: '(GC roots)', edges: [['internal', 'x', 2]] },
    { name: 'A', edges: [['internal', 'elements', 3]] }, { type: 'array', name: '', size: 5 }, { name: 'Alone' },
  ]);
  expect([...shallow]).toEqual([0, 10, 10, 5, 10]);
  expect([...distance]).toEqual([0, 1, 2, 3, noDistance]);
});

test('what only the engine reaches is far away', () => {
  const { distance } = drawn([
    { type: 'synthetic', name: '', size: 0, edges: [['element', 1, 1], ['shortcut', 'g', 2]] }, { type: 'synthetic', name: '(GC roots)', edges: [['internal', 'x', 3]] }, { name: 'G' }, { name: 'E' },
  ]);
  expect([...distance]).toEqual([systemDistance, systemDistance + 1, 1, systemDistance + 2]);
});

test('classes: plain objects by their properties, constructors by name and place, elements without attributes, the engine\u2019s by kind', () => {
  const point = (row: number): DrawnNode => ({ name: 'Object', edges: [['property', 'x', row], ['property', 'y', row], ['property', '__proto__', row]] });
  const { classes, classOf } = drawn([
    { type: 'synthetic', name: '', size: 0, edges: [['shortcut', 'g', 1]] },
    { name: 'Global', edges: Array.from({ length: 12 }, (_, i) => ['element', i, i + 2] as const) },
    point(2), point(3), { name: 'Object', edges: [['property', 'y', 4], ['property', 'z', 4], ['property', 'x', 4]] }, { name: 'Object' },
    { name: 'User' }, { name: 'User' }, { type: 'native', name: '<div id="a">' }, { type: 'native', name: '<div>', detachedness: 2 },
    { type: 'closure', name: 'f' }, { type: 'code', name: 'x' }, { type: 'regexp', name: '/a/' }, { type: 'hidden', name: 'system / Map' }, { type: 'concatenated string', name: '' },
  ], { locations: [[6, 9, 1, 2], [7, 9, 5, 2]] });
  expect([...classOf].map((own) => classes.name[own])).toEqual(['(synthetic)', 'Global', '{x, y}', '{x, y}', '{x, y}', 'Object', 'User', 'User', '<div>', 'Detached <div>', 'Function', '(compiled code)', 'RegExp', '(system)', '(concatenated string)']);
  expect(classOf[6]).not.toBe(classOf[7]);
});

test('detachedness goes from parents to children, not through JavaScript, attached before detached', () => {
  const { detachedness } = drawn([
    { type: 'synthetic', name: '', size: 0, edges: [['shortcut', 'g', 1], ['element', 1, 2]] },
    { type: 'native', name: 'Window', detachedness: 1, edges: [['property', 'a', 3]] }, { type: 'native', name: '<p>', detachedness: 2, edges: [['property', 'a', 3], ['property', 'b', 4], ['property', 'js', 5], ['weak', 'w', 7]] },
    { type: 'native', name: 'Both' }, { type: 'native', name: 'Below' }, { name: 'Js', edges: [['property', 'c', 6]] }, { type: 'native', name: 'Beyond' }, { type: 'native', name: 'Weak' },
  ]);
  expect([...detachedness]).toEqual([0, 1, 2, 1, 2, 0, 0, 0]);
});

test('snapshots from before V8 wrote detachedness name such nodes', () => {
  const { detachedness } = drawn([{ type: 'synthetic', name: '', edges: [['element', 1, 1]] }, { type: 'native', name: 'Detached HTMLDivElement' }], { nodeFields: ['type', 'name', 'id', 'self_size', 'edge_count'] });
  expect([...detachedness]).toEqual([0, 2]);
});

test('progress rises to one, and what the watcher throws ends the work', () => {
  const read = readText(drawnSnapshot([{ type: 'synthetic', name: '', edges: [['element', 1, 1]] }, { name: 'A' }]));
  if (!read.ok) throw new Error(read.error.message);
  const shares: number[] = [];
  analyseHeap(read.value, (share) => { shares.push(share); });
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
  expect(() => analyseHeap(read.value, (share) => { if (share > 0.5) throw new Error('enough'); })).toThrow('enough');
});
