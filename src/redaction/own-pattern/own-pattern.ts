// One pattern, compiled: where it is looked for, and its matches in a text by byte offset.
import { RE2JS } from 're2js';
import { decodeUtf8, encodeUtf8, failure, fallShort, maxRegexProgram, ok, regexSize, type Failure, type Result } from '../../base/index.ts';
import type { OwnPattern } from '../../model/index.ts';
import { anyCase, literal } from '../bytes.ts';
import type { Finding, Shape } from '../types.ts';
import { requiredLiterals } from './required-literals.ts';

/** Instructions times bytes of one look at a text: some tenths of a second at worst. */
const maxWork = 10_000_000;
/** A match is no longer than this, so that going from match to match does not read the rest of a text each time. */
const maxMatchBytes = 16 * 1024;
/** Bytes between the end of a word of `near` and the match. */
const nearBytes = 64;
const defaultConfidence = 0.8;

export interface CompiledPattern {
  readonly name: string;
  /** Tells it from another pattern of that name. */
  readonly id: string;
  /** A text without any of these has no match; null: every text has to be read. */
  readonly anchors: readonly Shape[] | null;
  /** Adds all matches in bytes[start, end). A text that is too much work is one finding whole, and a shortfall. Linear in its bound. */
  find(bytes: Uint8Array, start: number, end: number, found: Finding[]): void;
}

/** The codes of failures are `pattern-syntax`, `pattern-too-large` and `pattern-empty`. */
export function compilePattern(pattern: OwnPattern): Result<CompiledPattern, Failure> {
  const compiled = compileBounded(pattern);
  if (!compiled.ok) return compiled;
  const program = compiled.value;
  if (program.matcher('').find()) return failure('pattern-empty', `The pattern "${pattern.name}" also matches nothing at all.`, 'It has to ask for something: use + instead of *, or name what it begins with.');
  return ok({ name: pattern.name, id: JSON.stringify(pattern), anchors: anchorsFor(pattern), find: finder(pattern, program) });
}

/** For an editor's test box. */
export function checkOwnPattern(pattern: OwnPattern): Result<OwnPattern, Failure> {
  const compiled = compilePattern(pattern);
  return compiled.ok ? ok(pattern) : compiled;
}

function compileBounded({ name, pattern }: OwnPattern): Result<RE2JS, Failure> {
  const tooLarge = failure('pattern-too-large', `The pattern "${name}" is too large to run on every text.`, `RE2 unrolls repeats: keep counts such as {1000} small and do not nest them; at most ${maxRegexProgram.toLocaleString('en')} steps.`);
  if (regexSize(pattern) > maxRegexProgram) return tooLarge;
  try {
    const program = RE2JS.compile(pattern);
    return program.programSize() > maxRegexProgram ? tooLarge : ok(program);
  } catch (failed) {
    const { index, reason } = placeOf(failed, pattern);
    return failure('pattern-syntax', `The pattern "${name}" is not one that RE2 accepts${index < 0 ? '' : `, at character ${index + 1}`}: ${reason}.`, 'RE2 has no look-around and no back-references; check brackets and repeats.');
  }
}

/** What re2js says is wrong, and where in the pattern that piece is; -1 when it is all of it. */
function placeOf(failed: unknown, pattern: string): { readonly index: number; readonly reason: string } {
  const { error, input, message } = failed as { error?: string; input?: string | null; message: string };
  const piece = input ?? '';
  const index = piece === '' || piece === pattern ? -1 : pattern.indexOf(piece);
  return { index, reason: error === undefined ? message : `${error}${piece === '' || piece === pattern ? '' : ` "${piece}"`}` };
}

function anchorsFor({ pattern, near }: OwnPattern): readonly Shape[] | null {
  if (near !== undefined && near.length > 0) return near.every((word) => encodeUtf8(word).length === word.length) ? near.map(anyCase) : null;
  const required = requiredLiterals(pattern);
  return required === null ? null : required.literals.map(required.anyCase ? anyCase : literal);
}

/** Whether a match may be longer than a window: bounded repeats are unrolled, and the program's size bounds those. */
const isUnbounded = (pattern: string): boolean => /[*+]|\{\d+,\}/.test(pattern);

