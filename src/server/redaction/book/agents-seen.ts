// What the audit knows of each agent, by its number: what it scanned in all, and since when it runs which redacting
// rule.
import { maxAppliedRules } from '../bounds.ts';

interface AppliedRule { readonly ruleId: string; readonly version: number; readonly deployment: number; readonly atMs: number }
export interface SeenAgent {
  readonly agent: number; readonly scanned: { readonly records: number; readonly ofRecords: number };
  /** Since then everything that left was scanned; null while it is not. */
  readonly fullSinceMs?: number | null;
  readonly lastReportMs: number; readonly applied: readonly AppliedRule[];
}

export class AgentsSeen {
  readonly #agents = new Map<number, SeenAgent>();
  readonly dirty = new Set<number>();

  of(agent: number): SeenAgent { return this.#agents.get(agent) ?? { agent, scanned: { records: 0, ofRecords: 0 }, lastReportMs: 0, applied: [] }; }
  load(agents: readonly SeenAgent[]): void { for (const one of agents) this.#agents.set(one.agent, one); }

  scanned(agent: number, { records, ofRecords }: { readonly records: number; readonly ofRecords: number }, atMs: number): void {
    const known = this.of(agent);
    const isFull = records >= ofRecords;
    this.#put({ ...known, fullSinceMs: isFull ? known.fullSinceMs ?? atMs : null, lastReportMs: atMs, scanned: { records: known.scanned.records + records, ofRecords: known.scanned.ofRecords + ofRecords } });
  }

  /** The rules of a configuration that the agent says it runs. One that it ran already keeps its time; one that is gone is forgotten. */
  applies(agent: number, rules: readonly { readonly id: string; readonly version: number; readonly deployment: number }[], atMs: number): void {
    const known = this.of(agent);
    const applied = rules.slice(0, maxAppliedRules).map(({ id, version, deployment }) => known.applied.find((one) => one.ruleId === id && one.deployment === deployment && one.version === version) ?? { ruleId: id, version, deployment, atMs });
    if (JSON.stringify(applied) !== JSON.stringify(known.applied)) this.#put({ ...known, applied });
  }

  appliedMs(agent: number, ruleId: string, version: number): number | null {
    return this.of(agent).applied.find((one) => one.ruleId === ruleId && one.version === version)?.atMs ?? null;
  }

  #put(agent: SeenAgent): void {
    this.#agents.set(agent.agent, agent);
    this.dirty.add(agent.agent);
  }
}
