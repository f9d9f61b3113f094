// Scalar expressions of the bound syntax tree to Plan expressions. What Weir does not run is reported with the nearest way to say it;
// lowering goes on behind it, so that a person sees all problems at once.
import type { Expr, KqlType } from '../plan.ts';
import { binaryByName, listByName } from '../catalogue/scalar-operators.ts';
import { kqlString } from '../literals.ts';
import { kindOf, textOf, typeOf, type Context } from './context.ts';
import { spanOf } from './diagnostics.ts';
import { replaceWith } from './fixes.ts';
import { lowerCall } from './lower-call.ts';
import { jsonInteger, lowerLiteral } from './lower-literal.ts';
import { key, lowerName, nothing } from './lower-names.ts';
import { separated, type KustoNode } from './port.ts';
import type { Scope } from './scope.ts';

/** Older spellings that the parser still takes. */
const operatorAliases: Readonly<Record<string, string>> = { '<>': '!=', 'notcontains': '!contains', 'notcontains_cs': '!contains_cs', 'containscs': 'contains_cs', '!containscs': '!contains_cs' };

/** Any expression; a missing or unsupported one is reported and stands as null. */
export function lowerExpression(context: Context, scope: Scope, node: KustoNode | null | undefined): Expr {
  context.size.spend(1);
  if (node === null || node === undefined || context.size.exceeded) return nothing;
  const literal = lowerLiteral(context, node);
  if (literal !== null) return literal;
  switch (kindOf(context, node)) {
    case 'ParenthesizedExpression': return lowerExpression(context, scope, node.Expression);
    case 'NameReference': return lowerName(context, scope, node);
    case 'PathExpression': return lowerPath(context, scope, node);
    case 'ElementExpression': return lowerElement(context, scope, node);
    case 'FunctionCallExpression': return lowerCall(context, scope, node);
    case 'UnaryMinusExpression': return negated(lowerExpression(context, scope, node.Expression), node);
    case 'UnaryPlusExpression': return lowerExpression(context, scope, node.Expression);
    case 'SimpleNamedExpression': return lowerExpression(context, scope, node.Expression);
    default: return lowerOperator(context, scope, node);
  }
}

function lowerPath(context: Context, scope: Scope, node: KustoNode): Expr {
  const base = lowerExpression(context, scope, node.Expression);
  const name = node.Selector?.SimpleName ?? textOf(context, node.Selector ?? node);
  warnDottedAttribute(context, base, node, name);
  return { k: 'member', type: 'dynamic', base, key: key(name) };
}

/** `Attributes.http.route` looks into a bag under the key `http`; OpenTelemetry's key is the flat `http.route`. */
function warnDottedAttribute(context: Context, base: Expr, node: KustoNode, name: string): void {
  if (base.k !== 'member' || base.base.k !== 'column' || base.key.k !== 'literal' || typeof base.key.value !== 'string' || node.Expression === undefined) return;
  const bag = base.base.name;
  if (bag !== 'Attributes' && bag !== 'Resource' && bag !== 'Agent') return;
  const flat = `${bag}[${kqlString(`${base.key.value}.${name}`)}]`;
  context.problems.warn(spanOf(node), 'weir/dotted-attribute', `${textOf(context, node)} looks for ${kqlString(name)} inside the attribute ${kqlString(base.key.value)}.`, `For the attribute whose name has a dot in it, write ${flat}.`, [replaceWith(spanOf(node), flat)]);
}

function lowerElement(context: Context, scope: Scope, node: KustoNode): Expr {
  return { k: 'member', type: 'dynamic', base: lowerExpression(context, scope, node.Expression), key: lowerExpression(context, scope, node.Selector?.Expression) };
}

function negated(value: Expr, node: KustoNode): Expr {
  if (value.k === 'literal' && typeof value.value === 'number') return { ...value, value: value.value === 0 ? 0 : -value.value };
  if (value.k === 'literal' && typeof value.value === 'string' && /^-?\d+$/.test(value.value)) {
    const opposite = -BigInt(value.value);
    return { ...value, value: value.type === 'long' || value.type === 'int' ? jsonInteger(opposite) : opposite.toString() };
  }
  return { k: 'call', type: node.ResultType?.Name === 'unknown' ? value.type : typeOf(node), fn: 'negate', args: [value] };
}

