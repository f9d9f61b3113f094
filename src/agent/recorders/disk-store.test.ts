// A recorder on disk: what a killed process had recorded is there, damage costs only itself, the disk is bounded.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FramesAsked, RecorderFrame } from '../../engine/index.ts';
import { DiskStore, type DiskStoreOptions } from './index.ts';

let directory: string;
beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'weir-recorder-')); });
afterEach(() => { rmSync(directory, { recursive: true, force: true }); });

const frame = (n: number, size = 100, key = ''): RecorderFrame => ({ signal: 'logs', key, atUnixMs: n, records: 1, bytes: new Uint8Array(size).fill(n % 251), epoch: 3 });
const open = (maxBytes = 1_000_000, more: Partial<DiskStoreOptions> = {}): DiskStore => new DiskStore({ directory, maxBytes, maxKeys: 1000, freeBytes: () => 1e12, keepFreeBytes: 0, ...more });
const asItIs = (one: RecorderFrame): RecorderFrame => one;
const framesOf = (store: DiskStore, asked: FramesAsked = {}): RecorderFrame[] => [...store.frames(asItIs, asked)].filter((one) => one !== null);
function* framesIn(store: DiskStore): Generator<RecorderFrame> { for (const one of store.frames(asItIs)) if (one !== null) yield one; }
const times = (store: DiskStore, key?: string): number[] => framesOf(store, { key }).map(({ atUnixMs }) => atUnixMs);

test('what was recorded is there after a clean end, with nothing known of its redaction', () => {
  const store = open();
  for (let i = 1; i <= 5; i++) store.push(frame(i, 100, i % 2 === 0 ? 'even' : 'odd'));
  expect(framesOf(store).map(({ epoch }) => epoch)).toEqual([3, 3, 3, 3, 3]);
  store.close();
  const again = open();
  expect(times(again)).toEqual([1, 2, 3, 4, 5]);
  expect(times(again, 'even')).toEqual([2, 4]);
  expect(framesOf(again)[0]).toEqual({ ...frame(1, 100, 'odd'), bytes: Buffer.from(new Uint8Array(100).fill(1)), epoch: -1 });
  expect(again).toMatchObject({ records: 5, keyCount: 2, oldestUnixMs: 1, newestUnixMs: 5 });
  again.push(frame(6));
  expect(times(again)).toEqual([1, 2, 3, 4, 5, 6]);
  again.close();
});

test('is bounded in bytes: the oldest segment goes', () => {
  const store = open(600_000);
  for (let i = 1; i <= 300; i++) store.push(frame(i, 10_000));
  expect(store.bytes).toBeLessThanOrEqual(600_000);
  expect(store.records + store.evicted).toBe(300);
  expect(times(store).at(-1)).toBe(300);
  store.close();
  const onDisk = readdirSync(directory).filter((name) => name.endsWith('.frames')).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
  expect(onDisk).toBe(open(600_000).bytes);
});

test('an end that was not finished is cut off and said, and what comes next is read', () => {
  const store = open();
  for (let i = 1; i <= 3; i++) store.push(frame(i));
  store.close();
  const [name = ''] = readdirSync(directory);
  appendFileSync(join(directory, name), Buffer.from([9, 0, 0, 0, 1, 0, 0, 0, 7]));
  const again = open();
  expect(again.problem).toContain('9 bytes at the end');
  again.push(frame(4));
  again.close();
  expect(times(open())).toEqual([1, 2, 3, 4]);
});

test('a file that is something else is begun anew', () => {
  writeFileSync(join(directory, '00000001.frames'), 'not a recording');
  const store = open();
  store.push(frame(1));
  expect(times(store)).toEqual([1]);
  store.close();
  expect(readFileSync(join(directory, '00000001.frames')).subarray(0, 8).toString()).toBe('WEIRREC1');
});

