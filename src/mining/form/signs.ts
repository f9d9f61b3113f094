// Punctuation of a normal form: what joins, what belongs to a number, and what begins a value. Each function gives the place behind what it read.
import { blank, quote, hash, dollar, apostrophe, open, close, star, plus, comma, hyphen, dot, slash, colon, less, equals, more, openSquare, closeSquare, underscore, openCurly, closeCurly } from './ascii.ts';
import { allHex, classes, isAlnum, isDigit, isHex, joiner, standsAt, wild } from './byte-class.ts';
import { isHost, isPort, pathEnd, quotedEnd } from './locators.ts';
import { bulletsEnd, hashMarkEnd, redactedEnd } from './marks.ts';
import { isTextKey } from './text-keys.ts';
import { runEnd, valueEnd } from './value-end.ts';
import { wildRun } from './words.ts';
import { bracket, closing } from './brackets.ts';
import { type FormBuilder } from './form-builder.ts';
import { beginsRequest, route } from './requests.ts';

/** Punctuation at `i`; the place behind what was read. */
export function sign(form: FormBuilder, i: number, byte: number): number {
  if (classes[byte] === joiner) return joinerAt(form, i, byte);
  switch (byte) {
    case comma: return commaAt(form, i);
    case open: case openSquare: case openCurly: return bracket(form, i, byte);
    case close: case closeSquare: case closeCurly: return closing(form, i, byte);
    case slash: return slashAt(form, i);
    case quote: case apostrophe: return quoteAt(form, i, byte);
    case less: return lessAt(form, i);
    case plus: return isSigned(form, i) ? i + 1 : form.plain(i, byte);
    case hash: return hashSign(form, i);
    case star: return stars(form, i);
    case colon: return colonAt(form, i);
    case dollar: return dollarAt(form, i);
    case 0xe2: return unicodeSign(form, i);
    default: return form.plain(i, byte);
  }
}

/** Between letters or digits it joins; before a number it is its sign; else it is punctuation. */
function joinerAt(form: FormBuilder, i: number, byte: number): number {
  const next = form.bytes[i + 1];
  const joins = i + 1 < form.end && (isAlnum(next) || (byte === underscore && next === hyphen && isDigit(form.bytes[i + 2])));
  if (byte === hyphen && next === hyphen && isAlnum(form.before())) return hyphens(form, i);
  if (byte === hyphen && joins && isSigned(form, i)) return i + 1;
  if (!joins || !isAlnum(form.before())) return form.plain(i, byte);
  if (byte === dot) form.dot = form.length;
  form.joins++;
  form.put(byte, i);
  return i + 1;
}

/** Between letters it joins the parts of a class's name. */
function dollarAt(form: FormBuilder, i: number): number {
  if (!isAlnum(form.before()) || !isAlnum(form.bytes[i + 1]) || i + 1 >= form.end) return form.plain(i, dollar);
  form.joins++;
  form.put(dollar, i);
  return i + 1;
}

/** Several hyphens between letters or digits join (`r3---sn-x`). */
function hyphens(form: FormBuilder, i: number): number {
  let end = i;
  while (end < form.end && form.bytes[end] === hyphen) end++;
  if (end - i > 3 || end >= form.end || !isAlnum(form.bytes[end])) return form.plain(i, hyphen);
  form.joins++;
  return form.copy(i, end);
}

/** Whether the sign at `i` belongs to the number behind it. */
function isSigned(form: FormBuilder, i: number): boolean {
  const before = form.before();
  return i + 1 < form.end && isDigit(form.bytes[i + 1]) && !isAlnum(before) && before !== wild && before !== close;
}

function commaAt(form: FormBuilder, i: number): number {
  form.endToken();
  form.endElement();
  form.put(comma, i);
  form.newToken();
  form.element = form.length;
  return i + 1;
}

