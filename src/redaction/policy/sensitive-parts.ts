// Which parts of a value are sensitive under a key that semantic conventions know: names of parameters and cookies, paths and
// keywords stay, so that the record still says what happened. One pass over the bytes each.
import type { SensitiveTreatment } from './sensitive-keys.ts';

/** Bytes from `start` up to `end`. */
export interface Part { readonly start: number; readonly end: number }

type Parts = (bytes: Uint8Array, start: number, end: number) => readonly Part[];

const code = (char: string): number => char.charCodeAt(0);
const [ampersand, semicolon, equals, question, hash, slash, at, apostrophe, quote, space, backslash, dash, star, newline, colon, dollar] = ['&', ';', '=', '?', '#', '/', '@', "'", '"', ' ', '\\', '-', '*', '\n', ':', '$'].map(code) as [number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, number];

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

/** User-info, parameters of the path, the query's values and the fragment. */
const url: Parts = (bytes, start, end) => {
  const at = userInfoEnd(bytes, start, end);
  const from = at?.end ?? start;
  const questionAt = indexOf(bytes, question, from, end);
  const hashAt = indexOf(bytes, hash, from, end);
  const queryParts = questionAt < hashAt ? query(bytes, questionAt + 1, hashAt) : [];
  return [...(at === null ? [] : whole(bytes, at.start, at.end)), ...pathParameters(bytes, from, Math.min(questionAt, hashAt)), ...queryParts, ...whole(bytes, Math.min(end, hashAt + 1), end)];
};

/** Browsers read `\\` as `/`. */
const isSlash = (byte: number): boolean => byte === slash || byte === backslash;

/** From the two slashes to the last `@` before the next one; null without one. */
function userInfoEnd(bytes: Uint8Array, start: number, end: number): Part | null {
  let from = start;
  const stop = Math.min(indexOf(bytes, question, start, end), indexOf(bytes, hash, start, end));
  while (from < stop && !(isSlash(bytes[from]!) && from + 1 < stop && isSlash(bytes[from + 1]!))) from++;
  if (from >= stop) return null;
  while (from < end && isSlash(bytes[from]!)) from++;
  // A password may hold `?` and `#` as it is: then it begins before them, behind a colon that no port stands behind.
  const limit = isOpenPassword(bytes, from, stop) ? end : stop;
  let last = -1;
  for (let i = from; i < limit && !isSlash(bytes[i]!); i++) if (bytes[i] === at) last = i;
  return last < 0 ? null : { start: from, end: last };
}

function isOpenPassword(bytes: Uint8Array, from: number, stop: number): boolean {
  let i = from;
  while (i < stop && bytes[i] !== colon && !isSlash(bytes[i]!)) i++;
  if (i >= stop || bytes[i] !== colon) return false;
  let isPort = i + 1 < stop;
  for (i++; i < stop && !isSlash(bytes[i]!); i++) if (!isDigit(bytes[i]!)) isPort = false;
  return i === stop && !isPort;
}

/** `/cart;jsessionid=…`: what parameters of a path's pieces are set to. */
function pathParameters(bytes: Uint8Array, start: number, end: number): readonly Part[] {
  const parts: Part[] = [];
  for (let i = indexOf(bytes, semicolon, start, end); i < end;) {
    const to = indexOf(bytes, slash, i, end);
    parts.push(...assigned(bytes, i + 1, to, (byte) => byte === semicolon, true));
    i = indexOf(bytes, semicolon, to, end);
  }
  return parts;
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
    const literal = literalAt(bytes, i, start, end);
    if (literal === null) { i++; continue; }
    if (literal.part.end > literal.part.start) parts.push(literal.part);
    i = literal.to;
  }
  return parts;
};

/** What is sensitive of what begins at `i`, and where it ends; null when nothing does. */
function literalAt(bytes: Uint8Array, i: number, start: number, end: number): { readonly part: Part; readonly to: number } | null {
  const byte = bytes[i]!;
  const isBehindWord = i > start && isWord(bytes[i - 1]!);
  if (byte === dollar && !isBehindWord) return dollarQuoted(bytes, i, end);
  if (byte === apostrophe && isOracleQuote(bytes, i, start)) return oracleQuoted(bytes, i, end);
  if (byte === apostrophe || byte === quote || byte === backtick) {
    const to = closing(bytes, i, end);
    // Quotation marks themselves stay; a name in double quotes may be a column, or (MySQL) a value: it counts as one. Back-ticks name columns.
    const inner = { start: i + 1, end: to > i + 1 && bytes[to - 1] === byte ? to - 1 : to };
    return { part: byte === backtick ? { start: i, end: i } : inner, to };
  }
  const to = isComment(bytes, i, end) ? commentEnd(bytes, i, end) : isDigit(byte) && !isBehindWord ? numberEnd(bytes, i, end) : i;
  return to === i ? null : { part: { start: i, end: to }, to };
}

