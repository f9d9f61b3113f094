import { describe, expect, it } from 'vitest';
import { codec } from '../../../../otlp/index.ts';
import { TelemetryReader } from '../../../../rules/index.ts';
import type { TailRecord, TailRow } from '../../../workers/tail/index.ts';
import { recordCurl, recordJson, recordKql } from './copy-record.ts';
import { asPipeline, fieldPredicate, isPipeline, narrow, timePredicate } from './kql-text.ts';
import { ownRecorder, recordingRule, recordSpans, ruleFrom, samePredicate } from './record-rules.ts';

const row: TailRow = { id: 1, signal: 'logs', timeUnixNano: 1_767_323_045_123_456_789n, severity: 9, severityText: 'INFO', service: 'cart', durableId: 'CartItemAdded', durableSource: 'event', summary: 'item added', agent: 'cart-1', adjustedCount: 1 };
const record: TailRecord = { ...row, columns: { Body: "it's added", TraceId: '0af7651916cd43dd8448eb211c80319c', SeverityNumber: 9 }, attributes: { sku: 'MUG "x"', qty: 3, tags: ['a'] }, resource: { 'service.name': 'cart' }, bytes: 100 };

describe('narrowing a filter', () => {
  it.each([
    ['', 'a == 1', 'a == 1'],
    ['b == 2', 'a == 1', 'b == 2 and a == 1'],
    ['b == 2 or c == 3', 'a == 1', '(b == 2 or c == 3) and a == 1'],
    ['Logs | where b == 2', 'a == 1', 'Logs | where b == 2 | where a == 1'],
    ['Logs', 'a == 1', 'Logs | where a == 1'],
    ['Body has "x | y"', 'a == 1', 'Body has "x | y" and a == 1'],
  ])('%s and %s', (filter, predicate, wanted) => expect(narrow(filter, predicate)).toBe(wanted));

  it('knows a pipeline from a predicate', () => {
    expect([isPipeline('LogsX == 1'), isPipeline("Body == 'a|b'"), isPipeline('where x | where y')]).toEqual([false, false, true]);
    expect(asPipeline('Name == "x"', 'spans')).toBe('Spans | where Name == "x"');
  });
});

describe('predicates of fields', () => {
  it('compares each kind of value the way KQL compares it', () => {
    expect(fieldPredicate('logs', 'column', 'ServiceName', 'cart')).toBe('ServiceName == "cart"');
    expect(fieldPredicate('logs', 'attribute', 'qty', 3)).toBe('tolong(Attributes["qty"]) == 3');
    expect(fieldPredicate('logs', 'attribute', 'a == b', 'x', true)).toBe('tostring(Attributes["a == b"]) != "x"');
    expect(fieldPredicate('logs', 'column', 'Timestamp', row.timeUnixNano)).toBe('Timestamp == datetime(2026-01-02T03:04:05.123456789Z)');
    expect([fieldPredicate('spans', 'column', 'Duration', 5n), fieldPredicate('logs', 'attribute', 'tags', ['a'])]).toEqual([null, null]);
    expect(timePredicate(0, 1500)).toBe('Timestamp between (datetime(1970-01-01T00:00:00Z) .. datetime(1970-01-01T00:00:01.5Z))');
  });

  it('chooses the line of code by what names it', () => {
    expect(samePredicate(row)).toBe('EventName == "CartItemAdded"');
    expect(samePredicate({ ...row, durableId: 'src/a.ts:8', durableSource: 'code' })).toBe('DurableId == "src/a.ts:8"');
    expect(samePredicate({ ...row, durableId: '', durableSource: 'none' })).toBe('ServiceName == "cart"');
    expect(samePredicate({ ...row, signal: 'spans', durableId: 'POST /cart', durableSource: 'name' })).toBe('Name == "POST /cart"');
  });
});

describe('rules from a record', () => {
  it('end in the sink that was asked for, with a name that fits', () => {
    const sinks = { drop: /invoke drop\(\)/, sample: /invoke sample\(0\.1\)/, metric: /invoke to_metric\(/, record: /invoke record\("[\w.-]+", tee=true\)/ } as const;
    for (const [kind, sink] of Object.entries(sinks)) {
      const start = ruleFrom(kind as keyof typeof sinks, row);
      expect(start.kql).toMatch(/^Logs\n\| where EventName == "CartItemAdded"/);
      expect(start.kql).toMatch(sink);
      expect(start.name).toMatch(/^[a-z0-9][a-z0-9-]{0,62}$/);
    }
    expect(ruleFrom('metric', row, { place: 'attribute', name: 'http.route' }).kql).toMatch(/by ServiceName, .*http\.route/);
  });
});

describe('copying', () => {
  it('gives JSON with every field, and KQL that finds the record', () => {
    expect(JSON.parse(recordJson(record))).toMatchObject({ Body: "it's added", Attributes: { sku: 'MUG "x"', qty: 3 }, Resource: { 'service.name': 'cart' } });
    expect(recordKql(record)).toBe('Logs\n| where EventName == "CartItemAdded"\n| where Timestamp == datetime(2026-01-02T03:04:05.123456789Z)\n| where TraceId == "0af7651916cd43dd8448eb211c80319c"');
  });

  it('gives JSON that a dry run takes back', () => {
    const reader = new TelemetryReader(0);
    reader.push(new TextEncoder().encode(recordJson({ ...record, columns: { ...record.columns, DurableId: 'CartItemAdded', EventName: 'CartItemAdded', Timestamp: record.timeUnixNano } })));
    const read = reader.end();
    expect(read.ok && read.value).toMatchObject({ records: 1, skipped: 0, setAside: 0, firstProblem: null });
  });

  it('gives a curl whose body is OTLP JSON that our own door takes', () => {
    const command = recordCurl(record, 'http://127.0.0.1:4318/');
    const body = /-d '(.*)'$/s.exec(command)?.[1]?.replaceAll(String.raw`'\''`, "'");
    expect(command).toMatch(/^curl -sS http:\/\/127\.0\.0\.1:4318\/v1\/logs /);
    const converted = codec.jsonToProtobuf('logs', new TextEncoder().encode(body));
    expect(converted.ok && codec.walk('logs', converted.value).ok).toBe(true);
  });
});

describe('recording in a flight recorder', () => {
  it('takes the event, the service, or what of the service is as severe, into the recorder that was chosen', () => {
    expect(recordSpans(row).map(({ label }) => label)).toEqual(['This event', 'All of cart', 'INFO of cart']);
    const kql = (span: 'event' | 'service' | 'severity') => recordingRule(row, 'mine', span).kql;
    expect(kql('event')).toMatch(/EventName == "CartItemAdded"[^]*record\("mine"/);
    expect(kql('service')).toContain('ServiceName == "cart"');
    expect(kql('service')).not.toContain('CartItemAdded');
    expect(kql('severity')).toMatch(/ServiceName == "cart"[^]*SeverityText == "INFO"/);
    expect(ownRecorder(row)).toBe('cart-recent');
  });
  it('offers no span that the record does not say', () => expect(recordSpans({ ...row, service: '', severityText: '' }).map(({ value }) => value)).toEqual(['event']));
});
