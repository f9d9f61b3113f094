import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBundle, sniff } from './sniff.ts';

const text = (value: string): Uint8Array => Buffer.from(value);
const json = (value: unknown): Uint8Array => text(JSON.stringify(value));
const elf = (type: number): Uint8Array => { const header = Buffer.alloc(64); header.write('7f454c46020101', 'hex'); header.writeUInt16LE(type, 16); return header; };
/** profile.proto: sample_type { type: 1, unit: 2 }. */
const pprof = Uint8Array.of(0x0a, 4, 0x08, 1, 0x10, 2, 0x12, 0);
/** A message of one field of bytes. */
const held = (field: number, ...parts: readonly Uint8Array[]): Uint8Array => { const body = Buffer.concat(parts); return Buffer.concat([Uint8Array.of(field << 3 | 2, ...(body.length < 128 ? [body.length] : [body.length & 127 | 128, body.length >> 7])), body]); };
const resource = held(1, held(1, held(1, text('service.name')), held(2, held(1, text('cart'.repeat(9))))));
/** ProfilesData: resource, scope, one profile whose sample_type is { type: 1, unit: 2 }. */
const otlpProfiles = held(1, held(2, held(1, held(1, text('scope'))), held(2, held(1, Uint8Array.of(0x08, 1, 0x10, 2)), new Uint8Array(200))));
const otlpLogs = held(1, resource, held(2, held(2, Uint8Array.of(0x09, 1, 2, 3, 4, 5, 6, 7, 8))));
const callFrame = { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 };

describe('a file from elsewhere is known by what stands in it', () => {
  it.each([
    ['cpuprofile', json({ nodes: [{ id: 1, callFrame, hitCount: 0 }], startTime: 1 }), 'x', 'cpu-profile'],
    ['cpuprofile', json({ startTime: 1, nodes: [] }), 'a.cpuprofile', 'cpu-profile'],
    ['heapprofile', json({ head: { callFrame, selfSize: 0 } }), 'x', 'heap-profile'],
    ['heapsnapshot', json({ snapshot: { meta: { node_fields: [] } } }), 'x', 'heap-snapshot'],
    ['speedscope', json({ version: '0.0.1', $schema: 'https://www.speedscope.app/file-format-schema.json' }), 'x', 'cpu-profile'],
    ['speedscope', json({ profiles: [{ type: 'evented', name: 'p', unit: 'none', events: [] }], shared: { frames: [] } }), 'x', 'cpu-profile'],
    ['chrome-trace', json({ traceEvents: [{ name: 'Profile', ph: 'P', pid: 1, tid: 1, id: '0x1', ts: 1, args: { data: { startTime: 1 } } }] }), 'trace.json', 'cpu-profile'],
    ['chrome-trace', json({ metadata: { source: 'DevTools' }, traceEvents: [] }), 'x', 'cpu-profile'],
    ['chrome-trace', text(`[\n${JSON.stringify({ args: { name: 'a' }, cat: '__metadata', name: 'thread_name', ph: 'M', pid: 10, tid: 1, ts: 0 })},\n`), 'x', 'cpu-profile'],
    ['json', json([{ pid: 1, ts: 2 }]), 'x', 'other'],
    ['otlp-profiles', json({ resourceProfiles: [{ scopeProfiles: [] }], dictionary: { stringTable: [''] } }), 'x', 'cpu-profile'],
    ['otlp-profiles', otlpProfiles, 'x', 'cpu-profile'],
    ['otlp-profiles', otlpProfiles.subarray(0, 24), 'x', 'cpu-profile'],
    ['text', otlpLogs, 'x', 'other'],
    ['otlp', otlpLogs, 'logs.otlp', 'other'],
    ['folded', text('# stacks\n#<Thread:0x1 run>;work 7\n#load;x 4\n#load;y 4\n'), 'x', 'cpu-profile'],
    ['otlp', json({ resourceLogs: [] }), 'x', 'other'],
    ['otlp', Uint8Array.of(0x0a, 100, 0x0a, 98), 'logs.otlp', 'other'],
    ['pprof', gzipSync(pprof), 'x', 'cpu-profile'],
    ['pprof', pprof, 'x', 'cpu-profile'],
    ['binary', gzipSync(text('hello')), 'x.gz', 'other'],
    ['pcapng', Buffer.from('0a0d0d0a1c000000', 'hex'), 'x', 'packet-capture'],
    ['pcap', Buffer.from('d4c3b2a102000400', 'hex'), 'x', 'packet-capture'],
    ['pcap', Buffer.from('a1b23c4d00020004', 'hex'), 'x', 'packet-capture'],
    ['elf-core', elf(4), 'x', 'core-dump'],
    ['binary', elf(2), 'x', 'other'],
    ['hprof', text('JAVA PROFILE 1.0.2\0'), 'x', 'heap-snapshot'],
    ['otlp-frames', text('WEIRREC1\0\0\0\0'), 'x', 'recorder'],
    ['zip', Buffer.from('504b030414000000', 'hex'), 'x', 'other'],
    ['folded', text('main;work;leaf 12\nmain;other 3\n'), 'x', 'cpu-profile'],
    ['perf-script', text('node 812/813 [001] 123.456789:  10101010 cpu-clock:pppH:\n\t    55d4a1 main (/usr/bin/node)\n'), 'x', 'cpu-profile'],
    ['jsonl', text('{"a":1}\n{"a":2}\n'), 'x', 'other'],
    ['json', text('{\n  "a": 1\n}\n'), 'x', 'other'],
    ['text', text('a line 12\nanother 3\n'), 'x', 'other'],
    ['text', text('é'.repeat(40_000)).subarray(0, 65_535), 'x', 'other'],
    ['binary', Uint8Array.of(0xff, 0xfe, 0, 1), 'x', 'other'],
    ['text', new Uint8Array(0), 'x', 'other'],
  ])('%s', (format, bytes, name, kind) => { expect(sniff(bytes, name)).toEqual({ format, kind }); });

  it('whatever the bytes are', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom('', '0a0d', '1f8b08', '7f454c46', '504b0304', '7b'), fc.string(), (bytes, start, name) => {
      expect(sniff(Buffer.concat([Buffer.from(start, 'hex'), bytes]), name).format).toMatch(/^[a-z-]+$/);
      isBundle(bytes);
    }));
  });
  it('in time that grows with its length only', () => {
    for (const repeated of ['{"nodes":[{', 'a ', ';', '1 1.1:', '\n ']) expect(sniff(text(repeated.repeat(65_536 / repeated.length)), 'x').kind).toBeTruthy();
  });
});
