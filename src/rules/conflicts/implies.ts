// Does one condition follow from another? Answers yes only where it is sure for every value that a record may hold, null and
// text of other case included; no means not known. KQL's rules: `has`, `contains`, `startswith`, `endswith` and `=~` ignore case,
// `==`, `in` and the _cs forms do not; every one of these is false for a missing field.
import type { Expr } from '../../kql/index.ts';
import { conjuncts, textOf } from './predicate.ts';

/** The parts of `a or b` (`a and b`); null for anything else. */
export const partsOf = (expr: Expr, name: 'and' | 'or'): readonly Expr[] | null => (expr.k === 'call' && expr.fn === name ? expr.args : null);

/** Whether records that fulfil all of `given` fulfil `wanted`. */
export function implied(given: readonly Expr[], wanted: Expr): boolean {
  if (wanted.k === 'literal') return wanted.value === true;
  const both = partsOf(wanted, 'and');
  if (both !== null) return both.every((part) => implied(given, part));
  if (partsOf(wanted, 'or')?.some((part) => implied(given, part)) === true) return true;
  return given.some((one) => impliesOne(one, wanted)) || impliedByRange(given, wanted);
}

function impliesOne(given: Expr, wanted: Expr): boolean {
  if (textOf(given) === textOf(wanted)) return true;
  const either = partsOf(given, 'or');
  if (either !== null) return either.every((part) => implied(conjuncts(part), wanted));
  const [a, b] = [atomOf(given), atomOf(wanted)];
  return a !== null && b !== null && a.term === b.term && atomImplies(a, b);
}

/** `term op literals`. */
interface Atom { readonly term: string; readonly fn: string; readonly values: readonly Literal[]; /** KQL type of the term. */ readonly type: string }
type Literal = string | number | boolean;

