// A file's format by its content, and by its name where the content could be several.
import { failure, ok, type Result } from '../../../base/index.ts';
import type { ProfileFormat } from '../../model.ts';
import { foldedLine } from '../folded/index.ts';
import { isOtlpProfiles } from '../otlp-profiles/index.ts';
import { looksLikePerfScript } from '../perf-script/index.ts';
import { isPprof } from '../pprof/index.ts';
import { eachLine } from '../text/index.ts';
import { otherFile } from './other-files.ts';
import { sniffJson } from './sniff-json.ts';

const known = 'Known formats: V8 .cpuprofile and .heapprofile, Chrome trace, pprof (gzipped or not), perf script text, folded stacks, speedscope JSON, OTLP profiles (protobuf or JSON).';

const extensions: readonly (readonly [RegExp, ProfileFormat])[] = [
  [/\.cpuprofile$/i, 'cpuprofile'], [/\.heapprofile$/i, 'heapprofile'], [/\.speedscope(?:\.json)?$/i, 'speedscope'], [/\.(?:pprof|prof|pb)$/i, 'pprof'],
  [/\.(?:folded|collapsed|stacks)$/i, 'folded'], [/\.perf(?:\.txt)?$/i, 'perf-script'],
];

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

export function sniff(bytes: Uint8Array, fileName: string): Result<ProfileFormat> {
  if (bytes.length === 0) return failure('profile.empty', `${fileName} is empty.`, 'Wait until whoever writes it has finished, or copy it again.');
  const other = otherFile(bytes);
  if (other !== null) return failure('profile.unknown', `${fileName} is ${other.what}, not a profile.`, other.help);
  const told = byContent(bytes);
  if (told === 'heap-snapshot') return failure('profile.heap-snapshot', `${fileName} is a heap snapshot, not a profile.`, 'It opens in the heap view, and with weir heap.');
  const format = told ?? extensions.find(([ending]) => ending.test(fileName))?.[1];
  if (format !== undefined) return ok(format);
  return failure('profile.unknown', `${fileName} is no profile that Weir knows: ${beginning(bytes)}.`, known);
}

function byContent(bytes: Uint8Array): ProfileFormat | 'heap-snapshot' | null {
  const first = firstByte(bytes);
  if (bytes[first] === 0x7b || (bytes[first] === 0x5b && isListOfObjects(bytes, first))) {
    const guess = sniffJson(bytes);
    return guess === 'unknown' ? null : guess;
  }
  if (isPprof(bytes)) return 'pprof';
  if (isOtlpProfiles(bytes)) return 'otlp-profiles';
  if (looksLikePerfScript(bytes)) return 'perf-script';
  return looksFolded(bytes) ? 'folded' : null;
}

/** The first that is no byte order mark and no white space. */
function firstByte(bytes: Uint8Array, from = 0): number {
  let at = from === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : from;
  while (at < bytes.length && (bytes[at] === 0x20 || (bytes[at]! >= 0x09 && bytes[at]! <= 0x0d))) at++;
  return at;
}

/** Folded stacks may begin with a bracket, too: "[unknown];main 3". */
function isListOfObjects(bytes: Uint8Array, bracket: number): boolean {
  const next = bytes[firstByte(bytes, bracket + 1)];
  return next === 0x7b || next === 0x5d || next === undefined;
}

/** Most of the first lines end in a number, one of them has several functions, and no byte is one that text does not have. */
function looksFolded(bytes: Uint8Array): boolean {
  const looked = bytes.subarray(0, 64 * 1024);
  if (looked.some((byte) => byte < 0x09)) return false;
  let [good, bad, several] = [0, 0, false];
  eachLine(looked, (from, to) => {
    const line = foldedLine(looked, from, to);
    if (line === 'blank' || (to === looked.length && to < bytes.length)) return;
    if (line === null) bad++;
    else { good++; several ||= looked.subarray(line.from, line.end).includes(0x3b); }
  });
  return several && good > bad;
}

function beginning(bytes: Uint8Array): string {
  const end = bytes.subarray(0, 16).findIndex((byte) => byte === 0x0a || byte === 0x0d);
  const first = Array.from(bytes.subarray(0, end > 0 ? end : 16));
  const printable = first.every((byte) => byte >= 0x20 && byte < 0x7f);
  return printable ? `it begins with "${String.fromCharCode(...first)}"` : `it begins with the bytes ${first.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}`;
}
