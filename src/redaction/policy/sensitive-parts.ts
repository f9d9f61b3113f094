// Which parts of a value are sensitive under a key that semantic conventions know: names of parameters and cookies, paths and
// keywords stay, so that the record still says what happened. One pass over the bytes each.
import type { SensitiveTreatment } from './sensitive-keys.ts';

/** Bytes from `start` up to `end`. */
export interface Part { readonly start: number; readonly end: number }

type Parts = (bytes: Uint8Array, start: number, end: number) => readonly Part[];

const code = (char: string): number => char.charCodeAt(0);
const [ampersand, semicolon, equals, question, hash, slash, at, apostrophe, quote, space, backslash, dash, star, newline] = ['&', ';', '=', '?', '#', '/', '@', "'", '"', ' ', '\\', '-', '*', '\n'].map(code) as [number, number, number, number, number, number, number, number, number, number, number, number, number, number];

const whole: Parts = (_bytes, start, end) => (end > start ? [{ start, end }] : []);

/** What stands behind the first `=` of each piece between the separators. */
function assigned(bytes: Uint8Array, start: number, end: number, separates: (byte: number) => boolean, bare: boolean): Part[] {
  const parts: Part[] = [];
  let pieceStart = start;
  let valueStart = -1;
  for (let i = start; i <= end; i++) {
    const byte = i < end ? bytes[i]! : -1;
    if (byte === equals && valueStart < 0) valueStart = i + 1;
    if (i < end && !separates(byte)) continue;
    const from = valueStart >= 0 ? valueStart : bare ? pieceStart : i;
    if (i > from) parts.push({ start: from, end: i });
    pieceStart = i + 1;
    valueStart = -1;
  }
  return parts;
}

/** A parameter without `=` is a value too: who sends `?TOKEN` names nothing. */
const query: Parts = (bytes, start, end) => assigned(bytes, bytes[start] === question ? start + 1 : start, end, (byte) => byte === ampersand || byte === semicolon, true);

/** User-info, the query's values and the fragment. */
const url: Parts = (bytes, start, end) => {
  const questionAt = indexOf(bytes, question, start, end);
  const hashAt = indexOf(bytes, hash, start, end);
  const pathEnd = Math.min(questionAt, hashAt);
  const queryParts = questionAt < hashAt ? query(bytes, questionAt + 1, hashAt) : [];
  return [...userInfo(bytes, start, pathEnd), ...queryParts, ...whole(bytes, Math.min(end, hashAt + 1), end)];
};

function userInfo(bytes: Uint8Array, start: number, end: number): readonly Part[] {
  let from = start;
  while (from < end && !(bytes[from] === slash && bytes[from + 1] === slash)) from++;
  if (from >= end) return [];
  let last = -1;
  for (let i = from + 2; i < end && bytes[i] !== slash; i++) if (bytes[i] === at) last = i;
  return last < 0 ? [] : whole(bytes, from + 2, last);
}

const indexOf = (bytes: Uint8Array, byte: number, start: number, end: number): number => {
  const found = bytes.indexOf(byte, start);
  return found < 0 || found > end ? end : found;
};

/** Behind the first `=` of each cookie; of attributes of Set-Cookie (`Path=/`) too, which say little. */
const cookies: Parts = (bytes, start, end) => assigned(bytes, start, end, (byte) => byte === semicolon, true);

/** `--password=…`, `TOKEN=…`. */
const commandArguments: Parts = (bytes, start, end) => assigned(bytes, start, end, (byte) => byte === space || byte === newline, false);

/** Quoted texts, numbers and comments. An open quotation mark reaches to the end. */
const sql: Parts = (bytes, start, end) => {
  const parts: Part[] = [];
  let i = start;
  while (i < end) {
    const byte = bytes[i]!;
    const to = byte === apostrophe || byte === quote || byte === 0x60 ? closing(bytes, i, end)
      : isComment(bytes, i, end) ? commentEnd(bytes, i, end)
      : isDigit(byte) && !(i > start && isWord(bytes[i - 1]!)) ? numberEnd(bytes, i, end) : i;
    if (to === i) { i++; continue; }
    // Quotation marks themselves stay; a name in double quotes or back-ticks may be a column, or (MySQL) a value: it counts as one.
    const isQuoted = to > i && (byte === apostrophe || byte === quote || byte === 0x60);
    const inner = isQuoted ? { start: i + 1, end: to > i + 1 && bytes[to - 1] === byte ? to - 1 : to } : { start: i, end: to };
    if (inner.end > inner.start && byte !== 0x60) parts.push(inner);
    i = to;
  }
  return parts;
};

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isWord = (byte: number): boolean => isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) || byte === 0x5f || byte === 0x24 || byte === 0x3a || byte === at || byte > 0x7f;

/** Behind the closing mark; a doubled mark and one behind a backslash do not close. */
function closing(bytes: Uint8Array, from: number, end: number): number {
  const mark = bytes[from]!;
  for (let i = from + 1; i < end; i++) {
    if (bytes[i] === backslash) { i++; continue; }
    if (bytes[i] !== mark) continue;
    if (bytes[i + 1] !== mark || i + 1 >= end) return i + 1;
    i++;
  }
  return end;
}

const isComment = (bytes: Uint8Array, i: number, end: number): boolean => i + 1 < end && ((bytes[i] === dash && bytes[i + 1] === dash) || (bytes[i] === slash && bytes[i + 1] === star));

function commentEnd(bytes: Uint8Array, from: number, end: number): number {
  if (bytes[from] === dash) return indexOf(bytes, newline, from, end);
  for (let i = from + 2; i + 1 < end; i++) if (bytes[i] === star && bytes[i + 1] === slash) return i + 2;
  return end;
}

function numberEnd(bytes: Uint8Array, from: number, end: number): number {
  let i = from;
  while (i < end && (isWord(bytes[i]!) || (bytes[i] === 0x2e && i + 1 < end && isDigit(bytes[i + 1]!)))) i++;
  return i;
}

/** What of a value is sensitive, in order, none overlapping. */
export const partsOf: Readonly<Record<SensitiveTreatment, Parts>> = { value: whole, query, url, sql, cookies, arguments: commandArguments };
