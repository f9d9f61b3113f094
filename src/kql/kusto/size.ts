// How large a Plan grows while `let` is written out: a name used twice costs twice, so a few lines could ask for billions of expressions.
import { planLimits } from '../plan-schema.ts';
import type { Expr, Operator } from '../plan.ts';

export class Size {
  #left: number = planLimits.maxNodes;
  /** An expression that stands in many places is measured once. */
  readonly #known = new WeakMap<Expr, number>();

  get exceeded(): boolean { return this.#left < 0; }
  spend(nodes: number): void { this.#left -= nodes; }
  spendAgain(expr: Expr): void { this.spend(this.#of(expr)); }
  /** Operators that are used once more. Without recursion; ends when there is nothing left to spend. */
  spendOperators(operators: readonly Operator[]): void {
    const stack: unknown[] = [operators];
    for (let next = stack.pop(); next !== undefined && !this.exceeded; next = stack.pop()) {
      if (typeof next !== 'object' || next === null) continue;
      if ('k' in next) this.spend(1);
      for (const child of Object.values(next)) if (child !== undefined) stack.push(child);
    }
  }

  #of(expr: Expr): number {
    const known = this.#known.get(expr);
    if (known !== undefined) return known;
    const parts = expr.k === 'call' ? expr.args : expr.k === 'member' ? [expr.base, expr.key] : [];
    const size = parts.reduce((sum, part) => sum + this.#of(part), 1);
    this.#known.set(expr, size);
    return size;
  }
}
