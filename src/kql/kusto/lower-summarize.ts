// summarize and distinct to Plan operators. Every output column has a name; an expression over aggregates becomes hidden aggregates, an
// extend that computes from them, and a project that hides them again.
import type { Aggregate, Expr, NamedExpr, Operator } from '../plan.ts';
import { aggregateByName } from '../catalogue/aggregates.ts';
import { items, separated, type KustoNode } from './port.ts';
import { kindOf, typeName, type Context } from './context.ts';
import { spanOf } from './diagnostics.ts';
import { callsAggregate } from './lower-call.ts';
import { aggregateOf, lowerDirect, reportAggregate, unwrapAggregate, type Output } from './lower-aggregate.ts';
import { lowerExpression } from './lower-expression.ts';
import { resultName, type Lowered } from './lower-operators.ts';
import { checkParameters } from './parameters.ts';
import { closed, type Scope } from './scope.ts';

/** What one part of summarize gives: aggregates as they stand, or a column computed from hidden ones. */
interface Columns { readonly aggregates: readonly Aggregate[]; readonly computed: readonly NamedExpr[] }

export function lowerSummarize(context: Context, scope: Scope, node: KustoNode): Lowered {
  if (node.ByClause?.BinClause) context.problems.error(spanOf(node.ByClause.BinClause), 'weir/parameter', 'summarize … bin = … is not supported.', 'Write by bin(Timestamp, 10s).');
  const outputs = items(node.ResultType?.Columns).map(({ Name, Type }): Output => ({ name: Name, type: typeName(Type.Name) }));
  const groups = separated(node.ByClause?.Expressions);
  const by = groups.map((part, i): NamedExpr => ({ name: outputs[i]?.name ?? '', expr: lowerExpression(context, scope, part) }));
  const hidden = new Hidden(new Set(outputs.map(({ name }) => name)));
  const rest = outputs.slice(groups.length);
  const parts = separated(node.Aggregates).map((part) => lowerPart(context, scope, part, take(context, scope, part, rest), hidden));
  return assemble(scope, by, parts, hidden.made);
}

/** The binder's output columns of one part, less those of `*` that are no columns of ours. */
function take(context: Context, scope: Scope, part: KustoNode, rest: Output[]): readonly Output[] {
  const call = unwrapAggregate(context, part);
  const tuple = items(call.ResultType?.Columns).map(({ Name }) => Name);
  const star = separated(call.ArgumentList?.Expressions).findIndex((argument) => kindOf(context, argument) === 'StarExpression');
  const taken = rest.splice(0, Math.max(1, tuple.length));
  return star === -1 ? taken : taken.map((output, i) => ({ ...output, of: tuple[i] })).filter(({ of }, i) => i < star || scope.columns.has(of ?? ''));
}

function lowerPart(context: Context, scope: Scope, part: KustoNode, outputs: readonly Output[], hidden: Hidden): Columns {
  const call = unwrapAggregate(context, part);
  const fn = kindOf(context, call) === 'FunctionCallExpression' ? (call.Name?.SimpleName ?? '') : '';
  const [first] = outputs;
  if (aggregateByName.has(fn) && fn !== 'percentiles_array') return { aggregates: lowerDirect(context, scope, call, fn, outputs), computed: [] };
  if (first === undefined || !(fn === 'percentiles_array' || callsAggregate(context, call))) { reportAggregate(context, call, fn); return { aggregates: [], computed: [] }; }
  const inside = { ...context, aggregate: (node: KustoNode, name: string): Expr => hide(context, scope, node, name, hidden) };
  const expr = lowerExpression(inside, closed(scope, []), call);
  return { aggregates: [], computed: [{ name: first.name, expr }] };
}

/** An aggregate inside an expression, as the column that it becomes. */
function hide(context: Context, scope: Scope, call: KustoNode, fn: string, hidden: Hidden): Expr {
  if (fn === 'percentiles_array') {
    const args = lowerDirect(context, scope, call, 'percentiles', separated(call.ArgumentList?.Expressions).slice(1).map((): Output => ({ name: '', type: 'dynamic' })));
    return { k: 'call', type: 'dynamic', fn: 'pack_array', args: args.map((aggregate) => hidden.column(aggregate)) };
  }
  const aggregate = aggregateOf(context, scope, call, fn);
  return aggregate === null ? { k: 'literal', type: 'dynamic', value: null } : hidden.column(aggregate);
}

/** Aggregates that no output column shows; the same one twice is computed once. */
class Hidden {
  readonly made: Aggregate[] = [];
  readonly #taken: ReadonlySet<string>;
  readonly #known = new Map<string, Aggregate>();
  constructor(taken: ReadonlySet<string>) { this.#taken = taken; }

  column(aggregate: Omit<Aggregate, 'name'>): Expr {
    const { fn, args, type } = aggregate;
    const key = JSON.stringify([fn, args]);
    const known = this.#known.get(key) ?? { name: this.#freeName(), fn, args, type };
    if (!this.#known.has(key)) { this.#known.set(key, known); this.made.push(known); }
    return { k: 'column', type: known.type, name: known.name };
  }

  #freeName(): string {
    for (let i = this.made.length + 1; ; i++) { const name = `__aggregate${i}`; if (!this.#taken.has(name)) return name; }
  }
}

function assemble(scope: Scope, by: readonly NamedExpr[], parts: readonly Columns[], hidden: readonly Aggregate[]): Lowered {
  const computed = parts.flatMap((part) => part.computed);
  const outputs = [...by.map(({ name, expr }) => [name, expr.type] as const), ...parts.flatMap((part) => [...part.aggregates.map(({ name, type }) => [name, type] as const), ...part.computed.map(({ name, expr }) => [name, expr.type] as const)])];
  const summarize: Operator = { op: 'summarize', aggregates: [...parts.flatMap((part) => part.aggregates), ...hidden], by };
  if (computed.length === 0) return { operators: [summarize], scope: closed(scope, outputs) };
  const project: Operator = { op: 'project', columns: outputs.map(([name, type]) => ({ name, expr: { k: 'column', type, name } })) };
  return { operators: [summarize, { op: 'extend', columns: computed }, project], scope: closed(scope, outputs) };
}

/** Expressions get their column first, so that distinct itself only names columns. */
export function lowerDistinct(context: Context, scope: Scope, node: KustoNode): Lowered {
  checkParameters(context, node, []);
  const parts = separated(node.Expressions);
  const star = parts.some((part) => kindOf(context, part) === 'StarExpression');
  if (star && scope.columns.size === 0) context.problems.error(spanOf(node), 'weir/star', 'The columns are not known here, so * has no meaning.', 'Name the columns.');
  const names = items(node.ResultType?.Columns).map(({ Name }) => Name);
  const values: readonly NamedExpr[] = star
    ? [...scope.columns].map(([name, type]) => ({ name, expr: { k: 'column', type, name } }))
    : parts.map((part, i) => ({ name: names[i] ?? resultName(context, part), expr: lowerExpression(context, scope, part) }));
  const made = values.filter(({ name, expr }) => expr.k !== 'column' || expr.name !== name);
  const by: readonly NamedExpr[] = values.map(({ name, expr }) => ({ name, expr: { k: 'column', type: expr.type, name } }));
  return { operators: [...(made.length === 0 ? [] : [{ op: 'extend', columns: made } as const]), { op: 'distinct', by }], scope: closed(scope, by.map(({ name, expr }) => [name, expr.type] as const)) };
}
