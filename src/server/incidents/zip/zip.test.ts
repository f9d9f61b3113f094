import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { BundleError, readDirectory, readEntry, type ZipEntry } from './zip-reader.ts';
import { writeZip, type ZipSource } from './zip-writer.ts';

const directory = mkdtempSync(join(tmpdir(), 'weir-zip-'));
afterAll(() => { rmSync(directory, { recursive: true, force: true }); });
let files = 0;

const source = (name: string, bytes: Uint8Array, deflate: boolean): ZipSource => ({ name, bytes: bytes.length, deflate, pieces: async function* () { for (let i = 0; i < bytes.length; i += 1000) yield bytes.subarray(i, i + 1000); } });
const zipped = (sources: readonly ZipSource[], wideFrom?: number): Promise<Buffer> => buffer(writeZip(sources, wideFrom));
function inFile(bytes: Uint8Array): string {
  const path = join(directory, `${files++}.zip`);
  writeFileSync(path, bytes);
  return path;
}
async function entriesOf(path: string): Promise<readonly ZipEntry[]> {
  const read = await readDirectory(path);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}
const contentOf = (path: string, entry: ZipEntry, most = entry.bytes): Promise<Buffer> => buffer(readEntry(path, entry, most));
const problemOf = async (bytes: Uint8Array): Promise<string> => { const read = await readDirectory(inFile(bytes)); return read.ok ? '' : read.error.message; };

const someFiles = fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[a-zé]{1,12}$/), bytes: fc.uint8Array({ maxLength: 5000 }), deflate: fc.boolean() }), { selector: ({ name }) => name, minLength: 1, maxLength: 6 });

describe('what is written', () => {
  it('another implementation reads, and so do we, in 32 bits and in ZIP64', async () => {
    await fc.assert(fc.asyncProperty(someFiles, fc.boolean(), async (given, wide) => {
      const zip = await zipped(given.map(({ name, bytes, deflate }) => source(name, bytes, deflate)), wide ? 0 : undefined);
      const theirs = unzipSync(zip);
      const path = inFile(zip);
      const entries = await entriesOf(path);
      expect(entries.map(({ name }) => name)).toEqual(given.map(({ name }) => name));
      for (const [i, { name, bytes }] of given.entries()) {
        expect(Buffer.from(theirs[name] ?? []).equals(bytes)).toBe(true);
        expect((await contentOf(path, entries[i] as ZipEntry)).equals(bytes)).toBe(true);
      }
    }), { numRuns: 40 });
  });
  it('is an error when a file is not as long as it was said to be', async () => {
    await expect(zipped([{ ...source('a', new Uint8Array(10), false), bytes: 11 }])).rejects.toThrow('10 bytes instead of 11');
  });
});

describe('what others wrote', () => {
  it('is read', async () => {
    const path = inFile(zipSync({ 'a/b.txt': Buffer.from('one'), c: [new Uint8Array(100_000), { level: 9 }], d: [Buffer.from('x'), { level: 0 }] }));
    const entries = await entriesOf(path);
    expect(entries.map(({ name, bytes }) => [name, bytes])).toEqual([['a/b.txt', 3], ['c', 100_000], ['d', 1]]);
    expect((await contentOf(path, entries[0] as ZipEntry)).toString()).toBe('one');
  });
});

describe('a hostile file', () => {
  it('that is no ZIP or cut anywhere is refused or its damage is found', async () => {
    const zip = await zipped([source('a', Buffer.from('hello'), true), source('b', Buffer.alloc(3000, 1), false)]);
    expect(await problemOf(Buffer.from('no zip'))).toMatch(/cut short/);
    expect(await problemOf(new Uint8Array(0))).toMatch(/cut short/);
    for (let length = 0; length < zip.length; length += 7) expect(await problemOf(zip.subarray(0, length))).toMatch(/cut short/);
  });
  it('never gives more than it may, however much it inflates to', async () => {
    const bomb = zipSync({ a: [new Uint8Array(20_000_000), { level: 9 }] });
    const path = inFile(bomb);
    const [entry] = await entriesOf(path) as [ZipEntry];
    await expect(contentOf(path, entry, 1000)).rejects.toThrow(BundleError);
  });
  it('whose entries lie over each other, or have one name, is refused', async () => {
    const zip = await zipped([source('a', Buffer.alloc(500, 1), false), source('b', Buffer.alloc(500, 2), false)]);
    const second = zip.lastIndexOf(Buffer.from('504b0102', 'hex'));
    const over = Buffer.from(zip);
    over.writeUInt32LE(0, second + 42);
    expect(await problemOf(over)).toMatch(/lies over another/);
    expect(await problemOf(await zipped([source('a', Buffer.alloc(1), false), source('a', Buffer.alloc(1), false)]))).toMatch(/one name/);
  });
  it('that is encrypted or compressed in another way is refused', async () => {
    const zip = await zipped([source('a', Buffer.alloc(50, 1), false)]);
    const at = zip.lastIndexOf(Buffer.from('504b0102', 'hex'));
    const [encrypted, other] = [Buffer.from(zip), Buffer.from(zip)];
    encrypted.writeUInt16LE(1, at + 8);
    other.writeUInt16LE(93, at + 10);
    expect(await problemOf(encrypted)).toMatch(/encrypted/);
    expect(await problemOf(other)).toMatch(/method 93/);
  });
  it('of any bytes ends in an answer', async () => {
    const zip = await zipped([source('a', Buffer.from('hello'), true), source('b', Buffer.alloc(300, 1), false)], 0);
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), async (changes) => {
      const changed = Buffer.from(zip);
      for (const [at, value] of changes) changed[at] = value;
      const path = inFile(changed);
      const read = await readDirectory(path);
      if (!read.ok) return;
      for (const entry of read.value) await contentOf(path, entry, 10_000).catch((error: unknown) => { expect(error).toBeInstanceOf(BundleError); });
    }), { numRuns: 60 });
  });
});
