// The normal form of a log line, made in one pass over its bytes and with no allocation: words and punctuation stay, whatever is a
// value by its looks becomes one wildcard byte. Stateless: the same line gives the same form in every agent, for all time, so the
// form carries the durable id. Rules of thumb, none of them tuned to a source:
//   a run of letters and digits that holds a digit is a value, and takes along what is joined to it; a short alphabetic prefix
//   stays (`blk_<*>`, `node-<*>`), and so does a name with one digit behind it (`eth0`, `ssh2`), which evidence may generalise later;
//   paths, URLs, addresses, hosts, dates, base64, truth and quoted values behind `=`, and redaction's own masks are values;
//   colours and the byte order mark are nothing;
//   equal elements side by side are a list and become one.
import { allHex, classes, digit, isAlnum, isDigit, isHex, joiner, letter, space, standsAt, wild } from './byte-class.ts';
import { isDateWord } from './calendar.ts';
import { base64End, colourEnd } from './encoded.ts';
import { exceptionClass } from './exception.ts';
import { endsLikeHost, isHost, isPort, nameEnd, pathEnd, quotedEnd, urlEnd, windowsPathEnd } from './locators.ts';
import { bulletsEnd, hashMarkEnd, redactedEnd } from './marks.ts';
import { isNothing, isTextKey, isTruth } from './text-keys.ts';
import { hexGroupsEnd, runEnd, valueEnd } from './value-end.ts';
import { isWhole, makeWhole, wholeEnd } from './whole-characters.ts';

/** A form is cut there: what follows is payload. */
export const mostForm = 1024;
/** Bytes of a body that are looked at. */
const mostRead = 16 * 1024;
const slack = 1024;
/** Bytes of an exception's class that are added. */
const mostException = 160;
/** No form is longer: cut, closed by a wildcard, and with the class of an exception. */
export const longestForm = mostForm + 1 + 1 + mostException;
/** Words longer than that are no words. */
const longestWord = 48;

/** As bytes, one a character. */
const byteOrderMark = '\u00ef\u00bb\u00bf';
const escape = 0x1b;
const blank = 0x20, feed = 0x0a, quote = 0x22, apostrophe = 0x27, comma = 0x2c, hyphen = 0x2d, dot = 0x2e, slash = 0x2f, colon = 0x3a, equals = 0x3d, atSign = 0x40;
const hash = 0x23, dollar = 0x24, plus = 0x2b, less = 0x3c, more = 0x3e, star = 0x2a, backslash = 0x5c, underscore = 0x5f, open = 0x28, close = 0x29, openSquare = 0x5b, closeSquare = 0x5d, openCurly = 0x7b, closeCurly = 0x7d;

export class NormalForm {
  /** The form is out[0, length). */
  readonly out = new Uint8Array(mostForm + slack);
  length = 0;
  /** Where each byte of the form came from, and where its value ended, in the bytes read; for wildcards. */
  readonly from = new Int32Array(mostForm + slack);
  readonly to = new Int32Array(mostForm + slack);

  #bytes: Uint8Array = new Uint8Array(0);
  #end = 0;
  /** The current token in `out`: a word with what is joined to it; its joiners and last dot. */
  #token = 0;
  #joins = 0;
  #dot = -1;
  /** The current element in `out` (between blanks, commas and brackets), and the one before it; -1: none to compare with. */
  #element = 0;
  #hasWild = false;
  #beforeStart = -1;
  #beforeEnd = -1;