function finder(pattern: OwnPattern, program: RE2JS): CompiledPattern['find'] {
  const most = Math.floor(maxWork / program.programSize());
  const words = (pattern.near ?? []).map((word) => word.toLowerCase());
  const found = (start: number, end: number, confidence = pattern.confidence ?? defaultConfidence): Finding => ({ start, end, detector: pattern.name, confidence, keep: 0 });
  /** The first match from `at` on in what lies before `window`; null when there is none. */
  const first = (bytes: Uint8Array, start: number, end: number, at: number, window: number): { readonly start: number; readonly end: number } | null => {
    // A few bytes before, for assertions such as \b.
    const from = Math.max(start, at - 4);
    const matcher = program.matcher(bytes.subarray(from, window));
    return matcher.find(at - from) ? { start: onBoundary(bytes, from + matcher.start(), start, -1), end: onBoundary(bytes, from + matcher.end(), end, 1) } : null;
  };
  /** Adds the first match from `at` on; where to go on. */
  const step = (bytes: Uint8Array, start: number, end: number, at: number, window: number, into: Finding[]): number => {
    const match = first(bytes, start, end, at, window);
    if (match === null) return window === end ? end : Math.max(at + 1, window - maxMatchBytes / 2);
    const isCut = match.end >= window && window < end;
    // Cut off by the window: again from where it begins.
    if (isCut && match.start > at) return match.start;
    if (match.end <= match.start || !isNear(words, bytes, start, match.start)) return Math.max(match.end, at + 1);
    if (isCut) fallShort(`A match of the pattern "${pattern.name}" is longer than ${maxMatchBytes.toLocaleString('en')} bytes, so all of the text behind its beginning was hidden.`);
    into.push(found(match.start, isCut ? end : match.end));
    return isCut ? end : Math.max(match.end, at + 1);
  };
  /** Where a match begins that no window held, `end` when there is none; and the bytes read. */
  const lost = (bytes: Uint8Array, start: number, end: number, matches: readonly Finding[], budget: number): { readonly at: number; readonly left: number } => {
    let left = budget;
    let at = start;
    for (const next of [...matches, { start: end, end }]) {
      if (next.start - at > maxMatchBytes / 2) {
        const match = first(bytes, start, end, at, end);
        left -= (match?.end ?? end) - at;
        if (match !== null && match.start < next.start && match.end - match.start > maxMatchBytes / 2 && isNear(words, bytes, start, match.start)) return { at: match.start, left };
        if (left < 0) break;
      }
      at = next.end;
    }
    return { at: end, left };
  };
  const tooMuch = (start: number, end: number, into: Finding[], before: number): void => {
    fallShort(`A text of ${(end - start).toLocaleString('en')} bytes is more than the pattern "${pattern.name}" may read, so all of it was hidden.`);
    into.length = before;
    into.push(found(start, end, 0.5));
  };
  return (bytes, start, end, into) => {
    const before = into.length;
    let left = most;
    for (let at = start; at < end;) {
      const window = Math.min(end, at + maxMatchBytes);
      left -= window - at;
      if (left < 0) { tooMuch(start, end, into, before); return; }
      at = step(bytes, start, end, at, window, into);
    }
    if (end - start <= maxMatchBytes || !isUnbounded(pattern.pattern)) return;
    const rest = lost(bytes, start, end, into.slice(before), left);
    if (rest.left < 0) { tooMuch(start, end, into, before); return; }
    if (rest.at === end) return;
    fallShort(`A match of the pattern "${pattern.name}" is longer than ${maxMatchBytes.toLocaleString('en')} bytes, so all of the text behind its beginning was hidden.`);
    into.push(found(rest.at, end, 0.5));
  };
}

/** The nearest place towards `limit` where a character begins or the text ends. */
function onBoundary(bytes: Uint8Array, at: number, limit: number, step: 1 | -1): number {
  let place = at;
  while (place !== limit && place < bytes.length && (bytes[place]! & 0xc0) === 0x80) place += step;
  return place;
}

/** Whether one of the words stands within 64 bytes before; without words, always. */
function isNear(words: readonly string[], bytes: Uint8Array, start: number, at: number): boolean {
  if (words.length === 0) return true;
  const from = onBoundary(bytes, Math.max(start, at - nearBytes - 64), at, 1);
  const text = decodeUtf8(bytes, from, at).toLowerCase();
  return words.some((word) => { const last = text.lastIndexOf(word); return last >= 0 && encodeUtf8(text.slice(last + word.length)).length <= nearBytes; });
}
