import { expect, test } from 'vitest';
import fc from 'fast-check';
import { jsonFields } from './json-line.ts';
import { logfmtFields } from './logfmt-line.ts';
import { plainFields } from './plain-line.ts';
import { bsdTimeAt, isoTimeAt, timeOf } from './timestamp.ts';

const at = BigInt(Date.UTC(2026, 10, 23, 10, 0, 0, 123)) * 1_000_000n;

test.each([['2026-11-23T10:00:00.123Z', at], ['2026-11-23 12:00:00,123+02:00', at], ['2026-11-23T10:00:00.123456789Z', at + 456_789n], [1_795_428_000.123, at], [1_795_428_000_123, at], ['1795428000123000000', at], [5, null], ['2026-13-01T00:00:00Z', null], ['soon', null], [NaN, null]])('time %s', (value, wanted) => { expect(timeOf(value)).toBe(wanted); });

test('a time without a year is the nearest one, around New Year too', () => {
  const yearOf = (text: string, now: number): number => new Date(Number(bsdTimeAt(text, 0, now)!.unixNano / 1_000_000n)).getFullYear();
  expect(yearOf('Dec 31 23:59:59', Date.UTC(2027, 0, 1, 12))).toBe(2026);
  expect(yearOf('Jan  1 00:00:01', Date.UTC(2026, 11, 31, 12))).toBe(2027);
});

test('pino, zap, ECS and OpenTelemetry names', () => {
  expect(jsonFields('{"level":40,"time":1795428000123,"pid":1,"msg":"m","service":"s"}')).toEqual({ time: at, severityNumber: 13, severityText: 'warn', body: 'm', service: 's', attributes: { pid: 1 } });
  expect(jsonFields('{"@timestamp":"2026-11-23T10:00:00.123Z","log.level":"ERROR","message":"m","trace.id":"0AF7651916CD43DD8448EB211C80319C","span_id":"b7ad6b7169203331","trace_flags":"01","event_name":"e","service":{"name":"x"}}'))
    .toEqual({ time: at, severityNumber: 17, severityText: 'ERROR', body: 'm', traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', flags: 1, eventName: 'e', service: 'x', attributes: {} });
  expect(jsonFields('{"level":"odd","time":"soon","trace_id":"00","msg":{"a":1}}')?.attributes).toEqual({ level: 'odd', time: 'soon', trace_id: '00', msg: { a: 1 } });
});

test('a field called __proto__ is an attribute', () => {
  expect(Object.keys(jsonFields('{"__proto__":{"a":1}}')!.attributes)).toEqual(['__proto__']);
});

test('logfmt', () => {
  expect(logfmtFields('ts=2026-11-23T10:00:00.123Z level=info msg="a \\"b\\"\\n" n=3 f=1.50 ok=true flag empty= id=007')).toEqual({ time: at, severityNumber: 9, severityText: 'info', body: 'a "b"\n', attributes: { n: 3, f: '1.50', ok: true, flag: true, empty: '', id: '007' } });
  expect(logfmtFields('a="never closed')).toBeNull();
  expect(logfmtFields('no pairs')).toBeNull();
});

test('plain lines: a time in front and a level near it', () => {
  expect(plainFields('[2026-11-23T10:00:00.123Z] [WARN] it said ERROR', 0)).toMatchObject({ time: at, severityNumber: 13, severityText: 'WARN' });
  expect(plainFields('nothing to see', 0)).toEqual({ body: 'nothing to see', attributes: {} });
});

test('nothing throws, and hostile text takes linear time', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => { jsonFields(text); logfmtFields(text); plainFields(text, 0); isoTimeAt(text); }));
  for (const hostile of ['{"a":'.repeat(100_000), '['.repeat(100_000), 'a='.repeat(200_000), 'a="\\'.repeat(100_000), ' '.repeat(400_000), '1'.repeat(400_000)]) { jsonFields(`{"x":${hostile}`); logfmtFields(hostile); plainFields(hostile, 0); }
});
