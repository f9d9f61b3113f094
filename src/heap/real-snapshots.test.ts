// Snapshots that Node really writes, held against the heap worker of Chrome DevTools: sizes, distances, classes, dominators of
// every node, sums of every class. And suspects: none in an idle program, the right one in a leaking one.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  analyseHeap, classRows, closedSockets, diffHeaps, duplicateStrings, fieldsOf, instancesOf, leakSuspects, nodeDetails, retainersOf, rootPath, searchNodes, textOf,
  type HeapAnalysis,
} from './index.ts';
import { devtoolsEntry, devtoolsModules, type DevtoolsSnapshot, type DevtoolsWorker } from './testing/devtools-worker.ts';
import { everything, leaks } from './testing/programs.ts';
import { analysisOf, heapOf } from './testing/read-heap.ts';

const folder = mkdtempSync(join(tmpdir(), 'weir-heap-'));
const devtools = join(import.meta.dirname, '../../node_modules/chrome-devtools-frontend');
const secret = randomBytes(12).toString('hex');
const masked = { reveal: false, start: 0, count: 100 };

afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

const run = (program: string): Promise<unknown> =>
  promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, folder, secret], { env: { PATH: process.env['PATH'] } });
const bytesOf = (name: string): Uint8Array => readFileSync(join(folder, `${name}.heapsnapshot`));

/** The oracle in a module that Node can load. */
async function bundled(): Promise<DevtoolsWorker> {
  await build({
    configFile: false, logLevel: 'silent', root: folder, publicDir: false, plugins: [devtoolsModules(devtools)], ssr: { noExternal: true },
    build: { ssr: true, outDir: join(folder, 'oracle'), minify: false, target: 'esnext', rolldownOptions: { input: devtoolsEntry, preserveEntrySignatures: 'strict', output: { format: 'es', entryFileNames: 'oracle.mjs' } } },
  });
  return await import(/* @vite-ignore */ pathToFileURL(join(folder, 'oracle/oracle.mjs')).href) as DevtoolsWorker;
}

async function devtoolsSnapshot(worker: DevtoolsWorker, bytes: Uint8Array): Promise<DevtoolsSnapshot> {
  const loader = new worker.HeapSnapshotLoader({ sendEvent: () => { /* progress */ } });
  loader.write(Buffer.from(bytes).toString());
  loader.close();
  const { port1, port2 } = new MessageChannel();
  new worker.SecondaryInitManager(port2);
  try {
    return await loader.buildSnapshot(port1);
  } finally {
    port1.close();
  }
}

/** Nodes in which the two differ, by what they differ in. */
function differences(ours: HeapAnalysis, theirs: DevtoolsSnapshot): Readonly<Record<string, number>> {
  const found = { retained: 0, shallow: 0, distance: 0, className: 0, dominator: 0 };
  const node = theirs.createNode(0);
  for (let row = 0; row < ours.heap.nodes.count; row++) {
    node.nodeIndex = row * theirs.nodeFieldCount;
    if (node.retainedSize() !== ours.retained[row]) found.retained++;
    if (node.selfSize() !== ours.shallow[row]) found.shallow++;
    if (node.distance() !== ours.distance[row]) found.distance++;
    if (node.className() !== ours.classes.name[ours.classOf[row]!]) found.className++;
    if (theirs.dominatorsTree[row] !== ours.dominator[row]) found.dominator++;
  }
  return found;
}

/** Sums by DevTools' own key of a class. */
function sums({ heap: { locations }, classes }: HeapAnalysis): Readonly<Record<string, unknown>> {
  const rows = classes.name.map((name, row) => {
    const at = classes.location[row]!;
    const place = at < 0 ? '' : `${locations.scriptId[at]},${locations.line[at]},${locations.column[at]}`;
    return [`${place},${name}`, { count: classes.objects[row], self: classes.shallow[row], maxRet: classes.retained[row], distance: classes.distance[row] }] as const;
  });
  return Object.fromEntries(rows.filter(([, { count }]) => count !== 0));
}

