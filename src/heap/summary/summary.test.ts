// The questions that views ask, on a heap small enough to know by heart.
import { expect, test } from 'vitest';
import { drawn } from '../testing/read-heap.ts';
import type { DrawnNode } from '../testing/drawn-snapshot.ts';
import { classRows, instancesOf } from './class-rows.ts';
import { duplicateStrings } from './duplicate-strings.ts';
import { closedSockets, detachedNodes } from './left-behind.ts';
import { dominatedBy, fieldsOf, retainersOf } from './neighbours.ts';
import { nodeDetails, nodeRow, rowOfId } from './node-rows.ts';
import { textOf } from './node-text.ts';
import { rootPath } from './root-path.ts';
import { searchNodes } from './search.ts';

const masked = { reveal: false, start: 0, count: 100 };
const open = { ...masked, reveal: true };
const dots = '\u2022'.repeat(8);

const shop: readonly DrawnNode[] = [
  { type: 'synthetic', name: '', size: 0, edges: [['shortcut', 'global', 1]] },
  { name: 'Global', size: 10, edges: [['property', 'cart', 2], ['property', 'last', 4], ['weak', 'old', 3], ['internal', 'map', 7]] },
  { name: 'Cart', size: 20, edges: [['element', 0, 3], ['element', 1, 4], ['property', 'self', 2]] },
  { name: 'Line', size: 30, edges: [['property', 'sku', 5], ['context', 'outer', 2]] },
  { name: 'Line', size: 40, edges: [['property', 'sku', 5], ['property', 'note', 6]] },
  { type: 'string', name: 'one sku', size: 50 },
  { type: 'string', name: 'another text', size: 60 },
  { type: 'hidden', name: 'system / Map', size: 70 },
];

test('classes, most retained first, with what they would free', () => {
  const analysis = drawn(shop);
  expect(classRows(analysis).map(({ name, objects, shallow, retained }) => [name, objects, shallow, retained])).toEqual([
    ['Global', 1, 80, 280], ['Line', 2, 70, 130], ['(string)', 2, 110, 110], ['Cart', 1, 20, 50],
  ]);
  expect(classRows(analysis, { minRetained: 110, name: 'LI' }).map(({ name }) => name)).toEqual(['Line']);
  expect(classRows(analysis)[0]).toMatchObject({ share: 1, distance: 1, location: null });
});

test('objects of a class in pages, with a least size', () => {
  const analysis = drawn(shop);
  const { classRow } = classRows(analysis, { name: 'line' })[0]!;
  expect(instancesOf(analysis, classRow, masked)).toMatchObject({ total: 2, start: 0, rows: [{ row: 4, retained: 100 }, { row: 3, retained: 30 }] });
  expect(instancesOf(analysis, classRow, { ...masked, start: 1, count: 1 })).toMatchObject({ total: 2, start: 1, rows: [{ row: 3 }] });
  expect(instancesOf(analysis, classRow, { ...masked, start: 9 })).toMatchObject({ total: 2, start: 2, rows: [] });
  expect(instancesOf(analysis, classRow, { ...masked, minRetained: 31 })).toMatchObject({ total: 1, rows: [{ row: 4 }] });
});

test('fields, what is dominated, and who refers to an object', () => {
  const analysis = drawn(shop);
  expect(fieldsOf(analysis, 2, masked).rows.map(({ type, name, keeps, node }) => [type, name.text, keeps, node.row])).toEqual([['element', '0', true, 3], ['element', '1', true, 4], ['property', 'self', false, 2]]);
  expect(dominatedBy(analysis, 1, masked).rows.map(({ row }) => row)).toEqual([4, 2, 5, 7]);
  expect(retainersOf(analysis, 3, masked).rows.map(({ name, keeps, node }) => [name.text, keeps, node.row])).toEqual([['0', true, 2], ['old', false, 1]]);
  expect(retainersOf(analysis, 2, masked).rows.map(({ name }) => name.text)).toEqual(['cart', 'outer', 'self']);
});

