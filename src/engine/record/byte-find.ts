// `contains` and the operators for terms on bytes, found by skipping. Two letters beyond ASCII fold to letters of it; where
// one of them is in the text and could matter, the answer is unknown.
import { encodeUtf8 } from '../../base/index.ts';
import type { ByteMatch } from './byte-compare.ts';
import { ByteSearch } from './byte-search.ts';
import { dottedI, kelvin } from './folding.ts';

interface Edges { readonly start: boolean; readonly end: boolean }
const isWord = (byte: number): boolean => (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);

/** `wanted` is in lower case unless `cased`; so it is below. */
export function contains(wanted: Uint8Array, cased: boolean): ByteMatch {
  const search = new ByteSearch(wanted, cased);
  const otherwise = foldsInto(wanted, cased);
  return (bytes, start, end) => (search.find(bytes, start, end) >= 0 ? 1 : otherwise(bytes, start, end));
}

/** `has`, `hasprefix`, `hassuffix`: a term must start, end, or do both, where the text is found. */
export function hasTerm(wanted: Uint8Array, cased: boolean, startEdge: boolean, endEdge: boolean): ByteMatch {
  const edges: Edges = { start: startEdge && isWord(wanted[0]!), end: endEdge && isWord(wanted[wanted.length - 1]!) };
  const search = new ByteSearch(wanted, cased);
  const otherwise = foldsInto(wanted, cased);
  return (bytes, start, end) => {
    let unknown = false;
    for (let at = search.find(bytes, start, end); at >= 0; at = search.next(bytes, at, end)) {
      const bounded = boundedAt(bytes, start, end, at, wanted.length, edges);
      if (bounded > 0) return 1;
      if (bounded < 0) unknown = true;
    }
    return unknown ? -1 : otherwise(bytes, start, end);
  };
}

/** For texts without the bytes of `wanted`: unknown (-1) when a letter is there that folds to one of `wanted`, else no (0). */
function foldsInto(wanted: Uint8Array, cased: boolean): ByteMatch {
  if (cased) return () => 0;
  const letters = [wanted.includes(107) ? [kelvin] : [], wanted[wanted.length - 1] === 105 ? [dottedI] : []].flat();
  if (letters.length === 0) return () => 0;
  const searches = letters.map((letter) => new ByteSearch(encodeUtf8(letter), true));
  return (bytes, start, end) => (beyondAscii(bytes, start, end) && searches.some((search) => search.find(bytes, start, end) >= 0) ? -1 : 0);
}

function beyondAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at]! > 127) return true;
  return false;
}

/** A boundary is settled by a neighbour in ASCII only: -1 when one beyond it decides. */
function boundedAt(bytes: Uint8Array, start: number, end: number, at: number, length: number, edges: Edges): number {
  const before = edges.start && at > start ? bytes[at - 1]! : 32;
  const after = edges.end && at + length < end ? bytes[at + length]! : 32;
  if (isWord(before) || isWord(after)) return 0;
  return before <= 127 && after <= 127 ? 1 : -1;
}