describe('a heap with a little of everything', () => {
  let ours: HeapAnalysis;
  let theirs: DevtoolsSnapshot;

  beforeAll(async () => {
    const [worker] = await Promise.all([bundled(), run(everything)]);
    ours = analysisOf(bytesOf('everything'));
    // It tells of nodes that nothing reaches; they are compared like the others.
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => { /* said above */ });
    theirs = await devtoolsSnapshot(worker, bytesOf('everything'));
    warned.mockRestore();
  }, 120_000);

  test('every node has the sizes, distance, class and dominator that DevTools gives it', () => {
    expect(theirs.nodeCount).toBe(ours.heap.nodes.count);
    expect(ours.heap.nodes.count).toBeGreaterThan(50_000);
    expect(differences(ours, theirs)).toEqual({ retained: 0, shallow: 0, distance: 0, className: 0, dominator: 0 });
  });

  test('every class has the sums that DevTools gives it', () => {
    const aggregates = Object.entries(theirs.aggregatesWithFilter({})).map(([key, { count, self, maxRet, distance }]) => [key, { count, self, maxRet, distance }]);
    expect(sums(ours)).toEqual(Object.fromEntries(aggregates));
    expect(ours.ephemerons.size).toBeGreaterThan(300);
  });

  test('the program\u2019s classes are there, with fields and a way from the root', () => {
    const [session] = classRows(ours, { name: 'session' }).filter(({ name }) => name === 'Session');
    expect(session).toMatchObject({ objects: 800, location: { line: expect.any(Number) } });
    const [first] = instancesOf(ours, session!.classRow, { ...masked, count: 1 }).rows;
    expect(fieldsOf(ours, first!.row, masked).rows.map(({ name }) => name.text)).toEqual(expect.arrayContaining(['id', 'lines', 'at', 'bytes']));
    const path = rootPath(ours, first!.row, masked);
    expect(path.map(({ via }) => via?.name.text)).toEqual(expect.arrayContaining(['kept', 'sessions']));
    expect(path.at(-1)?.node.row).toBe(first!.row);
  });

  test('a closed socket is told from an open one', () => {
    expect(closedSockets(ours, masked)).toMatchObject({ total: 3, rows: [{ className: 'Socket' }, { className: 'Socket' }, { className: 'Socket' }] });
  });

  test('equal strings are found, however they were made', () => {
    const { rows } = duplicateStrings(ours, { reveal: true, start: 0, count: 10_000 });
    expect(rows.find(({ node }) => node.text.text === 'twice and again')).toMatchObject({ count: 50 });
  });

  test('no value comes out unless revealed: not from strings, edges of weak maps, or keys of dictionaries', () => {
    const { count } = ours.heap.nodes;
    const told = function* (reveal: boolean): Generator<string> {
      for (let row = 0; row < count; row++) {
        yield textOf(ours, row, { reveal }).text;
        for (const { name } of fieldsOf(ours, row, { reveal, start: 0, count: 400 }).rows) yield name.text;
      }
    };
    const holding = (reveal: boolean): number => Array.from(told(reveal)).filter((text) => text.includes(secret)).length;
    expect(holding(false)).toBe(0);
    expect(holding(true)).toBeGreaterThan(2);
    expect(searchNodes(ours, { ...masked, text: secret }).total).toBe(0);
    const [found] = searchNodes(ours, { ...masked, reveal: true, text: `${secret} in a map` }).rows;
    const views = [nodeDetails(ours, found!.row, masked), retainersOf(ours, found!.row, masked), rootPath(ours, found!.row, masked), leakSuspects(ours, masked), duplicateStrings(ours, { ...masked, count: 10_000 }), classRows(ours)];
    expect(JSON.stringify(views)).not.toContain(secret);
  });
});

describe('a process through its day', () => {
  const analysis = new Map<string, HeapAnalysis>();
  const at = (name: string): HeapAnalysis => {
    const known = analysis.get(name) ?? analyseHeap(heapOf(bytesOf(name)));
    analysis.set(name, known);
    return known;
  };
  const told = (name: string): readonly object[] => leakSuspects(at(name), masked).map(({ kind, certainty, words, count }) => ({ kind, certainty, count, words: words.map(({ text }) => text).join('') }));

  beforeAll(async () => { await run(leaks); }, 120_000);

  test('idle, nothing looks like a leak', () => {
    expect(told('idle')).toEqual([]);
  });

  test('a Map that is never emptied', () => {
    expect(told('map')).toEqual([{ kind: 'accumulation', certainty: 'sure', count: 12_000, words: expect.stringMatching(/^One Map retained by sessionCache holds \d\d % of the heap in 12,000 entries\.$/) as string }]);
  });

  test('an array that only grows', () => {
    expect(told('array')).toEqual([{ kind: 'accumulation', certainty: 'sure', count: 20_000, words: expect.stringMatching(/^One Array retained by requestLog holds /) as string }]);
  });

  test('listeners that nobody takes off', () => {
    expect(told('listeners')).toEqual([{ kind: 'listeners', certainty: expect.any(String) as string, count: 8000, words: expect.stringMatching(/^8,000 listeners of release on one EventEmitter hold \d\d % of the heap\.$/) as string }]);
  });

  test('a chain of objects', () => {
    expect(told('chain')).toEqual([{ kind: 'chain', certainty: 'sure', count: 15_000, words: expect.stringMatching(/^A chain of 15,000 Job objects retained by jobs holds /) as string }]);
  });

  test('sockets that are closed and held', () => {
    expect(told('sockets')).toContainEqual({ kind: 'closed-sockets', certainty: 'likely', count: 300, words: '300 closed sockets are still held by idleSockets.' });
  });

  test('between two snapshots: what came, what went, who grew', () => {
    const diff = diffHeaps(at('map-small'), at('map'));
    expect(diff.classes.find(({ name }) => name === 'CartSession')).toMatchObject({ added: 10_000, removed: 0, delta: 10_000 });
    const [suspect] = leakSuspects(at('map'), { reveal: false, before: { analysis: at('map-small'), diff } });
    expect(suspect).toMatchObject({ kind: 'accumulation', certainty: 'sure', count: 12_000 });
    expect(suspect!.grown).toBeGreaterThan(suspect!.retained / 2);
    expect(suspect!.detail.map(({ text }) => text).join('')).toContain('10,000 of them came since the earlier snapshot');
    const back = diffHeaps(at('map'), at('array'));
    expect(back.classes.find(({ name }) => name === 'CartSession')).toMatchObject({ added: 0, removed: 12_000, classRow: -1 });
  });

  test('a snapshot compared with itself: nothing came, nothing went', () => {
    const diff = diffHeaps(at('idle'), at('idle'));
    expect([diff.classes, diff.added, diff.removed, diff.sizeDelta]).toEqual([[], 0, 0, 0]);
    expect(leakSuspects(at('idle'), { reveal: false, before: { analysis: at('idle'), diff } })).toEqual([]);
  });
});
