// What a file from elsewhere is, by what stands in it: magic numbers, the first keys of JSON, the shape of its first lines. Names only
// decide between formats that look alike. Linear in the bytes given.
import { gunzipSync, constants } from 'node:zlib';
import type { ArtifactFormat, ArtifactKind } from '../../model/index.ts';

export interface Sniffed { readonly kind: ArtifactKind; readonly format: ArtifactFormat }

/** `head` are the first bytes (64 KiB are enough), `name` the file's. */
export function sniff(head: Uint8Array, name: string): Sniffed {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  return byMagic(bytes) ?? byGzip(bytes, name) ?? byProtobuf(bytes, name) ?? byText(bytes, name) ?? { kind: 'other', format: 'binary' };
}

/** An incident's bundle has its manifest first (server/incidents). */
export const isBundle = (head: Uint8Array): boolean => {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  return bytes.length > 43 && bytes.readUInt32LE(0) === 0x04034b50 && bytes.toString('latin1', 30, 30 + bytes.readUInt16LE(26)) === 'manifest.json';
};

const magics: readonly (readonly [hex: string, Sniffed])[] = [
  ['0a0d0d0a', { kind: 'packet-capture', format: 'pcapng' }],
  // libpcap: micro- and nanoseconds, both byte orders.
  ...['a1b2c3d4', 'd4c3b2a1', 'a1b23c4d', '4d3cb2a1'].map((hex) => [hex, { kind: 'packet-capture', format: 'pcap' }] as const),
  [Buffer.from('JAVA PROFILE 1.0').toString('hex'), { kind: 'heap-snapshot', format: 'hprof' }],
  [Buffer.from('WEIRREC1').toString('hex'), { kind: 'recorder', format: 'otlp-frames' }],
  ['504b0304', { kind: 'other', format: 'zip' }],
];

function byMagic(bytes: Buffer): Sniffed | null {
  const start = bytes.toString('hex', 0, 16);
  const known = magics.find(([hex]) => start.startsWith(hex));
  if (known !== undefined) return known[1];
  if (start.startsWith('7f454c46') && bytes.length >= 18) return isCore(bytes) ? { kind: 'core-dump', format: 'elf-core' } : { kind: 'other', format: 'binary' };
  return bytes.toString('latin1', 257, 262) === 'ustar' ? { kind: 'files', format: 'tar' } : null;
}

/** ELF header: e_ident[EI_DATA] at 5 (1 little, 2 big endian), e_type at 16; ET_CORE is 4. */
const isCore = (bytes: Buffer): boolean => (bytes[5] === 2 ? bytes.readUInt16BE(16) : bytes.readUInt16LE(16)) === 4;

/** The most that the head of a gzip file may become; a bomb ends here. */
const maxInflated = 1024 * 1024;

function byGzip(bytes: Buffer, name: string): Sniffed | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return null;
  // Kept as it came: only a pprof profile is at home in gzip.
  return looksLikePprof(inflatedHead(bytes)) || /\.(pb\.gz|pprof)$/i.test(name) ? { kind: 'cpu-profile', format: 'pprof' } : { kind: 'other', format: 'binary' };
}

function inflatedHead(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes.subarray(0, 4096), { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: maxInflated });
  } catch {
    return Buffer.alloc(0);
  }
}

/** profile.proto: field 1, sample_type, is a ValueType message of two small varints, fields 1 and 2. */
const looksLikePprof = (bytes: Buffer): boolean => bytes[0] === 0x0a && (bytes[1] ?? 255) <= 12 && bytes[2] === 0x08 && (bytes[3] ?? 255) < 0x80 && bytes[4] === 0x10;

function byProtobuf(bytes: Buffer, name: string): Sniffed | null {
  if (looksLikePprof(bytes)) return { kind: 'cpu-profile', format: 'pprof' };
  if (holdsOtlpProfile(bytes)) return { kind: 'cpu-profile', format: 'otlp-profiles' };
  // An OTLP request is field 1, again and again: the name decides that it is one.
  return bytes[0] === 0x0a && /\.(otlp|otlp\.pb|binpb|otlp\.bin)$/i.test(name) ? { kind: 'other', format: 'otlp' } : null;
}

/**
 * ProfilesData: resource_profiles 1 holds scope_profiles 2, which holds profiles 2, whose first field is sample_type 1, a message of two small
 * integers. Logs, spans and metrics have ids, times and names there. Resource and scope (field 1 each) are passed over; the head may end within.
 */
