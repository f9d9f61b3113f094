// What lies beside a full segment (`.index`): how much of which key is in it, and which keys were let go in it, so that neither opening a recorder
// nor letting a segment go reads its frames. Rows of fixed layout, little-endian, behind a checksum; what is damaged counts as missing.
import { crc32 } from 'node:zlib';

/** What of one key a segment holds, since it was last let go in there. `since`: the number, within the segment, of the first frame of it. */
export interface KeyShare { records: number; bytes: number; oldestUnixMs: number; newestUnixMs: number; since: number }

export interface SegmentFacts {
  /** Of the file of frames: an index of another length is of another file. */
  readonly bytes: number;
  readonly frames: number;
  readonly oldestUnixMs: number | null;
  readonly newestUnixMs: number | null;
  readonly latestUnixMs: number;
}

/** `shares`: quiet longest first. `letGo`: keys of which nothing before this segment counts. Both are made as they are read. */
export interface SegmentIndex extends SegmentFacts { readonly letGo: Iterable<string>; readonly shares: Iterable<readonly [string, KeyShare]> }

const magic = Buffer.from('WEIRIDX2');
/** Magic, checksum of what follows, five numbers, two counts. */
const headBytes = magic.length + 4 + 5 * 8 + 2 * 4;
const rowBytes = 4 * 8 + 4;
/** Rows that are written in one go; then others have their turn. */
const rowsAtOnce = 1000;
const keyBytesOf = (key: string): Buffer => Buffer.from(key);

/** In slices: each step is short. Gives the whole at the end. */
export function* encodeIndex(facts: SegmentFacts, letGo: ReadonlySet<string>, shares: Iterable<readonly [string, KeyShare]>): Generator<undefined, Buffer> {
  const parts: Buffer[] = [];
  let [names, rows] = [0, 0];
  for (const key of letGo) { parts.push(nameOf(key)); if (++names % rowsAtOnce === 0) yield; }
  for (const [key, share] of shares) { parts.push(nameOf(key), rowOf(share)); if (++rows % rowsAtOnce === 0) yield; }
  const head = Buffer.alloc(headBytes);
  magic.copy(head);
  [facts.bytes, facts.frames, facts.oldestUnixMs ?? NaN, facts.newestUnixMs ?? NaN, facts.latestUnixMs].forEach((value, i) => head.writeDoubleLE(value, magic.length + 4 + i * 8));
  head.writeUInt32LE(names, headBytes - 8);
  head.writeUInt32LE(rows, headBytes - 4);
  const whole = Buffer.concat([head, ...parts]);
  whole.writeUInt32LE(crc32(whole.subarray(magic.length + 4)), magic.length);
  return whole;
}

function nameOf(key: string): Buffer {
  const name = keyBytesOf(key);
  const part = Buffer.allocUnsafe(2 + name.length);
  part.writeUInt16LE(name.length);
  name.copy(part, 2);
  return part;
}

function rowOf({ records, bytes, oldestUnixMs, newestUnixMs, since }: KeyShare): Buffer {
  const row = Buffer.allocUnsafe(rowBytes);
  [records, bytes, oldestUnixMs, newestUnixMs].forEach((value, i) => row.writeDoubleLE(value, i * 8));
  row.writeUInt32LE(since, 4 * 8);
  return row;
}

/** Null when it is none, or damaged. */
export function decodeIndex(file: Buffer): SegmentIndex | null {
  if (file.length < headBytes || !file.subarray(0, magic.length).equals(magic) || file.readUInt32LE(magic.length) !== crc32(file.subarray(magic.length + 4))) return null;
  const [bytes = 0, frames = 0, oldest = NaN, newest = NaN, latestUnixMs = 0] = Array.from({ length: 5 }, (_, i) => file.readDoubleLE(magic.length + 4 + i * 8));
  const place: Place = { file, at: headBytes };
  const letGo = Array.from({ length: file.readUInt32LE(headBytes - 8) }, () => nextName(place));
  const { at } = place;
  return { bytes, frames, oldestUnixMs: known(oldest), newestUnixMs: known(newest), latestUnixMs, letGo, shares: { [Symbol.iterator]: () => sharesOf({ file, at }, file.readUInt32LE(headBytes - 4)) } };
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

interface Place { readonly file: Buffer; at: number }

function nextName(place: Place): string {
  const from = place.at + 2;
  place.at = from + place.file.readUInt16LE(place.at);
  return place.file.toString('utf8', from, place.at);
}

function* sharesOf(place: Place, count: number): Generator<readonly [string, KeyShare]> {
  const { file } = place;
  for (let i = 0; i < count; i++) {
    const key = nextName(place);
    const row = place.at;
    place.at += rowBytes;
    yield [key, { records: file.readDoubleLE(row), bytes: file.readDoubleLE(row + 8), oldestUnixMs: file.readDoubleLE(row + 16), newestUnixMs: file.readDoubleLE(row + 24), since: file.readUInt32LE(row + 32) }];
  }
}
