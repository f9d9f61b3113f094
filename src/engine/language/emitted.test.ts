import { expect, it } from 'vitest';
import { codec } from '../../otlp/index.ts';
import { emittedLogs, MetricBook } from './emitted.ts';
import type { EmittedMetric, LanguageOutputs } from './types.ts';

const outputs = (more: Partial<LanguageOutputs>): LanguageOutputs => ({ atUnixNano: 5_000_000_000n, resource: { 'service.name': 'shop' }, emit: [], metrics: [], actions: [], notRun: [], logs: [], error: null, refused: 0, cut: 0, chars: 0, stop: null, ...more });
const metric = (value: number, more: Partial<EmittedMetric> = {}): EmittedMetric => ({ name: 'm', value, unit: '', kind: 'sum', attributes: {}, ...more });

it('emitted records belong to the resource of the record, or to the agent', () => {
  const emit = [{ eventName: 'deep', body: null, severityNumber: 9, attributes: { depth: 1 } }];
  const columns = (resource: LanguageOutputs['resource']) => {
    const view = codec.walk('logs', emittedLogs(outputs({ emit, resource }), 'mine', { 'service.name': 'agent' })!);
    if (!view.ok) throw new Error(view.error.message);
    const cursor = codec.cursor();
    cursor.reset(view.value);
    cursor.moveTo(0);
    return ['ServiceName', 'EventName', 'Attributes', 'Timestamp', 'ScopeName'].map((name) => cursor.column(codec.columnId('logs', name)));
  };
  expect(columns({ 'service.name': 'shop' })).toEqual(['shop', 'deep', { depth: 1, 'weir.rule.name': 'mine' }, 5_000_000_000n, 'weir.language']);
  expect(columns(null)[0]).toBe('agent');
  expect(emittedLogs(outputs({}), 'mine', {})).toBeNull();
});

it('sums add up, the last gauge counts, and what has no room is counted', () => {
  const book = new MetricBook(3, 1n);
  book.add(outputs({ metrics: [metric(1), metric(2), metric(1.5, { attributes: { a: 1, b: 2 } }), metric(1, { attributes: { b: 2, a: 1 } }), metric(7, { kind: 'gauge', name: 'g' }), metric(8, { kind: 'gauge', name: 'g' }), metric(1, { name: 'full' })] }));
  book.add(outputs({ resource: null, metrics: [metric(1)] }));
  expect(book.flush(9n).map(({ resource, points }) => [resource, points.map(({ name, value, isInt, startUnixNano, timeUnixNano }) => [name, value, isInt, startUnixNano, timeUnixNano])])).toEqual([
    [{ 'service.name': 'shop' }, [['m', 3, true, 1n, 9n], ['m', 2.5, false, 1n, 9n], ['g', 8, true, 1n, 9n]]]]);
  expect(book.overflow).toBe(2);
  book.add(outputs({ resource: null, metrics: [metric(1)] }));
  expect(book.flush(20n)).toMatchObject([{ resource: null, points: [{ value: 1, startUnixNano: 9n }] }]);
  expect(book.flush(30n)).toEqual([]);
});
