// The pure parts: keys and paths in the address, ranges, tables, candidates for a comparison, what happened around.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Artifact } from '../../../model/index.ts';
import { probeLink, profilesSearch } from '../../state/index.ts';
import type { CallTree, FlameBoxes } from '../../../profiles/index.ts';
import { boxColours, colourByKind, colourByPackage, placeText, type ProfileNames } from '../../flame/index.ts';
import { rangeBetween, stepped, ticksOf } from './heat/range.ts';
import { apart, candidatesFor } from './list/candidates.ts';
import { choicesOf, isListed } from './list/list-filter.ts';
import { sandwichRows } from './lower/sandwich-rows.ts';
import { topRows } from './lower/top-rows.ts';
import { figuresOf } from './model/chosen.ts';
import { functionRows, pathRows, pathText } from './model/function-key.ts';
import { windowOf, windowText } from './model/selection.ts';
import { nodeOfPath, pathOfNode } from './model/tree-paths.ts';
import { changeText, formatNanos, shareText, surePoints } from './model/weight-words.ts';
import { savedName } from './save/save-file.ts';
import { chosenSpan, deploymentsBefore, kindredArtifacts, spanOf } from './side/around-moment.ts';
import { recordsOfFile, recordsOfLine, recordsOfTime } from './side/tail-questions.ts';
import { firstOpen, openBelow, openTo, visibleRows } from './tree/visible-rows.ts';

const files = ['file:///shop/src/pricing/hanoi.ts', 'file:///shop/src/pricing/move.ts', 'file:///shop/node_modules/pg/lib/client.js', 'node:internal/timers', '', 'file:///shop/node_modules/tiny/a.js', 'file:///shop/node_modules/small/b.js', 'file:///shop/node_modules/least/c.js'];
const called = ['hanoi', 'move', 'query', 'listOnTimeout', '(garbage collector)', 'a', 'b', 'c'];
const packages = ['shop', 'shop', 'pg', 'node', 'v8 gc', 'tiny', 'small', 'least'];
const packageRows = packages.map(name => packages.indexOf(name));
const names: ProfileNames = { count: called.length, name: row => called[row] ?? '(root)', file: row => files[row] ?? '', line: row => row + 1, place: () => '', package: row => packages[row] ?? '', packageRow: row => packageRows[row] ?? -1, packageName: row => packages[row] ?? '' };

/** Nodes as [parent, function, self]; children heaviest first, as the real one has them. */
function treeOf(nodes: readonly (readonly [parent: number, row: number, self: number])[]): CallTree {
  const total = Float64Array.from(nodes, ([, , self]) => self);
  const depth = new Int32Array(nodes.length);
  for (let node = nodes.length - 1; node > 0; node--) total[nodes[node]![0]]! += total[node]!;
  for (let node = 1; node < nodes.length; node++) depth[node] = depth[nodes[node]![0]]! + 1;
  const lists = nodes.map((): number[] => []);
  for (let node = 1; node < nodes.length; node++) lists[nodes[node]![0]]!.push(node);
  const childStart = new Int32Array(nodes.length + 1);
  lists.forEach((list, node) => { list.sort((a, b) => total[b]! - total[a]!); childStart[node + 1] = childStart[node]! + list.length; });
  const self = Float64Array.from(nodes, ([, , each]) => each);
  return { count: nodes.length, parent: Int32Array.from(nodes, ([parent]) => parent), function: Int32Array.from(nodes, ([, row]) => row), self, total, selfSamples: self, totalSamples: total, childStart, children: Int32Array.from(lists.flat()), depth };
}
// root -> hanoi(5) -> hanoi(3) -> move(2); root -> query(1)
const tree = treeOf([[-1, -1, 0], [0, 0, 5], [1, 0, 3], [2, 1, 2], [0, 2, 1]]);