function holdsOtlpProfile(bytes: Buffer): boolean {
  let at = 0;
  for (const field of [1, 2, 2, 1]) {
    let tag = bytes[at] ?? 0;
    if (field === 2 && tag === 0x0a) { at = skipped(bytes, at); tag = bytes[at] ?? 0; }
    if (tag !== ((field << 3) | 2)) return false;
    at = lengthAt(bytes, at + 1).after;
  }
  return bytes[at] === 0x08 && (bytes[at + 1] ?? 255) < 0x80 && bytes[at + 2] === 0x10;
}

/** Past a field of bytes whose tag is one byte. */
function skipped(bytes: Buffer, at: number): number {
  const { length, after } = lengthAt(bytes, at + 1);
  return after + length;
}

function lengthAt(bytes: Buffer, at: number): { readonly length: number; readonly after: number } {
  let length = 0;
  for (let shift = 0; shift < 35; shift += 7, at++) {
    const byte = bytes[at] ?? 0;
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { length, after: at + 1 };
  }
  return { length: 0, after: bytes.length };
}

function byText(bytes: Buffer, name: string): Sniffed | null {
  const text = textOf(bytes);
  if (text === null) return null;
  const start = text.trimStart();
  if (start.startsWith('{') || start.startsWith('[')) return byJson(start.slice(0, 4096), name) ?? jsonOrLines(start, name);
  return byLines(start) ?? { kind: 'other', format: 'text' };
}

/** Null when it is no UTF-8 text. The last character may have been cut in two. */
function textOf(bytes: Buffer): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

/** Keys that begin each format; V8 writes them in this order. */
const jsonShapes: readonly (readonly [RegExp, Sniffed])[] = [
  [/^\{\s*"snapshot"\s*:\s*\{\s*"(meta|title)"/, { kind: 'heap-snapshot', format: 'heapsnapshot' }],
  [/^\{\s*"head"\s*:\s*\{\s*"callFrame"/, { kind: 'heap-profile', format: 'heapprofile' }],
  [/^\{\s*"nodes"\s*:\s*\[\s*\{[^}]{0,200}"callFrame"/, { kind: 'cpu-profile', format: 'cpuprofile' }],
  [/speedscope\.app\/file-format-schema|"exporter"\s*:\s*"speedscope|"shared"\s*:\s*\{\s*"frames"/, { kind: 'cpu-profile', format: 'speedscope' }],
  [/^\{[^]*?"profiles"\s*:\s*\[\s*\{[^{}[\]]{0,500}"type"\s*:\s*"(evented|sampled)"/, { kind: 'cpu-profile', format: 'speedscope' }],
  [/"resourceProfiles"\s*:\s*\[/, { kind: 'cpu-profile', format: 'otlp-profiles' }],
  [/"resource(Logs|Spans|Metrics)"\s*:/, { kind: 'other', format: 'otlp' }],
  [/^\{[^]*?"traceEvents"\s*:\s*\[/, { kind: 'cpu-profile', format: 'chrome-trace' }],
];
const byJson = (start: string, name: string): Sniffed | null =>
  jsonShapes.find(([shape]) => shape.test(start))?.[1] ?? (isTraceArray(start) ? { kind: 'cpu-profile', format: 'chrome-trace' } : null) ?? (/\.cpuprofile$/i.test(name) ? { kind: 'cpu-profile', format: 'cpuprofile' } : null);

/** A Chrome trace as an array of events: phase, process and time stand in each. */
const isTraceArray = (start: string): boolean => /^\[\s*\{/.test(start) && [/"ph"\s*:\s*"[A-Za-z]"/, /"pid"\s*:\s*\d/, /"ts"\s*:\s*\d/].every((member) => member.test(start));

/** Several documents, one a line. */
function jsonOrLines(text: string, name: string): Sniffed {
  const [first = '', second = ''] = text.split('\n', 2);
  const lines = /\.(jsonl|ndjson)$/i.test(name) || (/[}\]]\s*$/.test(first) && /^\s*[{[]/.test(second));
  return { kind: 'other', format: lines ? 'jsonl' : 'json' };
}

function byLines(text: string): Sniffed | null {
  const lines = text.slice(0, 16_384).split('\n').filter((line) => line !== '' && !(line.startsWith('#') && !/\s\d+$/.test(line))).slice(0, 40).map((line) => line.slice(0, 4000));
  // `comm pid/tid [cpu] time: …` and below it indented addresses.
  if (/^\S.*\s\d+(\/\d+)?\s+(\[\d+\]\s+)?\d+\.\d+:/.test(lines[0] ?? '') && /^\s+[0-9a-f]+\s/.test(lines[1] ?? '')) return { kind: 'cpu-profile', format: 'perf-script' };
  const whole = lines.slice(0, Math.max(1, lines.length - 1));
  return whole.length > 0 && whole.every((line) => /[^;]\s\d+$/.test(line)) && whole.some((line) => line.includes(';')) ? { kind: 'cpu-profile', format: 'folded' } : null;
}
