// Brackets of a normal form: where lists begin and end, empty pairs, values that name their type, and what is said twice.
import { blank, open, close, dot, colon, equals, openSquare, closeSquare } from './ascii.ts';
import { isAlnum, isDigit, isHex, standsAt, wild } from './byte-class.ts';
import { redactedEnd } from './marks.ts';
import { runEnd, valueEnd } from './value-end.ts';
import { type FormBuilder } from './form-builder.ts';

/** An empty pair that stands alone is an empty value; a bracket ends a list. */
export function bracket(form: FormBuilder, i: number, byte: number): number {
  if (byte === openSquare) {
    const end = redactedEnd(form.bytes, i, form.end);
    if (end > i) { form.wild(i, end); return end; }
    const endpoint = isAlnum(form.before()) ? i : endpointEnd(form.bytes, i, form.end);
    if (endpoint > i) { form.endToken(); form.wild(i, endpoint); return endpoint; }
  }
  if (byte === open && isRestated(form, i)) return restated(form, i);
  form.endToken();
  form.endElement();
  const alone = form.before() === blank || form.before() === equals;
  form.put(byte, i);
  form.beginList();
  const shut = byte === open ? close : byte + 2;
  if (alone && form.bytes[i + 1] === shut && i + 1 < form.end) { form.wild(i + 1, i + 1); form.hasWild = false; }
  return i + 1;
}

/** No IPv6 address is longer, with one of IPv4 in it. */
const longestAddress = 45;

/** Behind `[fe80::1]:80`, an address of IPv6 with its port; `at` when none stands there. */
function endpointEnd(bytes: Uint8Array, at: number, end: number): number {
  let colons = 0;
  let i = at + 1;
  for (; i < end && i - at <= longestAddress && (isHex[bytes[i]!] === 1 || bytes[i] === colon || bytes[i] === dot); i++) if (bytes[i] === colon) colons++;
  return colons >= 2 && i + 2 < end && bytes[i] === closeSquare && bytes[i + 1] === colon && isDigit(bytes[i + 2]) ? runEnd(bytes, i + 2, end) : at;
}

/** `=WorkSource{10113}`: a value that names its type is a value. */
export function closing(form: FormBuilder, i: number, byte: number): number {
  form.endToken();
  if (form.before() === wild && form.out[form.length - 2] === (byte === close ? open : byte - 2)) {
    let start = form.length - 2;
    while (start > 0 && isAlnum(form.out[start - 1])) start--;
    if (start > 0 && start < form.length - 2 && form.out[start - 1] === equals) {
      const from = form.from[start]!;
      form.length = start;
      form.element = Math.min(form.element, start);
      form.wild(from, i + 1);
      return i + 1;
    }
  }
  form.endElement();
  return form.plain(i, byte);
}

/** `1190 bytes (1.16 KB)`: the parentheses say the number again. */
function isRestated(form: FormBuilder, i: number): boolean {
  const length = form.length;
  return isDigit(form.bytes[i + 1]) && length >= 8 && form.out[length - 8] === wild && standsAt(form.out, length - 7, length, ' bytes ');
}

function restated(form: FormBuilder, i: number): number {
  const end = valueEnd(form.bytes, runEnd(form.bytes, i + 1, form.end), form.end);
  if (form.bytes[end] !== close || end >= form.end) return form.plain(i, open);
  form.length--;
  form.newToken();
  return end + 1;
}
