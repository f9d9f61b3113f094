// A small whole file of each format, as its own tools write it; tests also break them.
import { encodeUtf8, ProtoWriter } from '../../../base/index.ts';
import type { ProfileFormat } from '../../model.ts';

const callFrame = (functionName: string, lineNumber = 9, url = 'file:///shop/app/main.js') => ({ functionName, scriptId: '7', url, lineNumber, columnNumber: 4 });
const json = (value: unknown): Uint8Array => encodeUtf8(JSON.stringify(value));

const cpuprofile = json({
  nodes: [{ id: 1, callFrame: callFrame('(root)', -1, ''), hitCount: 0, children: [2] }, { id: 2, callFrame: callFrame('main'), hitCount: 1, children: [3] }, { id: 3, callFrame: callFrame('work', 19), hitCount: 1 }],
  startTime: 1000, endTime: 4000, samples: [2, 3], timeDeltas: [1000, 1000],
});

export const heapTree = {
  head: {
    callFrame: callFrame('(root)', -1, ''), selfSize: 0, id: 1,
    children: [{ callFrame: callFrame('main'), selfSize: 64, id: 2, children: [{ callFrame: callFrame('', 19), selfSize: 1000, id: 3, children: [] }] }],
  },
  samples: [{ size: 64, nodeId: 2, ordinal: 1 }, { size: 500, nodeId: 3, ordinal: 2 }, { size: 500, nodeId: 3, ordinal: 3 }],
};

const profileEvent = (name: string, tid: number, data: object) => ({ args: { data }, cat: 'disabled-by-default-v8.cpu_profiler', id: '0x1', name, ph: 'P', pid: 10, tid, ts: 5000 });
export const traceEvents = [
  { args: { name: 'CrRendererMain' }, cat: '__metadata', name: 'thread_name', ph: 'M', pid: 10, tid: 1, ts: 0 },
  profileEvent('Profile', 1, { startTime: 5000 }),
  { name: 'RunTask', ph: 'X', pid: 10, tid: 1, ts: 5100, dur: 3, args: { deep: [{ samples: [1, '"}]'] }] } },
  profileEvent('ProfileChunk', 2, { cpuProfile: { nodes: [{ id: 1, callFrame: callFrame('(root)', -1, '') }, { id: 2, parent: 1, callFrame: callFrame('main') }], samples: [2, 2] }, timeDeltas: [100, 50], lines: [11, 12] }),
  profileEvent('ProfileChunk', 2, { cpuProfile: { nodes: [{ id: 3, parent: 2, callFrame: callFrame('work', 19) }], samples: [3, 1] }, timeDeltas: [30, 20] }),
];

export const perfText = [
  '# captured on: Monday', '',
  'node worker  41/42   [001]  12.000100:     250000 cpu-clock:u: ',
  '\t    7f01 hot(int, char (*)())+0x12 (/usr/lib/libapp.so.1)', '\t    55aa main+0x3 (/usr/bin/app)', '',
  'node worker  41/42   [001]  12.000350:     250000 cpu-clock:u: ',
  '\tffffffff815dfd87 do_fault+0x37 ([kernel.kallsyms])', '\t    55aa main+0x9 (/usr/bin/app)', '',
  'other  50/50   [000]  12.000200:     125000 cpu-clock:u: ',
  '\t    3f00 JS:*render /shop/app/view.js:3:17+0x40 (/maps/perf-41.map)', '\t     2f0 [unknown] (/usr/bin/app)', '',
].join('\n');

export const speedscopeFile = {
  $schema: 'https://www.speedscope.app/file-format-schema.json',
  profiles: [
    { type: 'sampled', name: 'main thread', unit: 'milliseconds', startValue: 1, endValue: 7, samples: [[0, 1], [0], []], weights: [1, 2, 3] },
    { type: 'evented', name: 'events', unit: 'bytes', startValue: 0, endValue: 30, events: [{ type: 'O', frame: 0, at: 0 }, { type: 'O', frame: 1, at: 10 }, { type: 'C', frame: 1, at: 15 }, { type: 'C', frame: 0, at: 30 }] },
  ],
  shared: { frames: [{ name: 'main', file: 'a.js', line: 3, col: 2 }, { name: 'work' }] },
};

/** A message of integer fields by number. */
function message(out: ProtoWriter, field: number, integers: Readonly<Record<number, number>>, more: () => void = () => { /* nothing */ }): void {
  const mark = out.open(field);
  for (const [number, value] of Object.entries(integers)) { out.tag(Number(number), 0); out.int64(value); }
  more();
  out.close(mark);
}
const packed = (out: ProtoWriter, field: number, values: readonly number[]): void => {
  const mark = out.open(field);
  for (const value of values) out.int64(value);
  out.close(mark);
};

