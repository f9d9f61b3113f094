// What a Plan does, as far as risk depends on it. Pure reading.
import type { Expr, Operator, Plan } from '../../kql/index.ts';
import { conditionFacts } from './condition-facts.ts';

export interface PlanFacts {
  /** A `where` names an event, service, span or metric: only those records are looked at closely. */
  readonly isKeyed: boolean;
  readonly hasCondition: boolean;
  /** Whether records of error severity can match, and whether any other can. */
  readonly severity: 'errors-only' | 'no-errors' | 'any';
  readonly regexOn: readonly string[];
  /** Text of the body is searched as a whole. */
  readonly scansBody: boolean;
  /** JSON or patterns are taken apart for each record. */
  readonly parses: boolean;
  readonly expands: boolean;
  /** Fields that summarize or dedup group by, without the time. */
  readonly groupKeys: readonly string[];
  /** Aggregates that hold more than a few numbers per group. */
  readonly heavyAggregates: readonly string[];
  /** Columns and attributes that the rule makes or takes away. */
  readonly writes: readonly string[];
}

export function planFacts(plan: Plan): PlanFacts {
  const calls = plan.operators.flatMap(exprsOf).flatMap(callsIn);
  const { isKeyed, errors, others } = conditionFacts(plan.operators.flatMap((operator) => (operator.op === 'where' ? [operator.predicate] : [])));
  const summarize = plan.operators.find((operator) => operator.op === 'summarize');
  return {
    isKeyed, hasCondition: plan.operators.some(({ op }) => op === 'where'), severity: !errors ? 'no-errors' : others ? 'any' : 'errors-only',
    regexOn: calls.filter(({ fn }) => regexFunctions.has(fn)).map(({ fn, args }) => fieldName(args[fn.includes('matches') ? 0 : fn === 'replace_regex' ? 0 : args.length - 1]) ?? 'a computed value'),
    scansBody: calls.some(({ fn, args }) => /^!?(contains|has)/.test(fn) && fieldName(args[0]) === 'Body'),
    parses: plan.operators.some(({ op }) => op === 'parse') || calls.some(({ fn }) => parseFunctions.has(fn)), expands: plan.operators.some(({ op }) => op === 'mv-expand'),
    groupKeys: plan.sink?.sink === 'dedup' ? plan.sink.key : (summarize?.by ?? []).filter(({ expr }) => !isTimeBin(expr)).map(({ name, expr }) => fieldName(expr) ?? name),
    heavyAggregates: (summarize?.aggregates ?? []).filter(({ fn }) => heavy.has(fn)).map(({ fn }) => fn), writes: [...new Set(plan.operators.flatMap(writesOf))],
  };
}

const regexFunctions: ReadonlySet<string> = new Set(['matches regex', '!matches regex', 'extract', 'extract_all', 'replace_regex', 'trim', 'trim_start', 'trim_end']);
const parseFunctions: ReadonlySet<string> = new Set(['parse_json', 'todynamic', 'extract_json', 'parse_url', 'extract', 'extract_all', 'split']);
const heavy: ReadonlySet<string> = new Set(['percentile', 'dcount', 'make_set', 'make_list', 'stdev']);

type Call = Extract<Expr, { k: 'call' }>;

function callsIn(expr: Expr): readonly Call[] {
  if (expr.k === 'member') return [...callsIn(expr.base), ...callsIn(expr.key)];
  return expr.k === 'call' ? [expr, ...expr.args.flatMap(callsIn)] : [];
}

/** A column's name, or an attribute's; null for anything computed. Conversions are looked through. */
export function fieldName(expr: Expr | undefined): string | null {
  if (expr === undefined || expr.k === 'literal') return null;
  if (expr.k === 'column') return expr.name;
  if (expr.k === 'call') return /^to[a-z]+$/.test(expr.fn) ? fieldName(expr.args[0]) : null;
  return expr.key.k === 'literal' && expr.base.k === 'column' ? String(expr.key.value) : fieldName(expr.base);
}

const isTimeBin = (expr: Expr): boolean => expr.k === 'call' && (expr.fn === 'bin' || expr.fn === 'floor') && expr.args[0]?.type === 'datetime';

function writesOf(operator: Operator): readonly string[] {
  switch (operator.op) {
    case 'extend': return operator.columns.map(({ name }) => name);
    case 'project': case 'project-away': case 'project-keep': return operator.columns.map((column) => (typeof column === 'string' ? column : column.name));
    case 'project-rename': return operator.columns.flatMap(({ from, to }) => [from, to]);
    case 'parse': return operator.parts.flatMap((part) => (part.part === 'column' ? [part.name] : []));
    default: return [];
  }
}

function exprsOf(operator: Operator): readonly Expr[] {
  switch (operator.op) {
    case 'where': return [operator.predicate];
    case 'extend': case 'project': return operator.columns.map(({ expr }) => expr);
    case 'summarize': return [...operator.by.map(({ expr }) => expr), ...operator.aggregates.flatMap(({ args }) => args)];
    case 'distinct': return operator.by.map(({ expr }) => expr);
    case 'parse': return [operator.source];
    case 'mv-expand': return operator.columns.map(({ expr }) => expr);
    default: return [];
  }
}
