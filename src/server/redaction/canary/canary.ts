// A canary run: every connected agent sends generated secrets through its inputs and looks for them at its outputs. One run at a
// time; the last one outlives a restart. What the agents' books say of the canary's own service is kept out of the audit.
import { z } from 'zod';
import { ok, type Result } from '../../../base/index.ts';
import { canaryResult, canaryRun, type CanaryNotTested, type CanaryProbe, type CanaryRun, type canaryRequest } from '../../../model/index.ts';
import { refuse, type Problem } from '../../http/problem.ts';

/** An agent that can take messages. */
export interface CanaryAgent { readonly id: string; readonly name: string; readonly connected: boolean }
export interface StoredCanary {
  readonly last: CanaryRun | null; /** Ids of the last runs: late reports still name their services. */ readonly runs: readonly string[];
  /** What ran of the redacting rules when it began, by id; absent of a run of an earlier version. */
  readonly rules?: Readonly<Record<string, string>>;
}

/** The canary's records are of the service `weir-canary-<run>`. */
const canaryService = 'weir-canary-';
/** An agent waits for its own outputs no longer than half of this. */
const canaryTimeoutMs = 60_000;
const rememberedRuns = 20;
const maxProbes = 5000;
const maxText = 300;
const maxRules = 1000;

const result = canaryResult.refine(({ probes, notTested = [] }) => probes.length <= maxProbes && notTested.length <= maxRules);
const cut = (text: string): string => (text.length <= maxText ? text : `${text.slice(0, maxText - 1).toWellFormed()}…`);
/** A hostile agent's names are no longer than others'. */
const withinLength = ({ input, output, detector, rule, meantBy, ...probe }: CanaryProbe): CanaryProbe =>
  ({ ...probe, input: cut(input), output: cut(output), detector: cut(detector), rule: rule === null ? null : cut(rule), ...(meantBy !== undefined && { meantBy: meantBy === null ? null : cut(meantBy) }) });
const ruleWithinLength = ({ id, name, why }: CanaryNotTested): CanaryNotTested => ({ id: cut(id), name: cut(name), why: cut(why) });
type AgentPart = CanaryRun['agents'][number];

export class Canary {
  #stored: StoredCanary;
  constructor(stored: StoredCanary) { this.#stored = stored; }

  get stored(): StoredCanary { return this.#stored; }
  get last(): CanaryRun | null { return this.#stored.last; }
  get running(): boolean { return this.last !== null && this.last.finishedAt === null; }

  /** With the number of rules that were deployed, changed or taken off since it began. */
  lastAmong(rules: ReadonlyMap<string, string>): CanaryRun | null {
    const { last, rules: before } = this.#stored;
    if (last === null || before === undefined) return last;
    const changed = [...new Set([...Object.keys(before), ...rules.keys()])].filter((id) => (Object.hasOwn(before, id) ? before[id] : undefined) !== rules.get(id));
    return { ...last, rulesChangedSince: changed.length };
  }

  /** Whether a service is what one of the last runs made up. A service that only calls itself so is audited like any other. */
  isCanary(service: string): boolean { return service.startsWith(canaryService) && this.#stored.runs.some((run) => service === canaryService + run || service.startsWith(`${canaryService}${run}-`)); }

  /** Agents that are away are listed as such; at least one must be there. */
  begin(id: string, by: string, { agents, rules }: { readonly agents: readonly CanaryAgent[]; readonly rules: ReadonlyMap<string, string> }, nowMs: number): Result<CanaryRun, Problem> {
    if (this.running) return refuse('canary.running', `A canary run of ${this.last?.startedAt ?? ''} has not finished.`);
    if (!agents.some(({ connected }) => connected)) return refuse('canary.no-agent', 'No agent is connected that could run the canary.');
    const parts = agents.map(({ id: agent, name, connected }): AgentPart =>
      ({ id: agent, name, state: connected ? 'running' : 'away', problem: connected ? null : `${name} was away when the run began.`, probes: [] }));
    const run: CanaryRun = { id, startedAt: new Date(nowMs).toISOString(), finishedAt: null, by, agents: parts };
    this.#stored = { last: run, runs: [id, ...this.#stored.runs].slice(0, rememberedRuns), rules: Object.fromEntries(rules) };
    return ok(run);
  }

  /** An agent's result. True when it was waited for. */
  take(agentId: string, content: unknown): boolean {
    const parsed = result.safeParse(content);
    if (!parsed.success || !this.#waitsFor(agentId, parsed.data.run)) return false;
    const { problem, probes, notTested } = parsed.data;
    this.#set(agentId, { state: problem === null ? 'done' : 'failed', problem: problem === null ? null : cut(problem), probes: probes.map(withinLength), ...(notTested !== undefined && { notTested: notTested.map(ruleWithinLength) }) });
    return true;
  }

  /** Agents that left, and those that do not answer. True when this ended the run, or when its last result did. */
  settle(isConnected: (agentId: string) => boolean, nowMs: number): boolean {
    const run = this.last;
    if (run === null || run.finishedAt !== null) return false;
    const late = nowMs - Date.parse(run.startedAt) >= canaryTimeoutMs;
    for (const { id, name, state } of run.agents) {
      if (state !== 'running') continue;
      if (!isConnected(id)) this.#set(id, { state: 'away', problem: `${name} went away before it had a result.` });
      else if (late) this.#set(id, { state: 'failed', problem: `${name} gave no result within ${canaryTimeoutMs / 1000} s. An agent of an older version knows no canary: update it.` });
    }
    if (this.last?.agents.some(({ state }) => state === 'running') === true) return false;
    this.#stored = { ...this.#stored, last: { ...this.last as CanaryRun, finishedAt: new Date(nowMs).toISOString() } };
    return true;
  }

  #waitsFor(agentId: string, run: string): boolean {
    return this.last?.id === run && this.last.finishedAt === null && this.last.agents.some(({ id, state }) => id === agentId && state === 'running');
  }

  #set(agentId: string, part: Partial<AgentPart>): void {
    const last = this.last as CanaryRun;
    this.#stored = { ...this.#stored, last: { ...last, agents: last.agents.map((agent) => (agent.id === agentId ? { ...agent, ...part } : agent)) } };
  }
}

export const requestOf = (run: string, seed: number): z.infer<typeof canaryRequest> => ({ run, seed });

/** Numbers of a run, for the audit: never a probe's secret, which nobody but the agent knows. */
export function outcomes({ agents }: CanaryRun): Readonly<Record<string, number>> {
  const probes = agents.flatMap((agent) => agent.probes);
  const of = (outcome: string): number => probes.filter((probe) => probe.outcome === outcome).length;
  return { agents: agents.length, done: agents.filter(({ state }) => state === 'done').length, stopped: of('stopped'), leaked: of('leaked'), notSeen: of('not-seen') };
}

/** What was stored; a run that this version cannot read is forgotten. */
export function readStoredCanary(text: string | null): StoredCanary {
  try {
    const { last, runs, rules } = JSON.parse(text ?? '{}') as { last?: unknown; runs?: unknown; rules?: unknown };
    const ran = z.record(z.string(), z.string()).safeParse(rules);
    return { last: canaryRun.nullable().parse(last ?? null), runs: Array.isArray(runs) ? runs.filter((run) => typeof run === 'string') : [], ...(ran.success && { rules: ran.data }) };
  } catch {
    return { last: null, runs: [] };
  }
}
