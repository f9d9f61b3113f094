// What a record must hold for a rule to match at all, in a form that one look answers for many rules: a field that equals one
// of some texts, or one that has one of some texts in it. Says too much rather than too little: the rule itself decides.
import { encodeUtf8 } from '../../../base/index.ts';
import type { Expr } from '../../../kql/index.ts';
import { hashBytes } from '../../../otlp/index.ts';
import { literalText, regexLiteral, type Bindings } from '../../record/index.ts';
import { fieldOf, type Field } from './field.ts';
import type { Condition } from './rule-keys.ts';

export type Gate =
  /** Hashes of whole texts. */
  | { readonly kind: 'equals'; readonly field: Field; readonly hashes: readonly number[] }
  /** ASCII in lower case, in either case in the record. A field with letters beyond ASCII that fold into it says nothing. */
  | { readonly kind: 'holds'; readonly field: Field; readonly texts: readonly Uint8Array[] };

/** A shorter text is found too often to be worth a look. */
const minBytes = 3;
const maxTexts = 64;

/** The gate of a rule with these clauses, or null when none of them gives one. */
export function gateOf(clauses: readonly Condition[]): Gate | null {
  const found = clauses.flatMap(({ expr, bindings }) => (expr === null ? [] : gateIn(expr, bindings) ?? []));
  return found.reduce<Gate | null>((best, one) => (best === null || worth(one) > worth(best) ? one : best), null);
}

/** Equality tells most, then the longest text. */
const worth = (gate: Gate): number => (gate.kind === 'equals' ? 1000 : Math.min(...gate.texts.map((text) => text.length)));

function gateIn(expr: Expr, bindings: Bindings): Gate | null {
  if (expr.k !== 'call') return null;
  if (expr.fn === 'and') return gateOf(expr.args.map((arg) => ({ expr: arg, bindings })));
  if (expr.fn === 'or') return expr.args.map((arg) => gateIn(arg, bindings)).reduce((a, b) => (a === null || b === null ? null : either(a, b)));
  const [subject, ...rest] = expr.args;
  const field = subject === undefined ? null : fieldOf(subject, bindings);
  const texts = rest.map(literalText);
  return field === null || !texts.every((text) => text !== null) ? null : ofOperator(expr.fn, field, texts);
}

/** Both of one kind and about one field, or nothing. */
function either(a: Gate, b: Gate): Gate | null {
  if (a.field.id !== b.field.id) return null;
  if (a.kind === 'equals' && b.kind === 'equals') return { ...a, hashes: [...a.hashes, ...b.hashes] };
  return a.kind === 'holds' && b.kind === 'holds' && a.texts.length + b.texts.length <= maxTexts ? { ...a, texts: [...a.texts, ...b.texts] } : null;
}

const searches = /^(=~|in~|has_any|(contains|startswith|endswith|has|hasprefix|hassuffix)(_cs)?)$/;

function ofOperator(fn: string, field: Field, texts: readonly string[]): Gate | null {
  if (fn === '==' || fn === 'in') return equalsOneOf(field, texts);
  if (fn === 'matches regex' && texts.length === 1) return holdsOneOf(field, [regexLiteral(texts[0]!)]);
  if (fn === 'has_all') return texts.map((text) => holdsOneOf(field, [text])).reduce((a, b) => (a !== null && (b === null || worth(a) >= worth(b)) ? a : b), null);
  return searches.test(fn) && texts.length <= maxTexts ? holdsOneOf(field, texts) : null;
}

/** The rule index goes by keys already. An absent field equals the empty text; U+FFFD also stands for bytes that are no UTF-8. */
function equalsOneOf(field: Field, texts: readonly string[]): Gate | null {
  if (field.isKey || texts.some((text) => text === '' || !text.isWellFormed() || text.includes('\ufffd'))) return null;
  return { kind: 'equals', field, hashes: texts.map((text) => hashBytes(encodeUtf8(text)) | 0) };
}

function holdsOneOf(field: Field, texts: readonly string[]): Gate | null {
  const pieces = texts.map(longestPiece);
  return pieces.length > 0 && pieces.every((piece) => piece.length >= minBytes) ? { kind: 'holds', field, texts: pieces } : null;
}

/** The longest part of a text that has no letters beyond ASCII. */
function longestPiece(text: string): Uint8Array {
  const piece = text.toLowerCase().split(/[^ -~]+/).reduce((longest, one) => (one.length > longest.length ? one : longest), '');
  return encodeUtf8(piece);
}