test('the last of it is read without what is older, which redaction is not asked of, also after a restart', () => {
  const seen: number[] = [];
  const newer = (store: DiskStore, sinceUnixMs: number): number[] => {
    seen.length = 0;
    return [...store.frames((one) => { seen.push(one.atUnixMs); return one; }, { sinceUnixMs })].flatMap((one) => one?.atUnixMs ?? []);
  };
  const store = open(600_000);
  for (let i = 1; i <= 40; i++) store.push(frame(i, 10_000));
  expect(newer(store, 35)).toEqual([35, 36, 37, 38, 39, 40]);
  expect(seen).toEqual([35, 36, 37, 38, 39, 40]);
  store.close();
  // Of segments that are too old not even the file is read.
  writeFileSync(join(directory, '00000001.frames'), Buffer.alloc(statSync(join(directory, '00000001.frames')).size));
  const again = open(600_000);
  expect(newer(again, 35)).toEqual([35, 36, 37, 38, 39, 40]);
  again.close();
});

test('the last of it is whole where the clock was set back in between', () => {
  const store = open(600_000);
  for (let i = 1; i <= 30; i++) store.push(frame(i <= 3 ? 1000 + i : i, 10_000));
  for (let one = store, i = 0; i < 2; one = open(600_000), i++) {
    expect(framesOf(one, { sinceUnixMs: 500 }).map(({ atUnixMs }) => atUnixMs)).toEqual([1001, 1002, 1003]);
    one.close();
  }
});

test('whoever reads has a moment for others where nothing is found for long', () => {
  const store = open(20_000_000);
  for (let i = 1; i <= 400; i++) store.push(frame(i, 10_000, i === 400 ? 'rare' : 'often'));
  const read = [...store.frames(asItIs, { key: 'rare' })];
  expect(read.filter((one) => one !== null)).toHaveLength(1);
  const hidden = [...store.frames(() => null)];
  expect([hidden.length, hidden.every((one) => one === null)]).toEqual([3, true]);
  store.close();
});

test('old segments go by age', () => {
  const store = open(600_000);
  for (let i = 1; i <= 40; i++) store.push(frame(i, 10_000));
  store.expire(30);
  expect(times(store).at(-1)).toBe(40);
  expect(times(store)[0]).toBeGreaterThan(7);
  store.close();
});

test('a folder that cannot be written is said, and costs only what it refused', () => {
  writeFileSync(join(directory, 'file'), '');
  const store = open(1000, { directory: join(directory, 'file', 'below') });
  expect(store.push(frame(1))).toBe(false);
  expect(store.problem).toContain('could not be kept on disk');
  store.close();
});

test('past its keys the one that was quiet longest goes, its records counted; another life of it begins anew', () => {
  const store = open(1_000_000, { maxKeys: 2 });
  for (const [i, key] of ['a', 'b', 'a', 'c', 'b'].entries()) store.push(frame(i + 1, 100, key));
  expect(store).toMatchObject({ keyCount: 2, records: 2, evictedKeys: 2, evicted: 3 });
  expect([times(store), times(store, 'a'), times(store, 'b')]).toEqual([[4, 5], [], [5]]);
  store.close();
});

test('counts by key hold over full segments, their going, and a new start', () => {
  const store = open(600_000, { maxKeys: 3 });
  const pushed: { n: number; key: string }[] = [];
  for (let n = 1; n <= 200; n++) { const key = `k${n % 2}`; pushed.push({ n, key }); store.push(frame(n, 10_000, key)); }
  const held = times(store);
  const sums = (of: DiskStore): (readonly [string, number])[] => of.keys(9).map(({ key, records }) => [key, records] as const).sort();
  const expected = ['k0', 'k1'].map((key) => [key, pushed.filter((one) => one.key === key && held.includes(one.n)).length]);
  expect([sums(store), store.records + store.evicted]).toEqual([expected, 200]);
  store.close();
  const again = open(600_000, { maxKeys: 3 });
  expect([sums(again), times(again)]).toEqual([expected, held]);
  again.close();
  for (const name of readdirSync(directory)) if (name.endsWith('.index')) rmSync(join(directory, name));
  expect(sums(open(600_000, { maxKeys: 3 })), 'and without what was written beside them').toEqual(expected);
});

