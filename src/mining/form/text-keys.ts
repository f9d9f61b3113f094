// Keys whose quoted value is prose of the program's, not a value of the moment (`msg="listening on"`), and words for no value.
import { alnum } from './byte-class.ts';
import { WordSet } from './word-set.ts';

const keys = new WordSet('msg message text event error err reason exception log title description level severity status state type action op operation component module logger caller method');
const longest = 16;

/** Whether the word that ends before the `=` at out[end] is such a key. */
export function isTextKey(out: Uint8Array, end: number): boolean {
  let start = end;
  while (start > 0 && alnum[out[start - 1]!] === 1) if (end - --start > longest) return false;
  return keys.hasInAnyCase(out, start, end);
}

const nothings = new WordSet('null nil none None NULL Nil NaN');

/** Whether the word bytes[from, to) says that there is no value. */
export const isNothing = (bytes: Uint8Array, from: number, to: number): boolean => nothings.has(bytes, from, to);

const truths = new WordSet('true false True False TRUE FALSE');

/** Whether the word bytes[from, to) is yes or no, as programs write it. */
export const isTruth = (bytes: Uint8Array, from: number, to: number): boolean => truths.has(bytes, from, to);

const telling = new WordSet('event eventname event_name action op operation type kind status state level severity lvl method phase result outcome msg message verb command');
const blank = 0x20, quote = 0x22, apostrophe = 0x27, colon = 0x3a, equals = 0x3d;

/** Whether the word at form[start) is the value of a key that tells statements apart (`event=order_created`, `"action":"login"`). */
export function isTelling(form: Uint8Array, start: number): boolean {
  let at = start - 1;
  if (isQuote(form[at])) at--;
  if (form[at] === blank && form[at - 1] === colon) at--;
  if (form[at] !== equals && form[at] !== colon) return false;
  at--;
  if (isQuote(form[at])) at--;
  const end = at + 1;
  while (at >= 0 && (alnum[form[at]!] === 1 || form[at] === 0x5f)) if (end - --at > longest + 1) return false;
  return telling.hasInAnyCase(form, at + 1, end);
}

const isQuote = (byte: number | undefined): boolean => byte === quote || byte === apostrophe;