/** Samples before the tables they name, as Go writes them. */
export function pprofFile(): Uint8Array {
  const out = new ProtoWriter();
  message(out, 1, { 1: 1, 2: 2 });
  message(out, 1, { 1: 3, 2: 4 });
  message(out, 2, {}, () => { packed(out, 1, [7, 9]); packed(out, 2, [3, 40]); message(out, 3, { 1: 5, 2: 6 }); message(out, 3, { 1: 7, 3: 77 }); });
  message(out, 2, { 1: 9 }, () => { packed(out, 2, [1, 5]); });
  message(out, 3, { 1: 1, 5: 8 });
  message(out, 4, { 1: 7, 2: 1, 3: 0x1234 }, () => { message(out, 4, { 1: 102, 2: 12 }); message(out, 4, { 1: 101, 2: 30 }); });
  message(out, 4, { 1: 9, 2: 1, 3: 0xabc });
  message(out, 5, { 1: 101, 2: 9, 4: 11, 5: 28 });
  message(out, 5, { 1: 102, 2: 10, 4: 11 });
  for (const text of ['', 'samples', 'count', 'cpu', 'microseconds', 'thread', 'worker', 'thread_id', '/usr/bin/app', 'work', 'inlined', '/shop/work.c']) out.stringField(6, text);
  out.tag(9, 0); out.int64(1_700_000_000_000_000_000n);
  out.tag(10, 0); out.int64(5_000_000_000);
  return out.finish();
}

/** Row 0 of each table is "not set". */
export function otlpFile(): Uint8Array {
  const out = new ProtoWriter();
  const start = 1_700_000_000_000_000_000n;
  message(out, 1, {}, () => {
    message(out, 1, {}, () => { message(out, 1, { 3: 6 }, () => { message(out, 2, { 8: 7 }); }); });
    message(out, 2, {}, () => {
      message(out, 2, {}, () => {
        message(out, 1, { 1: 1, 2: 2 });
        message(out, 2, { 1: 1 }, () => { packed(out, 2, [1, 2]); packed(out, 4, [10, 20]); const times = out.open(5); out.fixed64(start + 100n); out.fixed64(start + 400n); out.close(times); });
        message(out, 2, { 1: 2 }, () => { packed(out, 4, [5]); out.tag(5, 1); out.fixed64(start + 300n); });
        out.tag(3, 1); out.fixed64(start);
        out.tag(4, 0); out.varint(1_000_000);
      });
    });
  });
  message(out, 2, {}, () => {
    message(out, 1, {}); message(out, 1, { 4: 3 });
    message(out, 2, {}); message(out, 2, { 1: 1, 2: 99 }, () => { message(out, 3, { 1: 2, 2: 8 }); message(out, 3, { 1: 1, 2: 5 }); }); message(out, 2, { 1: 1, 2: 0xabcd });
    message(out, 3, {}); message(out, 3, { 1: 4, 3: 8, 4: 2 }); message(out, 3, { 1: 5 });
    for (const text of ['', 'cpu', 'nanoseconds', '/usr/bin/app', 'main', 'inlined', 'service.name', 'shop', '/shop/main.go', 'thread.name', 'thread.id']) out.stringField(5, text);
    message(out, 6, {}); message(out, 6, { 1: 9 }, () => { const value = out.open(2); out.stringField(1, 'worker'); out.close(value); }); message(out, 6, { 1: 10 }, () => { message(out, 2, { 3: 77 }); });
    message(out, 7, {}); message(out, 7, {}, () => { packed(out, 1, [1]); }); message(out, 7, {}, () => { packed(out, 1, [2, 1]); });
  });
  return out.finish();
}

/** What `otlpFile` says, as the collector writes it in JSON. */
export const otlpJson = {
  resourceProfiles: [{
    resource: { attributes: [{ keyStrindex: 6, value: { stringValueStrindex: 7 } }] },
    scopeProfiles: [{ profiles: [{
      sampleType: { typeStrindex: 1, unitStrindex: 2 }, timeUnixNano: '1700000000000000000', durationNano: '1000000',
      samples: [{ stackIndex: 1, attributeIndices: [1, 2], values: ['10', '20'], timestampsUnixNano: ['1700000000000000100', '1700000000000000400'] }, { stackIndex: 2, values: ['5'], timestampsUnixNano: ['1700000000000000300'] }],
    }] }],
  }],
  dictionary: {
    mappingTable: [{}, { filenameStrindex: 3 }],
    locationTable: [{}, { mappingIndex: 1, address: '99', lines: [{ functionIndex: 2, line: '8' }, { functionIndex: 1, line: '5' }] }, { mappingIndex: 1, address: '43981' }],
    functionTable: [{}, { nameStrindex: 4, filenameStrindex: 8, startLine: '2' }, { nameStrindex: 5 }],
    stringTable: ['', 'cpu', 'nanoseconds', '/usr/bin/app', 'main', 'inlined', 'service.name', 'shop', '/shop/main.go', 'thread.name', 'thread.id'],
    attributeTable: [{}, { keyStrindex: 9, value: { stringValue: 'worker' } }, { keyStrindex: 10, value: { intValue: '77' } }],
    stackTable: [{}, { locationIndices: [1] }, { locationIndices: [2, 1] }],
  },
};

export const sampleFiles: Readonly<Record<ProfileFormat, () => Uint8Array>> = {
  cpuprofile: () => cpuprofile, heapprofile: () => json(heapTree), 'chrome-trace': () => json({ traceEvents }), pprof: pprofFile,
  'perf-script': () => encodeUtf8(perfText), folded: () => encodeUtf8('main;work 3\nmain;read_[k] 2.5\n'), speedscope: () => json(speedscopeFile), 'otlp-profiles': otlpFile,
};
