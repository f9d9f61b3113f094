// @vitest-environment node
// The heap worker over made snapshots: what it answers, that values stay masked, and what it says when it cannot read.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { madeHeap } from '../../../../mocks/index.ts';
import { drawnSnapshot } from '../../../heap/testing/drawn-snapshot.ts';
import type { HeapProgress, HeapSource } from './types.ts';
import { heapInProcess } from './testing/in-process.ts';

const before = madeHeap({ sessions: 61, sockets: 2 });
const after = madeHeap({ sessions: 4012, sockets: 190 });
const file = (bytes: Uint8Array, name = 'one.heapsnapshot'): HeapSource => ({ kind: 'file', file: new File([bytes.slice()], name) });
const page = { start: 0, count: 50 };
const all = { minRetained: 0, reveal: false };
afterEach(() => { vi.unstubAllGlobals(); });

async function opened(bytes = after) {
  const client = heapInProcess();
  return { client, heap: await client.ask({}, 'open', file(bytes)) };
}

describe('an open snapshot', () => {
  it('says what it is and what it takes, with progress all the way', async () => {
    const steps: HeapProgress[] = [];
    const heap = await heapInProcess().ask({ progress: step => steps.push(step) }, 'open', file(after, 'mine.heapsnapshot'));
    expect(heap).toMatchObject({ fileName: 'mine.heapsnapshot', fileBytes: after.length });
    expect(heap.nodes).toBeGreaterThan(60_000);
    expect(heap.heldBytes).toBeGreaterThan(heap.nodes * 20);
    expect(heap.heldBytes).toBeLessThan(after.length * 4);
    expect(new Set(steps.map(({ stage }) => stage))).toEqual(new Set(['reading', 'analysing']));
    expect(steps.at(-1)).toMatchObject({ share: 1, bytes: after.length, totalBytes: after.length });
  });
  it('leads from suspects to an object, its way to a root, what holds it, and its fields', async () => {
    const { client } = await opened();
    const [first] = await client.ask({}, 'suspects', false);
    expect(first).toMatchObject({ certainty: 'sure', count: 4012 });
    expect(first!.words.map(({ text }) => text).join('')).toMatch(/^One Map retained by sessionCache holds \d\d % of the heap in 4,012 entries\.$/);
    const details = await client.ask({}, 'object', first!.id, false);
    expect(details?.node).toMatchObject({ className: 'Map', row: first!.row });
    const classes = await client.ask({}, 'classes', { minRetained: 0, name: 'cartsess' }, page);
    expect(classes.rows).toMatchObject([{ name: 'CartSession', objects: 4012, added: null, retainedBefore: null }]);
    const [cart] = (await client.ask({}, 'instances', classes.rows[0]!.classRow, all, { start: 0, count: 1 })).rows;
    const path = await client.ask({}, 'path', cart!.row, false);
    expect(path.skipped).toBe(0);
    expect(path.steps.map(({ via }) => via?.name.text ?? null).slice(1, 4)).toEqual(['global', 'rememberSession', 'context']);
    expect((await client.ask({}, 'retainers', cart!.row, false, page)).rows[0]?.node.type).toBe('array');
    expect((await client.ask({}, 'fields', cart!.row, false, page)).rows.map(({ name }) => name.text)).toEqual(['id', 'email', 'lines', 'createdAt', 'expiresAt']);
    expect((await client.ask({}, 'fields', null, false, page)).rows.length).toBeGreaterThan(1);
  });
  it('keeps every value masked until a call says otherwise', async () => {
    const { client } = await opened();
    const answers = async (reveal: boolean) => JSON.stringify([
      await client.ask({}, 'strings', { minRetained: 0, reveal }, page), await client.ask({}, 'duplicates', reveal, page), await client.ask({}, 'suspects', reveal), await client.ask({}, 'dominated', null, { minRetained: 0, reveal }, page),
      await client.ask({}, 'search', 'customer', { minRetained: 0, reveal }, page),
    ]);
    const masked = await answers(false);
    expect(masked).not.toContain('eu-west');
    expect(masked).not.toContain('shop.example');
    const shown = await answers(true);
    expect(shown).toContain('eu-west');
    expect(shown).toContain('shop.example');
  });
  it('answers in pages, and filters by what is retained', async () => {
    const { client } = await opened();
    const strings = await client.ask({}, 'strings', all, { start: 4000, count: 3 });
    expect(strings.rows).toHaveLength(3);
    expect(strings.total).toBeGreaterThan(20_000);
    expect((await client.ask({}, 'classes', { minRetained: 2 ** 20, name: '' }, page)).rows.every(({ retained }) => retained >= 2 ** 20)).toBe(true);
    expect((await client.ask({}, 'search', '@25', all, page)).rows).toMatchObject([{ className: 'Map' }]);
    expect(await client.ask({}, 'object', 999_999_999, false)).toBeNull();
  });
});

it('masks a name that a detector of redaction knows, without a long random run in it', async () => {
  const made = '82.165.177.154';
  const { client } = await opened(new TextEncoder().encode(drawnSnapshot([{ type: 'synthetic', name: '', edges: [['element', 0, 1]] }, { name: 'Peers', edges: [['property', made, 1], ['property', 'first', 1]] }])));
  expect((await client.ask({}, 'fields', 1, false, page)).rows.map(({ name }) => name.masked)).toEqual([true, false]);
  expect((await client.ask({}, 'fields', 1, true, page)).rows[0]!.name.text).toBe(made);
});

