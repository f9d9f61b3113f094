// Regular expressions are RE2 (re2js): linear time whatever the pattern and the text. Compiled once when constant; a
// pattern that comes from data is kept in a small cache.
import { RE2JS } from 're2js';
import { toText } from '../values/index.ts';
import { CompileError, constantOf, type Compiled, type Frame } from './frame.ts';

export type Regex = ReturnType<typeof RE2JS.compile>;

/** A program larger than this is refused: RE2 repeats are unrolled, and memory is shared by all rules. */
const maxProgram = 20_000;
const maxPattern = 10_000;

/** Null when the pattern is no RE2 expression, or too large a one. */
export function tryRegex(pattern: string): Regex | null {
  if (pattern.length > maxPattern) return null;
  try {
    const regex = RE2JS.compile(pattern);
    return regex.programSize() > maxProgram ? null : regex;
  } catch { return null; }
}

const cacheSize = 256;

/** The compiled regex per frame: constant patterns fail at compile time, others give null at run time. */
export function regexOf(arg: Compiled): (frame: Frame) => Regex | null {
  if (arg.constant) {
    const pattern = toText(constantOf(arg), arg.type);
    const regex = tryRegex(pattern);
    if (regex === null) throw new CompileError(`"${pattern.slice(0, 80)}" is not a regular expression that RE2 accepts.`, 'RE2 has no look-around and no back-references; check brackets and repeats.');
    return () => regex;
  }
  const cache = new Map<string, Regex | null>();
  return (frame) => {
    const pattern = toText(arg.run(frame), arg.type);
    let regex = cache.get(pattern);
    if (regex === undefined) {
      if (cache.size >= cacheSize) cache.clear();
      regex = tryRegex(pattern);
      cache.set(pattern, regex);
    }
    return regex;
  };
}

/** Whether the pattern is found anywhere in the text. */
export function regexTest(arg: Compiled): (frame: Frame, text: string) => boolean {
  const regex = regexOf(arg);
  return (frame, text) => regex(frame)?.test(text) ?? false;
}
