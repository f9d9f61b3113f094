// What a word looks like: a keyword in capitals, an identifier, or plain.
import { classes, digit, letter, wild } from '../form/byte-class.ts';
import { isLanguage } from './vocabulary.ts';

const wordBytes = new Uint8Array(256);
for (let i = 0; i < 256; i++) wordBytes[i] = Number(classes[i] === letter || classes[i] === digit);
for (const sign of '-_.~/$@+\\') wordBytes[sign.charCodeAt(0)] = 1;
wordBytes[wild] = 1;

export const isWordByte = (byte: number): boolean => wordBytes[byte] === 1;

const isUpper = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a;
const isLower = (byte: number): boolean => byte >= 0x61 && byte <= 0x7a;

/** A state, level or constant: capitals, with digits and underscores perhaps. */
export function allCapitals(form: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!isUpper(form[i]!) && form[i] !== 0x5f && form[i] !== 0x2d && classes[form[i]!] !== digit) return false;
  return isUpper(form[from]!) && to - from > 1 && classes[form[from + 1]!] !== digit;
}

/** A word of the language, a plain word that may be a name, or an identifier: something other than letters in it, or a capital within. */
type WordShape = 'language' | 'plain' | 'identifier';

export function shapeOf(form: Uint8Array, from: number, to: number): WordShape {
  let plain = true;
  for (let i = from; i < to; i++) {
    const byte = form[i]!;
    if (classes[byte] !== letter) plain = false;
    else if (isUpper(byte) && i > from && isLower(form[i - 1]!)) return 'identifier';
  }
  if (plain) return isLanguage(form, from, to) ? 'language' : 'plain';
  return isCompound(form, from, to) ? 'language' : 'identifier';
}

/** `read-only`, `up/down`: parts that are all words of the language. */
function isCompound(form: Uint8Array, from: number, to: number): boolean {
  let start = from;
  for (let i = from; i <= to; i++) {
    if (i < to && classes[form[i]!] === letter) continue;
    if (i < to && form[i] !== 0x2d && form[i] !== 0x2f) return false;
    if (i > start && !isLanguage(form, start, i)) return false;
    start = i + 1;
  }
  return true;
}
