// Words and numbers of a normal form. A run of letters and digits that holds a digit is a value, and takes along what is joined to it; a short
// alphabetic prefix stays (`blk_<*>`, `node-<*>`), and so does a name with one digit behind it (`eth0`, `ssh2`), which evidence may generalise
// later. Each function gives the place behind what it read.
import { blank, quote, plus, comma, slash, colon, equals, atSign, backslash } from './ascii.ts';
import { allHex, classes, digit, isAlnum, isDigit, isHex, joiner, letter } from './byte-class.ts';
import { isDateWord } from './calendar.ts';
import { base64End } from './encoded.ts';
import { endsLikeHost, nameEnd, urlEnd, windowsPathEnd } from './locators.ts';
import { isNothing, isTruth } from './text-keys.ts';
import { hexGroupsEnd, runEnd, valueEnd } from './value-end.ts';
import { mostForm, type FormBuilder } from './form-builder.ts';

/** Words longer than that are no words. */
const longestWord = 48;

/** A word of letters at `at`, or a run that turns out to hold digits; the place behind it. */
export function word(form: FormBuilder, at: number): number {
  const { bytes, out, from, end: stop, length: first } = form;
  const last = Math.min(stop, at + mostForm + longestWord - first);
  let length = first;
  let i = at;
  for (; i < last; i++) {
    const byte = bytes[i]!;
    if (classes[byte] !== letter) break;
    out[length] = byte;
    from[length++] = i;
  }
  if (i < stop && classes[bytes[i]!] === digit) return mixed(form, at, i);
  const size = i - at;
  form.length = length;
  const next = i < stop ? bytes[i]! : 0;
  if (next === plus || next === slash) {
    const end = base64End(bytes, at, stop);
    if (end > at) return value(form, at, end, first);
  }
  if (size > longestWord || (isHex[bytes[at]!] === 1 && size >= 8 && allHex(bytes, at, i))) return value(form, at, i, first);
  if (size <= 5 && first > 0 && !isAlnum(next) && classes[next] !== joiner && isConstant(form, at, i, first)) return value(form, at, i, first);
  if (next === colon) return beforeColon(form, at, i, first);
  if (next === atSign && isAlnum(bytes[i + 1])) return beforeAt(form, i);
  if (size === 3 && next <= comma && isDateWord(bytes, at, stop)) return value(form, at, i, first);
  return i;
}

/** `=null`, and `true` or `false` behind `=`, a key of JSON, or `:` and a blank; `open:true` reads like a name. */
function isConstant(form: FormBuilder, at: number, end: number, first: number): boolean {
  const before = form.out[first - 1];
  if (before === equals && isNothing(form.bytes, at, end)) return true;
  const second = first > 1 ? form.out[first - 2] : blank;
  const isValue = before === equals || (before === colon && second === quote) || (before === blank && (second === equals || second === colon));
  return isValue && isTruth(form.bytes, at, end);
}

/** Gives up what was written of a run since `first`, and writes a value for it. */
function value(form: FormBuilder, at: number, end: number, first: number): number {
  form.length = first;
  return wildRun(form, at, end);
}

/** `scheme://`, `C:\`, an IPv6 address or a host with a port, by the colon at `i` behind a word. */
function beforeColon(form: FormBuilder, at: number, i: number, first: number): number {
  const bytes = form.bytes;
  if (bytes[i + 1] === slash && bytes[i + 2] === slash) {
    const end = urlEnd(bytes, i + 3, form.end);
    form.wildToken(at, end);
    return end;
  }
  if (i - at === 1 && bytes[i + 1] === backslash) {
    const end = windowsPathEnd(bytes, i + 1, form.end);
    form.length = first;
    form.wild(at, end);
    return end;
  }
  if (i - at <= 4 && isHex[bytes[at]!] === 1) {
    const end = hexGroupsEnd(bytes, at, form.end);
    if (end > at) return value(form, at, end, first);
  }
  return i;
}

/** An address (`ann@shop.example`), or an object's hash (`Foo@1a2b3c`) by the sign at `i` behind a word. */
function beforeAt(form: FormBuilder, i: number): number {
  const bytes = form.bytes;
  const end = runEnd(bytes, i + 1, form.end);
  if (end - i > 5 && allHex(bytes, i + 1, end) || isDigit(bytes[i + 1])) {
    form.put(atSign, i);
    const stop = valueEnd(bytes, end, form.end);
    form.wild(i + 1, stop);
    return stop;
  }
  const stop = valueEnd(bytes, nameEnd(bytes, i + 1, form.end), form.end);
  form.wildToken(i, stop);
  return stop;
}

/** A run of letters and digits that begins at `at`; its first digit is at `firstDigit`. Nothing of it is written yet. */
export function mixed(form: FormBuilder, at: number, firstDigit: number): number {
  const bytes = form.bytes;
  const end = runEnd(bytes, firstDigit, form.end);
  if (bytes[end] === plus || bytes[end] === slash) {
    const encoded = base64End(bytes, at, form.end);
    if (encoded > at) return wildRun(form, at, encoded);
  }
  const letters = firstDigit - at;
  if (end - at <= 4 && bytes[end] === colon) {
    const groups = hexGroupsEnd(bytes, at, form.end);
    if (groups > at) return wildRun(form, at, groups);
  }
  if (letters === 0) return wildRun(form, at, end);
  const digits = onlyDigits(form, firstDigit, end);
  if (digits === 0 || (end - at >= 6 && allHex(bytes, at, end))) return wildRun(form, at, end);
  if (digits === 1 && staysName(form, letters, end)) return form.copy(at, end);
  if (letters >= 2 && form.length === form.token) return prefixed(form, at, firstDigit, end);
  return wildRun(form, at, end);
}

/** How many digits, when the run ends with them; else 0. */
function onlyDigits(form: FormBuilder, firstDigit: number, end: number): number {
  for (let i = firstDigit; i < end; i++) if (!isDigit(form.bytes[i])) return 0;
  return end - firstDigit;
}

/** `eth0` and `web1.` are names where nothing is joined before them; a single letter with its digit is one when it stands alone. */
function staysName(form: FormBuilder, letters: number, end: number): boolean {
  return form.length === form.token && (letters >= 2 || !(classes[form.bytes[end]!] === joiner && (isAlnum(form.bytes[end + 1]) || classes[form.bytes[end + 1]!] === joiner)));
}

/** `core12`: the letters stay. */
function prefixed(form: FormBuilder, at: number, firstDigit: number, end: number): number {
  const stop = valueEnd(form.bytes, end, form.end);
  if (endsLikeHost(form.bytes, end, stop)) { form.wild(at, stop); return stop; }
  form.copy(at, firstDigit);
  form.wild(firstDigit, stop);
  return stop;
}

/** A value; one alphabetic prefix with a joiner stays, a longer compound goes with it. */
export function wildRun(form: FormBuilder, at: number, end: number): number {
  const stop = valueEnd(form.bytes, end, form.end);
  if (form.joins >= 2 || (form.joins === 1 && (classes[form.before()] !== joiner || endsLikeHost(form.bytes, end, stop)))) form.wildToken(at, stop);
  else form.wild(at, stop);
  return stop;
}