function lowerOperator(context: Context, scope: Scope, node: KustoNode): Expr {
  const spelling = node.Operator === undefined ? '' : textOf(context, node.Operator).toLowerCase().replace(/\s+/g, ' ');
  const fn = operatorAliases[spelling] ?? spelling;
  const left = (): Expr => lowerExpression(context, scope, node.Left);
  if (binaryByName.has(fn)) return lowerBinary(context, node, fn, left(), lowerExpression(context, scope, node.Right));
  if (fn === 'between' || fn === '!between') return { k: 'call', type: 'bool', fn, args: [left(), lowerExpression(context, scope, node.Right?.First), lowerExpression(context, scope, node.Right?.Second)] };
  if (listByName.has(fn)) return { k: 'call', type: 'bool', fn, args: [left(), ...lowerList(context, scope, node.Right)] };
  reportConstruct(context, node, fn);
  return nothing;
}

function lowerBinary(context: Context, node: KustoNode, fn: string, left: Expr, right: Expr): Expr {
  if (fn === 'contains' || fn === '!contains') hintTerm(context, node, fn, right);
  return { k: 'call', type: node.ResultType?.Name === 'unknown' ? binaryType(fn, left.type, right.type) : typeOf(node), fn, args: [left, right] };
}

/** Inside a function whose table may be of any shape the binder knows no types; the arguments' own are known here. */
function binaryType(fn: string, left: KqlType, right: KqlType): KqlType {
  if (!/^[-+*/%]$/.test(fn)) return 'bool';
  if (left === 'dynamic' || right === 'dynamic') return 'dynamic';
  if (left === 'datetime' || right === 'datetime') return left === right ? 'timespan' : 'datetime';
  if (left === 'timespan' || right === 'timespan') return fn === '/' && left === right ? 'real' : 'timespan';
  const widest: readonly KqlType[] = ['decimal', 'real', 'long'];
  return widest.find((type) => type === left || type === right) ?? left;
}

/** A whole word is found faster by `has`, and more often meant. Rules only: they run all the time. */
function hintTerm(context: Context, node: KustoNode, fn: string, right: Expr): void {
  if (right.k !== 'literal' || typeof right.value !== 'string' || !/^[A-Za-z0-9]{3,}$/.test(right.value) || node.Operator === undefined) return;
  const better = fn.replace('contains', 'has');
  context.problems.hint(spanOf(node.Operator), 'weir/has', `${fn} also looks inside longer words, and is slower than ${better}.`, `If ${kqlString(right.value)} stands as a word of its own, write ${better}.`, [replaceWith(spanOf(node.Operator), better)]);
}

/** The items on the right of `in`; arrays that are literal are spread. */
function lowerList(context: Context, scope: Scope, list: KustoNode | undefined): readonly Expr[] {
  return separated(list?.Expressions).flatMap((node) => {
    const item = lowerExpression(context, scope, node);
    if (item.k !== 'literal' || item.type !== 'dynamic' || !Array.isArray(item.value)) return [item];
    context.size.spend(item.value.length);
    return item.value.map(jsonLiteral);
  });
}

function jsonLiteral(value: unknown): Expr {
  const type = typeof value === 'string' ? 'string' : typeof value === 'boolean' ? 'bool' : typeof value === 'number' ? (Number.isInteger(value) ? 'long' : 'real') : 'dynamic';
  return { k: 'literal', type, value };
}

const insteadOf: Readonly<Record<string, string>> = {
  ':': 'Write has.', 'like': 'Write contains, startswith or matches regex.', 'notlike': 'Write !contains or !startswith.',
  'toscalar': 'A rule cannot run a second query for one value: write the value in place, or compute it in the same summarize.', 'totable': 'Write the table where it is used.',
};

function reportConstruct(context: Context, node: KustoNode, operator: string): void {
  const word = operator === '' ? (/^(toscalar|totable)\b/.exec(textOf(context, node))?.[0] ?? '') : operator;
  const what = word === '' ? textOf(context, node) : operator === '' ? `${word}()` : `the operator ${word}`;
  const construct = kindOf(context, node) === 'StarExpression' ? '* is not a value; name the columns' : `Weir does not run ${what.length > 60 ? `${what.slice(0, 57)}…` : what}`;
  context.problems.error(spanOf(node), 'weir/expression', `${construct}.`, insteadOf[word] ?? 'Use columns, literals, operators and functions on them.');
}
