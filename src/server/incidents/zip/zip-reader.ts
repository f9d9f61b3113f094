// Reads a ZIP file by its central directory, the one part that says what is in it; entries that overlap, are encrypted or lie about
// themselves are refused. Nothing is ever written by an entry's name. Offsets are those of PKWARE's APPNOTE, section 4.3.
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { createInflateRaw } from 'node:zlib';
import { failure, ok, type Result } from '../../../base/index.ts';

export interface ZipEntry { readonly name: string; readonly method: 0 | 8; readonly compressed: number; readonly bytes: number; readonly offset: number }

const maxEntries = 20_000;
const maxDirectoryBytes = 8 * 1024 * 1024;
const max32 = 0xffff_ffff;

const bad = (message: string): Result<never> => failure('bundle.invalid', message);
const cutShort = (): Result<never> => bad('It is no ZIP file, or was cut short: its directory, which stands at the end, is not there.');

/** What the file says it has. Read an entry with `readEntry`. */
export async function readDirectory(path: string): Promise<Result<readonly ZipEntry[]>> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const place = await directoryPlace(file, size);
    if (place === null) return cutShort();
    if (place.count > maxEntries || place.bytes > maxDirectoryBytes) return bad(`It has ${place.count} files, more than a bundle can have.`);
    const entries = parseDirectory(await readAt(file, place.offset, place.bytes), place.count);
    return entries.ok ? checked(entries.value, place.offset) : entries;
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, position: number, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, position);
  return buffer.subarray(0, bytesRead);
}

interface Place { readonly offset: number; readonly bytes: number; readonly count: number }

/** The end record is the last thing in the file but for a comment of at most 64 KiB. */
async function directoryPlace(file: FileHandle, size: number): Promise<Place | null> {
  const from = Math.max(0, size - 22 - 0xffff);
  const tail = await readAt(file, from, size - from);
  for (let i = tail.length - 22; i >= 0; i--) {
    if (tail.readUInt32LE(i) !== 0x06054b50 || i + 22 + tail.readUInt16LE(i + 20) !== tail.length) continue;
    const place = { offset: tail.readUInt32LE(i + 16), bytes: tail.readUInt32LE(i + 12), count: tail.readUInt16LE(i + 10) };
    const whole = place.offset === max32 || place.bytes === max32 || place.count === 0xffff ? await widePlace(file, from + i) : place;
    return whole !== null && whole.offset + whole.bytes <= from + i ? whole : null;
  }
  return null;
}

/** ZIP64: a locator of 20 bytes before the end record says where the wide one is. */
async function widePlace(file: FileHandle, endAt: number): Promise<Place | null> {
  const locator = await readAt(file, Math.max(0, endAt - 20), 20);
  if (locator.length < 20 || locator.readUInt32LE(0) !== 0x07064b50) return null;
  const wide = await readAt(file, Number(locator.readBigUInt64LE(8) & 0xf_ffff_ffff_ffffn), 56);
  if (wide.length < 56 || wide.readUInt32LE(0) !== 0x06064b50) return null;
  return { count: Number(wide.readBigUInt64LE(32)), bytes: Number(wide.readBigUInt64LE(40)), offset: Number(wide.readBigUInt64LE(48)) };
}

function parseDirectory(bytes: Buffer, count: number): Result<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return cutShort();
    const [nameBytes, extraBytes, commentBytes] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
    const next = at + 46 + nameBytes + extraBytes + commentBytes;
    if (next > bytes.length) return cutShort();
    const entry = parseEntry(bytes.subarray(at, next), nameBytes, extraBytes);
    if (!entry.ok) return entry;
    entries.push(entry.value);
    at = next;
  }
  return ok(entries);
}

function parseEntry(bytes: Buffer, nameBytes: number, extraBytes: number): Result<ZipEntry> {
  const name = bytes.toString('utf8', 46, 46 + nameBytes);
  const [flags, method] = [bytes.readUInt16LE(8), bytes.readUInt16LE(10)];
  if ((flags & 1) !== 0) return bad(`"${name}" in it is encrypted.`);
  if (method !== 0 && method !== 8) return bad(`"${name}" in it is compressed by method ${method}, which is neither none nor deflate.`);
  const sizes = wideNumbers(bytes.subarray(46 + nameBytes, 46 + nameBytes + extraBytes), [bytes.readUInt32LE(24), bytes.readUInt32LE(20), bytes.readUInt32LE(42)]);
  return sizes === null ? cutShort() : ok({ name, method, bytes: sizes[0], compressed: sizes[1], offset: sizes[2] });
}

/** Size, compressed size and offset: those that are all ones stand in the ZIP64 extra field (id 1), in this order. */
function wideNumbers(extra: Buffer, numbers: [number, number, number]): [number, number, number] | null {
  if (!numbers.includes(max32)) return numbers;
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    const wide = numbers.map((number) => {
      if (number !== max32) return number;
      next += 8;
      return next <= extra.length ? Number(extra.readBigUInt64LE(next - 8)) : Number.NaN;
    }) as [number, number, number];
    return wide.every(Number.isSafeInteger) ? wide : null;
  }
  return null;
}

/** No two entries share a byte, and none has the name of another: each byte is inflated once at most. */
function checked(entries: readonly ZipEntry[], directoryAt: number): Result<readonly ZipEntry[]> {
  if (new Set(entries.map(({ name }) => name)).size !== entries.length) return bad('Two files in it have one name.');
  let end = 0;
  for (const { name, offset, compressed } of entries.toSorted((a, b) => a.offset - b.offset)) {
    if (offset < end || offset + 30 + compressed > directoryAt) return bad(`"${name}" in it lies over another file.`);
    end = offset + 30 + compressed;
  }
  return ok(entries);
}

/** The content of one entry, never more than `mostBytes`. Throws BundleError when it is damaged or longer. */
export async function* readEntry(path: string, { name, method, offset, compressed }: ZipEntry, mostBytes: number): AsyncGenerator<Uint8Array> {
  const start = await dataStart(path, name, offset);
  if (compressed === 0) return;
  const raw = createReadStream(path, { start, end: start + compressed - 1, highWaterMark: 256 * 1024 });
  const pieces = method === 0 ? raw : raw.pipe(createInflateRaw());
  let left = mostBytes;
  try {
    for await (const piece of pieces as AsyncIterable<Buffer>) {
      left -= piece.length;
      if (left < 0) throw new BundleError(`"${name}" in it is larger than the ${mostBytes} bytes that it should have.`);
      yield piece;
    }
  } catch (error) {
    throw error instanceof BundleError ? error : new BundleError(`"${name}" in it cannot be read: it is damaged (${(error as Error).message}).`);
  } finally {
    raw.destroy();
    pieces.destroy();
  }
}

/** The local header repeats the name and may have another extra field than the directory. */
async function dataStart(path: string, name: string, offset: number): Promise<number> {
  const file = await open(path, 'r');
  try {
    const header = await readAt(file, offset, 30);
    if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw new BundleError(`"${name}" in it is not where the directory says.`);
    return offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await file.close();
  }
}

/** What is wrong with a bundle, for a person. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}