describe('the address', () => {
  it('keeps a call path, runs of one function short', () => {
    const rowOf = functionRows(names);
    expect(pathText(names, [0, 0, 0, 1]).split('.')).toHaveLength(2);
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: called.length - 1 }), { minLength: 1, maxLength: 300 }), path => { expect(pathRows(rowOf, pathText(names, path))).toEqual(path); }));
    expect(pathRows(rowOf, 'nothing.here')).toBeNull();
    expect(pathRows(rowOf, `${pathText(names, [0])}*999999999`)).toBeNull();
  });
  it('takes what it does not know for nothing', () => {
    expect(profilesSearch.parse({ view: 'pie', at: 12, from: -3, threads: ['x'], find: 404 })).toMatchObject({ view: undefined, at: '12', from: undefined, threads: undefined, find: '404' });
  });
  it('keeps the window as shares', () => {
    expect(windowText(0, 100, 100)).toBeUndefined();
    expect(windowOf(windowText(12.5, 50, 100), 200)).toEqual({ start: 25, end: 100 });
    for (const odd of ['', 'x', '0.9_-0.8', '0_7', '0.5', '0.9_0.2', '_', 'NaN_1']) expect(windowOf(odd, 10)).toEqual({ start: 0, end: 10 });
  });
  it('comes back from the deepest zoom where it was', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 0.99, noNaN: true }), fc.double({ min: -9, max: -2.1, noNaN: true }), (at, depth) => {
      const extent = 6e12;
      const [start, width] = [at * extent, 10 ** depth * extent];
      const text = windowText(start, start + width, extent);
      const back = windowOf(profilesSearch.parse({ zoom: text }).zoom, extent);
      expect(Math.abs(back.start - start)).toBeLessThan(width / 1000);
      expect(Math.abs(back.end - back.start - width)).toBeLessThan(width / 1000);
    }));
  });
  it('leads to a probe where the place is known', () => {
    expect(probeLink('/a b.ts', 3, { pid: 7 })).toBe('/probes/new?file=%2Fa+b.ts&line=3&pid=7');
    expect(probeLink('', 3)).toBeNull();
    expect(probeLink('/a.ts', 0)).toBeNull();
  });
});

describe('a call tree', () => {
  it('is walked to and from a node', () => {
    expect(pathOfNode(tree, 3)).toEqual([0, 0, 1]);
    expect(nodeOfPath(tree, [0, 0, 1])).toBe(3);
    expect([nodeOfPath(tree, [2, 1]), nodeOfPath(tree, [7]), nodeOfPath(tree, [])]).toEqual([3, null, null]);
  });
  it('counts a call within a call of the same function once', () => expect(figuresOf(tree, 0)).toMatchObject({ self: 8, total: 10 }));
  it('stands in rows with level and place, opened where most of it is', () => {
    expect(visibleRows(tree, new Set(), 10).map(({ node, level, position, siblings, opens }) => [node, level, position, siblings, opens])).toEqual([[1, 1, 1, 2, true], [4, 1, 2, 2, false]]);
    expect([...firstOpen(tree)]).toEqual([1, 2]);
    expect(visibleRows(tree, openTo(tree, new Set(), 3), 10).map(({ node }) => node)).toEqual([1, 2, 3, 4]);
    expect(visibleRows(tree, openBelow(tree, new Set(), 1, 100), 2)).toHaveLength(2);
  });
  it('as deep as stacks go is no recursion of ours', () => {
    const deep = treeOf(Array.from({ length: 3000 }, (_, node) => [node - 1, node === 0 ? -1 : 0, node === 2999 ? 1 : 0] as const));
    expect(visibleRows(deep, firstOpen(deep), 10_000)).toHaveLength(2999);
  });
  it('is made a sandwich: who calls it from far to near, calls of itself as one', () => {
    const boxes = null as unknown as FlameBoxes;
    const callers = treeOf([[-1, -1, 0], [0, 0, 0], [1, 2, 0], [2, 3, 10]]);
    const callees = treeOf([[-1, -1, 0], [0, 0, 5], [1, 0, 3], [2, 1, 2], [1, 1, 1]]);
    const rows = sandwichRows({ callers: { tree: callers, boxes, pruned: null }, callees: { tree: callees, boxes, pruned: null } }, 0);
    expect(rows.map(({ place, row, weight, self, deep }) => [place, row, weight, self, deep])).toEqual([['caller', 3, 10, 0, 0], ['caller', 2, 10, 0, 0], ['chosen', 0, 11, 8, 0], ['recursion', 0, 5, 0, 2], ['callee', 1, 3, 0, 0]]);
  });
});