const backtick = 0x60;

/** PostgreSQL: `$$…$$`, `$name$…$name$`. `$1` is a parameter. */
function dollarQuoted(bytes: Uint8Array, i: number, end: number): { readonly part: Part; readonly to: number } | null {
  let open = i + 1;
  while (open < end && bytes[open] !== dollar && isWord(bytes[open]!)) open++;
  if (open >= end || bytes[open] !== dollar || isDigit(bytes[i + 1]!)) return null;
  const inner = open + 1;
  for (let from = inner; from < end; from++) {
    if (bytes[from] !== dollar || from + (open - i) >= end || bytes[from + (open - i)] !== dollar) continue;
    if (bytes.subarray(i, open).every((byte, spot) => byte === bytes[from + spot])) return { part: { start: inner, end: from }, to: from + (open - i) + 1 };
  }
  return { part: { start: inner, end }, to: end };
}

/** `q'`, `Q'`, `nq'`, with no letter before. */
function isOracleQuote(bytes: Uint8Array, i: number, start: number): boolean {
  if (i - 1 < start || (bytes[i - 1]! | 0x20) !== 0x71) return false;
  const before = i - 2 >= start && (bytes[i - 2]! | 0x20) === 0x6e ? i - 3 : i - 2;
  return before < start || !isWord(bytes[before]!);
}

const closers: ReadonlyMap<number, number> = new Map(['[]', '{}', '()', '<>'].map((pair) => [pair.charCodeAt(0), pair.charCodeAt(1)]));

/** Oracle: `q'[…]'`, and any other mark on both sides. */
function oracleQuoted(bytes: Uint8Array, i: number, end: number): { readonly part: Part; readonly to: number } {
  const mark = bytes[i + 1] ?? 0;
  const closer = closers.get(mark) ?? mark;
  const inner = Math.min(end, i + 2);
  for (let spot = inner; spot + 1 < end; spot++) if (bytes[spot] === closer && bytes[spot + 1] === apostrophe) return { part: { start: inner, end: spot }, to: spot + 2 };
  return { part: { start: inner, end }, to: end };
}

/** What begins so is SQL; `SET`, `EXEC` and `COPY` begin commands of other databases too. */
const sqlStart = /^(?:select|with|values|update|merge|upsert|insert|delete\s{1,8}from|replace\s{1,8}into|create|alter|drop|truncate|grant|revoke|explain|analyze|vacuum|describe|show|use|declare|begin|start\s{1,8}transaction|commit|rollback|savepoint|release|prepare|call|fetch|lock|unlock|pragma|table)(?![\w.:])/i;
const longestStart = 64;

/** Other languages (`AUTH user secret`, `{"find": …}`) have literals that no mark tells: all of it counts. */
const statement: Parts = (bytes, start, end) => {
  let i = start;
  for (let before = -1; before !== i && i < end;) {
    before = i;
    if (isComment(bytes, i, end)) i = commentEnd(bytes, i, end);
    else if (bytes[i]! <= space || bytes[i] === 0x28 || bytes[i] === semicolon) i++;
  }
  const begins = String.fromCharCode(...bytes.subarray(i, Math.min(end, i + longestStart)));
  return i === end || sqlStart.test(begins) ? sql(bytes, start, end) : whole(bytes, start, end);
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

/** `#` is MySQL's. */
const isComment = (bytes: Uint8Array, i: number, end: number): boolean => bytes[i] === hash || (i + 1 < end && ((bytes[i] === dash && bytes[i + 1] === dash) || (bytes[i] === slash && bytes[i + 1] === star)));

function commentEnd(bytes: Uint8Array, from: number, end: number): number {
  if (bytes[from] !== slash) return indexOf(bytes, newline, from, end);
  for (let i = from + 2; i + 1 < end; i++) if (bytes[i] === star && bytes[i + 1] === slash) return i + 2;
  return end;
}

function numberEnd(bytes: Uint8Array, from: number, end: number): number {
  let i = from;
  while (i < end && (isWord(bytes[i]!) || (bytes[i] === 0x2e && i + 1 < end && isDigit(bytes[i + 1]!)))) i++;
  return i;
}

/** What of a value is sensitive, in order, none overlapping. */
export const partsOf: Readonly<Record<SensitiveTreatment, Parts>> = { value: whole, query, url, sql, statement, cookies, arguments: commandArguments };
