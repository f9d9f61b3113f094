// Literals of the syntax tree to the Plan's JSON values (plan.ts says which). Numbers and times are read from their text: the library's
// own boxed values lose precision and depend on the machine's time zone.
import type { Expr, KqlType } from '../plan.ts';
import { parseDatetime, parseTimespan } from '../literals.ts';
import { unquote } from '../unquote.ts';
import { declaredType, kindOf, textOf, typeOf, type Context } from './context.ts';
import { spanOf } from './diagnostics.ts';
import { separated, type KustoNode } from './port.ts';

type Literal = Extract<Expr, { k: 'literal' }>;
const literal = (type: KqlType, value: unknown): Literal => ({ k: 'literal', type, value });

/** The inside of `type(…)`, or the text itself. */
function inner(text: string): string {
  const open = text.indexOf('(');
  return (open === -1 ? text : text.slice(open + 1, text.endsWith(')') ? -1 : undefined)).trim();
}

/** Null when the node is no literal. What cannot be read is reported and becomes a null of its type. */
export function lowerLiteral(context: Context, node: KustoNode): Expr | null {
  const kind = kindOf(context, node);
  if (kind === 'StringLiteralExpression' || kind === 'CompoundStringLiteralExpression') return literal('string', lowerString(context, node));
  if (kind === 'DynamicExpression') return literal('dynamic', node.Expression === undefined ? null : lowerJson(context, node.Expression));
  if (kind === 'NullLiteralExpression') return literal('dynamic', null);
  if (!kind.endsWith('LiteralExpression')) return null;
  // typeof(long) as an argument: the name of the type.
  if (kind === 'TypeOfLiteralExpression') return literal('string', declaredType(inner(textOf(context, node))));
  if (kind === 'DateTimeLiteralExpression' && /^["']?now["']?$/i.test(inner(textOf(context, node)))) return { k: 'call', type: 'datetime', fn: 'now', args: [] };
  const type = typeOf(node);
  const text = inner(textOf(context, node));
  if (/^null$/i.test(text)) return literal(type, type === 'string' ? '' : null);
  const value = scalar(type, text);
  if (value === null) context.problems.error(spanOf(node), 'weir/literal', `${textOf(context, node)} cannot be read as ${type}.`, forms[type]);
  return literal(type, value);
}

const forms: Partial<Record<KqlType, string>> = {
  long: 'A long is a whole number of 64 bits, at most 9223372036854775807; write a larger one as real, 1.2e19.', int: 'An int is a whole number of 32 bits.',
  datetime: 'Write ISO 8601, UTC: datetime(2026-03-01T12:30:00Z), or RFC 822 or 850 such as datetime(Sun, 1 Mar 2026 12:30:00 GMT).',
  timespan: 'Write a number with a unit: 10s, 500ms, 1.5h, 7d.',
};

function scalar(type: KqlType, text: string): unknown {
  switch (type) {
    case 'bool': return /^(true|1)$/i.test(text);
    case 'int': { const value = integer(text); return typeof value === 'number' && Math.abs(value) <= 2 ** 31 ? value : null; }
    case 'long': return integer(text);
    case 'real': return real(text);
    case 'decimal': return /^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(text) ? text : null;
    case 'datetime': return parseDatetime(text.replace(/^["']|["']$/g, ''))?.toString() ?? null;
    case 'timespan': return parseTimespan(text.replace(/^["']|["']$/g, ''))?.toString() ?? null;
    case 'guid': return text.replace(/^["']|["']$/g, '').toLowerCase();
    default: return null;
  }
}

/** A JSON number while exact, else a decimal string. */
export function jsonInteger(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

function integer(text: string): number | string | null {
  const match = /^([+-]?)(0x[0-9a-f]+|\d+)$/i.exec(text);
  if (match === null) return null;
  const value = match[1] === '-' ? -BigInt(match[2]!) : BigInt(match[2]!);
  // 2^63 itself may stand behind a minus; hexadecimal digits are the bits of a long.
  if (/x/i.test(match[2]!) ? value !== BigInt.asUintN(64, value) : value > 2n ** 63n) return null;
  return jsonInteger(/x/i.test(match[2]!) ? BigInt.asIntN(64, value) : value);
}

function real(text: string): number | string | null {
  if (/^nan$/i.test(text)) return 'nan';
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinite !== null) return infinite[1] === '-' ? '-inf' : '+inf';
  const value = Number(text);
  if (text === '' || Number.isNaN(value)) return null;
  return Number.isFinite(value) ? value : value > 0 ? '+inf' : '-inf';
}

/** The value inside `dynamic(…)`: JSON, and the typed literals that KQL allows in it where JSON has a form for them. */
function lowerJson(context: Context, node: KustoNode): unknown {
  const kind = kindOf(context, node);
  if (kind === 'JsonArrayExpression') return separated(node.Values).map((value) => lowerJson(context, value));
  if (kind === 'JsonObjectExpression') return Object.fromEntries(separated(node.Pairs).map((pair) => lowerPair(context, pair)));
  if (kind === 'UnaryMinusExpression' && node.Expression !== undefined) { const value = lowerJson(context, node.Expression); return typeof value === 'number' ? -value : value; }
  const value = lowerLiteral(context, node);
  if (value?.k !== 'literal') return null;
  // JSON has no integers beyond 2^53; the nearest number is still a number.
  return value.type === 'long' && typeof value.value === 'string' ? Number(value.value) : value.value;
}

function lowerPair(context: Context, pair: KustoNode): readonly [string, unknown] {
  const name = pair.Name;
  return [name === undefined ? '' : (unquote(textOf(context, name)) ?? name.ValueText ?? ''), pair.Value === undefined ? null : lowerJson(context, pair.Value)];
}

/** Read from its text: the library knows no \U escape. A text that we cannot read is as the library reads it, and \U in it is refused. */
function lowerString(context: Context, node: KustoNode): string {
  const raw = textOf(context, node);
  const value = unquote(raw);
  if (value === null && /\\U/.test(raw)) context.problems.error(spanOf(node), 'weir/literal', `${raw} cannot be read as string.`, 'After \\U come eight hexadecimal digits, at most 0010FFFF: "\\U0001F600".');
  return value ?? String(node.LiteralValue ?? '');
}

/** The strings of a `dynamic([…])` or of one string, for sink arguments; null when it holds anything else. */
export function stringList(value: unknown): readonly string[] | null {
  const list = Array.isArray(value) ? value : [value];
  return list.every((item) => typeof item === 'string') ? list : null;
}
