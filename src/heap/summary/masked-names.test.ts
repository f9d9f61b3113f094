// Names that are values come out nowhere unless revealed: keys of objects used as dictionaries, tokens as names, and what V8 writes of
// the keys of a WeakMap.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyseHeap } from '../graph/analyse.ts';
import type { HeapAnalysis } from '../graph/analysis.ts';
import { leakSuspects } from '../suspects/leak-suspects.ts';
import type { DrawnNode } from '../testing/drawn-snapshot.ts';
import { drawn } from '../testing/read-heap.ts';
import { classRows } from './class-rows.ts';
import { dominatedBy, fieldsOf, retainersOf } from './neighbours.ts';
import { rootPath } from './root-path.ts';
import { searchNodes } from './search.ts';

/** A token of letters and digits, made anew for each run. */
const [secret] = fc.sample(fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 24, maxLength: 24 }).map((parts) => parts.join('')), 1) as [string];
const masked = { reveal: false, start: 0, count: 100 };
const rootNode = (...to: readonly number[]): DrawnNode => ({ type: 'synthetic', name: '', edges: to.map((row, i) => ['element', i, row] as const) });

/** All that any question gives about all nodes. */
function everything(analysis: HeapAnalysis, reveal: boolean): string {
  const query = { ...masked, reveal };
  const rows = Array.from({ length: analysis.heap.nodes.count }, (_, row) => [fieldsOf(analysis, row, query), retainersOf(analysis, row, query), dominatedBy(analysis, row, query), rootPath(analysis, row, query)]);
  return JSON.stringify([rows, classRows(analysis), leakSuspects(analysis, query), analysis.interfaces.map(({ name }) => name)]);
}

/** V8's hash table of properties: keys beside values. */
const dictionary = (name: string, keys: readonly string[], table: number, value: number): DrawnNode => ({ name, edges: [...keys.map((key) => ['property', key, value] as const), ['internal', 'properties', table]] });
const tableOf = (keys: readonly string[], firstKey: number): DrawnNode => ({ type: 'array', name: '(object properties)', edges: keys.map((_, i) => ['internal', `${3 * i + 6}`, firstKey + i] as const) });
const keyNodes = (keys: readonly string[]): readonly DrawnNode[] => keys.map((key) => ({ type: 'string', name: key }));
const people = Array.from({ length: 14 }, (_, i) => `person ${String.fromCharCode(65 + i)}`);

test('a token as the name of a property, an object, a function or a class', () => {
  const analysis = drawn([
    rootNode(1, 2, 3, 4, 5, 6),
    { name: 'Object', edges: [['property', secret, 7], ['property', 'rest', 7]] }, { name: 'Object', edges: [['property', secret, 7], ['property', 'rest', 7]] },
    { name: `Key${secret}` }, { type: 'closure', name: secret, edges: [['weak', secret, 7]] }, { type: 'regexp', name: secret }, { type: 'native', name: `<x-${secret} id="1">` }, { name: 'Leaf', edges: [['internal', secret, 4], ['shortcut', secret, 4]] },
  ]);
  expect(everything(analysis, false)).not.toContain(secret);
  expect(everything(analysis, false)).toContain('rest}');
  expect(everything(analysis, true)).toContain(secret);
  expect(searchNodes(analysis, { ...masked, text: secret }).total).toBe(0);
  expect(searchNodes(analysis, { ...masked, text: secret, reveal: true }).total).toBeGreaterThan(1);
});

test.each(['Object', 'Sessions'])('the keys of a dictionary, whatever they look like: %s', (name) => {
  const analysis = drawn([rootNode(1, 2), dictionary(name, people, 3, 4), dictionary(name, people, 3, 4), tableOf(people, 5), { name: 'Leaf' }, ...keyNodes(people)]);
  expect(everything(analysis, false)).not.toContain('person');
  expect(everything(analysis, true)).toContain('person B');
});

test('few keys, fields that V8 keeps apart from their names, and names of functions are code', () => {
  const few = people.slice(0, 5);
  const shown = (nodes: readonly DrawnNode[]): string => everything(drawn(nodes), false);
  expect(shown([rootNode(1), dictionary('Object', few, 2, 3), tableOf(few, 4), { name: 'Leaf' }, ...keyNodes(few)])).toContain('person B');
  expect(shown([rootNode(1), dictionary('Thing', people, 2, 3), { type: 'array', name: '(object properties)', edges: [['hidden', 0, 3]] }, { name: 'Leaf' }])).toContain('person B');
  const methods = dictionary('Object', people, 2, 3);
  expect(shown([rootNode(1), methods, tableOf(people, 4), { type: 'closure', name: 'run' }, ...keyNodes(people)])).toContain('person B');
});

test.each([
  `7 / part of key (${'line one\nSECRET\nline three'} @3) -> value (B @5) pair in WeakMap (table @7)`, '7 / part of key (SECRET', 'value (SECRET @5) pair in WeakMap (table @7)', '7 / part of key (SECRET @3) -> value (B @5) pair in WeakMap (table @7)',
])('what V8 writes of a WeakMap, whether it can be read or not: %#', (name) => {
  const analysis = drawn([rootNode(1, 2), { name: 'A', edges: [['internal', name, 3]] }, { type: 'array', name: 'table', edges: [['internal', name, 3]] }, { name: 'B' }]);
  expect(everything(analysis, false)).not.toContain('SECRET');
});

test('what a judge knows beside', () => {
  const { heap } = drawn([rootNode(1), { name: 'Alice', edges: [['property', 'Alice', 1], ['context', 'Alice', 1]] }]);
  const told = everything(analyseHeap(heap, undefined, (name) => name === 'Alice'), false);
  expect(told.split('Alice')).toHaveLength(everything(analyseHeap(heap), false).split('"context"').length);
  expect(everything(analyseHeap(heap), false)).toContain('"className":"Alice"');
});

test('a script\u2019s address is shown though there is a hash in it; not what stands behind it', () => {
  const code = (name: string): DrawnNode => ({ type: 'code', name });
  const analysis = drawn([rootNode(1, 2, 3), code(`file:///shop/build-${secret}/cart.js`), code(`https://shop.example/cart.js?key=${secret}`), code(secret)]);
  expect(dominatedBy(analysis, 0, masked).rows.map(({ text }) => text.masked)).toEqual([false, true, true]);
});
