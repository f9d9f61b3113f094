// Bytes of a file into records: lines, container lines joined, lines of one record joined. Nothing is kept between two calls but `skip`: what is not
// a whole record yet stays in the file and is read again, so the position of a file is always the beginning of a record.
import { unwrap, type FileFormat, type Unwrapped } from './unwrap.ts';

export interface RawRecord { readonly text: string; readonly stream: string | null; readonly unixNano: bigint | null; /** Bytes that did not fit. */ readonly cut: number }
export interface Manner {
  readonly format: FileFormat;
  /** Whether a line begins a record; null: each does. */
  readonly begins: ((line: string) => boolean) | null;
  readonly maxRecordBytes: number;
}
/** What comes next belongs to a record that was cut: the rest of its line, or its further lines. */
export type Skip = null | 'line' | 'record';
/** `lines`: what has no end yet but whole lines is a record. `all`: nothing will ever follow. */
export type Ending = 'open' | 'lines' | 'all';
export interface Assembled { readonly records: readonly RawRecord[]; /** Bytes that these are made of. */ readonly taken: number; readonly skip: Skip; /** Bytes passed over, of records cut before. */ readonly skipped: number }

const [lineFeed, carriageReturn] = [0x0a, 0x0d];

/** Whole records of `bytes`, at most about `limit`. `full`: there is no room for more bytes, so what is too long for it is cut. Linear in what it takes. */
export function assemble(bytes: Buffer, manner: Manner, skip: Skip, limit: number, ending: Ending, full: boolean): Assembled {
  return new Assembly(bytes, manner, skip).run(limit, ending, full);
}

/** A line that goes on, in parts. `isAlone`: nothing of another stream stands between them. */
interface PartialLine { readonly open: Open; readonly start: number; isAlone: boolean }
interface Open { readonly texts: string[]; size: number; cut: number; readonly stream: string | null; readonly unixNano: bigint | null }

class Assembly {
  readonly #bytes: Buffer;
  readonly #manner: Manner;
  readonly #out: RawRecord[] = [];
  /** Lines that go on, by stream. */
  readonly #partial = new Map<string | null, PartialLine>();
  #record: Open | null = null;
  #skip: Skip;
  #skipped = 0;
  #at = 0;
  /** Records up to here end where the position may be. */
  #safe = { count: 0, at: 0, skip: null as Skip };

  constructor(bytes: Buffer, manner: Manner, skip: Skip) {
    this.#bytes = bytes;
    this.#manner = manner;
    this.#skip = skip;
    this.#safe.skip = skip;
  }

