// Regular expressions are RE2 (re2js): linear time whatever the pattern and the text. Compiled once when constant; a
// pattern that comes from data is kept in a small cache. How large a program may become is judged before it is built.
import { RE2JS } from 're2js';
import { fallShort, maxRegexProgram, regexSize, type Clock } from '../../base/index.ts';
import { toText } from '../values/index.ts';
import { CompileError, constantOf, type Compiled, type Frame } from './frame.ts';

type Program = ReturnType<typeof RE2JS.compile>;
export type Matcher = ReturnType<Program['matcher']>;

/** A regex that looks at no text for which it could take longer than a moment. */
export interface Regex {
  /** False, and a shortfall, where the text is too long for the program. */
  test(text: string): boolean;
  /** Null, and a shortfall, where the text is too long for the program. */
  matcher(text: string): Matcher | null;
}

/** UTF-16 units of one pattern. */
export const maxRegexPattern = 10_000;
/** Instructions times characters of one look at a text: about half a second at worst, hundreds of kilobytes for a usual pattern. A longer text is not looked at. */
const maxWork = 10_000_000;
/** How long one call may go from match to match, in milliseconds: RE2 is linear in one match, not in all of a text. What was found by then counts. */
const maxLoopMs = 250;

function bounded(program: Program): Regex {
  const maxLength = maxWork / program.programSize();
  const reads = (text: string): boolean => {
    if (text.length <= maxLength) return true;
    fallShort(`A text of ${text.length.toLocaleString('en')} characters is too long for a regular expression of this rule, which reads ${Math.floor(maxLength).toLocaleString('en')}.`);
    return false;
  };
  return { test: (text) => reads(text) && program.test(text), matcher: (text) => (reads(text) ? program.matcher(text) : null) };
}

/** The matches one after the other from a UTF-16 index on, `most` at most; the matcher stands at each in turn. Where there are more, or time ends them early, it is a shortfall. */
export function* eachMatch(matcher: Matcher, clock: Clock, { most = Infinity, from = 0 } = {}): Generator<Matcher> {
  const end = clock.monotonicMs() + maxLoopMs;
  if (!matcher.find(from)) return;
  for (let count = 1; ; count++) {
    if (count > most) { fallShort(`A regular expression of this rule found more than ${most.toLocaleString('en')} matches in a text, of which the first were taken.`); return; }
    yield matcher;
    if (clock.monotonicMs() > end) { fallShort('A regular expression of this rule found more in a text than it may go through in a quarter of a second.'); return; }
    if (!matcher.find()) return;
  }
}

type Attempt = { readonly regex: Regex } | { readonly refused: string; readonly help: string };

/** The last patterns asked for: the legs of a union and many rules ask for the same ones, and a large program takes milliseconds to build. */
const keptPatterns = 64;
const attempts = new Map<string, Attempt>();

function attempt(pattern: string): Attempt {
  const tried = attempts.get(pattern) ?? build(pattern);
  attempts.delete(pattern);
  attempts.set(pattern, tried);
  if (attempts.size > keptPatterns) attempts.delete(attempts.keys().next().value!);
  return tried;
}

function build(pattern: string): Attempt {
  const shown = `"${pattern.length > 80 ? `${pattern.slice(0, 79)}…` : pattern}"`;
  const tooLarge = { refused: `The regular expression ${shown} is too large to run beside other rules.`, help: `RE2 unrolls repeats: keep counts such as {1000} small and do not nest them; at most ${maxRegexPattern} characters and ${maxRegexProgram} steps.` };
  if (pattern.length > maxRegexPattern || regexSize(pattern) > maxRegexProgram) return tooLarge;
  try {
    const program = RE2JS.compile(pattern);
    return program.programSize() > maxRegexProgram ? tooLarge : { regex: bounded(program) };
  } catch {
    return { refused: `${shown} is not a regular expression that RE2 accepts.`, help: 'RE2 has no look-around and no back-references; check brackets and repeats.' };
  }
}

/** Null when the pattern is no RE2 expression, or too large a one. */
export function tryRegex(pattern: string): Regex | null {
  const tried = attempt(pattern);
  return 'regex' in tried ? tried.regex : null;
}

/** Throws CompileError with the reason. */
export function regexOrFail(pattern: string): Regex {
  const tried = attempt(pattern);
  if ('regex' in tried) return tried.regex;
  throw new CompileError(tried.refused, tried.help);
}

const cacheSize = 256;

/** The compiled regex per frame: constant patterns fail at compile time, others give null at run time, and a shortfall. */
export function regexOf(arg: Compiled): (frame: Frame) => Regex | null {
  if (arg.constant) { const regex = regexOrFail(toText(constantOf(arg), arg.type)); return () => regex; }
  const cache = new Map<string, Regex | null>();
  return (frame) => {
    const pattern = toText(arg.run(frame), arg.type);
    let regex = cache.get(pattern);
    if (regex === undefined) {
      if (cache.size >= cacheSize) cache.clear();
      regex = tryRegex(pattern);
      cache.set(pattern, regex);
    }
    if (regex === null) fallShort('A regular expression that came from a record is not one that RE2 accepts, or too large to run, and found nothing.');
    return regex;
  };
}

/** Whether the pattern is found anywhere in the text. */
export function regexTest(arg: Compiled): (frame: Frame, text: string) => boolean {
  const regex = regexOf(arg);
  return (frame, text) => regex(frame)?.test(text) ?? false;
}