test('one object may refer to another several times', () => {
  const analysis = drawn([{ type: 'synthetic', name: '', edges: [['element', 1, 1]] }, { name: 'A', edges: [['property', 'x', 2], ['property', 'between', 1], ['property', 'y', 2], ['property', 'z', 2]] }, { name: 'B' }]);
  expect(retainersOf(analysis, 2, masked).rows.map(({ name }) => name.text)).toEqual(['x', 'y', 'z']);
});

test('the shortest way from the root, by what keeps and what has a name', () => {
  const analysis = drawn(shop);
  expect(rootPath(analysis, 4, masked).map(({ via, node }) => [via?.name.text ?? null, node.className])).toEqual([[null, '(synthetic)'], ['global', 'Global'], ['last', 'Line']]);
  expect(rootPath(analysis, 3, masked).map(({ via }) => via?.name.text ?? null)).toEqual([null, 'global', 'cart', '0']);
  const named = drawn([{ type: 'synthetic', name: '', edges: [['shortcut', 'g', 1]] }, { name: 'A', edges: [['internal', 'hidden thing', 2], ['property', 'x', 2]] }, { name: 'B' }]);
  expect(rootPath(named, 2, masked).at(-1)?.via?.name.text).toBe('x');
});

test('what nothing reaches has a way as far as it goes, and rings end', () => {
  const analysis = drawn([{ type: 'synthetic', name: '' }, { name: 'A', edges: [['property', 'b', 2]] }, { name: 'B', edges: [['property', 'a', 1]] }]);
  expect(rootPath(analysis, 1, masked)).toMatchObject([{ via: null, node: { className: 'A', distance: null } }]);
});

test('an object\u2019s details and its row by id', () => {
  const analysis = drawn(shop, { locations: [[2, 9, 4, 6]] });
  expect(nodeDetails(analysis, 3, masked)).toMatchObject({ node: { id: 7, type: 'object', className: 'Line', fieldCount: 2, dominatedCount: 0, retainerCount: 2, detached: false }, dominator: { row: 2 }, location: null });
  expect(nodeDetails(analysis, 2, masked).location).toEqual({ scriptId: 9, line: 5, column: 7 });
  expect(nodeDetails(analysis, 0, masked).dominator).toBe(null);
  expect([rowOfId(analysis, 9), rowOfId(analysis, 10)]).toEqual([4, -1]);
});

test('strings are dots unless revealed; names of the program are not', () => {
  const analysis = drawn(shop);
  expect(textOf(analysis, 5, masked)).toEqual({ text: dots, isValue: true, masked: true, length: 7 });
  expect(textOf(analysis, 5, open)).toEqual({ text: 'one sku', isValue: true, masked: false, length: 7 });
  expect(nodeRow(analysis, 3, masked).text).toEqual({ text: 'Line', isValue: false, masked: false });
});

test('a concatenated string is put together; a plain object is called by its properties; an element without its attributes', () => {
  const analysis = drawn([
    { type: 'synthetic', name: '', edges: [['element', 1, 1], ['element', 2, 5], ['element', 3, 6], ['element', 4, 7]] },
    { type: 'concatenated string', name: '(concatenated string)', edges: [['internal', 'first', 2], ['internal', 'second', 3]] },
    { type: 'concatenated string', name: '(concatenated string)', edges: [['internal', 'second', 4], ['internal', 'first', 3]] },
    { type: 'string', name: 'a' }, { type: 'string', name: 'b' },
    { name: 'Object', edges: [['property', 'id', 3], ['property', '__proto__', 1], ['property', 'x,y', 3]] },
    { type: 'native', name: '<div id="me">' },
    { name: 'Object', edges: Array.from({ length: 120 }, (_, i) => ['property', `user ${i}`, 3] as const) },
  ]);
  expect(textOf(analysis, 1, open).text).toBe('aba');
  expect(textOf(analysis, 5, masked)).toMatchObject({ text: '{id, "x,y"}', isValue: false });
  expect([textOf(analysis, 6, masked).text, textOf(analysis, 6, open).text]).toEqual(['<div \u2026>', '<div id="me">']);
  expect(textOf(analysis, 7, masked).text).toBe('{\u2026}');
  expect(fieldsOf(analysis, 7, { ...masked, count: 1 }).rows[0]?.name).toMatchObject({ text: dots, masked: true });
  expect(fieldsOf(analysis, 7, { ...open, count: 1 }).rows[0]?.name).toMatchObject({ text: 'user 0', isValue: true });
});

