// The language of the vendor tables: a token is a row of literals and runs of a byte class. Read from left to right without
// going back, so that a look at hostile text costs no more than the longest token.
import { anyCase, base62, literal } from '../../bytes.ts';
import type { Shape } from '../../types.ts';

interface Run { readonly table: Uint8Array; readonly min: number; readonly max: number }
export type Part = string | Run;

export const exactly = (count: number, table: Uint8Array): Run => ({ table, min: count, max: count });
export const between = (min: number, max: number, table: Uint8Array): Run => ({ table, min, max });
export const atLeast = (min: number, table: Uint8Array): Run => ({ table, min, max: Infinity });

/** Confidence of what lies at bytes[start, end); 0 when it is no token at all. `end` is at most `mostRead` bytes from `start`. */
export type Judge = (bytes: Uint8Array, start: number, end: number) => number;

/** A token known by literal bytes in it. */
export interface TokenForm {
  readonly parts: readonly Part[];
  readonly anchor: Shape;
  /** Bytes from the token's first to the anchor's first; null when `lead` says how to go back. */
  readonly offset: number | null;
  /** The bytes before the anchor that belong to the token, where their number varies. */
  readonly lead: Run | null;
  /** Leading bytes that are public. */
  readonly keep: number;
  /** Bytes that would make it part of a longer word when they stand before it. */
  readonly before: Uint8Array;
  readonly judge: Judge;
}

/** A value that a name or an address before it gives away. `pattern` is sticky, has flag d and groups named `value`; it begins where the name that holds the keyword begins. */
export interface ContextForm {
  readonly keywords: readonly Shape[];
  readonly pattern: RegExp;
  /** Bytes of the text that the pattern sees. */
  readonly reach: number;
  readonly judge: Judge;
}

interface FormOptions {
  /** The literal that the automaton looks for; the first part, cut to four bytes, when left out. */
  readonly anchor?: string | Shape;
  readonly offset?: number;
  readonly lead?: Run;
  readonly keep?: number;
  readonly before?: Uint8Array;
  readonly judge?: Judge;
}

/** So many bytes of a token are read before it is judged; what follows belongs to it all the same. */
export const mostRead = 320;
const longestAnchor = 4;

/** A distinctive shape and nothing more to check. */
const shaped: Judge = () => 0.95;

/** Equal anchors are one object, so that a detector can list each once. */
const anchors = new Map<string, Shape>();
function shared(make: (text: string) => Shape, text: string): Shape {
  const key = `${make.name} ${text}`;
  const before = anchors.get(key);
  if (before !== undefined) return before;
  const shape = make(text);
  anchors.set(key, shape);
  return shape;
}

export function form(parts: readonly Part[], options: FormOptions = {}): TokenForm {
  const [first] = parts;
  const anchor = options.anchor ?? (typeof first === 'string' ? first.slice(0, longestAnchor) : '');
  return {
    parts,
    anchor: typeof anchor === 'string' ? shared(literal, anchor) : anchor,
    offset: options.lead === undefined ? options.offset ?? 0 : null,
    lead: options.lead ?? null,
    keep: options.keep ?? (typeof first === 'string' ? first.length : 0),
    before: options.before ?? base62,
    judge: options.judge ?? shaped,
  };
}

/** A name that says whose key it is, and a value of the right alphabet and length: surer than a name that says `key` alone. */
export const inContext = 0.96;

/** Between the name and the value: quotes, escapes, `=`, `:`, `=>`, an HTTP scheme. At least one byte of it. */
const joint = String.raw`["'\\]{0,4}(?:\s{0,4}(?:=>|[:=]{1,2})\s{0,4}|\s{1,4})["'\\]{0,4}(?:(?:Bearer|Token|Basic|Key)\s)?`;

/** `name` and `value` are pattern sources: the name whole, as in `datadog_api_key`, and the value. */
export function named(keywords: readonly string[], name: string, value: string, judge: Judge = () => inContext): ContextForm {
  return patterned(keywords, `(?<![A-Za-z0-9])(?:${name})${joint}(?<value>${value})(?![A-Za-z0-9_])`, judge);
}

/** A pattern of its own over up to `reach` bytes from the beginning of the name that holds the keyword. */
export function patterned(keywords: readonly string[], source: string, judge: Judge = () => inContext, reach = 320): ContextForm {
  return { keywords: keywords.map((keyword) => shared(anyCase, keyword)), pattern: new RegExp(source, 'diy'), reach, judge };
}