const mirrored: Readonly<Record<string, string>> = { '==': '==', '!=': '!=', '=~': '=~', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

export function atomOf(expr: Expr): Atom | null {
  if (expr.k !== 'call' || expr.args.length < 1) return null;
  const [first, ...rest] = expr.args as [Expr, ...Expr[]];
  if (first.k === 'literal' && rest.length === 1 && mirrored[expr.fn] !== undefined && rest[0]!.k !== 'literal') return atomOf({ ...expr, fn: mirrored[expr.fn]!, args: [rest[0]!, first] });
  if (first.k === 'literal') return null;
  const values = rest.map(literalOf);
  return values.some((value) => value === null) ? null : { term: textOf(first), fn: expr.fn, values: values as Literal[], type: first.type };
}

/** Text, numbers and truth values. Times and other types are compared as whole expressions only. */
function literalOf(expr: Expr): Literal | null {
  if (expr.k !== 'literal') return null;
  const { type, value } = expr;
  if (type === 'string') return typeof value === 'string' ? value : null;
  if (type === 'bool') return typeof value === 'boolean' ? value : null;
  return (type === 'long' || type === 'int' || type === 'real') && typeof value === 'number' && Number.isFinite(value) ? value : null;
}

const lower = (value: Literal): string => String(value).toLowerCase();

/** What a text must be, hold, or begin with, when the condition is true. `cs`: to the letter. */
interface Shape { readonly kind: 'is' | 'contains' | 'starts' | 'ends' | 'has'; readonly cs: boolean; readonly texts: readonly string[] }

const textShapes: Readonly<Record<string, readonly [Shape['kind'], boolean]>> = {
  '==': ['is', true], in: ['is', true], '=~': ['is', false], 'in~': ['is', false], contains: ['contains', false], contains_cs: ['contains', true],
  startswith: ['starts', false], startswith_cs: ['starts', true], endswith: ['ends', false], endswith_cs: ['ends', true], has: ['has', false], has_cs: ['has', true], has_any: ['has', false],
};

/** The true condition as alternatives of one shape; null for conditions about other things than text. */
function shapeOf({ fn, values }: Atom): Shape | null {
  const known = textShapes[fn];
  return known === undefined || values.length === 0 || !values.every((value) => typeof value === 'string') ? null : { kind: known[0], cs: known[1], texts: values as string[] };
}

function atomImplies(given: Atom, wanted: Atom): boolean {
  const [a, b] = [shapeOf(given), shapeOf(wanted)];
  if (a !== null && b !== null) return a.texts.every((text) => b.texts.some((other) => textImplies({ ...a, texts: [text] }, text, { ...b, texts: [other] }, other)));
  if (a !== null && a.kind === 'is') return isImplies(a, wanted);
  return numberImplies(given, wanted);
}

/** One alternative against one alternative. */
function textImplies(a: Shape, text: string, b: Shape, other: string): boolean {
  if (b.cs && !a.cs) return false;
  const [have, want] = b.cs ? [text, other] : [lower(text), lower(other)];
  switch (b.kind) {
    case 'is': return a.kind === 'is' && have === want && want !== '';
    case 'contains': return want !== '' && have.includes(want);
    case 'starts': return want !== '' && (a.kind === 'is' || a.kind === 'starts') && have.startsWith(want);
    case 'ends': return want !== '' && (a.kind === 'is' || a.kind === 'ends') && have.endsWith(want);
    case 'has': return want !== '' && ((a.kind === 'has' && have === want) || (a.kind === 'is' && hasTerm(have, want)));
  }
}

/** `want` in `have` with no letter or digit of ASCII on either side: then `has` is true in every reading of what a term is. */
function hasTerm(have: string, want: string): boolean {
  if (!/^[a-z0-9]+$/i.test(want) || !/^[\x20-\x7e]*$/.test(have)) return false;
  return have.split(/[^a-z0-9]+/i).includes(want);
}

/** The text is one of a few: what else is sure then. */
function isImplies({ texts, cs }: Shape, { fn, values, type }: Atom): boolean {
  if (fn === '!=' || fn === '!in') return values.every((value) => typeof value === 'string' && texts.every((text) => lower(text) !== lower(value) || (cs && text !== value)));
  if (fn === '!~' || fn === '!in~') return values.every((value) => typeof value === 'string' && texts.every((text) => lower(text) !== lower(value)));
  return fn === 'isnotempty' && type === 'string' && texts.every((text) => text !== '');
}

/** Where numbers that fulfil a condition lie; null for what is no comparison with numbers. */
interface Interval { readonly low: number; readonly lowOpen: boolean; readonly high: number; readonly highOpen: boolean }

function intervalOf({ fn, values, type }: Atom): Interval | null {
  if (type === 'string' || values.length === 0 || !values.every((value) => typeof value === 'number')) return null;
  const [a, b] = values as readonly number[];
  const whole = { low: -Infinity, lowOpen: false, high: Infinity, highOpen: false };
  switch (fn) {
    case '==': case 'in': return { low: Math.min(...values as number[]), lowOpen: false, high: Math.max(...values as number[]), highOpen: false };
    case '<': return { ...whole, high: a!, highOpen: true };
    case '<=': return { ...whole, high: a! };
    case '>': return { ...whole, low: a!, lowOpen: true };
    case '>=': return { ...whole, low: a! };
    case 'between': return b === undefined ? null : { low: a!, lowOpen: false, high: b, highOpen: false };
    default: return null;
  }
}

/** For columns and conversions that are numbers; a dynamic may hold text, which compares by other rules. */
const isNumeric = (type: string): boolean => type === 'int' || type === 'long' || type === 'real';

function numberImplies(given: Atom, wanted: Atom): boolean {
  if (!isNumeric(given.type)) return false;
  const have = intervalOf(given);
  if (have === null) return false;
  if ((given.fn === '==' || given.fn === 'in') && (wanted.fn === 'in' || wanted.fn === '==')) return given.values.every((value) => wanted.values.includes(value));
  if (wanted.fn === '!=' || wanted.fn === '!in') return wanted.values.every((value) => typeof value === 'number' && outside(value, given, have));
  const want = wanted.fn === '==' || wanted.fn === 'in' ? null : intervalOf(wanted);
  return want !== null && within(have, want);
}

const outside = (value: number, { fn, values }: Atom, have: Interval): boolean =>
  (fn === '==' || fn === 'in' ? !values.includes(value) : value < have.low || value > have.high || (value === have.low && have.lowOpen) || (value === have.high && have.highOpen));

const within = (have: Interval, want: Interval): boolean =>
  (have.low > want.low || (have.low === want.low && (have.lowOpen || !want.lowOpen))) && (have.high < want.high || (have.high === want.high && (have.highOpen || !want.highOpen)));

/** `x > 5 and x < 9` gives `x between (5 .. 9)`. */
function impliedByRange(given: readonly Expr[], wanted: Expr): boolean {
  const atom = atomOf(wanted);
  const want = atom === null || atom.fn !== 'between' || !isNumeric(atom.type) ? null : intervalOf(atom);
  if (atom === null || want === null) return false;
  const about = given.flatMap((one) => { const known = atomOf(one); return known !== null && known.term === atom.term ? intervalOf(known) ?? [] : []; });
  return about.some((have) => within(have, { ...want, high: Infinity, highOpen: false })) && about.some((have) => within(have, { ...want, low: -Infinity, lowOpen: false }));
}

const opposites: Readonly<Record<string, string>> = { '==': '!=', '!=': '==', in: '!in', '!in': 'in', '=~': '!~', '!~': '=~', 'in~': '!in~', '!in~': 'in~', '<': '>=', '>=': '<', '>': '<=', '<=': '>', contains: '!contains', '!contains': 'contains', has: '!has', '!has': 'has', startswith: '!startswith', '!startswith': 'startswith' };

/** A condition such that no record fulfils both; null when none is known. */
export function opposite(condition: Expr): Expr | null {
  const fn = condition.k === 'call' ? opposites[condition.fn] : undefined;
  return condition.k !== 'call' || fn === undefined ? null : { ...condition, fn };
}

interface Fixed { readonly term: string; readonly texts: readonly string[] }

/** The fields that a condition fixes to some texts, with these in lower case. Of an `or`, those that each of its parts fixes. */
export function fixedTexts(condition: Expr): readonly Fixed[] {
  const both = partsOf(condition, 'and');
  if (both !== null) return both.flatMap(fixedTexts);
  const either = partsOf(condition, 'or')?.map(fixedTexts);
  if (either !== undefined) {
    return (either[0] ?? []).flatMap(({ term }) => {
      const each = either.map((part) => part.find((one) => one.term === term)?.texts);
      return each.every((texts) => texts !== undefined) ? [{ term, texts: each.flat() }] : [];
    });
  }
  const atom = atomOf(condition);
  const shape = atom === null ? null : shapeOf(atom);
  return atom === null || shape === null || shape.kind !== 'is' ? [] : [{ term: atom.term, texts: shape.texts.map(lower) }];
}
