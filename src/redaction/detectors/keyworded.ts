// Detectors that go by a name before the value: `ssn: 078…`, `"imei":"35…"`, `Passport No. …`. For values whose own form
// says too little. The same names, as keys of attributes, have the whole value looked at.
import { anyCase, asciiText, base62, runStart } from '../bytes.ts';
import type { Detector, Match, Window } from '../types.ts';

export interface Keyworded extends Omit<Detector, 'anchors' | 'verify' | 'keys' | 'keyed'> {
  /** Small letters and digits, the last word of the name: `birth` stands for `date of birth`. */
  readonly words: readonly string[];
  /** What must stand before the word (up to 24 bytes, boundary included), when the word alone says too little. */
  readonly before?: RegExp;
  /** Pattern of what may follow the word and still be the name, beside `number`, `no.`, `id` and the like. */
  readonly rest?: string;
  /** Pattern of the value; what follows it must be no letter, digit or underscore. Linear, at most 72 bytes long. */
  readonly value: string;
  /** How sure such a value is, 0 to 1; 0 says that it is none. */
  readonly judge: (value: string) => number;
}

const usualRest = '[ _.-]?(?:numbers?|num|no\\.?|nr\\.?|id|value|val|code)';
/** From the end of the name to the value: quotes, one separator, quotes again. Never nothing. */
const gap = '(?=[^A-Za-z0-9])\\\\?["\']?[ \\t]{0,3}(?:(?:[:=]|=>|:=|==|#|>|is|was|%3[aAdD])[ \\t]{0,3})?(?:\\\\?["\'(\\[])?';
/** Short words stand in many longer ones, so their shape has the byte behind them too. */
const notAlphanumeric = (byte: number): boolean => byte < 0x80 && base62[byte] === 0;
/** As much as is read behind a name. */
const reach = 112;

/** The value after a name that ends before `at`, at [start, end) of the text read there; null when there is none. */
export function keyworded({ words, before, rest, value, judge, ...about }: Keyworded): Detector {
  const after = new RegExp(`^(?:${rest === undefined ? '' : `${rest}|`}${usualRest})?${gap}(${value})(?![A-Za-z0-9_]|[.,-]\\d)`, 'i');
  const whole = new RegExp(`^\\s*(${value})\\s*$`, 'i');
  const judged = (text: string): number => (text === '' ? 0 : judge(text));
  return {
    ...about,
    anchors: words.map((word) => (word.length > 4 ? anyCase(word) : [...anyCase(word), notAlphanumeric])),
    keys: keyPattern(words, rest, before),
    keyed: ({ bytes, start, end }) => end - start <= 80 && judged(whole.exec(asciiText(bytes, start, end, 80))?.[1] ?? '') > 0,
    verify(window, anchorEnd, match) {
      const at = base62[window.bytes[anchorEnd - 1]!] === 1 ? anchorEnd : anchorEnd - 1;
      if (!nameEndsAt(window, at, words, before)) return false;
      const hit = after.exec(asciiText(window.bytes, at, window.end, reach));
      const confidence = judged(hit?.[1] ?? '');
      return confidence > 0 && found(match, at + hit![0].length - hit![1]!.length, at + hit![0].length, confidence);
    },
  };
}

/** Fills in the match. Says true, so that a verifier can end with it. */
export function found(match: Match, start: number, end: number, confidence: number, keep = 0): true {
  match.start = start;
  match.end = end;
  match.confidence = confidence;
  match.keep = keep;
  return true;
}

/** Whether one of the words ends at `at` and begins a word, or a hump of camel case. */
function nameEndsAt({ bytes, start }: Window, at: number, words: readonly string[], before: RegExp | undefined): boolean {
  const text = asciiText(bytes, Math.max(start, at - 40), at);
  const small = text.toLowerCase();
  return words.some((word) => {
    if (!small.endsWith(word)) return false;
    const left = text.slice(0, text.length - word.length);
    const begins = !/[a-z0-9]$/i.test(left) || (/[a-z]$/.test(left) && /[A-Z]/.test(text[left.length]!));
    return begins && (before === undefined || before.test(` ${left}`));
  });
}

/** `ssn`, `user.ssn`, `user_ssn_number`, `userSsn`; with what must stand before the word, that too. */
function keyPattern(words: readonly string[], rest: string | undefined, before: RegExp | undefined): RegExp {
  const capital = words.flatMap((word) => [word[0]!.toUpperCase() + word.slice(1), word.toUpperCase()]).join('|');
  const any = `${words.join('|')}|${capital}`;
  const name = before === undefined ? `(?:(?:^|[^A-Za-z0-9])(?:${any})|[a-z0-9](?:${capital}))` : `(?:${before.source.replace(/\$$/, '')})(?:${any})`;
  return new RegExp(`${name}(?:${rest === undefined ? '' : `${rest}|`}${usualRest}|Number|Id)?$`);
}

/** Whether bytes [start, end) stand alone: no letter, digit, underscore or dash beside them. */
export function alone({ bytes, start, end }: Window, from: number, last: number): boolean {
  const joins = (at: number): boolean => base62[bytes[at]!] === 1 || bytes[at] === 0x5f || bytes[at] === 0x2d;
  return !(from > start && joins(from - 1)) && !(last < end && joins(last));
}

/** Bytes of the same line before `at`, at most `most`, as text. */
export function lineBefore({ bytes, start }: Window, at: number, most: number): string {
  return asciiText(bytes, runStart(bytes, at, Math.max(start, at - most), notLineEnd), at, most);
}
const notLineEnd = Uint8Array.from({ length: 256 }, (_, byte) => (byte === 0x0a ? 0 : 1));
