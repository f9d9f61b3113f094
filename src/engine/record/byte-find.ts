// `contains` and the operators for terms on bytes. What can be found in one piece is found by skipping; what cannot, since
// letters beyond ASCII fold to letters of it, is scanned byte by byte, and only where its unambiguous part is there.
import { foldedAt, lower, sameAt, type ByteMatch } from './byte-compare.ts';
import { ByteSearch } from './byte-search.ts';
import { unambiguousPart } from './folding.ts';

interface Edges { readonly start: boolean; readonly end: boolean }
const isWord = (byte: number): boolean => (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);

/** `wanted` is in lower case unless `cased`. */
export function contains(wanted: Uint8Array, cased: boolean): ByteMatch {
  const { search, exact } = searchFor(wanted, cased);
  if (search === null || !exact) return guarded(search, scanContains(wanted, cased));
  return (bytes, start, end) => (search.find(bytes, start, end) < 0 ? 0 : 1);
}

/** `has`, `hasprefix`, `hassuffix`: a term must start, end, or do both, where the text is found. */
export function hasTerm(wanted: Uint8Array, cased: boolean, startEdge: boolean, endEdge: boolean): ByteMatch {
  const edges: Edges = { start: startEdge && isWord(wanted[0]!), end: endEdge && isWord(wanted[wanted.length - 1]!) };
  const { search, exact } = searchFor(wanted, cased);
  if (search === null || !exact) return guarded(search, scanTerm(wanted, cased, edges));
  return (bytes, start, end) => {
    let unknown = 0;
    for (let at = search.find(bytes, start, end); at >= 0; at = search.find(bytes, at + 1, end)) {
      const bounded = boundedAt(bytes, start, end, at, wanted.length, edges);
      if (bounded > 0) return 1;
      if (bounded < 0) unknown = 1;
    }
    return -unknown;
  };
}

/** A search for all of the text (`exact`) or for a part without which there is no match; null when there is no such part. */
function searchFor(wanted: Uint8Array, cased: boolean): { readonly search: ByteSearch | null; readonly exact: boolean } {
  const part = cased ? wanted : unambiguousPart(wanted);
  if (part.length === 0) return { search: null, exact: false };
  const search = new ByteSearch(part, cased);
  return { search, exact: search.length === wanted.length };
}

const guarded = (search: ByteSearch | null, scan: ByteMatch): ByteMatch =>
  (search === null ? scan : (bytes, start, end) => (search.find(bytes, start, end) < 0 ? 0 : scan(bytes, start, end)));

/** A boundary is settled by a neighbour in ASCII only: -1 when one beyond it decides. */
function boundedAt(bytes: Uint8Array, start: number, end: number, at: number, length: number, edges: Edges): number {
  const before = edges.start && at > start ? bytes[at - 1]! : 32;
  const after = edges.end && at + length < end ? bytes[at + length]! : 32;
  if (isWord(before) || isWord(after)) return 0;
  return before <= 127 && after <= 127 ? 1 : -1;
}

/** Byte by byte: for what cannot be found in one piece. */
function scanContains(wanted: Uint8Array, cased: boolean): ByteMatch {
  const first = wanted[0]!;
  return (bytes, start, end) => {
    let foreign = 0;
    const last = end - wanted.length;
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      if (byte > 127) foreign = 1;
      if (at > last || (cased ? byte : lower(byte)) !== first) continue;
      if (cased ? sameAt(bytes, at, wanted) : foldedAt(bytes, at, wanted) === 1) return 1;
    }
    return cased ? 0 : -foreign;
  };
}

/** The same, for terms. `edges` says where one must end. */
function scanTerm(wanted: Uint8Array, cased: boolean, edges: Edges): ByteMatch {
  const first = wanted[0]!;
  return (bytes, start, end) => {
    let unknown = 0;
    const last = end - wanted.length;
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      if (byte > 127 && !cased) unknown = 1;
      if (at > last || (cased ? byte : lower(byte)) !== first) continue;
      if (!(cased ? sameAt(bytes, at, wanted) : foldedAt(bytes, at, wanted) === 1)) continue;
      const bounded = boundedAt(bytes, start, end, at, wanted.length, edges);
      if (bounded > 0) return 1;
      if (bounded < 0) unknown = 1;
    }
    return -unknown;
  };
}
