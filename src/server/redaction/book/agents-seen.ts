// What the audit knows of each agent, by its number: what it scanned in all, since when it runs which redacting rule and until when
// it ran those that it runs no more, and when a record of each service last left it.
import { maxAppliedRules, maxEndedRules, maxPassing } from '../bounds.ts';

export interface AppliedRule { readonly ruleId: string; readonly version: number; readonly deployment: number; readonly atMs: number }
interface Scanned { readonly records: number; readonly ofRecords: number }
/** Taken off there, or followed by another version; with what had been scanned by then. */
export interface EndedRule { readonly ruleId: string; readonly version: number; readonly atMs: number; readonly scanned: Scanned }
export interface SeenAgent {
  readonly agent: number; readonly scanned: Scanned;
  /** Since then everything that left was scanned; null while it is not. */
  readonly fullSinceMs?: number | null;
  readonly lastReportMs: number; readonly applied: readonly AppliedRule[];
  /** Newest first. */
  readonly ended?: readonly EndedRule[];
}
interface RunningRule { readonly id: string; readonly version: number; readonly deployment: number }
interface Version { readonly ruleId: string; readonly version: number }

const isVersion = (a: Version) => (b: Version): boolean => a.ruleId === b.ruleId && a.version === b.version;

export class AgentsSeen {
  readonly #agents = new Map<number, SeenAgent>();
  /** By agent and service; in memory only: the next second brings it again. */
  readonly #passed = new Map<number, Map<string, number>>();
  #passing = 0;
  readonly dirty = new Set<number>();

  of(agent: number): SeenAgent { return this.#agents.get(agent) ?? { agent, scanned: { records: 0, ofRecords: 0 }, lastReportMs: 0, applied: [] }; }
  load(agents: readonly SeenAgent[]): void { for (const one of agents) this.#agents.set(one.agent, one); }

  /** Of a report about the time from `fromMs` to `atMs`. `isFull`: no finding in what was scanned was lost, either. */
  scanned(agent: number, { records, ofRecords }: Scanned, { fromMs, atMs, isFull }: { readonly fromMs: number; readonly atMs: number; readonly isFull: boolean }): void {
    const known = this.of(agent);
    const sinceMs = known.fullSinceMs ?? (ofRecords > 0 ? Math.max(fromMs, known.lastReportMs) : atMs);
    this.#put({ ...known, fullSinceMs: isFull && records >= ofRecords ? sinceMs : null, lastReportMs: atMs, scanned: { records: known.scanned.records + records, ofRecords: known.scanned.ofRecords + ofRecords } });
  }

  /** The redacting rules that the agent says it runs. One that it ran already keeps its time; of one that is gone the end is kept. */
  applies(agent: number, rules: readonly RunningRule[], atMs: number): void {
    const known = this.of(agent);
    const applied = rules.slice(0, maxAppliedRules).map(({ id, version, deployment }) => known.applied.find((one) => one.ruleId === id && one.deployment === deployment && one.version === version) ?? { ruleId: id, version, deployment, atMs });
    if (applied.length === known.applied.length && applied.every((one, i) => one === known.applied[i])) return;
    const gone = known.applied.filter((one) => !applied.some(isVersion(one))).map(({ ruleId, version }) => ({ ruleId, version, atMs, scanned: known.scanned }));
    const ended = [...gone, ...known.ended ?? []].filter((one, i, all) => !applied.some(isVersion(one)) && all.findIndex(isVersion(one)) === i).slice(0, maxEndedRules);
    this.#put({ ...known, applied, ended });
  }

  appliedMs(agent: number, ruleId: string, version: number): number | null {
    return this.of(agent).applied.find((one) => one.ruleId === ruleId && one.version === version)?.atMs ?? null;
  }

  /** A record of the service left. Of what has no room it is not known, as if none had. */
  passes(agent: number, service: string, atMs: number): void {
    const services = this.#passed.get(agent) ?? new Map<string, number>();
    if (!services.has(service) && this.#passing >= maxPassing) return;
    if (!services.has(service)) this.#passing++;
    this.#passed.set(agent, services.set(service, Math.max(atMs, services.get(service) ?? 0)));
  }

  passedMs(agent: number, service: string): number { return this.#passed.get(agent)?.get(service) ?? 0; }

  #put(agent: SeenAgent): void {
    this.#agents.set(agent.agent, agent);
    this.dirty.add(agent.agent);
  }
}
