// Keys whose quoted value is prose of the program's, not a value of the moment (`msg="listening on"`), and words for no value.
import { isAlnum, standsAt } from './byte-class.ts';

const keys = new Set('msg message text event error err reason exception log title description level severity status state type action op operation component module logger caller method'.split(' '));
const longest = 16;

/** Whether the word that ends before the `=` at out[end] is such a key. */
export function isTextKey(out: Uint8Array, end: number): boolean {
  let word = '';
  for (let i = end - 1; i >= 0 && isAlnum(out[i]); i--) {
    if (end - i > longest) return false;
    word = String.fromCharCode(out[i]!) + word;
  }
  return keys.has(word.toLowerCase());
}

const nothings = ['null', 'nil', 'none', 'None', 'NULL', 'Nil', 'NaN'];

/** Whether the word bytes[from, to) says that there is no value. */
export const isNothing = (bytes: Uint8Array, from: number, to: number): boolean => nothings.some((word) => word.length === to - from && standsAt(bytes, from, to, word));

const truths = ['true', 'false', 'True', 'False', 'TRUE', 'FALSE'];

/** Whether the word bytes[from, to) is yes or no, as programs write it. */
export const isTruth = (bytes: Uint8Array, from: number, to: number): boolean => truths.some((word) => word.length === to - from && standsAt(bytes, from, to, word));

const telling = new Set('event eventname event_name action op operation type kind status state level severity lvl method phase result outcome msg message verb command'.split(' '));
const blank = 0x20, quote = 0x22, apostrophe = 0x27, colon = 0x3a, equals = 0x3d;

/** Whether the word at form[start) is the value of a key that tells statements apart (`event=order_created`, `"action":"login"`). */
export function isTelling(form: Uint8Array, start: number): boolean {
  let at = start - 1;
  if (isQuote(form[at])) at--;
  if (form[at] === blank && form[at - 1] === colon) at--;
  if (form[at] !== equals && form[at] !== colon) return false;
  at--;
  if (isQuote(form[at])) at--;
  let word = '';
  for (; at >= 0 && (isAlnum(form[at]) || form[at] === 0x5f); at--) {
    if (word.length > longest) return false;
    word = String.fromCharCode(form[at]!) + word;
  }
  return telling.has(word.toLowerCase());
}

const isQuote = (byte: number | undefined): boolean => byte === quote || byte === apostrophe;
