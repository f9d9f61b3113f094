// Names of places: hosts, URLs, paths, e-mail addresses. Each function says where one ends; positions in bytes; linear.
import { classes, isAlnum, isDigit, joiner, letter, space } from './byte-class.ts';
import { WordSet } from './word-set.ts';

const stops = (texts: string): Uint8Array => { const set = new Uint8Array(256); for (let i = 0; i < texts.length; i++) set[texts.charCodeAt(i)] = 1; return set; };
const quote = 0x22, dot = 0x2e, slash = 0x2f, colon = 0x3a, openSquare = 0x5b, backslash = 0x5c;
const pathStop = stops('"\'`,;|()[]{}<>:');
const urlStop = stops('"\'`|()[]{}<>');
const capitals = Uint8Array.from({ length: 256 }, (_, byte) => Number((byte >= 0x41 && byte <= 0x5a) || (byte >= 0xc0 && byte <= 0xde && byte !== 0xd7)));

/** The end of the path that begins at `at`, without the full stop or colon of a sentence behind it, but with `:12` of a line. */
export function pathEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && classes[bytes[i]!] !== space) {
    if (pathStop[bytes[i]!] === 0 || isInside(bytes, i, end)) { i++; continue; }
    const shut = bytes[i] === openSquare && bytes[i - 1] === slash ? bracketEnd(bytes, i, end) : i;
    if (shut === i) break;
    i = shut;
  }
  while (i > at + 1 && bytes[i - 1] === 0x2e) i--;
  return i;
}

/** Longest part of a path in brackets. */
const longestBracket = 64;

/** Behind the bracket that closes the one at `at`; `at` when none does soon. */
function bracketEnd(bytes: Uint8Array, at: number, end: number): number {
  for (let i = at + 1; i < end && i - at < longestBracket && classes[bytes[i]!] !== space; i++) if (bytes[i] === 0x5d) return i + 1;
  return at;
}

/** A colon or an angle within a path: a line number, a drive, a route's parameter. */
const isInside = (bytes: Uint8Array, at: number, end: number): boolean => bytes[at] === colon && at + 1 < end && (isAlnum(bytes[at + 1]) || bytes[at + 1] === 0x2f || bytes[at + 1] === backslash);

/** The end of a URL whose scheme ends at `at`. */
export function urlEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && classes[bytes[i]!] !== space && urlStop[bytes[i]!] === 0) i++;
  while (i > at && (bytes[i - 1] === 0x2e || bytes[i - 1] === 0x2c || bytes[i - 1] === 0x3b || bytes[i - 1] === colon)) i--;
  return i;
}

/** The end of a Windows path; a blank belongs to it when a backslash follows before the next blank. */
export function windowsPathEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = pathEnd(bytes, at, end);
  while (i < end && bytes[i] === 0x20) {
    const next = pathEnd(bytes, i + 1, end);
    if (!hasBackslash(bytes, i + 1, next)) return i;
    i = next;
  }
  return i;
}

function hasBackslash(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] === backslash) return true;
  return false;
}

/** The end of a host or address part: letters, digits, joiners. */
export function nameEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && (isAlnum(bytes[i]) || classes[bytes[i]!] === joiner)) i++;
  while (i > at && classes[bytes[i - 1]!] === joiner) i--;
  return i;
}

const domains = new WordSet('com net org edu gov mil info biz local localdomain internal lan corp home arpa io dev app cloud');
const packages = new WordSet('com net org edu io');
const seconds = new WordSet('com co net org edu ac gov go or ne com');
const sources = new WordSet('c cc cpp cxx h hpp java py go js mjs ts tsx jsx rb rs cs php scala kt m mm pl swift sh sql lua ex erl hs vb dll so exe jar log txt json xml yaml yml conf cfg ini html css');

/** Whether the lower-case labels in out[from, to) are a host's; `withPort`: a colon and a number follow. */
export function isHost(out: Uint8Array, from: number, to: number, withPort: boolean): boolean {
  if (to - from > 255) return false;
  const last = labelStart(out, from, to);
  // Java's and Apple's names begin where hosts end.
  if (!withPort && packages.has(out, from, labelEnd(out, from, to))) return false;
  if (domains.hasInAnyCase(out, last, to)) return last > from;
  const second = labelStart(out, from, last - 1);
  if (to - last === 2 && second > from && seconds.has(out, second, last - 1)) return true;
  return withPort && isHostLabel(out, last, to) && !hasCapitals(out, from, to);
}

/** Whether a port may follow the last label of a host: a file of a program's source has line numbers there. */
const isHostLabel = (out: Uint8Array, from: number, to: number): boolean => to - from >= 2 && to - from <= 12 && !sources.hasInAnyCase(out, from, to);

/** Where the label begins that ends at `to`. */
function labelStart(out: Uint8Array, from: number, to: number): number {
  let at = to;
  while (at > from && out[at - 1] !== dot) at--;
  return at;
}

function labelEnd(out: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && out[at] !== dot) at++;
  return at;
}

/** Capitals of ASCII, and bytes that would be some in Latin-1. */
function hasCapitals(out: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (capitals[out[i]!] === 1) return true;
  return false;
}

/** Whether the value bytes[from, to) ends like a host: with a dot and a known domain, or with a label and a port. */
export function endsLikeHost(bytes: Uint8Array, from: number, to: number): boolean {
  let end = to;
  while (end > from && isDigit(bytes[end - 1])) end--;
  const withPort = end < to && bytes[end - 1] === colon;
  if (withPort) end--;
  else end = to;
  let label = end;
  while (label > from && isLetter(bytes[label - 1]!)) label--;
  if (label === end || end - label > 12 || bytes[label - 1] !== 0x2e || label <= from) return false;
  return withPort || domains.hasInAnyCase(bytes, label, end);
}

const isLetter = (byte: number): boolean => classes[byte] === letter && byte < 0x80;

/** Whether `:` and a number stand at `at`. */
export const isPort = (bytes: Uint8Array, at: number, end: number): boolean => bytes[at] === colon && at + 1 < end && isDigit(bytes[at + 1]);

/** The place behind the closing quote of a text that begins behind `at`; -1 when it is not closed. A backslash or a doubled quote escapes. */
export function quotedEnd(bytes: Uint8Array, at: number, end: number): number {
  const mark = bytes[at]!;
  for (let i = at + 1; i < end; i++) {
    if (bytes[i] === 0x0a) return -1;
    if (bytes[i] === backslash) { i++; continue; }
    if (bytes[i] === mark && !(mark === quote && bytes[i + 1] === quote && isAlnum(bytes[i + 2]))) return i + 1;
  }
  return -1;
}
