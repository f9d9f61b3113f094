// ZIP as PKWARE's APPNOTE describes it (section 4.3), written as a stream with constant memory. Sizes are known before, hashes after, so each
// entry has a data descriptor (bit 3); ZIP64 (4.5.3) is used where a number does not fit into 32 bits, so that core dumps travel, too.
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

export interface ZipSource {
  /** With slashes, no leading one. */
  readonly name: string; readonly bytes: number;
  readonly pieces: () => AsyncIterable<Uint8Array>;
  /** False for what is compressed already. */
  readonly deflate: boolean;
}
interface Written { readonly name: Buffer; readonly method: number; readonly crc: number; readonly compressed: number; readonly bytes: number; readonly offset: number; readonly wide: boolean }

const max32 = 0xffff_ffff;
/** Deflate may add a little to what it cannot compress. */
const wideFromBytes = max32 - 2 ** 24;
/** Bit 3: a data descriptor follows; bit 11: names are UTF-8. */
const flags = 0x0808;
const wideVersion = 45;
/** 1 January 1980, midnight: the same content gives the same bytes. */
const dosDate = 0x0021;
const deflateLevel = 4;

/** Throws when a source does not give as many bytes as it said. Files of `wideFrom` bytes and more are written in ZIP64. */
export async function* writeZip(sources: Iterable<ZipSource>, wideFrom = wideFromBytes): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  let offset = 0;
  for (const source of sources) {
    const entry = yield* writeEntry(source, offset, source.bytes >= wideFrom);
    offset = entry.end;
    written.push(entry);
  }
  const directory = Buffer.concat(written.map(directoryEntry));
  yield Buffer.concat([directory, end(written.length, directory.length, offset, offset >= wideFrom)]);
}

async function* writeEntry(source: ZipSource, offset: number, wide: boolean): AsyncGenerator<Uint8Array, Written & { readonly end: number }> {
  const [name, method] = [Buffer.from(source.name), source.deflate ? 8 : 0];
  const header = localHeader(name, method, wide);
  yield header;
  let [crc, bytes, compressed] = [0, 0, 0];
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of source.pieces()) { crc = crc32(piece, crc); bytes += piece.length; yield piece; }
  };
  for await (const piece of source.deflate ? deflated(counted()) : counted()) { compressed += piece.length; yield piece; }
  if (bytes !== source.bytes) throw new Error(`${source.name} has ${bytes} bytes instead of ${source.bytes}.`);
  const descriptor = dataDescriptor(crc, compressed, bytes, wide);
  yield descriptor;
  return { name, method, crc, compressed, bytes, offset, wide, end: offset + header.length + compressed + descriptor.length };
}

async function* deflated(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const deflate = createDeflateRaw({ level: deflateLevel });
  // Its failures come out of `deflate`, too.
  pipeline(pieces, deflate).catch(() => undefined);
  yield* deflate as AsyncIterable<Uint8Array>;
}

/** 4.3.7. In ZIP64 the sizes stand in an extra field of 20 bytes, empty here. */
function localHeader(name: Buffer, method: number, wide: boolean): Buffer {
  const header = Buffer.alloc(30 + name.length + (wide ? 20 : 0));
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(wide ? wideVersion : 20, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(method, 8);
  header.writeUInt16LE(dosDate, 12);
  if (wide) header.fill(0xff, 18, 26);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(wide ? 20 : 0, 28);
  name.copy(header, 30);
  if (wide) { header.writeUInt16LE(1, 30 + name.length); header.writeUInt16LE(16, 32 + name.length); }
  return header;
}

/** 4.3.9. */
function dataDescriptor(crc: number, compressed: number, bytes: number, wide: boolean): Buffer {
  const descriptor = Buffer.alloc(wide ? 24 : 16);
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(crc, 4);
  if (wide) { descriptor.writeBigUInt64LE(BigInt(compressed), 8); descriptor.writeBigUInt64LE(BigInt(bytes), 16); }
  else { descriptor.writeUInt32LE(compressed, 8); descriptor.writeUInt32LE(bytes, 12); }
  return descriptor;
}

/** 4.3.12, with the ZIP64 extra field of 28 bytes where a number is too large. */
function directoryEntry({ name, method, crc, compressed, bytes, offset, wide }: Written): Buffer {
  const large = wide || offset >= max32;
  const entry = Buffer.alloc(46 + name.length + (large ? 28 : 0));
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(large ? wideVersion : 20, 4);
  entry.writeUInt16LE(large ? wideVersion : 20, 6);
  entry.writeUInt16LE(flags, 8);
  entry.writeUInt16LE(method, 10);
  entry.writeUInt16LE(dosDate, 14);
  entry.writeUInt32LE(crc, 16);
  entry.writeUInt32LE(large ? max32 : compressed, 20);
  entry.writeUInt32LE(large ? max32 : bytes, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt16LE(large ? 28 : 0, 30);
  entry.writeUInt32LE(large ? max32 : offset, 42);
  name.copy(entry, 46);
  if (large) {
    const extra = 46 + name.length;
    entry.writeUInt16LE(1, extra);
    entry.writeUInt16LE(24, extra + 2);
    for (const [i, value] of [bytes, compressed, offset].entries()) entry.writeBigUInt64LE(BigInt(value), extra + 4 + 8 * i);
  }
  return entry;
}

/** 4.3.14 to 4.3.16. */
function end(count: number, directoryBytes: number, offset: number, far: boolean): Buffer {
  const large = far || count >= 0xffff || directoryBytes >= max32;
  const last = Buffer.alloc(22);
  last.writeUInt32LE(0x06054b50, 0);
  for (const at of [8, 10]) last.writeUInt16LE(large ? 0xffff : count, at);
  last.writeUInt32LE(large ? max32 : directoryBytes, 12);
  last.writeUInt32LE(large ? max32 : offset, 16);
  if (!large) return last;
  const wide = Buffer.alloc(76);
  wide.writeUInt32LE(0x06064b50, 0);
  wide.writeBigUInt64LE(44n, 4);
  for (const at of [12, 14]) wide.writeUInt16LE(wideVersion, at);
  for (const [at, value] of [[24, count], [32, count], [40, directoryBytes], [48, offset]] as const) wide.writeBigUInt64LE(BigInt(value), at);
  wide.writeUInt32LE(0x07064b50, 56);
  wide.writeBigUInt64LE(BigInt(offset + directoryBytes), 64);
  wide.writeUInt32LE(1, 72);
  return Buffer.concat([wide, last]);
}
