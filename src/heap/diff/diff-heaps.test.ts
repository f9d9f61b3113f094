// Two drawn snapshots of one process, and of two.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawn } from '../testing/read-heap.ts';
import type { DrawnNode } from '../testing/drawn-snapshot.ts';
import { addedNodes, diffHeaps, removedNodes } from './diff-heaps.ts';
import { eachShared, rowsById } from './shared-ids.ts';

const page = { reveal: false, start: 0, count: 10 };
const root = (targets: number): DrawnNode => ({ type: 'synthetic', name: '', id: 1, size: 0, edges: Array.from({ length: targets }, (_, i) => ['element', i, i + 1] as const) });

test('what came and went, by id and class, most grown first', () => {
  const before = drawn([root(4), { name: 'A', id: 3 }, { name: 'A', id: 5 }, { name: 'B', id: 7, size: 100 }, { name: 'Same', id: 9 }]);
  const after = drawn([root(5), { name: 'Same', id: 9 }, { name: 'A', id: 5 }, { name: 'A', id: 11, size: 30 }, { name: 'A', id: 13 }, { name: 'C', id: 15 }]);
  const diff = diffHeaps(before, after);
  expect(diff).toMatchObject({ added: 3, removed: 2, sizeDelta: -60 });
  expect(diff.classes.map(({ name, added, removed, delta, addedSize, removedSize, sizeDelta }) => [name, added, removed, delta, addedSize, removedSize, sizeDelta]))
    .toEqual([['A', 2, 1, 1, 40, 10, 30], ['C', 1, 0, 1, 10, 0, 10], ['B', 0, 1, -1, 0, 100, -100]]);
  const [a, c, b] = diff.classes;
  expect(addedNodes(after, diff, a!.classRow, page).rows.map(({ id }) => id)).toEqual([11, 13]);
  expect(removedNodes(before, diff, b!.classRowBefore, page).rows.map(({ id }) => id)).toEqual([7]);
  expect([b!.classRow, c!.classRowBefore]).toEqual([-1, -1]);
});

test('plain objects of one shape are one class, though each snapshot alone would name them otherwise', () => {
  const point = (id: number): DrawnNode => ({ name: 'Object', id, edges: [['property', 'x', 0], ['property', 'y', 0]] });
  const before = drawn([root(1), point(3)]);
  const after = drawn([root(3), point(5), point(7), point(9)]);
  expect(before.classes.name).not.toContain('{x, y}');
  expect(diffHeaps(before, after).classes).toMatchObject([{ name: '{x, y}', added: 3, removed: 1, delta: 2 }]);
});

test('two classes of one name at two places stay two', () => {
  const before = drawn([root(0)]);
  const after = drawn([root(2), { name: 'User', id: 3 }, { name: 'User', id: 5 }], { locations: [[1, 7, 1, 1], [2, 7, 40, 1]] });
  expect(diffHeaps(before, after).classes.map(({ name, added }) => [name, added])).toEqual([['User', 1], ['User', 1]]);
});

test('an id of another kind or constructor is another object', () => {
  const kept = Array.from({ length: 200 }, (_, i): DrawnNode => ({ name: 'Kept', id: 101 + 2 * i }));
  const before = drawn([root(202), { name: 'A', id: 3 }, { type: 'string', name: 'text', id: 5 }, ...kept]);
  const after = drawn([root(202), { name: 'B', id: 3 }, { type: 'concatenated string', name: 'x', id: 5 }, ...kept]);
  expect(diffHeaps(before, after)).toMatchObject({ by: 'objects', added: 1, removed: 1 });
});

/** Two runs of one program, of so many sessions and orders: V8 numbers both from the same number on. */
const run = (sessions: number, orders: number, script = 1) => drawn(
  [root(sessions + orders), ...Array.from({ length: sessions }, (): DrawnNode => ({ name: 'Session', size: 32 })), ...Array.from({ length: orders }, (): DrawnNode => ({ name: 'Order', size: 16 }))],
  { locations: [[1, script, 1, 1], ...(orders > 0 ? [[1 + sessions, script, 2, 1] as const] : [])] },
);

test('of two processes only the counts of classes are compared, whatever their ids and scripts are', () => {
  const [before, after] = [run(10, 100, 7), run(80, 30, 9)];
  const diff = diffHeaps(before, after);
  expect(diff.by).toBe('classes');
  expect(diff.classes.map(({ name, added, removed, delta, sizeDelta }) => [name, added, removed, delta, sizeDelta])).toEqual([['Session', 70, 0, 70, 2240], ['Order', 0, 70, -70, -1120]]);
  expect(diff.classes.map(({ classRow }) => addedNodes(after, diff, classRow, page).total)).toEqual([0, 0]);
  expect([diff.isNew, diff.isGone].flatMap((bits) => [...bits]).every((bits) => bits === 0)).toBe(true);
});

test('each node meets at most one of its id, in order', () => {
  fc.assert(fc.property(fc.array(fc.nat(9)), fc.array(fc.oneof(fc.nat(9), fc.constant(4_294_967_295))), (a, b) => {
    const met: [number, number][] = [];
    eachShared(Uint32Array.from(a), Uint32Array.from(b), (before, after) => { met.push([before, after]); });
    const times = (list: readonly number[], id: number): number => list.filter((one) => one === id).length;
    expect(met.every(([before, after]) => a[before] === b[after])).toBe(true);
    for (const id of new Set([...a, ...b])) expect(met.filter(([before]) => a[before] === id)).toHaveLength(Math.min(times(a, id), times(b, id)));
    expect([new Set(met.map(([before]) => before)).size, new Set(met.map(([, after]) => after)).size]).toEqual([met.length, met.length]);
  }));
});

test('rows by id are all rows, equal ids as they came, and no order of ids takes longer', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 4_294_967_295 })), (ids) => {
    const expected = ids.map((_, row) => row).sort((a, b) => ids[a]! - ids[b]! || a - b);
    expect([...rowsById(Uint32Array.from(ids))]).toEqual(expected);
  }));
  const many = 300_000;
  let met = 0;
  // A table of hashes would look at 45 billion entries.
  eachShared(new Uint32Array(many).fill(7), new Uint32Array(many).fill(7), () => { met++; });
  expect(met).toBe(many);
});
