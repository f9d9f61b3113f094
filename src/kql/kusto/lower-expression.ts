// Scalar expressions of the bound syntax tree to Plan expressions. What Weir does not run is reported with the nearest way to say it;
// lowering goes on behind it, so that a person sees all problems at once.
import type { Expr } from '../plan.ts';
import { binaryByName, listByName } from '../catalogue/scalar-operators.ts';
import { functionByName } from '../catalogue/functions.ts';
import { aggregateByName } from '../catalogue/aggregates.ts';
import { kqlString } from '../literals.ts';
import { nearest } from '../nearest.ts';
import { kindOf, textOf, typeOf, type Context } from './context.ts';
import { spanOf } from './diagnostics.ts';
import { jsonInteger, lowerLiteral } from './lower-literal.ts';
import { separated, type KustoNode } from './port.ts';
import { resolve, type Scope } from './scope.ts';

const nothing: Expr = { k: 'literal', type: 'dynamic', value: null };
const key = (name: string): Expr => ({ k: 'literal', type: 'string', value: name });
const attributes: Expr = { k: 'column', type: 'dynamic', name: 'Attributes' };

/** Older spellings that the parser still takes. */
const operatorAliases: Readonly<Record<string, string>> = { '<>': '!=', 'notcontains': '!contains', 'notcontains_cs': '!contains_cs', 'containscs': 'contains_cs', '!containscs': '!contains_cs' };

