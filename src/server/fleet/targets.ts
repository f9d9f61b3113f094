// Which agents a rule's targets can select at all. Every agent receives every rule and its records decide; but where
// targets ask for attributes of the agent (`Agent["host.name"] == "web-1"`), the answer is known before any record comes:
// an agent that can never match is not counted among those that should run the rule.
import { runTable } from '../../engine/index.ts';
import type { Expr, Plan } from '../../kql/index.ts';

/** Verdicts that are kept; a fleet and its rules ask for the same ones every second. */
const maxKept = 20_000;

export class TargetedAgents {
  readonly #verdicts = new Map<string, Promise<boolean>>();

  /** `targets` is a Plan of mode targets, null for all. */
  canMatch(targets: Plan | null, attributes: Readonly<Record<string, string>>): Promise<boolean> {
    if (targets === null) return Promise.resolve(true);
    const key = JSON.stringify([targets, attributes]);
    const known = this.#verdicts.get(key);
    if (known !== undefined) return known;
    if (this.#verdicts.size >= maxKept) this.#verdicts.clear();
    const verdict = canMatch(targets, attributes);
    this.#verdicts.set(key, verdict);
    return verdict;
  }
}

async function canMatch(targets: Plan, attributes: Readonly<Record<string, string>>): Promise<boolean> {
  for (const operator of targets.operators) {
    if (operator.op !== 'where') continue;
    const folded: Plan = { ...targets, operators: [{ op: 'where', predicate: fold(operator.predicate, true) }] };
    if (!await keeps(folded, attributes)) return false;
  }
  return true;
}

/** A predicate that an engine cannot run says nothing about the agent. */
async function keeps(plan: Plan, attributes: Readonly<Record<string, string>>): Promise<boolean> {
  try {
    for await (const _ of runTable(plan, [{ Agent: attributes }])) return true;
    return false;
  } catch {
    return true;
  }
}

/** What depends on the record becomes what it would have to be for the whole to become `wanted`. */
function fold(expr: Expr, wanted: boolean): Expr {
  if (expr.k === 'call' && (expr.fn === 'and' || expr.fn === 'or')) return { ...expr, args: expr.args.map((arg) => fold(arg, wanted)) };
  if (expr.k === 'call' && expr.fn === 'not') return { ...expr, args: expr.args.map((arg) => fold(arg, !wanted)) };
  return ofAgentAlone(expr) ? expr : { k: 'literal', type: 'bool', value: wanted };
}

function ofAgentAlone(expr: Expr): boolean {
  switch (expr.k) {
    case 'literal': return true;
    case 'column': return expr.name === 'Agent';
    case 'member': return ofAgentAlone(expr.base) && ofAgentAlone(expr.key);
    case 'call': return expr.args.every(ofAgentAlone);
  }
}
