// For tests only: Microsoft's parser in this process, and plans as short text that reads well in a golden table.
import type { CompileMode, CompileOptions, KqlLanguage } from '../language.ts';
import type { Expr, Operator, Plan, SortKey } from '../plan.ts';
import { createKqlLanguage, quicken, type KustoGlobal, type KustoRuntime } from './index.ts';

export const detectors = [{ name: 'email', doc: 'Addresses.' }, { name: 'ipv4', doc: 'IPv4 addresses.' }];

/** The parser's files have no types and hang themselves on the global object. Quickened, as whoever loads them for use does. */
export async function languageForTests(): Promise<KqlLanguage> {
  for (const file of ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) await import(/* @vite-ignore */ `@kusto/language-service-next/${file}`);
  const loaded = globalThis as unknown as KustoRuntime & { readonly Kusto: KustoGlobal };
  quicken(loaded);
  return createKqlLanguage(loaded.Kusto, detectors);
}

/** Lines of a golden text: each diagnostic with the text it stands at, then the plan, one operator a line. */
export function outcome(kql: KqlLanguage, text: string, options: CompileMode | CompileOptions): readonly string[] {
  const { diagnostics, plan } = kql.compile(text, typeof options === 'string' ? { mode: options } : options);
  return [...diagnostics.map(({ severity, code, start, end }) => `${severity} ${code} at ‹${text.slice(start, end)}›`), ...(plan === null ? [] : summary(plan))];
}

/** One expression as the golden tables show it. */
export const expression = (expr: Expr): string => exprText(expr);

export function summary(plan: Plan): readonly string[] {
  const { sink } = plan;
  const end = sink === null ? [] : [`→ ${sink.sink}${Object.entries(sink).filter(([key]) => key !== 'sink').map(([key, value]) => ` ${key}=${JSON.stringify(value)}`).join('')}`];
  return [plan.table, ...plan.operators.map(operatorText), ...end];
}

function operatorText(operator: Operator): string {
  switch (operator.op) {
    case 'where': return `where ${exprText(operator.predicate)}`;
    case 'extend': case 'project': case 'distinct': return `${operator.op} ${('columns' in operator ? operator.columns : operator.by).map(({ name, expr }) => `${name} := ${exprText(expr)}`).join(', ')}`;
    case 'project-away': case 'project-keep': return `${operator.op} ${operator.columns.join(', ')}`;
    case 'project-rename': return `project-rename ${operator.columns.map(({ from, to }) => `${from} → ${to}`).join(', ')}`;
    case 'summarize': return `summarize ${operator.aggregates.map(({ name, fn, args, type }) => `${name}:${type} := ${[fn, ...args.map(exprText)].join(' ')}`).join(', ')} by ${operator.by.map(({ name, expr }) => `${name} := ${exprText(expr)}`).join(', ')}`;
    case 'sort': return `sort ${operator.by.map(keyText).join(', ')}`;
    case 'top': return `top ${exprText(operator.count)} ${operator.by.map(keyText).join(', ')}`;
    case 'take': return `take ${exprText(operator.count)}`;
    case 'sample': return `sample ${exprText(operator.count)}`;
    case 'parse': return `${operator.keepOnlyParsed ? 'parse-where' : 'parse'} ${operator.mode}${operator.flags === '' ? '' : `/${operator.flags}`} ${exprText(operator.source)} with ${operator.parts.map((part) => (part.part === 'text' ? JSON.stringify(part.text) : part.part === 'skip' ? '*' : `${part.name}:${part.type}`)).join(' ')}`;
    case 'mv-expand': return `mv-expand ${operator.bag}${operator.indexColumn === null ? '' : ` index=${operator.indexColumn}`} ${operator.columns.map(({ name, expr, type }) => `${name}:${type} := ${exprText(expr)}`).join(', ')}${operator.limit === null ? '' : ` limit ${exprText(operator.limit)}`}`;
    case 'union': return `union ${operator.kind}${operator.sourceColumn === null ? '' : ` source=${operator.sourceColumn}`} ${operator.inputs.map((input) => `(${[input.table, ...input.operators.map(operatorText)].join(' | ')})`).join(', ')}`;
    case 'count': return 'count';
  }
}

const keyText = ({ expr, descending, nullsFirst }: SortKey): string => `${exprText(expr)} ${descending ? 'desc' : 'asc'}${nullsFirst ? ' nulls first' : ''}`;

function exprText(expr: Expr): string {
  switch (expr.k) {
    case 'literal': return expr.type === 'string' || expr.type === 'long' || expr.type === 'bool' ? JSON.stringify(expr.value) : `${expr.type}:${JSON.stringify(expr.value)}`;
    case 'column': return expr.name;
    case 'member': return `${exprText(expr.base)}[${exprText(expr.key)}]`;
    case 'call': return `(${[expr.fn, ...expr.args.map(exprText)].join(' ')})`;
  }
}
