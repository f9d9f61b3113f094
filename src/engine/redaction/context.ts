// The masked context of a finding: what stood around it, for a person who looks for the line of code. Made of the text in which
// everything that anything finds is masked, and then once more of what is left: digits, whatever follows a secretive word,
// long random words, and what touches the mask.
import { decodeUtf8 } from '../../base/index.ts';
import { bullets } from '../../redaction/index.ts';

/** Characters on each side of the mask. */
const side = 24;
/** Bytes on each side that are looked at: a word that began before the cut is seen as a whole. */
const reach = 400;

export interface Range { readonly start: number; readonly end: number }

/** `hidden` is everything found in bytes[start, end), in any order, overlapping or not; `target` is the finding told of. `without`
 *  takes out what was found elsewhere in the record. */
export function maskedContext(bytes: Uint8Array, start: number, end: number, target: Range, hidden: readonly Range[], without: (text: string) => string = (text) => text): string {
  const ranges = merged([...hidden, target]);
  const own = ranges.find((one) => one.start <= target.start && one.end >= target.end)!;
  const from = characterAt(bytes, Math.max(start, own.start - reach), own.start);
  const to = characterAt(bytes, Math.min(end, own.end + reach), end);
  const value = decodeUtf8(bytes, target.start, target.end);
  const left = scrubbed(without(rendered(bytes, from, own.start, ranges)), value).replace(/[\p{L}\p{N}+/]+$/u, '');
  const right = scrubbed(without(rendered(bytes, own.end, to, ranges)), value).replace(/^[\p{L}\p{N}+/_-]+/u, '');
  return `${[...left].slice(-side).join('')}${bullets}${[...right].slice(0, side).join('')}`;
}

function merged(ranges: readonly Range[]): readonly Range[] {
  const list: { start: number; end: number }[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = list.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else list.push({ start, end });
  }
  return list;
}

/** The first byte of a character at or behind `at`. */
function characterAt(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && (bytes[i]! & 0xc0) === 0x80) i++;
  return i;
}

function rendered(bytes: Uint8Array, from: number, to: number, ranges: readonly Range[]): string {
  let text = '';
  let at = from;
  for (const range of ranges) {
    if (range.end <= at || range.start >= to) continue;
    text += (range.start > at ? decodeUtf8(bytes, at, range.start) : '') + bullets;
    at = range.end;
  }
  return at < to ? text + decodeUtf8(bytes, at, to) : text;
}

const afterSecretiveWord = /((?:pass(?:word|wd|phrase)?|pwd|secret|token|key|auth(?:orization)?|bearer|basic|cookie|session|credentials?|signature|sig|pin|otp)["']?\s*[:= ]\s*["']?)[^\s,;&"'•]+/giu;
const longWord = /[A-Za-z0-9+/_=-]{20,}/g;
const digits = /\d{4,}/g;

/** `value` is hidden wherever it stands again. Values of a character or two would hide half of every text. */
function scrubbed(text: string, value: string): string {
  const without = value.length > 2 ? text.replaceAll(value, bullets) : text;
  return without.replace(afterSecretiveWord, `$1${bullets}`).replace(longWord, bullets).replace(digits, bullets).replace(/[\p{Cc}\u{2028}\u{2029}]+/gu, ' ');
}