  /** Makes the form of the UTF-8 text in bytes[start, end). */
  read(bytes: Uint8Array, start: number, end: number): void {
    this.#begin(bytes, start, end);
    const stop = this.#end;
    let i = start;
    if (standsAt(bytes, i, stop, byteOrderMark)) i += byteOrderMark.length;
    while (i < stop && classes[bytes[i]!] === space && bytes[i] !== escape) i++;
    const isJson = bytes[i] === openCurly || (bytes[i] === openSquare && (bytes[i + 1] === openCurly || bytes[i + 1] === quote));
    while (i < stop && this.length < mostForm) {
      const byte = bytes[i]!;
      const kind = classes[byte]!;
      if (kind === letter) i = this.#word(i);
      else if (kind === space) {
        if (byte === feed && !isJson) break;
        if (byte === escape && bytes[i + 1] === openSquare) { i = colourEnd(bytes, i, stop); continue; }
        this.#space();
        i++;
      } else if (kind === digit) i = this.#mixed(i, i);
      else i = this.#sign(i, byte);
    }
    this.#finish(bytes, i, stop, isJson);
  }

  #begin(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes = bytes;
    this.#end = Math.min(end, start + mostRead);
    // Not within a character.
    for (let back = 0; back < 3 && this.#end < end && (bytes[this.#end]! & 0xc0) === 0x80; back++) this.#end--;
    this.length = 0;
    this.#newToken();
    this.#element = 0;
    this.#hasWild = false;
    this.#beforeStart = -1;
  }

  #finish(bytes: Uint8Array, at: number, stop: number, isJson: boolean): void {
    this.#endToken();
    this.#endElement();
    // Nearly every form is ASCII and ends below the bound.
    if (!isWhole(this.out, this.length)) this.length = makeWhole(this.out, this.from, this.to, this.length);
    if (this.length >= mostForm) { this.length = wholeEnd(this.out, this.length, mostForm); this.#wild(at, stop); }
    while (this.length > 0 && this.out[this.length - 1] === blank) this.length--;
    if (at >= stop || isJson || bytes[at] !== feed) return;
    const name = exceptionClass(bytes, at + 1, stop, standsAt(this.out, 0, this.length, 'Traceback'));
    if (name === null) return;
    this.#put(blank, at);
    for (let i = name.from; i < name.to && bytes[i]! < 0x80; i++) this.#put(bytes[i]!, i);
  }

