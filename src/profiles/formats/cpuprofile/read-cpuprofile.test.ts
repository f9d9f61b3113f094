// The reader against JSON.parse and Chrome DevTools' rules, over any profile in any spelling that JSON allows.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8, type Result } from '../../../base/index.ts';
import { none, type Profile } from '../../model.ts';
import { drawTree } from '../../testing/draw-tree.ts';
import { callTree } from '../../tree/build-call-tree.ts';
import { wholeProfile } from '../../tree/call-tree.ts';
import { readCpuProfile } from './read-cpuprofile.ts';
import { mergeOrder } from './sample-times.ts';

interface Node { readonly id: number; readonly callFrame: { readonly functionName: string; readonly scriptId: string; readonly url: string; readonly lineNumber: number; readonly columnNumber: number }; hitCount?: number; children?: number[]; parent?: number; positionTicks?: { line: number; ticks: number }[] }
interface File { nodes: Node[]; startTime: number; endTime: number; samples?: number[]; timeDeltas?: number[] }

const bytesOf = (file: unknown, space = ''): Uint8Array => encodeUtf8(JSON.stringify(file, null, space));
const opened = (result: Result<Profile>): Profile => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
const errorOf = (bytes: Uint8Array): string => {
  const result = readCpuProfile(bytes, 'x');
  if (result.ok) throw new Error('It was read.');
  expect(result.error.help).toBeTruthy();
  return `${result.error.code}: ${result.error.message}`;
};
const callFrame = (functionName: string, url = '', lineNumber = -1): Node['callFrame'] => ({ functionName, scriptId: '0', url, lineNumber, columnNumber: lineNumber });

const small: File = {
  nodes: [
    { id: 1, callFrame: callFrame('(root)'), hitCount: 0, children: [2, 4, 5] },
    { id: 2, callFrame: callFrame('main', 'file:///shop/shop/src/main.ts', 11), hitCount: 1, children: [3], positionTicks: [{ line: 13, ticks: 1 }] },
    { id: 3, callFrame: callFrame('', 'node:fs', 4), hitCount: 1 },
    { id: 4, callFrame: callFrame('(garbage collector)'), hitCount: 1 },
    { id: 5, callFrame: callFrame('(idle)'), hitCount: 1 },
  ],
  startTime: 1_000_000, endTime: 1_001_000, samples: [2, 3, 4, 5], timeDeltas: [100, 200, 300, 50],
};

describe('a .cpuprofile', () => {
  const profile = opened(readCpuProfile(bytesOf(small), 'small.cpuprofile'));
  it('becomes stacks without the root, functions with lines from 1 and packages', () => {
    const { functions, strings } = profile;
    const text = (row: number): string | null => (row === none ? null : strings[row]!);
    expect(Array.from({ length: functions.count - 1 }, (_, at) => [text(functions.name[at + 1]!), text(functions.file[at + 1]!), functions.line[at + 1], functions.column[at + 1], text(functions.package[at + 1]!)])).toEqual([
      ['main', 'file:///shop/shop/src/main.ts', 12, 12, 'shop'], ['(anonymous)', 'node:fs', 5, 5, 'node'], ['(garbage collector)', null, 0, 0, 'v8 gc'], ['(idle)', null, 0, 0, 'native'],
    ]);
    expect([...profile.stacks.parent]).toEqual([none, 0, none, none]);
  });
  it('weighs a sample until the next one, the last with the median, in nanoseconds', () => {
    expect([...profile.samples.time!]).toEqual([100_000, 300_000, 600_000, 650_000]);
    expect(drawTree(profile, callTree(profile, wholeProfile))).toEqual(['root 750000', '  main 500000 (200000)', '    (anonymous) 300000 (300000)', '  (idle) 200000 (200000)', '  (garbage collector) 50000 (50000)']);
    expect(profile.durationNanos).toBe(1_000_000);
  });
  it('keeps position ticks', () => { expect(profile.lineTicks).toEqual({ count: 1, stack: Int32Array.of(0), line: Int32Array.of(13), ticks: Int32Array.of(1) }); });
  it('is sorted by time when deltas go back, and says so', () => {
    const back = opened(readCpuProfile(bytesOf({ ...small, timeDeltas: [100, 200, -50, 400] }), 'x'));
    expect([...back.samples.time!]).toEqual([100_000, 250_000, 300_000, 650_000]);
    expect([...back.samples.stack]).toEqual([0, 2, 1, 3]);
    expect(back.notes.join()).toContain('sorted');
  });
  it('is counted by hits where it lists no samples', () => {
    const { samples: _samples, timeDeltas: _deltas, ...rest } = small;
    const hits = opened(readCpuProfile(bytesOf(rest), 'x'));
    expect(hits.samples.time).toBeNull();
    expect([...hits.weights[0]!.values!]).toEqual([250_000, 250_000, 250_000, 250_000]);
    expect([...hits.samples.counts!]).toEqual([1, 1, 1, 1]);
    expect(opened(readCpuProfile(bytesOf({ ...small, samples: [], timeDeltas: [] }), 'x')).samples).toEqual(hits.samples);
  });
  it('spreads samples without deltas, and says so', () => {
    const spread = opened(readCpuProfile(bytesOf({ ...small, timeDeltas: undefined }), 'x'));
    expect([...spread.samples.time!]).toEqual([0, 250_000, 500_000, 750_000]);
    expect(spread.notes.join()).toContain('4 samples have no time delta');
  });
  it('may be long, and its numbers of any kind', () => {
    const timeDeltas = Array.from({ length: 200_000 }, (_, row) => (row % 1000 === 0 ? row / 8 : row % 7 === 0 ? 1e3 : row % 90));
    const samples = timeDeltas.map((_, row) => 2 + (row % 4));
    const text = JSON.stringify({ ...small, samples, timeDeltas: [] }).replace('"timeDeltas":[]', `"timeDeltas":[${timeDeltas.map((delta, row) => `${row % 1001 === 0 ? '\n ' : ''}${delta === 1000 ? '1e3' : delta}`).join(',')}]`);
    const long = opened(readCpuProfile(encodeUtf8(text), 'x'));
    let at = 0;
    expect([...long.samples.time!]).toEqual(timeDeltas.map((delta) => (at += delta * 1000)));
    expect([...long.samples.stack]).toEqual(samples.map((id) => id - 2));
  });
  it('tells its progress', () => {
    const shares: number[] = [];
    readCpuProfile(bytesOf({ padding: 'x'.repeat(3 << 20), ...small, samples: Array.from({ length: 1 << 20 }, () => 2), timeDeltas: [] }), 'x', (share) => { shares.push(share); });
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });
});