test('what is read while segments go and come is this recorder\'s own, whole', () => {
  const store = open(600_000);
  for (let n = 1; n <= 50; n++) store.push(frame(n, 10_000));
  const reader = framesIn(store);
  const read = [reader.next().value!.atUnixMs];
  for (let n = 51; n <= 130; n++) store.push(frame(n, 10_000));
  const other = new DiskStore({ directory: join(directory, 'other'), maxBytes: 600_000, maxKeys: 10, freeBytes: () => 1e12, keepFreeBytes: 0 });
  for (let n = 1; n <= 50; n++) other.push(frame(1000 + n, 10_000));
  for (let next = reader.next(); next.done !== true; next = reader.next()) read.push(next.value.atUnixMs);
  // The last segment grows while it is read.
  expect(read.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  expect(read.every((n) => n < 1000)).toBe(true);
  store.close();
  other.close();
});

test('a shortage of disk leaves what is kept readable after a restart', () => {
  let free = 1e9;
  const store = open(600_000, { freeBytes: () => free, keepFreeBytes: 1e8 });
  for (let n = 1; n <= 4; n++) store.push(frame(n, 20_000, 'a'));
  free = 0;
  for (let n = 5; n <= 9; n++) store.push(frame(n, 20_000, 'b'));
  const held = times(store);
  store.close();
  expect(times(open(600_000))).toEqual(held);
});

test('a restart lets the quiet keys go, not the busy one', () => {
  const store = open(1_000_000, { maxKeys: 3 });
  for (let n = 1; n <= 80; n++) store.push(frame(n, 100, n % 2 === 0 ? 'hot' : `cold${n}`));
  store.close();
  expect(open(1_000_000, { maxKeys: 3 }).keys(9).find(({ key }) => key === 'hot')).toMatchObject({ records: 40 });
});

test('cleared, nothing of it is left on disk', () => {
  const store = open();
  store.push(frame(1));
  store.clear();
  expect([readdirSync(join(directory, '..')).includes(directory.split('/').at(-1)!), store.bytes, store.records]).toEqual([false, 0, 0]);
  mkdirSync(directory);
});

test('a disk that is nearly full: the oldest goes first, and then what comes is refused and said', () => {
  let free = 1e9;
  const store = open(600_000, { freeBytes: () => free, keepFreeBytes: 1e8 });
  for (let i = 1; i <= 20; i++) store.push(frame(i, 10_000));
  free = 1e6;
  const taken = Array.from({ length: 30 }, (_, i) => store.push(frame(21 + i, 10_000)));
  expect(taken).toContain(false);
  expect(store.problem).toContain('MiB free');
  expect(store.records + store.evicted).toBe(20 + taken.filter(Boolean).length);
  free = 1e9;
  expect(store.push(frame(99, 10_000))).toBe(true);
  store.close();
});

interface Told { readonly given: number[]; readonly counted: number; readonly keys: (readonly [string, number])[] }
const told = (store: DiskStore): Told => ({ given: times(store), counted: store.records, keys: store.keys(1e6).map(({ key, records }) => [key, records] as const).sort() });
/** What is given and what is counted is the same, by key, too. */
function expectTrue(store: DiskStore): Told {
  const one = told(store);
  const byKey = new Map<string, number>();
  for (const { key, records } of framesOf(store)) byKey.set(key, (byKey.get(key) ?? 0) + records);
  expect(one.keys).toEqual([...byKey].sort());
  expect(one.counted).toBe(one.given.length);
  for (const [key, records] of byKey) expect(times(store, key)).toHaveLength(records);
  return one;
}

describe('whatever keys come, and however often it is started anew', () => {
  const key = fc.integer({ min: 0, max: 9 }).map((n) => `k${n}`);
  const step = fc.oneof(
    { weight: 12, arbitrary: fc.record({ do: fc.constant('push' as const), key, size: fc.integer({ min: 1, max: 12_000 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), withIndex: fc.boolean() }) }, { weight: 1, arbitrary: fc.record({ do: fc.constant('keys' as const), most: fc.integer({ min: 1, max: 6 }) }) }, { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const), back: fc.integer({ min: 1, max: 30 }) }) },
  );
  let runs = 0;
  const inFolder = (): string => join(directory, String(++runs));

  test('it gives, counts and shows by key what it did before', () => {
    fc.assert(fc.property(fc.array(step, { minLength: 30, maxLength: 120 }), (steps) => {
      const folder = inFolder();
      let maxKeys = 4;
      let store = open(300_000, { directory: folder, maxKeys });
      let [n, evictedBefore] = [0, 0];
      for (const one of steps) {
        if (one.do === 'push') store.push(frame(++n, one.size, one.key));
        else if (one.do === 'keys') { maxKeys = one.most; store.resize(300_000, maxKeys); }
        else if (one.do === 'expire') store.expire(n - one.back);
        else {
          const before = expectTrue(store);
          evictedBefore += store.evicted;
          store.close();
          if (!one.withIndex) for (const name of readdirSync(folder)) if (name.endsWith('.index')) rmSync(join(folder, name));
          store = open(300_000, { directory: folder, maxKeys });
          expect(told(store)).toEqual(before);
        }
      }
      const { counted } = expectTrue(store);
      expect([counted + store.evicted + evictedBefore, store.keyCount <= maxKeys, store.problem]).toEqual([n, true, null]);
      store.close();
      rmSync(folder, { recursive: true });
    }), { numRuns: 60 });
  });

  test('and when its end is lost, what it would have given at that moment', () => {
    fc.assert(fc.property(fc.array(fc.record({ key, size: fc.integer({ min: 1, max: 9000 }) }), { minLength: 1, maxLength: 100 }), fc.integer({ min: 1, max: 6 }), fc.nat({ max: 60_000 }), (pushes, maxKeys, lost) => {
      const folder = inFolder();
      const store = open(3_000_000, { directory: folder, maxKeys });
      pushes.forEach((one, i) => { store.push(frame(i + 1, one.size, one.key)); });
      store.close();
      const last = join(folder, readdirSync(folder).filter((name) => name.endsWith('.frames')).sort().at(-1)!);
      truncateSync(last, Math.max(0, statSync(last).size - lost));
      const again = open(3_000_000, { directory: folder, maxKeys });
      const { given } = expectTrue(again);
      // By a plain list: a key's frames since it was let go last.
      const lives = new Map<string, number[]>();
      for (const [i, one] of pushes.slice(0, given.at(-1) ?? 0).entries()) {
        const life = lives.get(one.key) ?? [];
        lives.delete(one.key);
        lives.set(one.key, [...life, i + 1]);
        if (lives.size > maxKeys) lives.delete(lives.keys().next().value!);
      }
      expect(given).toEqual([...lives.values()].flat().sort((a, b) => a - b));
      again.close();
      rmSync(folder, { recursive: true });
    }), { numRuns: 60 });
  });
});

