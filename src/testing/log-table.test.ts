import { expect, test } from 'vitest';
import { codec } from '../otlp/index.ts';
import { logRequest, parseLogTable, parseRows, printRows } from './index.ts';

const table = `
  time       | service  | severity | event     | body            | attributes
  10:00:00.5 | frontend | INFO     | LogLaunch | launched \\| fine | http.route=/a depth:=300 who="two words"
  10:00:01   | frontend | WARN     |           | {"a":[1,2]}     |
             | cart     |          | Other     |                 |`;

test('a table becomes a request that the codec reads', () => {
  const walked = codec.walk('logs', logRequest(table));
  if (!walked.ok) throw new Error(walked.error.message);
  expect(walked.value.recordCount).toBe(3);
  expect(walked.value.resourceCount).toBe(2);
  const cursor = codec.cursor();
  cursor.reset(walked.value);
  cursor.moveTo(0);
  const column = (name: string): unknown => cursor.column(codec.columnId('logs', name));
  expect([column('ServiceName'), column('EventName'), column('SeverityNumber'), column('Body'), column('Timestamp')]).toEqual(['frontend', 'LogLaunch', 9, 'launched | fine', 1767261600500000000n]);
  expect(column('Attributes')).toEqual({ 'http.route': '/a', depth: 300, who: 'two words' });
  cursor.moveTo(1);
  expect(column('Body')).toEqual({ a: [1, 2] });
  cursor.moveTo(2);
  expect([column('ServiceName'), column('Timestamp')]).toEqual(['cart', null]);
});

test('a time that is none is a pointed error', () => {
  expect(() => parseLogTable('time\nsoon')).toThrow('"soon" is no time');
});

test('rows from a table and back', () => {
  expect(printRows(parseRows('a | b\n1 | x\n | {"c":2}'))).toBe('a=1 b="x"\nb={"c":2}');
});
