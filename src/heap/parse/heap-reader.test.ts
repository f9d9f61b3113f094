// Reading snapshots: whole, in any chunks, in any order of fields; and what is said of files that are none.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../base/index.ts';
import { drawnSnapshot, type DrawnNode } from '../testing/drawn-snapshot.ts';
import { readBytes, readText } from '../testing/read-heap.ts';
import { HeapReader } from './heap-reader.ts';
import { locationOf } from './location-columns.ts';
import { stringAt } from './string-table.ts';
import type { Heap } from '../model.ts';
import type { Result } from '../../base/index.ts';

const nodes: readonly DrawnNode[] = [
  { type: 'synthetic', name: '', size: 0, edges: [['shortcut', 'global', 1], ['element', 2, 2]] },
  { name: 'Global / "quoted"', size: 24, edges: [['property', 'caf\u00e9 \u{1f600}', 2], ['hidden', 7, 1]] },
  { type: 'string', name: 'a\\b\n\u0001\u2028', size: 4_000_000_000, id: 4_294_967_295, detachedness: 1 },
];
const text = drawnSnapshot(nodes, { locations: [[2, 5, 6, 7], [1, 2, 3, 4]] });

function valueOf(result: Result<Heap>): Heap {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

/** The heap as plain lists, whatever the file's layout was. */
function told({ nodes: table, edges, strings, ...heap }: Heap): unknown {
  return {
    nodes: Array.from({ length: table.count }, (_, row) => [heap.nodeTypes[table.type[row]!], stringAt(strings, table.name[row]!), table.id[row], table.selfSize[row], table.firstEdge[row]]),
    edges: Array.from({ length: edges.count }, (_, row) => [heap.edgeTypes[edges.type[row]!], ['element', 'hidden'].includes(heap.edgeTypes[edges.type[row]!]!) ? edges.nameOrIndex[row] : stringAt(strings, edges.nameOrIndex[row]!), edges.to[row]]),
  };
}

test('nodes, edges, strings and locations come as they were drawn', () => {
  const heap = valueOf(readText(text));
  expect(told(heap)).toEqual({
    nodes: [['synthetic', '', 1, 0, 0], ['object', 'Global / "quoted"', 3, 24, 2], ['string', 'a\\b\n\u0001\u2028', 4_294_967_295, 4_000_000_000, 4]],
    edges: [['shortcut', 'global', 1], ['element', 2, 2], ['property', 'caf\u00e9 \u{1f600}', 2], ['hidden', 7, 1]],
  });
  expect([...heap.nodes.detachedness!]).toEqual([0, 0, 1]);
  expect([locationOf(heap.locations, 0), heap.locations.line[locationOf(heap.locations, 1)], heap.locations.line[locationOf(heap.locations, 2)]]).toEqual([-1, 3, 6]);
  expect(heap.fileBytes).toBe(encodeUtf8(text).length);
});

test('any chunks give the same', () => {
  const bytes = encodeUtf8(text);
  const whole = told(valueOf(readBytes(bytes)));
  for (let size = 1; size < 20; size++) expect(told(valueOf(readBytes(bytes, Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => i * size))))).toEqual(whole);
  fc.assert(fc.property(fc.array(fc.nat(bytes.length)), (cuts) => { expect(told(valueOf(readBytes(bytes, cuts.sort((a, b) => a - b))))).toEqual(whole); }), { numRuns: 50 });
});

