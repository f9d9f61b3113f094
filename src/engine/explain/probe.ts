// A Plan's conditions, each to be asked by itself about a record, also behind one that is false: every computed column is
// there for every record, and slots are never reused, so what an early condition sees is still there at the end.
import type { Clock } from '../../base/index.ts';
import { exprToKql, type Expr, type Operator, type Plan } from '../../kql/index.ts';
import type { Signal } from '../../model/index.ts';
import type { Value } from '../../otlp/index.ts';
import { compileExpr, type Compiled, type Fn, type Frame, type Scope } from '../expr/index.ts';
import { bindingsFor, compileQuerySteps, conjuncts, RecordScope, type Bindings, type Clause, type Step } from '../record/index.ts';
import { clauseText, joinOf, keyOf, readsOf, wantedTexts } from './clauses.ts';
import { readable } from './fields.ts';

export interface ProbeRead { readonly name: string; readonly key: string | null; readonly run: Fn }
export interface ProbePart { readonly text: string; readonly run: Fn; readonly reads: readonly ProbeRead[]; readonly join: 'and' | 'or' | 'not' | null; readonly parts: readonly ProbePart[] }
export interface ProbeClause extends ProbePart {
  /** Index of the operator in the Plan, -1 for targets; and of the clause in it. */
  readonly operator: number; readonly clause: number;
  /** The texts that it asks its reads for. */
  readonly wanted: ReturnType<typeof wantedTexts>;
}

export interface Probe {
  /** Computes columns; to be called once per record before any clause. */
  readonly prepare: Step;
  readonly clauses: readonly ProbeClause[];
  /** How many operators work record by record. */
  readonly streaming: number;
}

export interface ProbeContext { readonly clock: Clock; /** The agent's own attributes, which targets may read. */ readonly agent: Readonly<Record<string, Value>> }

/** One probe per signal that the Plan reads. Throws CompileError as the pipeline does. */
export function compileProbes(plan: Plan, targets: Plan | null, context: ProbeContext): ReadonlyMap<Signal, Probe> {
  const { clock } = context;
  return new Map([...compileQuerySteps(plan, clock)].map(([signal, steps]): [Signal, Probe] => {
    const clauses = steps.clauses.map((clause) => probeClause(clause, plan.operators, clock));
    return [signal, { prepare: steps.compute, clauses: [...targetParts(targets, signal, context), ...clauses], streaming: plan.operators.length - steps.rest.length }];
  }));
}

function probeClause(clause: Clause, operators: readonly Operator[], clock: Clock): ProbeClause {
  const { operator, clause: place, expr, run, bindings } = clause;
  const made = expr === null ? { reads: [], join: null, parts: [] } : compilePart(expr, new RecordScope(bindings, clock), clock);
  return { ...made, operator, clause: place, run, text: clauseText(clause, operators), wanted: expr === null ? [] : wantedTexts(expr) };
}

/** Targets are one `where` at most. */
function targetParts(targets: Plan | null, signal: Signal, context: ProbeContext): readonly ProbeClause[] {
  const [where] = targets?.operators ?? [];
  if (where?.op !== 'where') return [];
  const scope = new TargetScope(bindingsFor('source', signal), context);
  return conjuncts(where.predicate).map((expr, clause) => ({ operator: -1, clause, wanted: wantedTexts(expr), ...compilePart(expr, scope, context.clock) }));
}

/** An expression and its parts, as far as `and`, `or` and `not` go, each with what it reads. Throws CompileError. */
export function compilePart(expr: Expr, scope: Scope, clock: Clock): ProbePart {
  const joined = joinOf(expr);
  return {
    text: exprToKql(expr), run: compileExpr(expr, { scope, clock }).run, join: joined?.join ?? null,
    parts: joined?.parts.map((inner) => compilePart(inner, scope, clock)) ?? [],
    reads: readsOf(expr).map((read) => compileRead(read, scope, clock)),
  };
}

function compileRead(expr: Expr, scope: Scope, clock: Clock): ProbeRead {
  const { run, type } = compileExpr(expr, { scope, clock });
  return { name: exprToKql(expr), key: keyOf(expr), run: (frame) => readable(run(frame), type) };
}

/** The names of targets: columns of every table, and the agent's own attributes. */
class TargetScope implements Scope {
  readonly #record: RecordScope;
  readonly #agent: Readonly<Record<string, Value>>;

  constructor(bindings: Bindings, { clock, agent }: ProbeContext) { this.#record = new RecordScope(bindings, clock, false); this.#agent = agent; }

  column(name: string): Compiled | null {
    const agent = this.#agent;
    return name === 'Agent' ? { type: 'dynamic', constant: true, run: () => agent } : this.#record.column(name);
  }

  shortcut(expr: Expr): Compiled | null { return this.#record.shortcut(expr); }
}

/** KQL's three values; anything else than true and false keeps no row. */
export function verdict(run: Fn, frame: Frame): boolean | null {
  const value = run(frame);
  return typeof value === 'boolean' ? value : null;
}
