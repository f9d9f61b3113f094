// Targets: which records a rule is for, by service, resource and agent. What speaks of the agent alone is settled when the
// rule is deployed; the rest is asked once per resource of a request.
import { fallShort, shortfall, type Clock } from '../../base/index.ts';
import { parsePlan, type Expr } from '../../kql/index.ts';
import type { Signal } from '../../model/index.ts';
import type { RecordCursor, Value } from '../../otlp/index.ts';
import { CompileError, compileExpr, constantOf, type Fn } from '../expr/index.ts';
import { bindingsFor, conjuncts, RecordScope, type Step } from '../record/index.ts';
import type { Condition } from './dispatch/index.ts';

export interface Targets {
  /** False when the rule is not for this agent at all. */
  readonly possible: boolean;
  /** Null when every record is meant. */
  readonly test: Step | null;
  /** What is left to ask, for the rule index. */
  readonly clauses: readonly Condition[];
}

const everyRecord: Targets = { possible: true, test: null, clauses: [] };

const columns: ReadonlySet<string> = new Set(['ServiceName', 'Resource']);

/** `plan` is AgentRule.targets: a Plan of mode targets, or null. `useBytes`: cursors find bytes. Throws CompileError. */
export function compileTargets(plan: unknown, signal: Signal, agent: Readonly<Record<string, Value>>, clock: Clock, useBytes = true): Targets {
  const predicate = predicateOf(plan);
  if (predicate === null) return everyRecord;
  const bindings = new Map([...bindingsFor('source', signal)].filter(([name]) => columns.has(name)));
  const context = { scope: new RecordScope(bindings, clock, useBytes), clock };
  const compiled = conjuncts(withAgent(predicate, agent)).map((expr) => ({ expr, test: compileExpr(expr, context) }));
  const fixed = compiled.filter(({ test }) => test.constant);
  const open = compiled.filter(({ test }) => !test.constant);
  return {
    possible: fixed.every(({ test }) => constantOf(test) === true),
    test: open.length === 0 ? null : oncePerResource(open.map(({ test }) => test.run)),
    clauses: open.map(({ expr }) => ({ expr, bindings })),
  };
}

function predicateOf(given: unknown): Expr | null {
  if (given === null || given === undefined) return null;
  const parsed = parsePlan(given);
  if (!parsed.ok) throw new CompileError(`Targets: ${parsed.error.message}`, parsed.error.help ?? 'Save the rule again.');
  const { operators, sink } = parsed.value;
  const [first] = operators;
  if (first === undefined) return null;
  if (operators.length > 1 || first.op !== 'where' || sink !== null) throw new CompileError('Targets are one condition.', 'Write ServiceName == "frontend", Resource["host.name"] == "h1" or Agent["host.name"] == "h1", joined by and, or.');
  return first.predicate;
}

/** The expression with the agent's attributes in place of `Agent`. */
function withAgent(expr: Expr, agent: Readonly<Record<string, Value>>): Expr {
  if (expr.k === 'column') return expr.name === 'Agent' ? { k: 'literal', type: 'dynamic', value: agent } : expr;
  if (expr.k === 'call') return { ...expr, args: expr.args.map((arg) => withAgent(arg, agent)) };
  return expr.k === 'member' ? { ...expr, base: withAgent(expr.base, agent), key: withAgent(expr.key, agent) } : expr;
}

/**
 * Records of one resource lie together, so the last answer nearly always holds, and so does the reason for which it may be
 * wrong: each record of the resource hears it. A test that throws leaves no answer and throws for the next record as well.
 */
function oncePerResource(tests: readonly Fn[]): Step {
  let resets = -1;
  let resource = -1;
  let answer = false;
  let short: string | null = null;
  return (frame) => {
    const cursor: RecordCursor = frame.cursor;
    const at = cursor.view.resourceOf(cursor.index);
    if (cursor.resets === resets && at === resource) {
      if (short !== null) fallShort(short);
      return answer;
    }
    resource = -1;
    answer = tests.every((test) => test(frame) === true);
    short = shortfall();
    resets = cursor.resets;
    resource = at;
    return answer;
  };
}
