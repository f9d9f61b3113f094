// A Plan back to KQL text that compiles to the same Plan: for rules made from pictures and templates, and for `show me what runs`.
import { binaryByName, listByName } from './catalogue/scalar-operators.ts';
import { sinkByName } from './catalogue/sinks.ts';
import { kqlName, kqlString, printDatetime, printTimespan } from './literals.ts';
import type { Aggregate, Expr, NamedExpr, Operator, Plan, Sink, SortKey, SubQuery } from './plan.ts';

/** One operator a line. Wildcards, `let` and comments of the original text are gone; names and meaning are not. */
export function planToKql(plan: Plan): string {
  return [...printPipe(plan), ...(plan.sink === null ? [] : [printSink(plan.sink)])].join('\n| ');
}

/** One expression as KQL text. */
export const exprToKql = (expr: Expr): string => printExpr(expr);
/** One operator as KQL text, without its `|`. */
export const operatorToKql = (operator: Operator): string => printOperator(operator);

/** `union withsource=S Logs, Spans` and `Logs | union withsource=S Spans` are one Plan; the second form can always be written. */
const printPipe = ({ table, operators }: SubQuery): readonly string[] => [table, ...operators.map(printOperator)];

function printOperator(operator: Operator): string {
  switch (operator.op) {
    case 'where': return `where ${printExpr(operator.predicate)}`;
    case 'extend': case 'project': return `${operator.op} ${operator.columns.map(printNamed).join(', ')}`;
    case 'project-away': case 'project-keep': return `${operator.op} ${operator.columns.map(kqlName).join(', ')}`;
    case 'project-rename': return `project-rename ${operator.columns.map(({ from, to }) => `${kqlName(to)} = ${kqlName(from)}`).join(', ')}`;
    case 'summarize': return printSummarize(operator.aggregates, operator.by);
    case 'distinct': return `distinct ${operator.by.map(({ name }) => kqlName(name)).join(', ')}`;
    case 'sort': return `sort by ${operator.by.map(printKey).join(', ')}`;
    case 'top': return `top ${printExpr(operator.count)} by ${operator.by.map(printKey).join(', ')}`;
    case 'take': return `take ${printExpr(operator.count)}`;
    case 'count': return 'count';
    case 'sample': return `sample ${printExpr(operator.count)}`;
    case 'parse': return printParse(operator);
    case 'mv-expand': return printExpand(operator);
    case 'union': return printUnion(operator);
  }
}

function printParse({ source, mode, flags, parts, keepOnlyParsed }: Extract<Operator, { op: 'parse' }>): string {
  const kind = mode === 'simple' ? '' : `kind=${mode} ${flags === '' ? '' : `flags=${flags} `}`;
  const pattern = parts.map((part) => (part.part === 'skip' ? '*' : part.part === 'text' ? kqlString(part.text) : `${kqlName(part.name)}${part.type === 'string' ? '' : `:${part.type}`}`));
  return `${keepOnlyParsed ? 'parse-where' : 'parse'} ${kind}${printExpr(source)} with ${pattern.join(' ')}`;
}

function printExpand({ columns, bag, indexColumn, limit }: Extract<Operator, { op: 'mv-expand' }>): string {
  const parameters = `${bag === 'array' ? 'bagexpansion=array ' : ''}${indexColumn === null ? '' : `with_itemindex=${kqlName(indexColumn)} `}`;
  const list = columns.map(({ name, expr, type }) => `${printNamed({ name, expr })}${type === 'dynamic' ? '' : ` to typeof(${type})`}`);
  return `mv-expand ${parameters}${list.join(', ')}${limit === null ? '' : ` limit ${printExpr(limit)}`}`;
}

function printUnion({ kind, inputs, sourceColumn }: Extract<Operator, { op: 'union' }>): string {
  const parameters = `${kind === 'inner' ? 'kind=inner ' : ''}${sourceColumn === null ? '' : `withsource=${kqlName(sourceColumn)} `}`;
  return `union ${parameters}${inputs.map((input) => (input.operators.length === 0 ? input.table : `(${printPipe(input).join(' | ')})`)).join(', ')}`;
}

function printNamed({ name, expr }: NamedExpr): string {
  return expr.k === 'column' && expr.name === name ? kqlName(name) : `${kqlName(name)} = ${printExpr(expr)}`;
}

function printSummarize(aggregates: readonly Aggregate[], by: readonly NamedExpr[]): string {
  const head = printAggregates(aggregates);
  const tail = by.length === 0 ? '' : `by ${by.map(printNamed).join(', ')}`;
  return `summarize ${[head, tail].filter((part) => part !== '').join(' ')}`;
}

/** arg_max and arg_min of one `by` are one call again: `(t, b) = arg_max(t, b)`. */
function printAggregates(aggregates: readonly Aggregate[]): string {
  const parts: string[] = [];
  for (let i = 0; i < aggregates.length; i++) {
    const first = aggregates[i]!;
    if (first.fn !== 'arg_max' && first.fn !== 'arg_min') { parts.push(`${kqlName(first.name)} = ${printCall(first.fn, first.args)}`); continue; }
    const by = printExpr(first.args[0]!);
    let last = i + 1;
    while (last < aggregates.length && aggregates[last]!.fn === first.fn && printExpr(aggregates[last]!.args[0]!) === by && printExpr(aggregates[last]!.args[1]!) !== by) last++;
    const group = aggregates.slice(i, last);
    parts.push(`(${group.map(({ name }) => kqlName(name)).join(', ')}) = ${first.fn}(${[by, ...group.slice(1).map(({ args }) => printExpr(args[1]!))].join(', ')})`);
    i = last - 1;
  }
  return parts.join(', ');
}

