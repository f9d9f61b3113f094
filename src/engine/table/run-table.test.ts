// What only shows in how rows are read: streaming, reading the source once, refusals. What comes out is in the golden corpus.
import { RE2JS } from 're2js';
import { expect, test, vi } from 'vitest';
import type { Operator } from '../../kql/index.ts';
import { call, col, lit, plan, where } from '../../testing/index.ts';
import type { Row } from '../expr/index.ts';
import { runTable } from './run-table.ts';
import { expanded } from './streams.ts';

const n = col('n', 'long');
const take = (count: number): Operator => ({ op: 'take', count: lit(count) });
const union = (...inputs: readonly (readonly Operator[])[]): Operator => ({ op: 'union', kind: 'outer', sourceColumn: null, inputs: inputs.map((operators) => ({ table: 'source', operators })) });

/** Counts how many rows were asked for. */
function counting(count: number) {
  const read = { rows: 0 };
  return { read, *[Symbol.iterator](): Generator<Row> { for (let i = 0; i < count; i++) { read.rows++; yield { n: i }; } } };
}

async function all(rows: AsyncIterable<Row>): Promise<readonly Row[]> {
  const out: Row[] = [];
  for await (const row of rows) out.push(row);
  return out;
}

test('take stops reading its input', async () => {
  const rows = counting(Infinity);
  expect(await all(runTable(plan('source', [where(call('==', call('%', n, lit(2)), lit(0))), take(3)]), rows))).toEqual([{ n: 0 }, { n: 2 }, { n: 4 }]);
  expect(rows.read.rows).toBe(5);
});

test('mv-expand and take stop in the middle of a row', async () => {
  const expand: Operator = { op: 'mv-expand', columns: [{ name: 'x', expr: lit([1, 2, 3], 'dynamic'), type: 'dynamic' }], bag: 'bag', indexColumn: null, limit: null };
  const rows = counting(Infinity);
  expect(await all(runTable(plan('source', [expand, take(4)]), rows))).toHaveLength(4);
  expect(rows.read.rows).toBe(2);
});

test('the branches of a union read the source once, each from its start', async () => {
  const rows = counting(10);
  const out = await all(runTable(plan('source', [take(2), union([take(3)], [])]), rows));
  expect(out.map((row) => row['n'])).toEqual([0, 1, 0, 1, 2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(rows.read.rows).toBe(10);
});

test('branches that stop early leave the rest unread', async () => {
  const rows = counting(1000);
  await all(runTable(plan('source', [take(2), union([take(5)])]), rows));
  expect(rows.read.rows).toBe(5);
});

test('sample chooses evenly and keeps the order', async () => {
  const out = await all(runTable(plan('source', [{ op: 'sample', count: lit(100) }]), counting(1000)));
  const values = out.map((row) => row['n'] as number);
  expect(values).toHaveLength(100);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect(new Set(values).size).toBe(100);
  // The mean of 100 out of 0 to 999 lies within 400 to 600 in all but one of 2,000 choices, and the choice is the same every time.
  expect(values.reduce((sum, value) => sum + value, 0) / 100).toBeGreaterThan(400);
  expect(values.reduce((sum, value) => sum + value, 0) / 100).toBeLessThan(600);
});

test('sample asks whom it is told to ask', async () => {
  expect(await all(runTable(plan('source', [{ op: 'sample', count: lit(1) }]), counting(5), undefined, () => 0))).toEqual([{ n: 4 }]);
});

test('input rows are not changed', async () => {
  const rows = [Object.freeze({ n: 1, list: Object.freeze([1, 2]) })];
  await all(runTable(plan('source', [{ op: 'extend', columns: [{ name: 'n', expr: lit(2) }] }, { op: 'sort', by: [{ expr: n, descending: true, nullsFirst: false }] }]), rows));
  expect(rows).toEqual([{ n: 1, list: [1, 2] }]);
});

test('an input of another table is refused, and so is a number of rows that is none', () => {
  const other: Operator = { op: 'union', kind: 'outer', sourceColumn: null, inputs: [{ table: 'Spans', operators: [] }] };
  expect(() => runTable(plan('Logs', [other]), [])).toThrow('no rows of Spans');
  expect(() => runTable(plan('source', [{ op: 'take', count: lit('many') }]), [])).toThrow('constant number');
});

test('mv-expand that multiplies rows beyond all bounds says so; one element a row may go on for ever', async () => {
  const rows = async function* (): AsyncGenerator<Row> { for (let i = 0; i < 50; i++) yield { a: [i] }; };
  const single = expanded((row) => [row], 10);
  expect(await all(single(rows()))).toHaveLength(50);
  await expect(all(expanded((row) => [row, row], 10)(rows()))).rejects.toThrow('more than 10 rows');
});

test('equal legs of a union, and equal patterns of different ones, are built once', async () => {
  const build = vi.spyOn(RE2JS, 'compile');
  const leg = (n: number): Operator[] => [where(call('matches regex', col('s', 'string'), lit('only-here-[a-z]+x{50}'))), where(call('!=', n === 0 ? lit(-1) : col('n', 'long'), lit(n)))];
  await all(runTable(plan('source', [union(...Array.from({ length: 200 }, (_, i) => leg(i % 4)))]), [{ s: 'a', n: 1 }]));
  expect(build).toHaveBeenCalledTimes(1);
  build.mockRestore();
});
