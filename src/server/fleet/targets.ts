// Which agents a rule's targets can select at all. Every agent receives every rule and its records decide; but where
// targets ask for attributes of the agent (`Agent["host.name"] == "web-1"`), the answer is known before any record comes:
// an agent that can never match is not counted among those that should run the rule.
import { runTable } from '../../engine/index.ts';
import type { Expr, Plan } from '../../kql/index.ts';

type Attributes = Readonly<Record<string, string>>;

export class TargetedAgents {
  /** By the objects themselves: plans and attributes are kept as they are while they stay the same. */
  readonly #verdicts = new WeakMap<Plan, WeakMap<Attributes, Promise<boolean>>>();

  /** `targets` is a Plan of mode targets, null for all. */
  canMatch(targets: Plan | null, attributes: Attributes): Promise<boolean> {
    if (targets === null) return Promise.resolve(true);
    let byAgent = this.#verdicts.get(targets);
    if (byAgent === undefined) this.#verdicts.set(targets, byAgent = new WeakMap());
    let verdict = byAgent.get(attributes);
    if (verdict === undefined) byAgent.set(attributes, verdict = canMatch(targets, attributes));
    return verdict;
  }
}

async function canMatch(targets: Plan, attributes: Attributes): Promise<boolean> {
  for (const operator of targets.operators) {
    if (operator.op !== 'where') continue;
    const folded: Plan = { ...targets, operators: [{ op: 'where', predicate: fold(operator.predicate, true) }] };
    if (!await keeps(folded, attributes)) return false;
  }
  return true;
}

/** A predicate that an engine cannot run says nothing about the agent. */
async function keeps(plan: Plan, attributes: Attributes): Promise<boolean> {
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
