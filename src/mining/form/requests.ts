// A line that begins with a request (`GET /cart/17 200`): its route says which statement it is, so the route's words stay. Segments that
// hold a digit, or read like an id, are values, and so is the query. A path anywhere else is one value (`locators.ts`).
import { quote, apostrophe, slash, question, colon, openCurly, closeCurly } from './ascii.ts';
import { allHex, classes, isDigit, joiner, letter, space, standsAt } from './byte-class.ts';
import { mostForm, type FormBuilder } from './form-builder.ts';

const methods = ['GET ', 'HEAD ', 'POST ', 'PUT ', 'DELETE ', 'PATCH ', 'OPTIONS ', 'TRACE ', 'CONNECT '];
const shortestMethod = 4, longestMethod = 8;
/** Longer segments are no words. */
const longestSegment = 40;
const shortestHex = 8;

/** Whether form[0, length) is a method and a blank. */
export const isMethod = (form: Uint8Array, length: number): boolean => length >= shortestMethod && length <= longestMethod && methods.some((method) => method.length === length && standsAt(form, 0, length, method));

export const beginsRequest = (form: FormBuilder): boolean => isMethod(form.out, form.length);

/** The path of a request that begins at `at`, to its blank; the place behind it. */
export function route(form: FormBuilder, at: number): number {
  const { bytes, end: stop } = form;
  form.endToken();
  form.endElement();
  form.hasLists = false;
  let i = at;
  while (i < stop && bytes[i] === slash && form.length < mostForm) {
    form.put(slash, i);
    const end = segmentEnd(bytes, i + 1, stop);
    if (end > i + 1) segment(form, i + 1, end);
    i = end;
  }
  if (bytes[i] === question && i < stop) {
    form.put(question, i);
    const end = wordEnd(bytes, i, stop);
    if (end > i + 1) form.wild(i + 1, end);
    i = end;
  }
  form.newToken();
  return i;
}

function segment(form: FormBuilder, from: number, to: number): void {
  if (isWordOfRoute(form.bytes, from, to)) form.copy(from, to);
  else form.wild(from, to);
}

/** `cart`, `favicon.ico`, `v1`, `:id`, `{id}`. */
function isWordOfRoute(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from > longestSegment || (to - from >= shortestHex && allHex(bytes, from, to))) return false;
  if ((bytes[from]! | 0x20) === 0x76 && to - from <= 3 && to - from >= 2) return allDigits(bytes, from + 1, to) || allWord(bytes, from, to);
  return allWord(bytes, from, to);
}

function allWord(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    const isPart = (classes[byte] === letter && byte < 0x80) || classes[byte] === joiner || byte === colon || byte === openCurly || byte === closeCurly;
    if (!isPart) return false;
  }
  return true;
}

function allDigits(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!isDigit(bytes[i])) return false;
  return true;
}

const ends = (byte: number): boolean => classes[byte] === space || byte === quote || byte === apostrophe;

function segmentEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && bytes[i] !== slash && bytes[i] !== question && !ends(bytes[i]!)) i++;
  return i;
}

function wordEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && !ends(bytes[i]!)) i++;
  return i;
}