function slashAt(form: FormBuilder, i: number): number {
  const next = form.bytes[i + 1];
  const before = form.before();
  if (before === blank && beginsRequest(form)) return route(form, i);
  const begins = !isAlnum(before) && before !== wild && before !== slash && before !== more && i + 1 < form.end;
  if (!begins || !(isAlnum(next) || next === underscore || next === dot || next === 0x7e || next === 0x24)) return form.plain(i, slash);
  const end = pathEnd(form.bytes, i, form.end);
  form.endToken();
  form.wild(i, end);
  return end;
}

/** A quoted text behind `=` is a value, unless its key says that it is text. An empty pair that stands alone is an empty value. */
function quoteAt(form: FormBuilder, i: number, byte: number): number {
  const before = form.before();
  if (before === equals && !isTextKey(form.out, form.length - 1)) {
    const end = quotedEnd(form.bytes, i, form.end);
    if (end > 0) {
      form.put(byte, i);
      form.wild(i + 1, end - 1);
      form.put(byte, end - 1);
      form.newToken();
      return end;
    }
  }
  return form.plain(i, byte);
}

/** `<*>` as templates write it; `<1 sec`. */
function lessAt(form: FormBuilder, i: number): number {
  if (standsAt(form.bytes, i, form.end, '<*>')) {
    if (beginsRequest(form)) form.hasLists = false;
    form.wild(i, i + 3);
    return i + 3;
  }
  const redacted = redactedEnd(form.bytes, i, form.end);
  if (redacted > i) { form.wild(i, redacted); return redacted; }
  if (form.before() !== blank || !isDigit(form.bytes[i + 1]) || i + 1 >= form.end) return form.plain(i, less);
  const end = valueEnd(form.bytes, runEnd(form.bytes, i + 1, form.end), form.end);
  if (form.bytes[end] === more && end < form.end) return form.plain(i, less);
  form.wild(i, end);
  return end;
}

/** `detector#` with 16 hex digits is a mask of redaction's. */
function hashSign(form: FormBuilder, i: number): number {
  const end = hashMarkEnd(form.bytes, i, form.end);
  if (end < 0 || form.length === form.token) return form.plain(i, hash);
  form.wildToken(i, end);
  return end;
}

/** `password=***`: a mask of somebody's. */
function stars(form: FormBuilder, i: number): number {
  const before = form.before();
  if (before !== equals && before !== colon) return form.plain(i, star);
  let end = i;
  while (end < form.end && form.bytes[end] === star) end++;
  if (end - i < 3) return form.plain(i, star);
  form.wild(i, end);
  return end;
}

/** A host with a port goes as one, and so does a frame of a stack (`a.b.C.run:12`). */
function colonAt(form: FormBuilder, i: number): number {
  if (form.bytes[i + 1] === colon && i + 2 < form.end && isHex[form.bytes[i + 2]!] === 1 && !isAlnum(form.before()) && form.before() !== wild) {
    const end = runEnd(form.bytes, i + 2, form.end);
    if (end - i <= 6 && allHex(form.bytes, i + 2, end)) return wildRun(form, i, end);
  }
  if (form.dot > form.token && isPort(form.bytes, i, form.end) && (form.joins >= 3 || isHost(form.out, form.token, form.length, true))) {
    const end = valueEnd(form.bytes, runEnd(form.bytes, i + 1, form.end), form.end);
    form.wildToken(i, end);
    return end;
  }
  return form.plain(i, colon);
}

/** Bullets are a mask of redaction's, with the prefix before them or the tail behind; else punctuation of three bytes. */
function unicodeSign(form: FormBuilder, i: number): number {
  const end = bulletsEnd(form.bytes, i, form.end);
  if (end > i) return wildRun(form, i, runEnd(form.bytes, end, form.end));
  form.endToken();
  const stop = i + continued(form, i);
  form.copy(i, stop);
  form.newToken();
  return stop;
}

/** Bytes of the character at `i`. */
function continued(form: FormBuilder, i: number): number {
  let size = 1;
  while (size < 3 && i + size < form.end && form.bytes[i + size]! >= 0x80) size++;
  return size;
}
