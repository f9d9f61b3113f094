// What a record must hold for a predicate to be true of it: a piece of text whose bytes lie somewhere in the record. A
// whole buffer is searched for it at once, and only records that have it are asked the predicate itself.
import { encodeUtf8 } from '../../base/index.ts';
import type { Expr } from '../../kql/index.ts';
import type { Signal } from '../../model/index.ts';
import { ByteSearch } from './byte-search.ts';
import { unambiguousPart } from './folding.ts';
import { literalText, unwrapped } from './text-literal.ts';

/** A search for less skips too little to beat a look at each record's own field. */
const minBytes = 8;

const textOperators: ReadonlySet<string> = new Set(['==', '=~', ...['contains', 'has', 'startswith', 'endswith', 'hasprefix', 'hassuffix'].flatMap((name) => [name, `${name}_cs`])]);
/** Columns whose text lies in the record itself, not in its resource, scope or metric, nor is put together. */
const ownColumns: Readonly<Record<Signal, readonly string[]>> = {
  logs: ['Body', 'SeverityText', 'EventName'], spans: ['Name', 'StatusMessage', 'TraceState'], metrics: [],
};

export interface RequiredText {
  /** The first place within bytes[start, end), or -1. */
  find(bytes: Uint8Array, start: number, end: number): number;
  /** Bytes of the piece. */
  readonly length: number;
}

/** Of several predicates that must all be true, the longest piece that any of them needs; null when none needs any. */
export function requiredText(conjuncts: readonly Expr[], signal: Signal): RequiredText | null {
  let best: RequiredText | null = null;
  for (const conjunct of conjuncts) {
    const one = ofPredicate(conjunct, signal);
    if (one !== null && one.length > (best?.length ?? 0)) best = one;
  }
  return best;
}

function ofPredicate(expr: Expr, signal: Signal): RequiredText | null {
  if (expr.k !== 'call' || expr.args.length !== 2 || !textOperators.has(expr.fn)) return null;
  const literal = literalText(expr.args[1]);
  if (literal === null || !isOwnText(unwrapped(expr.args[0]!), signal)) return null;
  const cased = expr.fn === '==' || expr.fn.endsWith('_cs');
  const piece = rawPieces(cased ? literal : literal.toLowerCase())
    .map((text) => (cased ? encodeUtf8(text) : unambiguousPart(encodeUtf8(text))))
    .reduce((longest, one) => (one.length > longest.length ? one : longest), new Uint8Array(0));
  if (piece.length < minBytes) return null;
  const search = new ByteSearch(piece, cased);
  return { length: piece.length, find: (bytes, start, end) => search.find(bytes, start, end) };
}

const isOwnText = (expr: Expr, signal: Signal): boolean =>
  (expr.k === 'column' ? ownColumns[signal].includes(expr.name) : expr.k === 'member' && expr.base.k === 'column' && expr.base.name === 'Attributes' && expr.key.k === 'literal' && typeof expr.key.value === 'string');

/**
 * Pieces of a text that are in a record as they stand even where the value is no string and was made into one: not
 * numbers or words that JSON writes, nothing of JSON's punctuation, and no head that could be the tail of an escape.
 */
export function rawPieces(text: string): readonly string[] {
  return text.split(/[^ !#-+\--9;-Z^-z|~]+/)
    .map((piece) => piece.replace(/^(?:u[0-9a-f]{0,4}|[0-9a-f]{1,4}|[nrt])/i, ''))
    .filter((piece) => !/^[0-9.e+-]*$/i.test(piece) && !['true', 'false', 'null', 'nan', 'infinity', '-infinity'].some((word) => word.includes(piece.toLowerCase())));
}
