// The normal form of a log line, made in one pass over its bytes and with no allocation: words and punctuation stay, whatever is a
// value by its looks becomes one wildcard byte. Stateless: the same line gives the same form in every agent, for all time, so the
// form carries the durable id. Rules of thumb, none of them tuned to a source; `words.ts`, `signs.ts` and `brackets.ts` hold them:
//   runs with a digit, paths, URLs, addresses, hosts, dates, base64, truth and quoted values behind `=`, and redaction's own masks are values;
//   colours and the byte order mark are nothing;
//   equal elements side by side are a list and become one (`form-builder.ts`).
import { feed, escape, blank, quote, openSquare, openCurly } from './ascii.ts';
import { classes, digit, letter, space, standsAt } from './byte-class.ts';
import { colourEnd } from './encoded.ts';
import { exceptionClass } from './exception.ts';
import type { Key64 } from '../hash.ts';
import { isWhole, makeWhole, wholeEnd } from './whole-characters.ts';
import { mixed, word } from './words.ts';
import { sign } from './signs.ts';
import { FormBuilder, mostForm } from './form-builder.ts';

/** Bytes of an exception's class that are added. */
const mostException = 160;
/** No form is longer: cut, closed by a wildcard, and with the class of an exception. */
export const longestForm = mostForm + 1 + 1 + mostException;
/** As bytes, one a character. */
const byteOrderMark = '\u00ef\u00bb\u00bf';

export class NormalForm {
  readonly #form = new FormBuilder();
  /** The form is out[0, length). */
  readonly out = this.#form.out;
  /** Where each byte of the form came from, and where its value ended, in the bytes read; for wildcards. */
  readonly from = this.#form.from;
  readonly to = this.#form.to;

  get length(): number { return this.#form.length; }

  /** Makes `key` that of the form and scope: for tables in memory, four bytes at a time; no id is made of it. */
  keyInto(key: Key64, scope: number): void {
    const { out, fours, length } = this.#form;
    for (let at = length; (at & 3) !== 0; at++) out[at] = 0;
    key.of(fours, length + 3 >> 2, scope);
  }

  /** Makes the form of the UTF-8 text in bytes[start, end). */
  read(bytes: Uint8Array, start: number, end: number): void {
    const form = this.#form;
    form.begin(bytes, start, end);
    const stop = form.end;
    let i = start;
    if (standsAt(bytes, i, stop, byteOrderMark)) i += byteOrderMark.length;
    while (i < stop && classes[bytes[i]!] === space && bytes[i] !== escape) i++;
    const isJson = bytes[i] === openCurly || (bytes[i] === openSquare && (bytes[i + 1] === openCurly || bytes[i + 1] === quote));
    while (i < stop && form.length < mostForm) {
      const byte = bytes[i]!;
      const kind = classes[byte]!;
      if (kind === letter) i = word(form, i);
      else if (kind === space) {
        if (byte === feed && !isJson) break;
        if (byte === escape && bytes[i + 1] === openSquare) { i = colourEnd(bytes, i, stop); continue; }
        form.space();
        i++;
      } else if (kind === digit) i = mixed(form, i, i);
      else i = sign(form, i, byte);
    }
    this.#finish(bytes, i, stop, isJson);
  }

  #finish(bytes: Uint8Array, at: number, stop: number, isJson: boolean): void {
    const form = this.#form;
    form.endToken();
    form.endElement();
    // Nearly every form is ASCII and ends below the bound.
    if (!form.isAscii() && !isWhole(form.out, form.length)) form.length = makeWhole(form.out, form.from, form.to, form.length);
    if (form.length >= mostForm) { form.length = wholeEnd(form.out, form.length, mostForm); form.wild(at, stop); }
    while (form.length > 0 && form.out[form.length - 1] === blank) form.length--;
    if (at >= stop || isJson || bytes[at] !== feed) return;
    const name = exceptionClass(bytes, at + 1, stop, standsAt(form.out, 0, form.length, 'Traceback'));
    if (name === null) return;
    form.put(blank, at);
    for (let i = name.from; i < name.to && bytes[i]! < 0x80; i++) form.put(bytes[i]!, i);
  }
}
