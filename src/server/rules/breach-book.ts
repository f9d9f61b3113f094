// Which agents turned off which rule: of each rule's newest deployment that broke, by agent.
import type { StoredBreach } from '../store/index.ts';

interface Page { readonly deployment: number; readonly byAgent: Map<string, StoredBreach>; /** Newest first; made when asked for. */ list: readonly StoredBreach[] | null }

export class BreachBook {
  readonly #pages = new Map<string, Page>();
  /** Grows with every change. */
  stamp = 0;

  /** False when it is known, or of a deployment that has been followed by another. */
  add(breach: StoredBreach): boolean {
    let page = this.#pages.get(breach.ruleId);
    if (page !== undefined && page.deployment > breach.deployment) return false;
    if (page?.deployment !== breach.deployment) this.#pages.set(breach.ruleId, page = { deployment: breach.deployment, byAgent: new Map(), list: null });
    if (page.byAgent.has(breach.agentId)) return false;
    page.byAgent.set(breach.agentId, breach);
    page.list = null;
    this.stamp++;
    return true;
  }

  forget({ ruleId, deployment, agentId }: StoredBreach): void {
    const page = this.#pages.get(ruleId);
    if (page?.deployment !== deployment) return;
    page.byAgent.delete(agentId);
    page.list = null;
    this.stamp++;
  }

  of(ruleId: string, deployment: number): readonly StoredBreach[] {
    const page = this.#pages.get(ruleId);
    return page?.deployment !== deployment ? [] : page.list ??= [...page.byAgent.values()].reverse();
  }
}