test('the head says where the fields are: older and stranger layouts read alike', () => {
  const whole = told(valueOf(readText(text)));
  const old = valueOf(readText(drawnSnapshot(nodes, { nodeFields: ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id'] })));
  expect(told(old)).toEqual(whole);
  expect(old.nodes.detachedness).toBe(null);
  expect(told(valueOf(readText(drawnSnapshot(nodes, { nodeFields: ['edge_count', 'unheard', 'self_size', 'id', 'name', 'type'], edgeFields: ['to_node', 'type', 'extra', 'name_or_index'] }))))).toEqual(whole);
});

test('traces, samples and what later versions add are passed over; blanks and a byte order mark are no trouble', () => {
  const more = { trace_function_infos: [0, 1, -2], trace_tree: [1, [2, ['x]}"\\']]], samples: [1, 2], later: { a: [null, true, -1.5e3, 'strings":['] }, scalar: 12, word: 'a"b' };
  const whole = told(valueOf(readText(text)));
  expect(told(valueOf(readText(drawnSnapshot(nodes, { more }))))).toEqual(whole);
  const spaced = JSON.stringify(JSON.parse(drawnSnapshot(nodes, { more })), null, 2);
  expect(told(valueOf(readText(`\ufeff ${spaced}\r\n`)))).toEqual(whole);
});

test('any text survives, however it is written and cut', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' })), fc.boolean(), fc.integer({ min: 1, max: 9 }), (texts, escaped, size) => {
    const written = JSON.stringify({ strings: ['', ...texts] }).slice('{"strings":'.length, -1);
    const strings = escaped ? written.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`) : written;
    const bytes = encodeUtf8(drawnSnapshot([{ name: '' }]).replace(/"strings":[^]*$/, () => `"strings":${strings}}`));
    const heap = valueOf(readBytes(bytes, Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => i * size)));
    expect(Array.from({ length: heap.strings.count }, (_, row) => stringAt(heap.strings, row))).toEqual(['', ...texts.map((one) => one.toWellFormed())]);
  }));
});

test('a file that ends early is never taken for whole', () => {
  const bytes = encodeUtf8(text);
  for (let length = 0; length < bytes.length; length++) expect(readBytes(bytes.subarray(0, length)).ok, `${length} bytes`).toBe(false);
  // Its size known, it is told for what it is.
  const reader = new HeapReader(bytes.length);
  reader.push(bytes.subarray(0, bytes.length - 30));
  expect(reader.finish()).toMatchObject({ ok: false, error: { code: 'heap.truncated' } });
});

test.each([
  ['', 'heap.not-a-snapshot'], ['[1]', 'heap.not-a-snapshot'], ['{}', 'heap.bad-file'], ['{"a":1}', 'heap.not-a-snapshot'], ['\u007fELF', 'heap.not-a-snapshot'],
  ['{"nodes":[1]}', 'heap.not-a-snapshot'], ['{"snapshot":{}}', 'heap.not-a-snapshot'], ['{"snapshot":[}', 'heap.not-a-snapshot'],
  [text.replace('"name"', '"called"'), 'heap.not-a-snapshot'], [text.replace('"nodes":[', '"nodes":[x'), 'heap.bad-file'], [text.replace('"nodes":[', '"nodes":{"a":['), 'heap.bad-file'],
  [text.replace('"nodes":[', '"nodes":[1,'), 'heap.bad-file'], [text.replace('"node_count":3', '"node_count":2'), 'heap.bad-file'], [text.replace('"node_count":3', '"node_count":4'), 'heap.truncated'],
  [text.replace('"node_count":3', '"node_count":4000000000'), 'heap.truncated'], [text.replace('"node_count":3', '"node_count":-1'), 'heap.not-a-snapshot'],
  [text.replace('"edge_count":4', '"edge_count":5'), 'heap.bad-file'], [text.replace('"strings":[', '"strings":["\\x",'), 'heap.bad-file'], [text.replace(/"strings":[^]*/, '"strings":[]}'), 'heap.bad-file'],
  [text.replace(/"strings":[^]*/, '"strings":"a"}'), 'heap.bad-file'], [text.replace(/,"strings":[^]*/, '}'), 'heap.not-a-snapshot'], [`${text}{`, 'heap.bad-file'],
])('what is no snapshot is refused and named (%#)', (content, code) => {
  expect(readText(content)).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(/\.$/), help: expect.any(String) } });
});

test('an edge to where no node is, a type that nobody names', () => {
  expect(readText(drawnSnapshot([{ name: 'a', edges: [['property', 'x', 5]] }]))).toMatchObject({ ok: false, error: { code: 'heap.bad-file' } });
  expect(readText(drawnSnapshot([{ name: 'a', type: 'nonsense' }]))).toMatchObject({ ok: false, error: { code: 'heap.bad-file' } });
});

test('the share read is told on the way', () => {
  const bytes = encodeUtf8(text);
  const reader = new HeapReader(bytes.length);
  expect(reader.share).toBe(0);
  reader.push(bytes.subarray(0, bytes.length >> 1));
  expect(reader.share).toBeCloseTo(0.5, 2);
  reader.push(bytes.subarray(bytes.length >> 1));
  expect([reader.share, reader.failed]).toEqual([1, null]);
});

test('objects beyond 4 GiB keep their size', () => {
  const heap = valueOf(readText(drawnSnapshot([{ name: 'a', size: 7 }, { name: 'b', size: 2 ** 40 + 1 }])));
  expect([...heap.nodes.selfSize]).toEqual([7, 2 ** 40 + 1]);
});
