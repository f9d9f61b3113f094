import { expect, test } from 'vitest';
import fc from 'fast-check';
import { parseSyslog } from './message.ts';
import { syslogRecord } from './to-record.ts';

const now = Date.UTC(2026, 10, 23, 12);
const read = (text: string) => parseSyslog(text, now);
const local = (year: number, month: number, day: number, h: number, m: number, s: number): bigint => BigInt(new Date(year, month, day, h, m, s).getTime()) * 1_000_000n;

test('RFC 5424 with structured data, escapes and a byte order mark', () => {
  const message = read('<165>1 2003-10-11T22:14:15.000003-07:00 host.example app 8710 ID47 [a@1 x="1" x="2"][b y="say \\"hi\\" \\] \\\\ \\n"] \ufeffAn event');
  expect(message).toEqual({
    facility: 20, severity: 5, version: 1, unixNano: BigInt(Date.UTC(2003, 9, 12, 5, 14, 15)) * 1_000_000n + 3000n, hostName: 'host.example', appName: 'app', procId: '8710', msgId: 'ID47',
    data: Object.assign(Object.create(null), { 'a@1.x': ['1', '2'], 'b.y': 'say "hi" ] \\ \\n' }), text: 'An event', isMalformed: false,
  });
});

test('RFC 5424 with nothing but nil values', () => {
  expect(read('<0>1 - - - - - -')).toMatchObject({ severity: 0, facility: 0, unixNano: null, hostName: null, appName: null, procId: null, msgId: null, data: null, text: '', isMalformed: false });
});

test('structured data that is broken stays in the text', () => {
  expect(read('<13>1 - h a - - [x y="1 the rest')).toMatchObject({ hostName: 'h', appName: 'a', text: '[x y="1 the rest', isMalformed: true });
});

test.each([
  ['<34>Oct 11 22:14:15 mymachine su[42]: failed', { hostName: 'mymachine', appName: 'su', procId: '42', text: 'failed', unixNano: local(2026, 9, 11, 22, 14, 15) }],
  ['<34>Oct  1 22:14:15 mymachine su: failed', { hostName: 'mymachine', appName: 'su', procId: null, text: 'failed', unixNano: local(2026, 9, 1, 22, 14, 15) }],
  ['<34>Jan  2 00:00:00 tag: next year', { hostName: null, appName: 'tag', text: 'next year', unixNano: local(2027, 0, 2, 0, 0, 0) }],
  ['<34>Oct 11 22:14:15 tag[1]: from dev log', { hostName: null, appName: 'tag', procId: '1', text: 'from dev log' }],
  ['<34>Oct 11 2025 22:14:15 h t: x', { hostName: 'h', unixNano: local(2025, 9, 11, 22, 14, 15), text: 'x' }],
  ['<189>45: *Oct 11 22:14:15.123: %SYS-5-CONFIG_I: done', { unixNano: local(2026, 9, 11, 22, 14, 15) + 123_000_000n }],
  ['<13>2026-10-11T22:14:15.5Z host tag: iso', { hostName: 'host', appName: 'tag', text: 'iso', unixNano: BigInt(Date.UTC(2026, 9, 11, 22, 14, 15, 500)) * 1_000_000n }],
  ['<13>prog[7]: no time', { unixNano: null, hostName: null, appName: 'prog', procId: '7', text: 'no time' }],
  ['<13>just words here', { appName: null, text: 'just words here', isMalformed: false }],
])('RFC 3164: %s', (text, wanted) => { expect(read(text)).toMatchObject(wanted); });

test.each(['no priority', '<192>too high', '<x>1', ''])('malformed, kept whole: %s', (text) => {
  expect(read(text)).toMatchObject({ text, isMalformed: true, severity: null });
});

test('a record has the names of the data model', () => {
  const { resource, log } = syslogRecord(read('<11>1 - web-1 shop 12 M1 [origin ip="192.0.2.1" swVersion="2"][q@1 a="b"] {"level":"warn","trace_id":"0af7651916cd43dd8448eb211c80319c","n":1}'), { unixMs: now, peer: '192.0.2.9', hostName: 'here', cut: 0 });
  expect(resource).toEqual({ 'service.name': 'shop', 'service.version': '2', 'host.name': 'web-1' });
  expect(log).toMatchObject({ severityNumber: 13, traceId: '0af7651916cd43dd8448eb211c80319c', body: expect.stringContaining('"n":1') as string });
  expect(log.attributes).toEqual({ n: 1, 'syslog.facility': 'user', 'syslog.version': 1, 'syslog.procid': '12', 'process.pid': 12, 'syslog.msgid': 'M1', 'client.address': '192.0.2.1', 'syslog.q@1.a': 'b' });
});

test('severities are those of the data model', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7].map((severity) => syslogRecord(read(`<${severity}>x`), { unixMs: now, peer: '', hostName: '', cut: 0 }).log.severityNumber)).toEqual([21, 19, 18, 17, 13, 10, 9, 5]);
});

test('any text is a message, and none is lost', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => { expect(text.endsWith(read(`<13>${text}`).text)).toBe(true); }));
});

test('text made to look deep takes linear time', () => {
  for (const hostile of ['[a b="'.repeat(50_000), `[a ${'b="\\"" '.repeat(50_000)}`, '\\'.repeat(300_000), ' '.repeat(300_000), '['.repeat(300_000), 'a.'.repeat(150_000)]) {
    expect(read(`<13>1 - - - - - ${hostile}`).severity).toBe(5);
    expect(read(`<13>Oct 11 22:14:15 ${hostile}`).severity).toBe(5);
  }
});
