import { expect, test } from 'vitest';
import type { Operator, Sink } from '../kql/index.ts';
import { attr, call, col, lit, plan, where } from '../testing/index.ts';
import { planFields } from './index.ts';

const fields = (operators: readonly Operator[], sink: Sink | null = null) => planFields(plan('Logs', operators, sink));

test('columns and attributes once each, in order; what the query makes is not read', () => {
  expect(fields([where(call('and', call('==', col('EventName'), lit('x')), call('>', attr('depth'), lit(1)))), { op: 'extend', columns: [{ name: 'a', expr: attr('host.name', 'Resource') }] }, where(call('==', col('a', 'dynamic'), col('EventName')))]))
    .toEqual({ columns: ['EventName'], attributes: ['depth'], resourceAttributes: ['host.name'] });
});

test('parse and mv-expand read their source and make their columns', () => {
  expect(fields([
    { op: 'parse', source: col('Body', 'dynamic'), mode: 'simple', flags: '', keepOnlyParsed: true, parts: [{ part: 'text', text: 'took ' }, { part: 'column', name: 'ms', type: 'long' }] },
    { op: 'mv-expand', columns: [{ name: 'tag', expr: attr('tags'), type: 'string' }], bag: 'bag', indexColumn: 'i', limit: lit(3) },
    where(call('and', call('>', col('ms', 'long'), col('i', 'long')), call('==', col('tag'), lit('x')))),
  ])).toEqual({ columns: ['Body'], attributes: ['tags'], resourceAttributes: [] });
});

test('each leg of a union reads for itself, and what a leg makes is made behind it', () => {
  expect(fields([
    { op: 'extend', columns: [{ name: 'x', expr: col('Body', 'dynamic') }] },
    { op: 'union', kind: 'outer', sourceColumn: 'from', inputs: [{ table: 'Spans', operators: [where(call('==', col('x'), lit('1'))), { op: 'extend', columns: [{ name: 'y', expr: col('Name') }] }] }] },
    where(call('and', call('==', col('from'), lit('Logs')), call('==', col('y'), col('TraceId')))),
  ])).toEqual({ columns: ['Body', 'x', 'Name', 'TraceId'], attributes: [], resourceAttributes: [] });
});

test('the key of dedup names columns, attributes, and what was made', () => {
  expect(fields([{ op: 'extend', columns: [{ name: 'made', expr: lit(1) }] }], { sink: 'dedup', windowNanos: '1000000000', key: ['ServiceName', 'user.id', 'made'] })).toEqual({ columns: ['ServiceName'], attributes: ['user.id'], resourceAttributes: [] });
});