test('a key that is let go while somebody reads, and the segments it was in, are read to their end', () => {
  const store = open(600_000, { maxKeys: 2 });
  for (let n = 1; n <= 40; n++) store.push(frame(n, 10_000, n % 2 === 0 ? 'a' : 'b'));
  const reader = framesIn(store);
  const read = [reader.next().value!.atUnixMs];
  for (let n = 41; n <= 120; n++) store.push(frame(n, 10_000, n % 2 === 0 ? 'c' : 'd'));
  for (let next = reader.next(); next.done !== true; next = reader.next()) read.push(next.value.atUnixMs);
  expect(read.slice(0, 40)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  expect(readdirSync(directory).filter((name) => name.includes('held'))).toEqual([]);
  const rest = framesIn(store);
  rest.next();
  store.clear();
  // What is read of a recorder that was deleted is gone once nobody reads it.
  expect(existsSync(directory) && readdirSync(directory).every((name) => name.includes('.held-'))).toBe(true);
  rest.return(undefined);
  expect(readdirSync(directory)).toEqual([]);
  writeFileSync(join(directory, '00000001.frames.held-0123456789ab-1'), 'left over by a killed process');
  writeFileSync(join(directory, '00000009.frames.index'), 'of no segment');
  open().close();
  expect(readdirSync(directory)).toEqual([]);
});

test('however many recorders there are, files are open only while they are written to', async () => {
  const stores = Array.from({ length: 40 }, (_, i) => open(600_000, { directory: join(directory, String(i)) }));
  const opened = (): number => readdirSync('/proc/self/fd').filter((fd) => { try { return readlinkSync(`/proc/self/fd/${fd}`).startsWith(directory); } catch { return false; } }).length;
  for (const store of stores) for (let n = 1; n <= 30; n++) store.push(frame(n, 20_000));
  let most = opened();
  const watching = setInterval(() => { most = Math.max(most, opened()); }, 1);
  await vi.waitFor(() => { expect(stores.flatMap((_, i) => readdirSync(join(directory, String(i)))).filter((name) => name.endsWith('.index')).length).toBeGreaterThan(100); }, { timeout: 20_000 });
  await vi.waitFor(() => { expect(opened()).toBe(0); }, { timeout: 20_000 });
  clearInterval(watching);
  expect(most).toBeLessThanOrEqual(16);
  expect(stores.map(({ problem }) => problem).filter((problem) => problem !== null)).toEqual([]);
  for (const store of stores) store.close();
});

test('what cannot be written behind is evicted, counted and said, and what comes later is kept', async () => {
  const store = open();
  for (let n = 1; n <= 3; n++) store.push(frame(n, 100, 'early'));
  const [name = ''] = readdirSync(directory);
  await vi.waitFor(() => { expect(statSync(join(directory, name)).size).toBe(store.bytes); }, { timeout: 10_000 });
  const there = readFileSync(join(directory, name));
  rmSync(join(directory, name));
  for (let n = 4; n <= 6; n++) store.push(frame(n, 100, n === 4 ? 'early' : 'late'));
  await vi.waitFor(() => { expect(store.problem).toContain('could not be kept on disk'); }, { timeout: 10_000 });
  writeFileSync(join(directory, name), there);
  expect([store.records, store.evicted, store.bytes, store.keyCount]).toEqual([3, 3, there.length, 1]);
  store.push(frame(7, 100, 'late'));
  expect(times(store)).toEqual([1, 2, 3, 7]);
  await vi.waitFor(() => { expect(store.problem).toBeNull(); }, { timeout: 10_000 });
  store.close();
  expect(told(open())).toEqual({ given: [1, 2, 3, 7], counted: 4, keys: [['early', 3], ['late', 1]] });
});

describe('killed with SIGKILL', () => {
  test('everything up to the last second is there, and the file is whole', async () => {
    const program = `
      import { DiskStore } from ${JSON.stringify(join(import.meta.dirname, 'disk-store.ts'))};
      const store = new DiskStore({ directory: ${JSON.stringify(directory)}, maxBytes: 50e6, maxKeys: 10, freeBytes: () => 1e12, keepFreeBytes: 0 });
      let n = 0;
      setInterval(() => { n++; store.push({ signal: 'logs', key: '', atUnixMs: Date.now(), records: 1, bytes: new Uint8Array(2000).fill(n), epoch: 0 }); process.stdout.write(n + '\\n'); }, 5);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => { said += chunk.toString(); });
    await vi.waitFor(() => { expect(said.split('\n').length).toBeGreaterThan(300); }, { timeout: 50_000 });
    const killedAt = Date.now();
    child.kill('SIGKILL');
    await new Promise((resolve) => { child.once('exit', resolve); });
    const store = open(50e6);
    const got = times(store);
    store.close();
    expect(got.length).toBeGreaterThan(0);
    expect(got.at(-1)).toBeGreaterThan(killedAt - 1000);
    expect(said.split('\n').filter(Boolean).length - got.length).toBeLessThan(200);
  });
});