describe('what is broken', () => {
  it('holds deltas that no clock says: they count as nothing, and nothing becomes NaN', () => {
    const odd = opened(readCpuProfile(encodeUtf8(JSON.stringify({ ...small, samples: [3, 3, 2, 2] }).replace(/"timeDeltas":\[[^\]]*\]/, '"timeDeltas":[0,9e307,9e307,1000]').replace(/"endTime":[\d.e+]+/, '"endTime":9e307')), 'x'));
    expect([...odd.samples.time!, ...odd.weights[0]!.values!].every(Number.isFinite)).toBe(true);
    expect(odd.notes.join()).toContain('2 time deltas are longer than any recording');
    expect(callTree(odd, wholeProfile).total[0]).toBeGreaterThan(0);
  });
  it('counts samples of nodes that are not there, twice given ids, rings, lost parents', () => {
    const [root, main, leaf] = small.nodes;
    const broken = opened(readCpuProfile(bytesOf({
      ...small, samples: [3, 99, 8, 2],
      nodes: [root, main, leaf, { ...leaf, id: 3 }, { id: 8, callFrame: callFrame('a'), parent: 9 }, { id: 9, callFrame: callFrame('b'), parent: 8 }, { id: 10, callFrame: callFrame('c'), parent: 77 }],
    }), 'x'));
    expect(samplesOf(broken).map(({ path }) => path.length)).toEqual([2, 0, 0, 1]);
    expect(broken.notes).toEqual(['1 nodes have the id of an earlier one; the earlier is kept.', '3 nodes name a parent or a child that is not there.', '2 nodes hang on no root and were left out.', '2 samples name a node that is not there; they count as empty stacks.']);
  });
  it('is named: truncated anywhere, no JSON, another file, empty', () => {
    const whole = bytesOf(small);
    for (let end = 0; end < whole.length; end++) expect(errorOf(whole.subarray(0, end))).toContain('profile.truncated');
    expect(errorOf(encodeUtf8('PK\u0003\u0004'))).toBe('profile.malformed: x looks like a CPU profile of V8, but an object should be at byte 0, where "P" is.');
    expect(errorOf(encodeUtf8('{"traceEvents":[]}'))).toContain('no list of nodes');
    expect(errorOf(encodeUtf8('{"nodes":[]}'))).toContain('profile.empty');
    expect(errorOf(encodeUtf8('{"nodes":[{}]}'))).toContain('has no id');
    expect(errorOf(encodeUtf8('{"nodes":[{"id":1}]} x'))).toContain('the end of the file should be at byte 21');
    expect(errorOf(encodeUtf8('{"nodes":[{"id":1.5}]}'))).toContain('an integer of 32 bits');
    expect(errorOf(encodeUtf8('{"nodes":[{"id":1}],"samples":[1,null]}'))).toContain('a number should be at byte 33');
    expect(errorOf(encodeUtf8('{"nodes":[{"id":1,"callFrame":{"functionName":"\\x"}}]}'))).toContain('is not valid');
  });
  it('never throws, whatever the bytes', () => {
    const whole = bytesOf(small);
    fc.assert(fc.property(fc.nat(whole.length - 1), fc.uint8Array({ maxLength: 6 }), (at, put) => {
      const bytes = whole.slice();
      bytes.set(put.subarray(0, bytes.length - at), at);
      const result = readCpuProfile(bytes, 'x');
      if (result.ok) callTree(result.value, wholeProfile);
    }), { numRuns: 2000 });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => { expect(readCpuProfile(bytes, 'x').ok).toBe(false); }));
  });
  it('is passed over when unknown, however deep', () => {
    const deep = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)},"b":{"c":"}]"},"nodes":[{"id":1,"x":[{}],"callFrame":{"functionName":"f"}}]}`;
    expect(opened(readCpuProfile(encodeUtf8(deep), 'x')).stacks.count).toBe(1);
  });
});

/** A tree of n nodes: by node its parent, a function, hits. Row 0 is the root. */
const anyFile = fc.record({
  nodes: fc.array(fc.record({ parent: fc.nat(), fn: fc.nat(3), line: fc.integer({ min: -1, max: 2 }) }), { maxLength: 12 }),
  names: fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '😀', '"', '\\', '\n', '}', '\u0001', '\ud800') }), { minLength: 4, maxLength: 4 }),
  samples: fc.array(fc.tuple(fc.nat(), fc.integer({ min: -3, max: 9 })), { maxLength: 20 }),
  shuffle: fc.nat(1000), step: fc.integer({ min: 1, max: 100_000 }), byParent: fc.boolean(), space: fc.constantFrom('', ' ', '\t'),
});

function fileOf({ nodes, names, samples, shuffle, step, byParent }: typeof anyFile extends fc.Arbitrary<infer T> ? T : never): File {
  const idOf = (row: number): number => 1 + row * step;
  const made: Node[] = [{ id: idOf(0), callFrame: callFrame('(root)') }, ...nodes.map(({ fn, line }, at) => ({ id: idOf(at + 1), callFrame: callFrame(names[fn]!, fn === 0 ? '' : `/shop/${names[fn]!}/x.js`, line) }))];
  for (const [at, { parent }] of nodes.entries()) {
    const above = made[parent % (at + 1)]!;
    if (byParent) made[at + 1]!.parent = above.id;
    else above.children = [...(above.children ?? []), idOf(at + 1)];
  }
  const order = made.map((node, at) => ({ node, key: (at * 7919 * shuffle) % 1009 })).sort((a, b) => a.key - b.key).map(({ node }) => node);
  return { nodes: order, startTime: 10, endTime: 1000, samples: samples.map(([at]) => made[at % made.length]!.id), timeDeltas: samples.map(([, delta]) => delta) };
}

describe('any .cpuprofile', () => {
  it('holds for each sample the path, the time and the weight that plain reading gives', () => {
    fc.assert(fc.property(anyFile, (coded) => {
      const file = fileOf(coded);
      const profile = opened(readCpuProfile(bytesOf(file, coded.space), 'x'));
      expect(samplesOf(profile)).toEqual(plainSamples(JSON.parse(JSON.stringify(file)) as File));
    }), { numRuns: 500 });
  });
  it('is sorted as a stable sort does', () => {
    fc.assert(fc.property(fc.array(fc.nat(20), { maxLength: 60 }), (times) => {
      const order = mergeOrder(Float64Array.from(times));
      expect(order === null ? times.map((_, row) => row) : [...order]).toEqual(times.map((_, row) => row).sort((a, b) => times[a]! - times[b]! || a - b));
    }));
  });
});

interface PlainSample { readonly path: readonly string[]; readonly time: number; readonly weight: number }

function samplesOf(profile: Profile): PlainSample[] {
  const { samples, stacks, frames, functions, strings } = profile;
  const { values } = profile.weights[0]!;
  return Array.from(samples.stack, (leaf, row) => {
    const path: string[] = [];
    for (let stack = leaf; stack !== none; stack = stacks.parent[stack]!) {
      const fn = frames.function[stacks.frame[stack]!]!;
      path.unshift(`${strings[functions.name[fn]!]} ${functions.file[fn] === none ? '' : strings[functions.file[fn]!]}:${functions.line[fn]}`);
    }
    return { path, time: samples.time![row]!, weight: values![row]! };
  });
}

function plainSamples({ nodes, samples = [], timeDeltas = [], startTime, endTime }: File): PlainSample[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parentOf = (node: Node): Node | undefined => (node.parent === undefined ? nodes.find(({ children }) => children?.includes(node.id)) : byId.get(node.parent));
  const pathOf = (node: Node): string[] => {
    const parent = parentOf(node);
    const { functionName, url, lineNumber } = node.callFrame;
    return parent === undefined ? [] : [...pathOf(parent), `${functionName === '' ? '(anonymous)' : functionName} ${url}:${lineNumber + 1}`];
  };
  let at = 0;
  const rows = samples.map((id, row) => ({ path: pathOf(byId.get(id)!), time: (at += timeDeltas[row]! * 1000), row })).sort((a, b) => a.time - b.time || a.row - b.row);
  const first = Math.min(0, rows[0]?.time ?? 0);
  const intervals = rows.slice(1).map(({ time }, row) => time - rows[row]!.time).sort((a, b) => a - b);
  const usual = intervals[intervals.length >> 1] ?? 0;
  const left = Math.max(0, (endTime! - startTime!) * 1000 - (rows.at(-1)?.time ?? 0));
  return rows.map(({ path, time }, row) => ({ path, time: time - first, weight: row + 1 < rows.length ? rows[row + 1]!.time - time : Math.min(rows.length > 1 ? usual : 0, left) }));
}