/** Any expression; a missing or unsupported one is reported and stands as null. */
export function lowerExpression(context: Context, scope: Scope, node: KustoNode | null | undefined): Expr {
  if (node === null || node === undefined) return nothing;
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

function lowerName(context: Context, scope: Scope, node: KustoNode): Expr {
  const name = node.SimpleName ?? '';
  const constant = context.constants.get(name);
  const resolved = resolve(scope, name);
  const nothingMeant = scope.implicit.has(name) && !scope.columns.has(name) && constant === undefined && /^(null|nil|none|undefined)$/i.test(name);
  if (nothingMeant) context.problems.warn(spanOf(node), 'weir/null', `KQL has no value ${name}: it is read as the name of a field.`, 'To ask whether a value is missing, write isnull(x); for text, isempty(x).');
  else warnUnknownColumn(context, scope, node, name);
  if (resolved.as === 'column') return { k: 'column', type: resolved.type, name };
  if (constant !== undefined) return lowerExpression(context, scope, constant);
  if (resolved.as === 'attribute') return attributeByName(context, scope, node, name);
  context.problems.error(spanOf(node), 'weir/unknown-name', `${name} is not a column here.`, `Known here: ${[...scope.columns.keys()].slice(0, 12).join(', ')}.`);
  return nothing;
}

/** Table queries run over loose rows, so a name that no row has is legal and reads as null. Said when the rows' columns are known. */
export function warnUnknownColumn(context: Context, scope: Scope, node: KustoNode, name: string): void {
  if (scope.mode !== 'table' || scope.columns.size === 0 || scope.columns.has(name) || !scope.implicit.has(name) || context.constants.has(name)) return;
  const guess = nearest(name, [...scope.columns.keys()]);
  context.problems.warn(spanOf(node), 'weir/unknown-column', `No row seen so far has a field ${name}; it is null.`, guess === undefined ? undefined : `Did you mean ${guess}?`);
}

function attributeByName(context: Context, scope: Scope, node: KustoNode, name: string): Expr {
  const column = nearest(name, [...scope.columns.keys()]);
  const help = column === undefined ? undefined : `Did you mean ${column}?`;
  const message = `${name} is no column and is read as Attributes[${kqlString(name)}].`;
  if (column?.toLowerCase() === name.toLowerCase()) context.problems.warn(spanOf(node), 'weir/attribute', message, help);
  else context.problems.hint(spanOf(node), 'weir/attribute', message, help);
  return { k: 'member', type: 'dynamic', base: attributes, key: key(name) };
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
  if (bag !== 'Attributes' && bag !== 'Resource') return;
  const flat = `${bag}[${kqlString(`${base.key.value}.${name}`)}]`;
  context.problems.warn(spanOf(node), 'weir/dotted-attribute', `${textOf(context, node)} looks for ${kqlString(name)} inside the attribute ${kqlString(base.key.value)}.`, `For the attribute whose name has a dot in it, write ${flat}.`);
}

function lowerElement(context: Context, scope: Scope, node: KustoNode): Expr {
  return { k: 'member', type: 'dynamic', base: lowerExpression(context, scope, node.Expression), key: lowerExpression(context, scope, node.Selector?.Expression) };
}

function lowerCall(context: Context, scope: Scope, node: KustoNode): Expr {
  const fn = node.Name?.SimpleName ?? '';
  const args = separated(node.ArgumentList?.Expressions).map((argument) => lowerExpression(context, scope, argument));
  if (fn !== 'not' && !functionByName.has(fn)) reportFunction(context, node.Name ?? node, fn);
  return { k: 'call', type: typeOf(node), fn, args };
}

function reportFunction(context: Context, at: KustoNode, fn: string): void {
  if (aggregateByName.has(fn)) {
    context.problems.error(spanOf(at), 'weir/aggregate', `${fn}() is an aggregate and must stand on its own in summarize.`, 'Give each aggregate its own name and compute from them in a later extend.');
    return;
  }
  const guess = nearest(fn, [...functionByName.keys()]);
  context.problems.error(spanOf(at), 'weir/function', `Weir does not run the function ${fn}().`, guess === undefined ? 'Completion lists the functions that it runs.' : `The nearest is ${functionByName.get(guess)!.signature}.`);
}

function negated(value: Expr, node: KustoNode): Expr {
  if (value.k === 'literal' && typeof value.value === 'number') return { ...value, value: value.value === 0 ? 0 : -value.value };
  if (value.k === 'literal' && typeof value.value === 'string' && /^-?\d+$/.test(value.value)) {
    const opposite = -BigInt(value.value);
    return { ...value, value: value.type === 'long' || value.type === 'int' ? jsonInteger(opposite) : opposite.toString() };
  }
  return { k: 'call', type: typeOf(node), fn: 'negate', args: [value] };
}

function lowerOperator(context: Context, scope: Scope, node: KustoNode): Expr {
  const spelling = node.Operator === undefined ? '' : textOf(context, node.Operator).toLowerCase().replace(/\s+/g, ' ');
  const fn = operatorAliases[spelling] ?? spelling;
  const left = (): Expr => lowerExpression(context, scope, node.Left);
  if (binaryByName.has(fn)) return { k: 'call', type: typeOf(node), fn, args: [left(), lowerExpression(context, scope, node.Right)] };
  if (fn === 'between' || fn === '!between') return { k: 'call', type: 'bool', fn, args: [left(), lowerExpression(context, scope, node.Right?.First), lowerExpression(context, scope, node.Right?.Second)] };
  if (listByName.has(fn)) return { k: 'call', type: 'bool', fn, args: [left(), ...lowerList(context, scope, node.Right)] };
  reportConstruct(context, node, fn);
  return nothing;
}

/** The items on the right of `in`; arrays that are literal are spread. */
function lowerList(context: Context, scope: Scope, list: KustoNode | undefined): readonly Expr[] {
  return separated(list?.Expressions).flatMap((node) => {
    const item = lowerExpression(context, scope, node);
    return item.k === 'literal' && item.type === 'dynamic' && Array.isArray(item.value) ? item.value.map(jsonLiteral) : [item];
  });
}

function jsonLiteral(value: unknown): Expr {
  const type = typeof value === 'string' ? 'string' : typeof value === 'boolean' ? 'bool' : typeof value === 'number' ? (Number.isInteger(value) ? 'long' : 'real') : 'dynamic';
  return { k: 'literal', type, value };
}

function reportConstruct(context: Context, node: KustoNode, operator: string): void {
  const what = operator === '' ? textOf(context, node) : `the operator ${operator}`;
  const help: Readonly<Record<string, string>> = { ':': 'Write has.', 'like': 'Write contains, startswith or matches regex.', 'notlike': 'Write !contains or !startswith.' };
  const construct = kindOf(context, node) === 'StarExpression' ? '* is not a value; name the columns' : `Weir does not run ${what.length > 60 ? `${what.slice(0, 57)}…` : what}`;
  context.problems.error(spanOf(node), 'weir/expression', `${construct}.`, help[operator] ?? 'Use columns, literals, operators and functions on them.');
}