  #put(byte: number, at: number): void {
    this.out[this.length] = byte;
    this.from[this.length++] = at;
  }

  #newToken(): void {
    this.#token = this.length;
    this.#joins = 0;
    this.#dot = -1;
  }

  /** A wildcard for bytes[from, to). */
  #wild(from: number, to: number): void {
    const length = this.length;
    // Values with nothing but a comma between are one list.
    if (length > 1 && this.out[length - 1] === comma && this.out[length - 2] === wild) {
      this.length = length - 2;
      this.#element = Math.min(this.#element, length - 2);
      this.#wildAt(this.from[length - 2]!, to);
    } else this.#wildAt(from, to);
  }

  #wildAt(from: number, to: number): void {
    this.to[this.length] = to;
    this.#put(wild, from);
    this.#hasWild = true;
    this.#newToken();
  }

  /** A wildcard in the place of the current token too. */
  #wildToken(from: number, to: number): void {
    const start = this.length > this.#token ? this.from[this.#token]! : from;
    this.length = this.#token;
    this.#wild(start, to);
  }

  #before(): number { return this.length === 0 ? blank : this.out[this.length - 1]!; }

  #space(): void {
    this.#endToken();
    if (this.length === 0 || this.#before() === blank) return;
    this.#endElement();
    this.#put(blank, 0);
    this.#newToken();
    this.#element = this.length;
  }

  /** A token that ends may turn out to be a host. */
  #endToken(): void {
    if (this.#dot > this.#token && this.length > this.#dot + 1 && isHost(this.out, this.#token, this.length, false)) this.#wildToken(0, this.from[this.length - 1]! + 1);
  }

  /** An element equal to the one before it, both with a value, is one of a list: one of them stays. */
  #endElement(): void {
    const start = this.#element;
    if (this.length === start) return;
    if (!this.#hasWild) { this.#beforeStart = -1; return; }
    this.#hasWild = false;
    if (this.#equalsBefore(start)) {
      this.to[this.#beforeEnd - 1] = this.to[this.length - 1]!;
      this.length = this.#beforeEnd;
      this.#newToken();
      this.#element = this.length;
      return;
    }
    this.#beforeStart = start;
    this.#beforeEnd = this.length;
  }

  #equalsBefore(start: number): boolean {
    const size = this.length - start;
    if (this.#beforeStart < 0 || this.#beforeEnd - this.#beforeStart !== size) return false;
    for (let i = 0; i < size; i++) if (this.out[this.#beforeStart + i] !== this.out[start + i]) return false;
    return true;
  }

  /** A word of letters at `at`, or a run that turns out to hold digits; the place behind it. */
  #word(at: number): number {
    const bytes = this.#bytes;
    const stop = this.#end;
    const first = this.length;
    let length = first;
    let i = at;
    while (i < stop && classes[bytes[i]!] === letter && length < mostForm + longestWord) {
      this.out[length] = bytes[i]!;
      this.from[length++] = i++;
    }
    if (i < stop && classes[bytes[i]!] === digit) return this.#mixed(at, i);
    const size = i - at;
    this.length = length;
    const next = i < stop ? bytes[i]! : 0;
    if (next === plus || next === slash) {
      const end = base64End(bytes, at, stop);
      if (end > at) return this.#value(at, end, first);
    }
    if (size > longestWord || (isHex[bytes[at]!] === 1 && size >= 8 && allHex(bytes, at, i))) return this.#value(at, i, first);
    if (size <= 5 && first > 0 && !isAlnum(next) && classes[next] !== joiner && this.#isConstant(at, i, first)) return this.#value(at, i, first);
    if (next === colon) return this.#beforeColon(at, i, first);
    if (next === atSign && isAlnum(bytes[i + 1])) return this.#beforeAt(i);
    if (size === 3 && next <= comma && isDateWord(bytes, at, stop)) return this.#value(at, i, first);
    return i;
  }

  /** `=null`, and `true` or `false` behind `=`, a key of JSON, or `:` and a blank; `open:true` reads like a name. */
  #isConstant(at: number, end: number, first: number): boolean {
    const before = this.out[first - 1];
    if (before === equals && isNothing(this.#bytes, at, end)) return true;
    const second = first > 1 ? this.out[first - 2] : blank;
    const isValue = before === equals || (before === colon && second === quote) || (before === blank && (second === equals || second === colon));
    return isValue && isTruth(this.#bytes, at, end);
  }

  /** Gives up what was written of a run since `first`, and writes a value for it. */
  #value(at: number, end: number, first: number): number {
    this.length = first;
    return this.#wildRun(at, end);
  }

  /** `scheme://`, `C:\`, an IPv6 address or a host with a port, by the colon at `i` behind a word. */
  #beforeColon(at: number, i: number, first: number): number {
    const bytes = this.#bytes;
    if (bytes[i + 1] === slash && bytes[i + 2] === slash) {
      const end = urlEnd(bytes, i + 3, this.#end);
      this.#wildToken(at, end);
      return end;
    }
    if (i - at === 1 && bytes[i + 1] === backslash) {
      const end = windowsPathEnd(bytes, i + 1, this.#end);
      this.length = first;
      this.#wild(at, end);
      return end;
    }
    if (i - at <= 4 && isHex[bytes[at]!] === 1) {
      const end = hexGroupsEnd(bytes, at, this.#end);
      if (end > at) return this.#value(at, end, first);
    }
    return i;
  }

  /** An address (`ann@shop.example`), or an object's hash (`Foo@1a2b3c`) by the sign at `i` behind a word. */
  #beforeAt(i: number): number {
    const bytes = this.#bytes;
    const end = runEnd(bytes, i + 1, this.#end);
    if (end - i > 5 && allHex(bytes, i + 1, end) || isDigit(bytes[i + 1])) {
      this.#put(atSign, i);
      const stop = valueEnd(bytes, end, this.#end);
      this.#wild(i + 1, stop);
      return stop;
    }
    const stop = valueEnd(bytes, nameEnd(bytes, i + 1, this.#end), this.#end);
    this.#wildToken(i, stop);
    return stop;
  }

  /** A run of letters and digits that begins at `at`; its first digit is at `firstDigit`. Nothing of it is written yet. */
  #mixed(at: number, firstDigit: number): number {
    const bytes = this.#bytes;
    const end = runEnd(bytes, firstDigit, this.#end);
    if (bytes[end] === plus || bytes[end] === slash) {
      const encoded = base64End(bytes, at, this.#end);
      if (encoded > at) return this.#wildRun(at, encoded);
    }
    const letters = firstDigit - at;
    if (end - at <= 4 && bytes[end] === colon) {
      const groups = hexGroupsEnd(bytes, at, this.#end);
      if (groups > at) return this.#wildRun(at, groups);
    }
    if (letters === 0) return this.#wildRun(at, end);
    const digits = this.#onlyDigits(firstDigit, end);
    if (digits === 0 || (end - at >= 6 && allHex(bytes, at, end))) return this.#wildRun(at, end);
    if (digits === 1 && this.#staysName(letters, end)) return this.#copy(at, end);
    if (letters >= 2 && this.length === this.#token) return this.#prefixed(at, firstDigit, end);
    return this.#wildRun(at, end);
  }

  /** How many digits, when the run ends with them; else 0. */
  #onlyDigits(firstDigit: number, end: number): number {
    for (let i = firstDigit; i < end; i++) if (!isDigit(this.#bytes[i])) return 0;
    return end - firstDigit;
  }

  /** `eth0` and `web1.` are names where nothing is joined before them; a single letter with its digit is one when it stands alone. */
  #staysName(letters: number, end: number): boolean {
    return this.length === this.#token && (letters >= 2 || !(classes[this.#bytes[end]!] === joiner && (isAlnum(this.#bytes[end + 1]) || classes[this.#bytes[end + 1]!] === joiner)));
  }

  #copy(at: number, end: number): number {
    for (let i = at; i < end; i++) this.#put(this.#bytes[i]!, i);
    return end;
  }

  /** `core12`: the letters stay. */
  #prefixed(at: number, firstDigit: number, end: number): number {
    const stop = valueEnd(this.#bytes, end, this.#end);
    if (endsLikeHost(this.#bytes, end, stop)) { this.#wild(at, stop); return stop; }
    this.#copy(at, firstDigit);
    this.#wild(firstDigit, stop);
    return stop;
  }

  /** A value; one alphabetic prefix with a joiner stays, a longer compound goes with it. */
  #wildRun(at: number, end: number): number {
    const stop = valueEnd(this.#bytes, end, this.#end);
    if (this.#joins >= 2 || (this.#joins === 1 && (classes[this.#before()] !== joiner || endsLikeHost(this.#bytes, end, stop)))) this.#wildToken(at, stop);
    else this.#wild(at, stop);
    return stop;
  }

  /** Punctuation at `i`; the place behind what was read. */
  #sign(i: number, byte: number): number {
    if (classes[byte] === joiner) return this.#joiner(i, byte);
    switch (byte) {
      case comma: return this.#comma(i);
      case open: case openSquare: case openCurly: return this.#bracket(i, byte);
      case close: case closeSquare: case closeCurly: return this.#closing(i, byte);
      case slash: return this.#slash(i);
      case quote: case apostrophe: return this.#quote(i, byte);
      case less: return this.#less(i);
      case plus: return this.#isSigned(i) ? i + 1 : this.#plain(i, byte);
      case hash: return this.#hashSign(i);
      case star: return this.#stars(i);
      case colon: return this.#colon(i);
      case dollar: return this.#dollar(i);
      case 0xe2: return this.#unicodeSign(i);
      default: return this.#plain(i, byte);
    }
  }

  #plain(i: number, byte: number): number {
    this.#endToken();
    this.#put(byte, i);
    this.#newToken();
    return i + 1;
  }

  /** Between letters or digits it joins; before a number it is its sign; else it is punctuation. */
  #joiner(i: number, byte: number): number {
    const next = this.#bytes[i + 1];
    const joins = i + 1 < this.#end && (isAlnum(next) || (byte === underscore && next === hyphen && isDigit(this.#bytes[i + 2])));
    if (byte === hyphen && next === hyphen && isAlnum(this.#before())) return this.#hyphens(i);
    if (byte === hyphen && joins && this.#isSigned(i)) return i + 1;
    if (!joins || !isAlnum(this.#before())) return this.#plain(i, byte);
    if (byte === dot) this.#dot = this.length;
    this.#joins++;
    this.#put(byte, i);
    return i + 1;
  }

  /** Between letters it joins the parts of a class's name. */
  #dollar(i: number): number {
    if (!isAlnum(this.#before()) || !isAlnum(this.#bytes[i + 1]) || i + 1 >= this.#end) return this.#plain(i, dollar);
    this.#joins++;
    this.#put(dollar, i);
    return i + 1;
  }

  /** Several hyphens between letters or digits join (`r3---sn-x`). */
  #hyphens(i: number): number {
    let end = i;
    while (end < this.#end && this.#bytes[end] === hyphen) end++;
    if (end - i > 3 || end >= this.#end || !isAlnum(this.#bytes[end])) return this.#plain(i, hyphen);
    this.#joins++;
    return this.#copy(i, end);
  }

  /** Whether the sign at `i` belongs to the number behind it. */
  #isSigned(i: number): boolean {
    const before = this.#before();
    return i + 1 < this.#end && isDigit(this.#bytes[i + 1]) && !isAlnum(before) && before !== wild && before !== close;
  }

  #comma(i: number): number {
    this.#endToken();
    this.#endElement();
    this.#put(comma, i);
    this.#newToken();
    this.#element = this.length;
    return i + 1;
  }

  /** An empty pair that stands alone is an empty value; a bracket ends a list. */
  #bracket(i: number, byte: number): number {
    if (byte === openSquare) {
      const end = redactedEnd(this.#bytes, i, this.#end);
      if (end > i) { this.#wild(i, end); return end; }
    }
    if (byte === open && this.#isRestated(i)) return this.#restated(i);
    this.#endToken();
    this.#endElement();
    const alone = this.#before() === blank || this.#before() === equals;
    this.#put(byte, i);
    this.#newToken();
    this.#element = this.length;
    this.#beforeStart = -1;
    const shut = byte === open ? close : byte + 2;
    if (alone && this.#bytes[i + 1] === shut && i + 1 < this.#end) { this.#wild(i + 1, i + 1); this.#hasWild = false; }
    return i + 1;
  }

  /** `=WorkSource{10113}`: a value that names its type is a value. */
  #closing(i: number, byte: number): number {
    this.#endToken();
    if (this.#before() === wild && this.out[this.length - 2] === (byte === close ? open : byte - 2)) {
      let start = this.length - 2;
      while (start > 0 && isAlnum(this.out[start - 1])) start--;
      if (start > 0 && start < this.length - 2 && this.out[start - 1] === equals) {
        const from = this.from[start]!;
        this.length = start;
        this.#element = Math.min(this.#element, start);
        this.#wild(from, i + 1);
        return i + 1;
      }
    }
    this.#endElement();
    return this.#plain(i, byte);
  }

  /** `1190 bytes (1.16 KB)`: the parentheses say the number again. */
  #isRestated(i: number): boolean {
    const length = this.length;
    return isDigit(this.#bytes[i + 1]) && length >= 8 && this.out[length - 8] === wild && standsAt(this.out, length - 7, length, ' bytes ');
  }

  #restated(i: number): number {
    const end = valueEnd(this.#bytes, runEnd(this.#bytes, i + 1, this.#end), this.#end);
    if (this.#bytes[end] !== close || end >= this.#end) return this.#plain(i, open);
    this.length--;
    this.#newToken();
    return end + 1;
  }

  #slash(i: number): number {
    const next = this.#bytes[i + 1];
    const before = this.#before();
    const begins = !isAlnum(before) && before !== wild && before !== slash && before !== more && i + 1 < this.#end;
    if (!begins || !(isAlnum(next) || next === underscore || next === dot || next === 0x7e || next === 0x24)) return this.#plain(i, slash);
    const end = pathEnd(this.#bytes, i, this.#end);
    this.#endToken();
    this.#wild(i, end);
    return end;
  }

  /** A quoted text behind `=` is a value, unless its key says that it is text. An empty pair that stands alone is an empty value. */
  #quote(i: number, byte: number): number {
    const before = this.#before();
    if (before === equals && !isTextKey(this.out, this.length - 1)) {
      const end = quotedEnd(this.#bytes, i, this.#end);
      if (end > 0) {
        this.#put(byte, i);
        this.#wild(i + 1, end - 1);
        this.#put(byte, end - 1);
        this.#newToken();
        return end;
      }
    }
    return this.#plain(i, byte);
  }

  /** `<*>` as templates write it; `<1 sec`. */
  #less(i: number): number {
    if (standsAt(this.#bytes, i, this.#end, '<*>')) { this.#wild(i, i + 3); return i + 3; }
    const redacted = redactedEnd(this.#bytes, i, this.#end);
    if (redacted > i) { this.#wild(i, redacted); return redacted; }
    if (this.#before() !== blank || !isDigit(this.#bytes[i + 1]) || i + 1 >= this.#end) return this.#plain(i, less);
    const end = valueEnd(this.#bytes, runEnd(this.#bytes, i + 1, this.#end), this.#end);
    if (this.#bytes[end] === more && end < this.#end) return this.#plain(i, less);
    this.#wild(i, end);
    return end;
  }

  /** `detector#` with 16 hex digits is a mask of redaction's. */
  #hashSign(i: number): number {
    const end = hashMarkEnd(this.#bytes, i, this.#end);
    if (end < 0 || this.length === this.#token) return this.#plain(i, hash);
    this.#wildToken(i, end);
    return end;
  }

  /** `password=***`: a mask of somebody's. */
  #stars(i: number): number {
    const before = this.#before();
    if (before !== equals && before !== colon) return this.#plain(i, star);
    let end = i;
    while (end < this.#end && this.#bytes[end] === star) end++;
    if (end - i < 3) return this.#plain(i, star);
    this.#wild(i, end);
    return end;
  }

  /** A host with a port goes as one, and so does a frame of a stack (`a.b.C.run:12`). */
  #colon(i: number): number {
    if (this.#bytes[i + 1] === colon && i + 2 < this.#end && isHex[this.#bytes[i + 2]!] === 1 && !isAlnum(this.#before()) && this.#before() !== wild) {
      const end = runEnd(this.#bytes, i + 2, this.#end);
      if (end - i <= 6 && allHex(this.#bytes, i + 2, end)) return this.#wildRun(i, end);
    }
    if (this.#dot > this.#token && isPort(this.#bytes, i, this.#end) && (this.#joins >= 3 || isHost(this.out, this.#token, this.length, true))) {
      const end = valueEnd(this.#bytes, runEnd(this.#bytes, i + 1, this.#end), this.#end);
      this.#wildToken(i, end);
      return end;
    }
    return this.#plain(i, colon);
  }

  /** Bullets are a mask of redaction's, with the prefix before them or the tail behind; else punctuation of three bytes. */
  #unicodeSign(i: number): number {
    const end = bulletsEnd(this.#bytes, i, this.#end);
    if (end > i) return this.#wildRun(i, runEnd(this.#bytes, end, this.#end));
    this.#endToken();
    const stop = i + this.#continued(i);
    this.#copy(i, stop);
    this.#newToken();
    return stop;
  }

  /** Bytes of the character at `i`. */
  #continued(i: number): number {
    let size = 1;
    while (size < 3 && i + size < this.#end && this.#bytes[i + size]! >= 0x80) size++;
    return size;
  }
}
