// Where the packets are in a capture: one pass over the file, offsets and times only. Formats: pcap (both byte orders, micro- and
// nanoseconds) and pcapng (sections, interfaces with their resolution of time, enhanced and simple packet blocks).
import { failure, ok, type Failure, type Result } from '../../../base/index.ts';

export const maxPackets = 500_000;
/** No block or packet is larger; what says it is, is damage. */
const maxBlockBytes = 64 * 2 ** 20;

export interface CaptureFile {
  readonly format: 'pcap' | 'pcapng'; readonly bytes: Uint8Array; readonly count: number; readonly beyond: number; readonly problem: string | null;
  /** By packet: Unix milliseconds (NaN: none), offset and length in the file, length on the wire, link type. */
  readonly timeMs: Float64Array; readonly at: Uint32Array; readonly captured: Uint32Array; readonly length: Uint32Array; readonly link: Uint16Array;
}

class Found {
  count = 0;
  beyond = 0;
  timeMs = new Float64Array(1024);
  at = new Uint32Array(1024);
  captured = new Uint32Array(1024);
  length = new Uint32Array(1024);
  link = new Uint16Array(1024);

  add(timeMs: number, at: number, captured: number, length: number, link: number): void {
    if (this.count >= maxPackets) { this.beyond += 1; return; }
    if (this.count === this.at.length) this.#grow();
    const i = this.count++;
    this.timeMs[i] = timeMs; this.at[i] = at; this.captured[i] = captured; this.length[i] = length; this.link[i] = link;
  }

  #grow(): void {
    const size = this.at.length * 2;
    const wider = <T extends Float64Array | Uint32Array | Uint16Array>(next: T, old: T): T => { next.set(old); return next; };
    this.timeMs = wider(new Float64Array(size), this.timeMs);
    this.at = wider(new Uint32Array(size), this.at);
    this.captured = wider(new Uint32Array(size), this.captured);
    this.length = wider(new Uint32Array(size), this.length);
    this.link = wider(new Uint16Array(size), this.link);
  }
}

/** Errors: `capture-unknown` when it is no capture. Damage costs only what comes after it. */
export function readCapture(bytes: Uint8Array): Result<CaptureFile, Failure> {
  if (bytes.length < 12) return unknown();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = new Found();
  const magic = view.getUint32(0, true);
  if (magic === 0x0a0d0d0a) return ok(file('pcapng', bytes, found, readBlocks(view, found)));
  const shape = pcapShapes.get(magic);
  return shape === undefined || bytes.length < 24 ? unknown() : ok(file('pcap', bytes, found, readRecords(view, found, shape)));
}

const unknown = () => failure('capture-unknown', 'This is no packet capture: it begins like neither pcap nor pcapng.', 'Open a file of tcpdump, dumpcap or Wireshark.');
const file = (format: CaptureFile['format'], bytes: Uint8Array, { count, beyond, timeMs, at, captured, length, link }: Found, problem: string | null): CaptureFile => ({ format, bytes, count, beyond, problem, timeMs, at, captured, length, link });

interface PcapShape { readonly little: boolean; /** Parts of a second in the second word of a time. */ readonly perSecond: number }
/** By the magic number, read as little endian. */
const pcapShapes = new Map<number, PcapShape>([[0xa1b2c3d4, { little: true, perSecond: 1e6 }], [0xd4c3b2a1, { little: false, perSecond: 1e6 }], [0xa1b23c4d, { little: true, perSecond: 1e9 }], [0x4d3cb2a1, { little: false, perSecond: 1e9 }]]);

function readRecords(view: DataView, found: Found, { little, perSecond }: PcapShape): string | null {
  const link = view.getUint32(20, little) & 0xffff;
  let at = 24;
  while (at < view.byteLength) {
    if (view.byteLength - at < 16) return 'It ends within the header of a packet.';
    const [seconds, part, captured, length] = [view.getUint32(at, little), view.getUint32(at + 4, little), view.getUint32(at + 8, little), view.getUint32(at + 12, little)];
    at += 16;
    if (captured > maxBlockBytes) return `The packet at byte ${at} says that it has ${captured} bytes: the file is damaged there.`;
    if (at + captured > view.byteLength) return 'It ends within a packet.';
    found.add(seconds * 1000 + part * 1000 / perSecond, at, captured, length, link);
    at += captured;
  }
  return null;
}

interface Face { readonly link: number; readonly snapLength: number; /** Milliseconds that one tick is. */ readonly tickMs: number }
interface Section { little: boolean; faces: Face[] }

function readBlocks(view: DataView, found: Found): string | null {
  const section: Section = { little: true, faces: [] };
  let at = 0;
  while (at < view.byteLength) {
    if (view.byteLength - at < 12) return 'It ends within the header of a block.';
    if (view.getUint32(at, true) === 0x0a0d0d0a) { section.little = view.getUint32(at + 8, true) === 0x1a2b3c4d; section.faces = []; }
    const [type, size] = [view.getUint32(at, section.little), view.getUint32(at + 4, section.little)];
    if (size < 12 || size % 4 !== 0 || size > maxBlockBytes) return `The block at byte ${at} says that it has ${size} bytes: the file is damaged there.`;
    if (at + size > view.byteLength) return 'It ends within a block.';
    readBlock(view, { type, at, size }, section, found);
    at += size;
  }
  return null;
}

function readBlock(view: DataView, { type, at, size }: { readonly type: number; readonly at: number; readonly size: number }, section: Section, found: Found): void {
  const { little, faces } = section;
  if (type === 1 && size >= 20) faces.push({ link: view.getUint16(at + 8, little), snapLength: view.getUint32(at + 12, little), tickMs: tickOf(view, at + 16, at + size - 4, little) });
  if (type === 6 && size >= 32) {
    const face = faces[view.getUint32(at + 8, little)];
    const ticks = view.getUint32(at + 12, little) * 2 ** 32 + view.getUint32(at + 16, little);
    const captured = Math.min(view.getUint32(at + 20, little), size - 32);
    if (face !== undefined) found.add(ticks * face.tickMs, at + 28, captured, view.getUint32(at + 24, little), face.link);
  }
  if (type === 3 && size >= 16) {
    const [face, length] = [faces[0], view.getUint32(at + 8, little)];
    if (face !== undefined) found.add(Number.NaN, at + 12, Math.min(length, face.snapLength || length, size - 16), length, face.link);
  }
}

/** The option if_tsresol (9): a power of ten, or of two when its top bit is set; microseconds when it is not there. */
function tickOf(view: DataView, from: number, end: number, little: boolean): number {
  for (let at = from; at + 4 <= end;) {
    const [code, length] = [view.getUint16(at, little), view.getUint16(at + 2, little)];
    if (code === 0) break;
    if (code === 9 && length >= 1 && at + 5 <= end) { const value = view.getUint8(at + 4); return value & 0x80 ? 1000 / 2 ** (value & 0x7f) : 1000 / 10 ** value; }
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return 0.001;
}
