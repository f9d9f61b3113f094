// How many instructions an RE2 pattern would become, counted from its text alone: compiling `((x{100}){100}){100}` to find out
// would take the memory that the bound is there to save. An estimate from above for repeats, good to a small factor for the rest.

/** Instructions of one program. RE2 unrolls repeats, and time per character grows with the program: a larger one is refused. */
export const maxRegexProgram = 5000;

/** A class is one instruction; its ranges are looked up and cost a little more. */
const unicodeClassSize = 4;
const repeatForm = /\{(\d+)(?:,(\d*))?\}/y;

interface Level { /** Instructions before the last atom. */ done: number; /** Those of the last atom. */ last: number }

/** Never throws; what is no pattern gets some number. Linear in the pattern's length. */
export function regexSize(pattern: string): number {
  const levels: Level[] = [{ done: 0, last: 0 }];
  const atom = (size: number): void => { const level = levels.at(-1)!; level.done += level.last; level.last = size; };
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at]!;
    if (letter === '\\') { atom(/[pP]/.test(pattern[at + 1] ?? '') ? unicodeClassSize : 2); at = escapeEnd(pattern, at); }
    else if (letter === '[') { const end = classEnd(pattern, at); atom(2 + (end - at) / 2 + unicodeClassSize * countOf(pattern.slice(at, end), /\\[pP]/g)); at = end; }
    else if (letter === '(') levels.push({ done: 2, last: 0 });
    else if (letter === ')' && levels.length > 1) { const { done, last } = levels.pop()!; atom(done + last); }
    else if (letter === '{') at = repeat(pattern, at, levels.at(-1)!);
    else if (!'*+?'.includes(letter)) atom(1);
    else levels.at(-1)!.last += 1;
  }
  return levels.reduce((sum, { done, last }) => sum + done + last, 0);
}

const countOf = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

/** The index of the last character of an escape that starts at `at`. */
function escapeEnd(pattern: string, at: number): number {
  if (pattern[at + 1] === 'Q') { const end = pattern.indexOf('\\E', at); return end < 0 ? pattern.length : end + 1; }
  if (!/[pPx]/.test(pattern[at + 1] ?? '') || pattern[at + 2] !== '{') return at + 1;
  const end = pattern.indexOf('}', at);
  return end < 0 ? pattern.length : end;
}

/** The index of the `]` that closes the class opened at `at`. */
function classEnd(pattern: string, at: number): number {
  let i = at + 1;
  if (pattern[i] === '^') i++;
  if (pattern[i] === ']') i++;
  for (; i < pattern.length && pattern[i] !== ']'; i++) if (pattern[i] === '\\') i++;
  return i;
}

/** `{n,m}` repeats the last atom that often. Gives the index of its last character. */
function repeat(pattern: string, at: number, level: Level): number {
  repeatForm.lastIndex = at;
  const match = repeatForm.exec(pattern);
  if (match === null) { level.done += 1; return at; }
  const times = Math.max(Number(match[1]), Number(match[2] ?? 0)) + (match[2] === '' ? 1 : 0);
  level.last *= Math.max(1, times);
  return repeatForm.lastIndex - 1;
}