  run(limit: number, ending: Ending, full: boolean): Assembled {
    this.#passHole();
    while (this.#safe.count < limit) {
      const end = this.#bytes.indexOf(lineFeed, this.#at);
      if (end < 0) break;
      this.#line(this.#at, end, end + 1);
    }
    if (this.#safe.count < limit) this.#atEnd(ending, full);
    return { records: this.#out.slice(0, this.#safe.count), taken: this.#safe.at, skip: this.#safe.skip, skipped: this.#skipped };
  }

  /** A file that was cut short under a writer that does not append has a hole of NULs at its beginning. */
  #passHole(): void {
    if (this.#skip !== null) return;
    while (this.#bytes[this.#at] === 0) this.#at++;
    this.#safe.at = this.#at;
  }

  #atEnd(ending: Ending, full: boolean): void {
    const rest = this.#bytes.length - this.#at;
    if (ending === 'all' && rest > 0) this.#line(this.#at, this.#bytes.length, this.#bytes.length);
    if (ending === 'all') this.#flush();
    else if (ending === 'lines' && this.#partial.size === 0) this.#flush();
    else if (full && this.#safe.at === 0) this.#force(rest);
  }

  /** The record is longer than what can be held: what there is of it is one, the rest is passed over. */
  #force(rest: number): void {
    const noLine = this.#at === 0;
    if (noLine && this.#skip === null) this.#add(unwrap(this.#decode(0, rest), this.#manner.format), 0, Math.max(0, rest - this.#longestLine()));
    if (noLine && this.#skip !== null) this.#skipped += rest;
    if (noLine) this.#at = this.#bytes.length;
    this.#skip = noLine ? 'line' : 'record';
    this.#flush();
  }

  #flush(): void {
    for (const { open } of this.#partial.values()) this.#logical({ text: open.texts.join(''), stream: open.stream, unixNano: open.unixNano, goesOn: false }, open.cut, this.#at);
    this.#partial.clear();
    this.#close();
    this.#isSafe(this.#at);
  }

  #line(start: number, end: number, next: number): void {
    this.#at = next;
    if (this.#skip === 'line') { this.#passLine(start, next); return; }
    const trimmed = end > start && this.#bytes[end - 1] === carriageReturn ? end - 1 : end;
    const cut = Math.max(0, trimmed - start - this.#longestLine());
    const line = unwrap(this.#decode(start, trimmed - cut), this.#manner.format);
    if (this.#skip === 'record' && this.#passes(line, start, next)) return;
    this.#add(line, start, cut);
    if (this.#partial.size === 0 && this.#record === null) this.#isSafe(next);
  }

  #passLine(start: number, next: number): void {
    this.#skipped += next - start;
    this.#skip = this.#manner.begins === null && !this.#isWrapped() ? null : 'record';
    this.#isSafe(next);
  }

  /** False: the line begins a record of its own. */
  #passes(line: Unwrapped, start: number, next: number): boolean {
    const { begins } = this.#manner;
    if (begins?.(line.text) === true) { this.#skip = null; return false; }
    this.#skipped += next - start;
    if (begins === null && !line.goesOn) this.#skip = null;
    this.#isSafe(next);
    return true;
  }

  #add(line: Unwrapped, start: number, cut: number): void {
    const partial = this.#partial.get(line.stream);
    for (const other of this.#partial.values()) if (other !== partial) other.isAlone = false;
    if (partial !== undefined) this.#append(partial.open, line.text, cut);
    if (line.goesOn) { if (partial === undefined) this.#partial.set(line.stream, { open: opened(line, cut), start, isAlone: this.#partial.size === 0 }); return; }
    if (partial === undefined) { this.#logical(line, cut, start); return; }
    this.#partial.delete(line.stream);
    const { open, isAlone } = partial;
    this.#logical({ ...line, text: open.texts.join(''), unixNano: open.unixNano }, open.cut, isAlone ? partial.start : null);
  }

  /** `start`: where the line begins, and everything before it ends; null where other lines are mixed with its parts. */
  #logical(line: Unwrapped, cut: number, start: number | null): void {
    const { begins } = this.#manner;
    if (begins === null) { if (line.text !== '' || cut > 0) this.#push(opened(line, cut)); return; }
    if (this.#record !== null && !begins(line.text)) { this.#append(this.#record, `\n${line.text}`, cut); return; }
    this.#close();
    if (start !== null && this.#partial.size === 0) this.#isSafe(start);
    this.#record = opened(line, cut);
  }

  /** Texts of one record, up to its bound; characters stand for bytes until it is cut exactly at its end. */
  #append(open: Open, text: string, cut: number): void {
    const room = Math.max(0, this.#manner.maxRecordBytes - open.size);
    open.texts.push(text.length > room ? text.slice(0, room) : text);
    open.size += Math.min(room, text.length);
    open.cut += cut + Math.max(0, text.length - room);
  }

  #close(): void {
    const record = this.#record;
    this.#record = null;
    if (record !== null && record.texts.some((text) => text !== '')) this.#push(record);
  }

  #push({ texts, cut, stream, unixNano }: Open): void {
    const text = texts.length === 1 ? texts[0]! : texts.join('');
    const most = this.#manner.maxRecordBytes;
    if (text.length * 3 <= most || Buffer.byteLength(text) <= most) { this.#out.push({ text, cut, stream, unixNano }); return; }
    const bytes = Buffer.from(text);
    const end = characterStart(bytes, most);
    this.#out.push({ text: bytes.toString('utf8', 0, end), cut: cut + bytes.length - end, stream, unixNano });
  }

  #isSafe(at: number): void { this.#safe = { count: this.#out.length, at, skip: this.#skip }; }

  #isWrapped(): boolean { return this.#manner.format === 'cri' || this.#manner.format === 'docker'; }

  /** A container's line has more around it than its text. */
  #longestLine(): number { return this.#isWrapped() ? Infinity : this.#manner.maxRecordBytes; }

  #decode(start: number, end: number): string {
    const text = this.#bytes.toString('utf8', start, Math.min(end, start + this.#longestLine()));
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }
}

const opened = ({ text, stream, unixNano }: Unwrapped, cut: number): Open => ({ texts: [text], size: text.length, cut, stream, unixNano });

/** The last index up to `at` where a character begins. */
function characterStart(bytes: Buffer, at: number): number {
  let start = at;
  while (start > 0 && (bytes[start]! & 0xc0) === 0x80) start--;
  return start;
}