describe('tables and colours', () => {
  it('lists what was found, by self or total', () => {
    const columns = { function: Int32Array.of(0, 1, 2), self: Float64Array.of(5, 2, 0), total: Float64Array.of(5, 9, 10), selfSamples: Float64Array.of(5, 2, 0), totalSamples: Float64Array.of(5, 9, 10), notSampled: Float64Array.of(2.6, 1, 0) };
    expect(topRows(columns, 'self', null).map(({ row }) => row)).toEqual([0, 1]);
    expect(topRows(columns, 'total', null).map(({ row }) => row)).toEqual([2, 1, 0]);
    // A function that owes more than half of its own time to gaps.
    expect(topRows(columns, 'total', null).map(({ isMostlyGaps }) => isMostlyGaps)).toEqual([false, false, true]);
    expect(topRows(columns, 'total', Uint8Array.of(1, 0, 1)).map(({ row }) => row)).toEqual([2, 0]);
  });
  it('gives the program, the runtime and the heaviest packages a colour of their own, and says so', () => {
    const { tokens, index, entries } = colourByPackage(names, new Map([[0, 50], [2, 1], [3, 2], [4, 3], [5, 9], [6, 8], [7, 7]]));
    const tokenOf = (row: number) => tokens[index[row] ?? 0];
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(tokenOf)).toEqual(['--flame-app', '--flame-app', '--flame-db', '--flame-node', '--flame-gc', '--flame-framework', '--flame-telemetry', '--flame-self-0']);
    expect(entries.map(({ label }) => label)).toEqual(['shop', 'tiny', 'pg', 'small', 'node', 'v8 gc', 'other']);
  });
  it('colours boxes by kind, by self and by change', () => {
    const boxes: FlameBoxes = { rows: 2, rowStart: Int32Array.of(0, 1, 4), start: Float64Array.of(0, 0, 1, 2), end: Float64Array.of(3, 1, 2, 3), node: Int32Array.of(0, 1, 2, 3), function: Int32Array.of(-1, 0, 2, 4), extent: 3, tint: Float32Array.of(0, 1, -1, 0) };
    const kinds = boxColours('type', boxes, colourByKind(names));
    expect([...kinds.colours].map(at => kinds.tokens[at])).toEqual(['--flame-node', '--flame-app', '--flame-framework', '--flame-gc']);
    const change = boxColours('change', boxes, colourByKind(names));
    expect([...change.colours].map(at => change.tokens[at])).toEqual(['--diff-0', '--diff-p3', '--diff-n3', '--diff-0']);
    expect([...boxColours('self', boxes, colourByKind(names)).colours]).toEqual([6, 5, 0, 0]);
  });
});

describe('a part of the time', () => {
  it('is dragged either way, and a click is none', () => {
    expect(rangeBetween(90, 20, 100, 1)).toEqual({ from: 20, to: 90 });
    expect(rangeBetween(-5, 300, 100, 1)).toEqual({ from: 0, to: 100 });
    expect(rangeBetween(20, 20.5, 100, 1)).toBeNull();
  });
  it('is stepped by keys and never turned round', () => {
    fc.assert(fc.property(fc.constantFrom('ArrowLeft', 'ArrowRight', 'Home', 'End'), fc.boolean(), fc.constantFrom('from' as const, 'to' as const), fc.integer({ min: 0, max: 80 }), (key, shiftKey, end, from) => {
      const next = stepped({ from, to: from + 10 }, end, { key, shiftKey }, 100, 1);
      expect(next !== null && next.from >= 0 && next.to <= 100 && next.to - next.from >= 1).toBe(true);
    }));
    expect(stepped({ from: 0, to: 9 }, 'to', { key: 'x', shiftKey: false }, 100, 1)).toBeNull();
  });
  it('has round marks on its axis', () => { expect(ticksOf(10.4e9, 6)).toEqual([0, 2e9, 4e9, 6e9, 8e9, 10e9]); expect(ticksOf(0, 6)).toEqual([]); });
});

