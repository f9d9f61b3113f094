// What the audit knows of each agent, by its number: what it scanned in all, since when it runs which redacting rule and until when
// it ran those that it runs no more, and when a record of each service last left it.
import { maxAppliedRules, maxEndedRules, maxPassing } from '../bounds.ts';

export interface AppliedRule {
  readonly ruleId: string; readonly version: number; readonly deployment: number; readonly atMs: number;
  /** It had run before and was off until `atMs`, and not all that left in between was scanned: nobody knows what left then. */
  readonly wasOff?: boolean;
}
interface Scanned { readonly records: number; readonly ofRecords: number }
/** Of one report. `waiting`: records that left by then and wait to be scanned; absent of agents that keep none waiting, and of second parts. */
interface ScannedNow extends Scanned { readonly waiting?: number | undefined }
/** What left until then, and waits to be scanned. */
export interface Pending { readonly atMs: number; readonly records: number }
/** Taken off there, or followed by another version; with what had been scanned by then. */
export interface EndedRule { readonly ruleId: string; readonly version: number; readonly atMs: number; readonly scanned: Scanned }
export interface SeenAgent {
  readonly agent: number; readonly scanned: Scanned;
  /** Since then everything that left was scanned; null while it is not. */
  readonly fullSinceMs?: number | null;
  /** Until then all of that was scanned, by now; while something waits. Oldest first. */
  readonly fullToMs?: number | null; readonly pending?: readonly Pending[];
  /** Records that wait. */
  readonly waiting?: number;
  readonly lastReportMs: number; readonly applied: readonly AppliedRule[];
  /** Newest first. */
  readonly ended?: readonly EndedRule[];
}
interface RunningRule { readonly id: string; readonly version: number; readonly deployment: number }
interface Version { readonly ruleId: string; readonly version: number }

/** An agent reports once a second when there is something to say. */
const tellsWithinMs = 5000;

const isVersion = (a: Version) => (b: Version): boolean => a.ruleId === b.ruleId && a.version === b.version;

/** What an agent's reports tell, as the judges of a source need it. */
export const evidenceIn = ({ scanned, fullSinceMs = null, fullToMs = null, pending = [], ended = [] }: SeenAgent): { readonly scanned: Scanned; readonly fullSinceMs: number | null; readonly fullToMs?: number; readonly ended: readonly EndedRule[] } =>
  ({ scanned, fullSinceMs, ended, ...(fullToMs !== null && pending.length > 0 && { fullToMs }) });

function begun({ ended = [], fullSinceMs }: SeenAgent, rule: AppliedRule): AppliedRule {
  const before = ended.find(isVersion(rule));
  return before === undefined || (fullSinceMs != null && fullSinceMs <= before.atMs) ? rule : { ...rule, wasOff: true };
}

export class AgentsSeen {
  readonly #agents = new Map<number, SeenAgent>();
  /** By agent and service; in memory only: the next second brings it again. */
  readonly #passed = new Map<number, Map<string, number>>();
  #passing = 0;
  /** When it last connected; in memory only. */
  readonly #came = new Map<number, number>();
  readonly dirty = new Set<number>();

  of(agent: number): SeenAgent { return this.#agents.get(agent) ?? { agent, scanned: { records: 0, ofRecords: 0 }, lastReportMs: 0, applied: [] }; }
  load(agents: readonly SeenAgent[]): void { for (const one of agents) this.#agents.set(one.agent, one); }

  /** Of a report about the time from `fromMs` to `atMs`. `isFull`: no finding in what was scanned was lost. What waits is not missed: it
   *  is scanned in turn, and until then only what left before it is known to have been. Gives the records that nobody will scan. */
  scanned(agent: number, { records, ofRecords, waiting }: ScannedNow, { fromMs, atMs, isFull }: { readonly fromMs: number; readonly atMs: number; readonly isFull: boolean }): number {
    const known = this.of(agent);
    const before = known.waiting ?? 0;
    const after = waiting ?? before;
    const missed = Math.max(0, ofRecords + before - records - after);
    const isAll = isFull && missed === 0;
    const sinceMs = known.fullSinceMs ?? (ofRecords > 0 ? Math.max(fromMs, known.lastReportMs) : atMs);
    const queue = [...(known.fullSinceMs == null ? [{ atMs: sinceMs, records: before }] : known.pending ?? []), { atMs, records: ofRecords }];
    const { pending, toMs } = isAll ? workedOff(queue, after, known.fullToMs ?? sinceMs) : { pending: [], toMs: null };
    this.#put({ ...known, fullSinceMs: isAll ? sinceMs : null, fullToMs: toMs, pending, waiting: after, lastReportMs: atMs, scanned: { records: known.scanned.records + records, ofRecords: known.scanned.ofRecords + ofRecords } });
    return missed;
  }

  /** A report that was refused: what it would have said is not known. */
  lost(agent: number): void { this.#put({ ...this.of(agent), fullSinceMs: null, fullToMs: null, pending: [] }); }

  /** The redacting rules that the agent says it runs. One that it ran already keeps its time; of one that is gone the end is kept. */
  applies(agent: number, rules: readonly RunningRule[], atMs: number): void {
    const known = this.of(agent);
    const applied = rules.slice(0, maxAppliedRules).map(({ id, version, deployment }) => known.applied.find((one) => one.ruleId === id && one.deployment === deployment && one.version === version) ?? begun(known, { ruleId: id, version, deployment, atMs }));
    if (applied.length === known.applied.length && applied.every((one, i) => one === known.applied[i])) return;
    const gone = known.applied.filter((one) => !applied.some(isVersion(one))).map(({ ruleId, version }) => ({ ruleId, version, atMs, scanned: known.scanned }));
    const ended = [...gone, ...known.ended ?? []].filter((one, i, all) => !applied.some(isVersion(one)) && all.findIndex(isVersion(one)) === i).slice(0, maxEndedRules);
    this.#put({ ...known, applied, ended });
  }

  appliedMs(agent: number, ruleId: string, version: number): number | null {
    return this.of(agent).applied.find((one) => one.ruleId === ruleId && one.version === version)?.atMs ?? null;
  }

  came(agent: number, atMs: number): void { this.#came.set(agent, atMs); }

  /** It is back since a moment ago, and has not yet told what it saw while it was away. */
  isComing(agent: number, nowMs: number): boolean {
    const cameMs = this.#came.get(agent) ?? -Infinity;
    return nowMs - cameMs < tellsWithinMs && this.of(agent).lastReportMs < cameMs;
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

const mostPending = 64;

/** First in, first out: `waiting` records of the queue are left, its newest. `toMs`: until when all is scanned, `fromMs` at least. */
function workedOff(queue: readonly Pending[], waiting: number, fromMs: number): { readonly pending: readonly Pending[]; readonly toMs: number } {
  let done = queue.reduce((sum, { records }) => sum + records, 0) - waiting;
  let toMs = fromMs;
  const pending: Pending[] = [];
  for (const { atMs, records } of queue) {
    const now = Math.max(0, Math.min(done, records));
    done -= now;
    if (now === records && pending.length === 0) toMs = Math.max(toMs, atMs);
    else pending.push({ atMs, records: records - now });
  }
  const [first, second] = pending;
  return { pending: pending.length > mostPending && first && second ? [{ atMs: second.atMs, records: first.records + second.records }, ...pending.slice(2)] : pending, toMs };
}
