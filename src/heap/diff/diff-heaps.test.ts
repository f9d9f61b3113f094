// Two drawn snapshots of one process.
import { expect, test } from 'vitest';
import { drawn } from '../testing/read-heap.ts';
import type { DrawnNode } from '../testing/drawn-snapshot.ts';
import { addedNodes, diffHeaps, removedNodes } from './diff-heaps.ts';
import { IdSet } from './id-set.ts';

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

test('ids far apart and close together are all found', () => {
  const ids = Uint32Array.from({ length: 5000 }, (_, i) => (i % 2 === 0 ? i + 1 : 4_294_967_295 - i));
  const set = new IdSet(ids);
  expect(ids.every((id, row) => set.rowOf(id) === row)).toBe(true);
  expect([set.rowOf(0), set.rowOf(2), new IdSet(new Uint32Array()).rowOf(1)]).toEqual([-1, -1, -1]);
});