it('words are short and exact', () => {
  expect([0, 850, 12_500, 3.48e9, 4.2e6, 2.5e12].map(formatNanos)).toEqual(['0 s', '850 ns', '12.5 µs', '3.48 s', '4.2 ms', '2,500 s']);
  expect([changeText(42.51), changeText(-3.1), changeText(0.01)]).toEqual(['+ 42.5 points', '− 3.1 points', 'no change']);
  expect([0, 0.425, 0.0003, 0.00001].map(shareText)).toEqual(['0 %', '42.5 %', '0.03 %', '<0.01 %']);
  expect(surePoints(3366, 7921, 7921)).toBe('1.1');
  expect([placeText('file:///a/b%20c/d.ts', 3), placeText('node:fs', 0), placeText('', 3)]).toEqual(['b c/d.ts:3', 'node:fs', '']);
  expect([savedName('a.cpuprofile', '.svg'), savedName('b.pb.gz', '.folded'), savedName('.x', '.png')]).toEqual(['a.svg', 'b.folded', 'profile.png']);
  expect([apart(12_000), apart(-900_000), apart(400)]).toEqual(['12 s later', '15 m before', 'at once']);
  expect(recordsOfLine('/shop/src/pricing/hanoi.ts', 12, null)).toBe('Attributes["code.file.path"] endswith "pricing/hanoi.ts" and Attributes["code.line.number"] == 12');
  expect(recordsOfTime(0, 1500, 'a"b')).toBe('Timestamp between (datetime(1970-01-01T00:00:00.000Z) .. datetime(1970-01-01T00:00:01.500Z)) and ServiceName == "a\\"b"');
});

