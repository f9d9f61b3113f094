// The parts of the heap view that need no page: keys of the tree, what comes in pages, where to cut, what to compare with.
import { describe, expect, it } from 'vitest';
import type { Artifact } from '../../../model/index.ts';
import type { NodeRow, PathStep } from '../../../heap/index.ts';
import { cutOf } from './side/cut.ts';
import { nodeLine, type TreeSource } from './tree/lines.ts';
import { treeStep } from '../../ui/index.ts';
import { TreeStore } from './tree/tree-store.ts';
import { candidatesFor, costOf } from './words/snapshots.ts';

const node = (row: number, more: Partial<NodeRow> = {}): NodeRow => ({ row, id: row * 2 + 1, type: 'object', className: 'Thing', classRow: 0, text: { text: 'Thing', isValue: false, masked: false }, shallow: 1, retained: 1, share: 0, distance: 1, detached: false, fieldCount: 1, dominatedCount: 0, retainerCount: 1, ...more });

/** Each object has as many as `count` below it. */
const source = (count: number, asked: number[] = []): TreeSource => ({
  load: async (_, { start, count: wanted }) => { asked.push(start); return { total: count, lines: Array.from({ length: Math.min(wanted, count - start) }, (__, i) => nodeLine(node(start + i))) }; },
  opens: () => true,
});
const settled = async () => { for (let i = 0; i < 5; i++) await Promise.resolve(); };

describe('a tree', () => {
  it('asks for a page at a time, once, and tells what is left', async () => {
    const asked: number[] = [];
    const store = new TreeStore(source(450, asked));
    const stop = store.subscribe(() => undefined);
    await settled();
    expect([store.rows().length, store.total, store.rows().at(-1)?.rest?.left]).toEqual([201, 450, 250]);
    void store.more('');
    void store.more('');
    await settled();
    await store.more('');
    expect([store.rows().length, asked]).toEqual([450, [0, 200, 400]]);
    await store.more('');
    expect(asked).toHaveLength(3);
    stop();
  });
  it('opens and closes levels, which keep what they had', async () => {
    const store = new TreeStore(source(2));
    store.subscribe(() => undefined);
    await settled();
    store.toggle(store.rows()[0]!);
    await settled();
    expect(store.rows().map(({ level, position }) => [level, position])).toEqual([[1, 1], [2, 1], [2, 2], [1, 2]]);
    store.toggle(store.rows()[0]!);
    expect(store.rows()).toHaveLength(2);
    store.toggle(store.rows()[0]!);
    expect(store.rows()).toHaveLength(4);
  });
  it('says why a level did not come, and asks again', async () => {
    let fails = true;
    const { load } = source(1);
    const store = new TreeStore({ load: (parent, page) => (fails ? Promise.reject(new Error('gone')) : load(parent, page)), opens: () => false });
    store.subscribe(() => undefined);
    await settled();
    expect(store.rows()[0]?.rest?.failure).toBe('gone');
    fails = false;
    await store.more('');
    expect(store.rows()[0]?.line).not.toBeNull();
  });
  it('that says more than it has comes to an end', async () => {
    const store = new TreeStore({ load: async (_, { start }) => ({ total: 9, lines: start === 0 ? [nodeLine(node(1))] : [] }), opens: () => false });
    store.subscribe(() => undefined);
    await settled();
    await store.more('');
    expect([store.rows().length, store.total]).toEqual([1, 1]);
  });
  it('walks as treegrids do', async () => {
    const store = new TreeStore(source(3));
    store.subscribe(() => undefined);
    await settled();
    store.toggle(store.rows()[1]!);
    await settled();
    const rows = store.rows();
    expect(treeStep('ArrowDown', rows, -1)).toEqual({ kind: 'go', index: 0 });
    expect(treeStep('ArrowRight', rows, 0)).toEqual({ kind: 'toggle', index: 0 });
    expect(treeStep('ArrowRight', rows, 1)).toEqual({ kind: 'go', index: 2 });
    expect(treeStep('ArrowLeft', rows, 3)).toEqual({ kind: 'go', index: 1 });
    expect(treeStep('ArrowLeft', rows, 0)).toBeNull();
    expect(treeStep('End', rows, 0)).toEqual({ kind: 'go', index: 5 });
    expect(treeStep('PageUp', rows, 3)).toEqual({ kind: 'go', index: 0 });
    expect(treeStep('a', rows, 0)).toBeNull();
  });
});

describe('where to cut', () => {
  const step = (share: number, className: string, via: readonly [type: string, name: string] | null, masked = false): PathStep => ({ via: via === null ? null : { edge: 0, type: via[0], name: { text: via[1], isValue: masked, masked }, keeps: true }, node: node(Math.round(share * 1000), { share, retained: share * 100, className }) });
  it('is the last step that holds much, by the name people know', () => {
    const steps = [step(1, '(synthetic)', null), step(0.7, 'system / Context', ['internal', 'context']), step(0.69, 'Map', ['context', 'cache']), step(0.68, '(array)', ['internal', 'table']), step(0.001, 'Cart', ['element', '3'])];
    expect(cutOf(steps)).toEqual({ from: 2, at: 2, name: 'cache → Map', freed: 69 });
  });
  it('names no masked value, and is nowhere when nothing holds much', () => {
    expect(cutOf([step(1, '(synthetic)', null), step(0.5, 'Object', ['property', '••••••••'], true)])?.name).toBe('Object');
    expect(cutOf([step(1, '(synthetic)', null), step(0.001, 'Object', ['property', 'a'])])).toBeNull();
  });
});

it('what may be compared: of the same process the earlier ones first, and never itself', () => {
  const made = (id: string, pid: number, at: number): Artifact => ({ id, format: 'heapsnapshot', state: 'stored', process: { pid, name: 'node' }, agent: { id: 'a', name: 'a' }, fromUnixMs: null, createdUnixMs: at } as Artifact);
  const shown = made('s', 1, 100);
  const { same, others } = candidatesFor(shown, [made('later', 1, 101), shown, made('far', 1, 10), made('near', 1, 90), made('other', 2, 99)]);
  expect([same.map(({ id }) => id), others.map(({ id }) => id)]).toEqual([['near', 'far', 'later'], ['other']]);
  expect([costOf({ figures: {} }), costOf({ figures: { pauseMs: 1500 } })]).toEqual([null, 'paused 1.5 s']);
});
