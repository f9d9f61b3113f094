// Folded stacks: a line a stack, functions from the first caller on with ";" between them, then a number. Written by stackcollapse-*.pl,
// py-spy, async-profiler, bpftrace scripts, inferno. Numbers may have decimals. Suffixes `_[k]` (kernel), `_[i]` (inlined) and `_[j]`
// (compiled at run time) are stackcollapse's: https://github.com/brendangregg/FlameGraph
import { decodeUtf8, type Result } from '../../../base/index.ts';
import { IntColumn, ProfileBuilder } from '../../build/index.ts';
import { none, type Profile } from '../../model.ts';
import { FormatFault, guarded, paced } from '../fault.ts';
import { ByteIndex, eachLine } from '../text/index.ts';

const number = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const [space, tab, semicolon, hash] = [0x20, 0x09, 0x3b, 0x23];

export function readFolded(bytes: Uint8Array, name: string, progress?: (share: number) => void): Result<Profile> {
  return guarded(name, 'folded stacks', () => {
    const builder = new ProfileBuilder();
    const weight = builder.weight('samples', 'count');
    const names = new Names(builder, bytes);
    const tell = paced(bytes.length, progress);
    let firstBad = 0;
    eachLine(bytes, (from, to, line) => {
      tell(to);
      const read = foldedLine(bytes, from, to);
      if (read === null) { firstBad ||= line; builder.leaveOut('Lines without a number at their end, left out'); return; }
      if (read === 'blank') return;
      builder.sample(names.stackOf(read.from, read.end));
      builder.weigh(weight, read.value);
      if (Number.isInteger(read.value)) builder.counted(read.value);
    });
    if (builder.sampleCount === 0) throw new FormatFault(firstBad > 0 ? 'malformed' : 'empty', firstBad > 0 ? `line ${firstBad} has no number at its end` : 'it holds no stacks');
    return builder.finish({ format: 'folded', name });
  });
}

export interface FoldedLine {
  /** The stack is bytes[from, end). */
  readonly from: number;
  readonly end: number;
  readonly value: number;
}

/**
 * A line's stack and number; `blank` for a comment or nothing at all, null for a line that is no folded stack. A comment has no number at its
 * end: names may begin with "#" (private methods, Ruby's objects).
 */
export function foldedLine(bytes: Uint8Array, from: number, to: number): FoldedLine | 'blank' | null {
  const isSpace = (at: number): boolean => bytes[at] === space || bytes[at] === tab;
  while (to > from && isSpace(from)) from++;
  while (to > from && isSpace(to - 1)) to--;
  if (to === from) return 'blank';
  let cut = to;
  while (cut > from && !isSpace(cut - 1)) cut--;
  const value = valueOf(bytes, cut, to);
  while (cut > from && isSpace(cut - 1)) cut--;
  if (cut > from && !Number.isNaN(value)) return { from, end: cut, value };
  return bytes[from] === hash ? 'blank' : null;
}

/** NaN when it is no number. */
function valueOf(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > 40) return NaN;
  let value = 0;
  for (let at = from; at < to && at - from < 16; at++) {
    const digit = bytes[at]! - 0x30;
    if (digit < 0 || digit > 9 || at - from === 15) {
      const text = decodeUtf8(bytes, from, to);
      return number.test(text) ? Number(text) : NaN;
    }
    value = value * 10 + digit;
  }
  return value;
}

/** Frames by name, each decoded when it first comes. */
class Names {
  readonly #builder: ProfileBuilder;
  readonly #bytes: Uint8Array;
  readonly #index: ByteIndex;
  /** By row of the index; `none` for a name of nothing but spaces. */
  readonly #frames = new IntColumn();

  constructor(builder: ProfileBuilder, bytes: Uint8Array) {
    this.#builder = builder;
    this.#bytes = bytes;
    this.#index = new ByteIndex(bytes);
  }

  stackOf(from: number, end: number): number {
    let stack = none;
    let start = from;
    for (let at = from; at <= end; at++) {
      if (at < end && this.#bytes[at] !== semicolon) continue;
      const frame = this.#frame(start, at);
      if (frame !== none) stack = this.#builder.stack(stack, frame);
      start = at + 1;
    }
    return stack;
  }

  #frame(from: number, to: number): number {
    const row = this.#index.row(from, to);
    if (row < this.#frames.count) return this.#frames.at(row);
    const name = decodeUtf8(this.#bytes, from, to).trim();
    const frame = name === '' ? none : frameOf(this.#builder, name);
    this.#frames.push(frame);
    return frame;
  }
}

function frameOf(builder: ProfileBuilder, name: string): number {
  if (name.endsWith('_[k]')) return builder.frame(builder.function(name.slice(0, -4), '[kernel.kallsyms]'));
  const bare = name.endsWith('_[i]') || name.endsWith('_[j]') ? name.slice(0, -4) : name;
  const placed = splitPlace(bare);
  return placed === null ? builder.frame(builder.function(bare, null)) : builder.frame(builder.function(placed.name, placed.file), placed.line);
}

/** py-spy's names: "work (shop/cart.py:41)", the line that was running. Null for a signature such as "get (int)". */
function splitPlace(text: string): { readonly name: string; readonly file: string; readonly line: number } | null {
  const open = text.lastIndexOf(' (');
  const colon = text.lastIndexOf(':');
  if (!text.endsWith(')') || open <= 0 || colon < open) return null;
  const file = text.slice(open + 2, colon);
  const line = text.slice(colon + 1, -1);
  return /^\d{1,9}$/.test(line) && file.includes('.') && !file.includes(')') ? { name: text.slice(0, open), file, line: Number(line) } : null;
}