describe('other artifacts', () => {
  const of = (id: string, atMs: number, more: Partial<Artifact> = {}): Artifact => ({
    id, sha256: 'a'.repeat(64), bytes: 1, kind: 'cpu-profile', format: 'cpuprofile', name: `${id}.cpuprofile`, createdUnixMs: atMs, sensitive: false, summary: '', service: 'checkout', process: { pid: 1, name: 'node' }, action: null, incident: null, rule: null, fromUnixMs: null, toUnixMs: null, figures: {},
    agent: { id: 'one', name: 'shop-1' }, by: null, state: 'stored', receivedBytes: 1, storedAt: null, verifiedAt: null, pinned: false, expiresAt: null, downloads: 0, ...more,
  });
  const shown = of('shown', 10_000_000);
  it('to compare with: earlier ones of the service and siblings first', () => {
    const all = [shown, of('old', 1_000_000), of('older', 500_000), of('sibling', 10_020_000, { process: { pid: 2, name: 'node' } }), of('cart', 9_000_000, { service: 'cart' }), of('heap', 9_000_000, { kind: 'heap-profile' }), of('arriving', 9_000_000, { state: 'uploading' })];
    const { sibling, deployment, previous, siblings, others } = candidatesFor(shown, all, [], 'utc');
    expect([previous, siblings, others].map(each => each.map(({ artifact }) => artifact.id))).toEqual([['old', 'older'], [], ['cart']]);
    expect([sibling?.artifact.id, deployment]).toEqual(['sibling', null]);
    expect(candidatesFor(null, all, [], 'utc').others).toHaveLength(6);
  });
  it('to compare with: the previous deployment by its version, and the nearest sibling that was well', () => {
    const ran = (pid: number, version: string) => ({ process: { pid, name: 'node', version } });
    const incidents = [{ id: 'open', state: 'open', openedAt: new Date(9_990_000).toISOString() }, { id: 'over', state: 'closed', openedAt: new Date(1).toISOString() }] as const;
    const now = of('now', 10_000_000, { ...ran(1, '1.9.4'), incident: 'open' });
    const all = [
      now, of('same-version', 9_500_000, ran(1, '1.9.4')), of('older-deployment', 1_000_000, ran(7, '1.9.2')), of('deployment', 9_000_000, ran(8, '1.9.3')), of('later-deployment', 10_000_100, ran(8, '1.9.5')),
      of('sick', 10_000_001, { ...ran(2, '1.9.4'), incident: 'open' }), of('other-version', 10_000_002, ran(3, '1.9.5')), of('well', 9_999_000, ran(4, '1.9.4')), of('far', 8_000_000, ran(5, '1.9.4')),
    ];
    const { deployment, sibling } = candidatesFor(now, all, incidents, 'utc');
    expect([deployment?.artifact.id, deployment?.why]).toEqual(['deployment', 'previous deployment (1.9.3), 02:30:00']);
    expect([sibling?.artifact.id, sibling?.why]).toEqual(['well', 'healthy sibling, pid 4']);
    const siblingOf = (more: Partial<Artifact>, atMs = 9_999_500) => candidatesFor(now, [now, of('one', atMs, { ...ran(2, '1.9.4'), ...more })], incidents, 'utc').sibling?.artifact.id;
    expect([siblingOf({ incident: 'over' }), siblingOf({ incident: 'open' }), siblingOf({ incident: 'unknown' }), siblingOf({ incident: 'open' }, 9_980_000)]).toEqual(['one', undefined, undefined, 'one']);
    const every = (['deployment', 'sibling'] as const).flatMap(each => candidatesFor(now, all, incidents, 'utc')[each]?.artifact.id ?? []).concat((['previous', 'siblings', 'others'] as const).flatMap(each => candidatesFor(now, all, incidents, 'utc')[each].map(({ artifact }) => artifact.id)));
    expect(new Set(every).size).toBe(every.length);
  });
  it('in the list: of a service, an agent, a kind, with words', () => {
    const all = [shown, of('cart', 1, { service: 'cart', agent: { id: 'two', name: 'shop-2' } }), of('heap', 1, { kind: 'heap-profile', service: null, agent: null })];
    const listed = (filter: Parameters<typeof isListed>[1]) => all.filter(each => isListed(each, filter)).map(({ id }) => id);
    expect([listed({}), listed({ service: 'cart' }), listed({ agent: 'one' }), listed({ kind: 'heap-profile' }), listed({ q: 'SHOP-2' }), listed({ q: 'cart', kind: 'heap-profile' })]).toEqual([['shown', 'cart', 'heap'], ['cart'], ['shown'], ['heap'], ['cart'], []]);
    expect(choicesOf(all, { service: 'gone' })).toEqual({ services: ['cart', 'checkout', 'gone'], agents: [{ id: 'one', name: 'shop-1' }, { id: 'two', name: 'shop-2' }] });
  });
  it('records of a file are those of the chosen time', () => {
    const span = chosenSpan({ fromMs: 1000, toMs: 5000 }, 1e9, 99e9);
    expect(span).toEqual({ fromMs: 2000, toMs: 5000 });
    expect(chosenSpan({ fromMs: 1000, toMs: 5000 }, null, null)).toEqual({ fromMs: 1000, toMs: 5000 });
    expect(recordsOfFile('/shop/src/a.ts', { ...span, service: 'cart' })).toBe(`Attributes["code.file.path"] endswith "src/a.ts" and ${recordsOfTime(2000, 5000, 'cart')}`);
  });
  it('around a moment: recordings of it, then what is near; and what was deployed before', () => {
    const span = spanOf(shown, null, 5e9);
    expect(span).toEqual({ fromMs: 9_995_000, toMs: 10_000_000 });
    const all = [shown, of('heap', 10_012_000, { kind: 'heap-snapshot' }), of('far', 90_000_000), of('of-incident', 90_000_000, { incident: 'i', service: null }), of('recorded', 9_000_000, { kind: 'recorder', service: null, fromUnixMs: 9_990_000, toUnixMs: 9_999_000 })];
    expect(kindredArtifacts({ ...shown, incident: 'i' }, all, span!).map(({ id }) => id)).toEqual(['recorded', 'heap', 'of-incident']);
    const line = (id: number, atMs: number, action = 'rule.deploy') => ({ id, at: new Date(atMs).toISOString(), action, subject: 'rule:r' });
    expect(deploymentsBefore([line(1, 9_000_000), line(2, 10_001_000), line(3, 9_000_001, 'rule.save'), line(4, 1)], span!).map(({ key }) => key)).toEqual([1]);
  });
});
