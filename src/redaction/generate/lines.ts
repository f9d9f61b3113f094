// What generators share: draws from a seeded random, and lines of telemetry around a secret.
import type { Generator, Random, Sample } from './types.ts';

export const alphabets = {
  digits: '0123456789', lower: 'abcdefghijklmnopqrstuvwxyz', upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', hex: '0123456789abcdef',
  base62: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', base64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  base64url: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', base32: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
} as const;

/** A whole number from `least` to `most`, both among them. */
export const int = (random: Random, least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
export const pick = <T>(random: Random, list: readonly T[]): T => list[int(random, 0, list.length - 1)]!;
export const chars = (random: Random, alphabet: string, count: number): string => Array.from({ length: count }, () => alphabet[int(random, 0, alphabet.length - 1)]!).join('');
export const digits = (random: Random, count: number): string => chars(random, alphabets.digits, count);
export const padded = (number: number, width: number): string => String(number).padStart(width, '0');

/** Letters, digits and capitals, each at least once: what looks random to a reader. */
export const token = (random: Random, count: number): string => `${chars(random, 'abcdef', 1)}${int(random, 2, 9)}${chars(random, 'GHJKMN', 1)}${chars(random, alphabets.base62, count - 3)}`;

/** Base64 of ASCII text, with its padding. */
export function base64Of(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i += 3) {
    const bytes = [0, 1, 2].map((at) => text.charCodeAt(i + at) || 0) as [number, number, number];
    const group = (bytes[0] << 16) | (bytes[1] << 8) | bytes[2];
    out += [18, 12, 6, 0].map((by, at) => (i + at > text.length ? '=' : alphabets.base64[(group >> by) & 63]!)).join('');
  }
  return out;
}
export const base64urlOf = (text: string): string => base64Of(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** The secret in one of the lines, where `<>` stands. */
export function inLine(random: Random, secret: string, lines: readonly string[]): Sample {
  const [left, right] = pick(random, lines).split('<>') as [string, string];
  return { secret, text: left + secret + right, start: left.length, end: left.length + secret.length };
}

/** Lines in which software writes a value without a name of its own. */
export const plainLines = ['<>', 'got <> from upstream', '{"value":"<>","ok":true}', 'x=(<>)', 'h\u00e9llo \u{1f600} <> done', 'items: <>, <2 more', '\u001b[31m<>\u001b[0m'] as const;
/** Lines in which a name stands before the value. */
export const namedLines = (name: string): string[] => [`${name}=<>`, `${name}: <>`, `{"${name}": "<>", "ok": true}`, `received ${name} <> ok`, `{\\"${name}\\":\\"<>\\"}`, `a=1 ${name}="<>" b=2`, `${name}=\u001b[1;33m<>\u001b[0m`];

/** A generator of a detector that goes by a name: without the name, or with another check digit, there is nothing. */
export function named(detector: string, names: readonly string[], make: (random: Random) => string, wrong: (random: Random, value: string) => readonly string[]): Generator {
  return {
    detector,
    positive: (random) => inLine(random, make(random), namedLines(pick(random, names))),
    negatives: (random) => {
      const value = make(random);
      return [{ text: `seen ${value} here` }, { text: `x${names[0]!.replaceAll(/[^a-z]/gi, '')}q=${value}` }, ...wrong(random, value).map((bad) => ({ text: `${names[0]!}: ${bad}` }))];
    },
  };
}

/** The last digit one higher. */
export const bumped = (value: string): string => value.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));
/** The last letter another one. */
export const otherLetter = (value: string): string => value.slice(0, -1) + (value.endsWith('A') ? 'B' : 'A');