it('tells the file of a function and of an object\'s constructor, where the snapshot has it', async () => {
  const drawn = drawnSnapshot([
    { type: 'synthetic', name: '', edges: [['shortcut', 'make', 1], ['element', 1, 4], ['element', 2, 5]] },
    { type: 'closure', name: 'make', edges: [['internal', 'shared', 2]] }, { type: 'code', name: 'make', edges: [['internal', 'script', 3]] }, { type: 'code', name: 'file:///shop/src/a%20cart.ts' },
    { name: 'Cart' }, { name: 'Elsewhere' },
  ], { locations: [[1, 89, 4, 31], [4, 89, 9, 2], [5, 90, 1, 1]] });
  const { client } = await opened(new TextEncoder().encode(drawn));
  const of = async (id: number) => { const object = await client.ask({}, 'object', id, false); return [object?.file, object?.location?.line]; };
  expect([await of(3), await of(9), await of(11), await of(1)]).toEqual([['/shop/src/a cart.ts', 5], ['/shop/src/a cart.ts', 10], ['', 2], ['', undefined]]);
});

it('leaves the middle of a very long way out, and says how much', async () => {
  const long = 500;
  const chain = Array.from({ length: long }, (_, i) => ({ name: i === 0 ? '' : 'Link', ...(i === 0 && { type: 'synthetic' }), edges: i + 1 < long ? [[i === 0 ? 'shortcut' : 'property', 'next', i + 1] as const] : [] }));
  const { client } = await opened(new TextEncoder().encode(drawnSnapshot(chain)));
  const path = await client.ask({}, 'path', long - 1, false);
  expect([path.steps.length + path.skipped, path.headSteps, path.steps[0]?.node.row, path.steps.at(-1)?.node.row]).toEqual([long, 8, 0, long - 1]);
});

describe('a comparison', () => {
  it('tells what came, what went, and what classes held before', async () => {
    const { client } = await opened();
    await expect(client.ask({}, 'comparison', '', page)).rejects.toMatchObject({ message: 'There is nothing to compare with.' });
    const base = await client.ask({}, 'openBase', file(before, 'before.heapsnapshot'));
    expect(base).toMatchObject({ fileName: 'before.heapsnapshot', by: 'objects', removed: 0 });
    const row = (await client.ask({}, 'classes', { minRetained: 0, name: 'CartSession' }, page)).rows[0]!;
    expect(row).toMatchObject({ objects: 4012, added: 3951 });
    expect(row.retainedBefore).toBeCloseTo(row.retained * 61 / 4012, -3);
    const delta = (await client.ask({}, 'comparison', 'socket', page)).rows[0]!;
    expect(delta).toMatchObject({ added: 188, removed: 0, delta: 188 });
    expect((await client.ask({}, 'added', delta.classRow, false, page)).total).toBe(188);
    const [first] = await client.ask({}, 'suspects', false);
    expect(first?.grown).toBeGreaterThan(5e6);
    await client.ask({}, 'closeBase');
    expect((await client.ask({}, 'suspects', false))[0]?.grown).toBeNull();
  });
  it('of two processes is by counts of classes only', async () => {
    const other = (cls: string, objects: number) => new TextEncoder().encode(drawnSnapshot([
      { type: 'synthetic', name: '', edges: Array.from({ length: objects + 1 }, (_, i) => ['element', i, i + 1] as const) }, ...Array.from({ length: objects }, () => ({ name: cls })), { name: 'Both' },
    ]));
    const { client } = await opened(other('Session', 40));
    expect(await client.ask({}, 'openBase', file(other('Order', 30)))).toMatchObject({ by: 'classes' });
    const rows = (await client.ask({}, 'comparison', '', page)).rows;
    expect(rows.map(({ name, delta }) => [name, delta])).toEqual([['Session', 40], ['Order', -30]]);
    expect((await client.ask({}, 'added', rows[0]!.classRow, false, page)).total).toBe(0);
    expect((await client.ask({}, 'classes', { minRetained: 0, name: 'Both' }, page)).rows).toMatchObject([{ added: null, retainedBefore: 10 }]);
  });
  it('the other way round shows what went', async () => {
    const { client } = await opened(before);
    await client.ask({}, 'openBase', file(after));
    const delta = (await client.ask({}, 'comparison', 'Socket', page)).rows[0]!;
    expect(delta).toMatchObject({ added: 0, removed: 188 });
    expect((await client.ask({}, 'removed', delta.classRowBefore, page)).rows[0]).toMatchObject({ className: 'Socket' });
  });
});

describe('what cannot be read', () => {
  it.each([['no snapshot', new TextEncoder().encode('{"nodes":[]}')], ['cut', after.subarray(0, after.length / 2)], ['empty', new Uint8Array(0)]])('is said, with the next step: %s', async (_, bytes) => {
    await expect(heapInProcess().ask({}, 'open', file(bytes))).rejects.toMatchObject({ name: 'CallFailure', message: /\S/, help: /\S/ });
  });
  it('is said in the server\'s words when it refuses, and when it is away', async () => {
    const source: HeapSource = { kind: 'artifact', url: 'http://shop.local/content', name: 'x', bytes: 10 };
    vi.stubGlobal('fetch', async () => Response.json({ error: { message: 'You may not.', help: 'Ask.' } }, { status: 403 }));
    await expect(heapInProcess().ask({}, 'open', source)).rejects.toMatchObject({ message: 'You may not.', help: 'Ask.' });
    vi.stubGlobal('fetch', async () => { throw new TypeError('failed'); });
    await expect(heapInProcess().ask({}, 'open', source)).rejects.toMatchObject({ message: 'The server does not answer.' });
  });
  it('ends with the worker: whoever waits hears it', async () => {
    const client = heapInProcess();
    const waiting = client.ask({}, 'open', file(after));
    client.close();
    await expect(waiting).rejects.toMatchObject({ message: 'The snapshot was closed.' });
  });
});
