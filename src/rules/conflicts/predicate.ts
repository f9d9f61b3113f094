// What a rule asks of a record before it does anything: its `where`s as a list of conditions that must all be true, over the record
// as it comes. Pure reading of a Plan.
import type { Expr, Operator, Plan } from '../../kql/index.ts';

export interface Predicate {
  /** All must be true for the rule to match. */
  readonly conditions: readonly Expr[];
  /** No operator but those conditions decides whether it matches, and each time the same: every record that fulfils them is matched. */
  readonly exact: boolean;
}

/** Not the same at every look: they say nothing about what another rule sees. */
const unsteady: ReadonlySet<string> = new Set(['now', 'ago', 'rand', 'new_guid', 'ingestion_time', 'since', 'last']);

export function predicateOf(plan: Plan): Predicate {
  const conditions: Expr[] = [];
  const made = new Set<string>();
  let exact = true;
  for (const operator of plan.operators) {
    if (operator.op === 'where') {
      for (const condition of conjuncts(operator.predicate)) {
        if (isSteady(condition) && !readsAny(condition, made)) conditions.push(condition); else exact = false;
      }
    } else if (operator.op === 'summarize') break;
    else if (!keepsRows(operator)) exact = false;
    if (replacesColumns(operator)) break;
    for (const name of namesMade(operator)) made.add(name);
  }
  return { conditions, exact: exact && !hasLateWhere(plan.operators) };
}

/** `a and b` as [a, b]. */
export function conjuncts(expr: Expr): readonly Expr[] {
  return expr.k === 'call' && expr.fn === 'and' ? expr.args.flatMap(conjuncts) : [expr];
}

const keepsRows = ({ op }: Operator): boolean => op === 'extend' || op === 'project' || op === 'project-away' || op === 'project-keep' || op === 'project-rename';
/** Behind these a bare name may be another thing than in the record. */
const replacesColumns = ({ op }: Operator): boolean => op === 'project-rename' || op === 'mv-expand' || op === 'union';

/** A filter behind an operator where reading stopped is not among the conditions. */
function hasLateWhere(operators: readonly Operator[]): boolean {
  const stop = operators.findIndex(replacesColumns);
  const end = operators.findIndex(({ op }) => op === 'summarize');
  return stop >= 0 && operators.slice(stop, end < 0 ? undefined : end).some((operator) => !keepsRows(operator));
}

function namesMade(operator: Operator): readonly string[] {
  switch (operator.op) {
    case 'extend': case 'project': return operator.columns.filter(({ name, expr }) => !(expr.k === 'column' && expr.name === name)).map(({ name }) => name);
    case 'parse': return operator.parts.flatMap((part) => (part.part === 'column' ? [part.name] : []));
    default: return [];
  }
}

function isSteady(expr: Expr): boolean {
  if (expr.k === 'member') return isSteady(expr.base) && isSteady(expr.key);
  return expr.k !== 'call' || (!unsteady.has(expr.fn) && expr.args.every(isSteady));
}

function readsAny(expr: Expr, names: ReadonlySet<string>): boolean {
  if (expr.k === 'column') return names.has(expr.name);
  if (expr.k === 'member') return readsAny(expr.base, names) || readsAny(expr.key, names);
  return expr.k === 'call' && expr.args.some((arg) => readsAny(arg, names));
}

/** One text per meaning of the expression's shape: equal texts are equal expressions. */
export function textOf(expr: Expr): string {
  if (expr.k === 'literal') return `${expr.type}:${JSON.stringify(expr.value)}`;
  if (expr.k === 'column') return `[${expr.name}]`;
  if (expr.k === 'member') return `${textOf(expr.base)}.${textOf(expr.key)}`;
  return `${expr.fn}(${expr.args.map(textOf).join(',')})`;
}