const printKey = ({ expr, descending, nullsFirst }: SortKey): string => `${printExpr(expr)} ${descending ? 'desc' : 'asc'} nulls ${nullsFirst ? 'first' : 'last'}`;
const printCall = (fn: string, args: readonly Expr[]): string => `${fn}(${args.map((arg) => printExpr(arg)).join(', ')})`;

/** `above` is the precedence of what surrounds the expression; looser operators get parentheses. */
function printExpr(expr: Expr, above = 0): string {
  switch (expr.k) {
    case 'literal': return printLiteral(expr);
    case 'column': return kqlName(expr.name);
    case 'member': return `${printBase(expr.base)}[${printExpr(expr.key)}]`;
    case 'call': return printOperation(expr, above);
  }
}

/** What `[…]` binds to; anything but a name, a member or a call needs parentheses. */
function printBase(base: Expr): string {
  const text = printExpr(base);
  return base.k === 'column' || base.k === 'member' || (base.k === 'call' && text.startsWith(`${base.fn}(`)) || (base.k === 'literal' && base.type === 'dynamic') ? text : `(${text})`;
}

/** Functions whose last argument is `typeof(…)`, by its index when it is there. */
const typeArgument: ReadonlyMap<string, number> = new Map([['extract', 3], ['extract_json', 2], ['extractjson', 2]]);

function printOperation({ fn, args }: Extract<Expr, { k: 'call' }>, above: number): string {
  const wrap = (precedence: number, text: string): string => (precedence < above ? `(${text})` : text);
  const binary = binaryByName.get(fn);
  const list = listByName.get(fn);
  const [first, second] = args;
  if (binary !== undefined && first !== undefined && second !== undefined) {
    // Chains of the same level group to the left; comparisons do not chain.
    const left = binary.precedence === 3 ? 4 : binary.precedence;
    return wrap(binary.precedence, `${printExpr(first, left)} ${fn} ${printExpr(second, binary.precedence + 1)}`);
  }
  if (list !== undefined && first !== undefined) return wrap(list.precedence, `${printExpr(first, 4)} ${fn} (${args.slice(1).map((arg) => printExpr(arg)).join(fn.endsWith('between') ? ' .. ' : ', ')})`);
  if (fn === 'negate' && first !== undefined) return wrap(6, `-${printExpr(first, 7)}`);
  const type = typeArgument.get(fn) === args.length - 1 ? args.at(-1) : undefined;
  if (type?.k === 'literal' && type.type === 'string') return `${fn}(${[...args.slice(0, -1).map((arg) => printExpr(arg)), `typeof(${String(type.value)})`].join(', ')})`;
  return printCall(fn, args);
}

function printLiteral({ type, value }: Extract<Expr, { k: 'literal' }>): string {
  if (value === null || value === undefined) return type === 'string' ? '""' : `${type}(null)`;
  switch (type) {
    case 'string': return kqlString(String(value));
    case 'bool': return String(value);
    case 'long': return String(value);
    case 'real': return printReal(value);
    case 'datetime': return printDatetime(BigInt(String(value)));
    case 'timespan': return printTimespan(BigInt(String(value)));
    case 'dynamic': return `dynamic(${printJson(value)})`;
    default: return `${type}(${String(value)})`;
  }
}

function printReal(value: unknown): string {
  const text = Object.is(value, -0) ? '-0.0' : String(value);
  return /^-?\d+\.\d+$/.test(text) ? text : `real(${text})`;
}

function printJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) return `{${Object.entries(value).map(([key, item]) => `${kqlString(key)}:${printJson(item)}`).join(',')}}`;
  return typeof value === 'string' ? kqlString(value) : typeof value === 'number' ? printJsonNumber(value) : String(value);
}

/** JSON does not tell whole numbers from others, KQL does: what is whole and beyond a long stands as a real. */
function printJsonNumber(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /^-?\d+$/.test(text) && (Object.is(value, -0) || !Number.isSafeInteger(value)) ? `${text}.0` : text;
}

function printSink(sink: Sink): string {
  const values: Readonly<Record<string, unknown>> = sink.sink === 'dedup' ? { window: sink.windowNanos, key: sink.key } : { ...sink };
  const parameters = sinkByName.get(sink.sink)?.parameters ?? [];
  const args = parameters.flatMap(({ name, type, fallback }) => {
    const text = printArgument(type, values[name]);
    if (fallback === undefined) return [text];
    return text === fallback ? [] : [`${name}=${text}`];
  });
  return `invoke ${sink.sink}(${args.join(', ')})`;
}

function printArgument(type: string, value: unknown): string {
  if (type === 'timespan') return printTimespan(BigInt(String(value)));
  if (type === 'dynamic') return `dynamic(${printJson(value)})`;
  return typeof value === 'string' ? kqlString(value) : String(value);
}