test('a deep or shared concatenation is read as far as is shown, no further', () => {
  const depth = 5000;
  const ropes = Array.from({ length: depth }, (_, i): DrawnNode => ({ type: 'concatenated string', name: 'x', edges: i + 1 < depth ? [['internal', 'first', i + 2], ['internal', 'second', i + 2]] : [] }));
  const analysis = drawn([{ type: 'synthetic', name: '', edges: [['element', 1, 1]] }, ...ropes]);
  expect(textOf(analysis, 1, open).text).toBe('');
  // Only the last few are short enough to compare.
  expect(duplicateStrings(analysis, open).rows[0]!.count).toBeLessThan(10);
});

test('equal strings, most waste first; a flattened concatenation is not its own copy', () => {
  const text = (name: string, size: number): DrawnNode => ({ type: 'string', name, size });
  const analysis = drawn([
    { type: 'synthetic', name: '', edges: Array.from({ length: 11 }, (_, i) => ['element', i, i + 1] as const) },
    text('eu-west', 32), text('eu-west', 32), text('eu-west', 32), text('alone', 99), text('0', 0), text('0', 0), text('ab', 16),
    { type: 'concatenated string', name: 'c', size: 20, edges: [['internal', 'first', 9], ['internal', 'second', 10]] }, text('a', 16), text('b', 16),
    { type: 'concatenated string', name: 'c', size: 20, edges: [['internal', 'first', 1], ['internal', 'second', 12]] }, text('', 8),
  ]);
  const page = duplicateStrings(analysis, open);
  expect(page).toMatchObject({ total: 2, waste: 82, rows: [{ count: 3, shallow: 96, waste: 64, node: { text: { text: 'eu-west' } } }, { count: 2, shallow: 36, waste: 18, node: { row: 7 } }] });
});

test('strings that V8 cut are equal only when their sizes are', () => {
  const long = 'x'.repeat(1024);
  const analysis = drawn([{ type: 'synthetic', name: '', edges: [['element', 1, 1], ['element', 2, 2], ['element', 3, 3]] }, { type: 'string', name: long, size: 2000 }, { type: 'string', name: long, size: 3000 }, { type: 'string', name: long, size: 2000 }]);
  expect(duplicateStrings(analysis, masked)).toMatchObject({ total: 1, rows: [{ count: 2, shallow: 4000 }] });
});

test('detached nodes and closed sockets', () => {
  const value = (name: string): DrawnNode => ({ type: 'hidden', name, size: 0 });
  const socket = (name: string, handle: string, target: number, connecting: number): DrawnNode => ({ name, edges: [['property', handle, target], ['property', 'connecting', connecting]] });
  const analysis = drawn([
    { type: 'synthetic', name: '', edges: Array.from({ length: 10 }, (_, i) => ['element', i, i + 1] as const) },
    value('null'), value('true'), value('false'), { name: 'TCP' },
    socket('Socket', '_handle', 1, 3), socket('TLSSocket', '<symbol kHandle>', 1, 3), socket('Socket', '_handle', 4, 3), socket('Socket', '_handle', 1, 2), socket('Other', '_handle', 1, 3),
    { type: 'native', name: '<p>', detachedness: 2 },
  ]);
  expect(closedSockets(analysis, masked).rows.map(({ row }) => row)).toEqual([5, 6]);
  expect(detachedNodes(analysis, masked).rows).toMatchObject([{ row: 10, className: 'Detached <p>', detached: true, text: { text: 'Detached <p>' } }]);
});

test('search by id, constructor and name; in values only for whoever may read them', () => {
  const analysis = drawn(shop);
  const rows = (text: string, more: object = {}): readonly number[] => searchNodes(analysis, { ...masked, text, ...more }).rows.map(({ row }) => row);
  expect(rows('@7')).toEqual([3]);
  expect(rows('@4')).toEqual([]);
  expect(rows(' LIN')).toEqual([4, 3]);
  expect(rows('lin', { minRetained: 31 })).toEqual([4]);
  expect([rows('sku'), rows('SKU', { reveal: true })]).toEqual([[], [5]]);
  expect(rows('')).toEqual([]);
});
