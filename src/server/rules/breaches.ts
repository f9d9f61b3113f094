// Rules that an agent turned off because they passed a bound: noticed in its status reports, written down and audited once
// per rule, deployment and agent, told to every console, and over with the next deployment of the rule.
import type { AgentConfig, AgentRule, RuleStats } from '../../model/index.ts';
import { record } from '../audit/index.ts';
import type { Store, StoredBreach, StoredRule } from '../store/index.ts';
import type { Notices } from './notices.ts';

/** An agent as breaches need it. */
interface ReportingAgent {
  readonly id: StoredBreach['agentId']; readonly name: string;
  /** Whether it has said that it runs the newest configuration. */
  readonly upToDate: boolean;
}

interface BreachOptions { readonly store: Store; readonly notices: Notices; readonly nowMs: () => number; readonly onError: (error: unknown) => void }

export class Breaches {
  readonly #options: BreachOptions;
  /** Of the deployments that run now, newest first. */
  #known: readonly StoredBreach[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(options: BreachOptions) { this.#options = options; }

  async load(): Promise<void> { this.#known = await this.#options.store.breaches.current(); }

  /** Waits for what is being written. */
  settled(): Promise<void> { return this.#writing; }

  /** Of the rule's newest deployment; none when it does not run. */
  of({ id, deployment, deployedVersion }: StoredRule): readonly StoredBreach[] {
    return deployedVersion === null ? [] : this.#known.filter((breach) => breach.ruleId === id && breach.deployment === deployment);
  }

  /** Reads one status report. */
  note(agent: ReportingAgent, reported: readonly RuleStats[], config: AgentConfig): void {
    for (const stats of reported) {
      // What ends by its date ends on the whole fleet at once; that is no breach.
      if (stats.disabled === undefined || stats.disabled === null || stats.disabled.kind === 'expired') continue;
      const rule = config.rules.find(({ id }) => id === stats.id);
      if (rule === undefined || !isAbout(stats, rule, agent.upToDate)) continue;
      const breach = { ruleId: rule.id as StoredBreach['ruleId'], deployment: rule.deployment, agentId: agent.id, agent: agent.name, kind: stats.disabled.kind, reason: stats.disabled.reason, at: new Date(this.#options.nowMs()).toISOString() };
      if (!this.#known.some((known) => sameBreach(known, breach))) this.#add(breach, rule, stats);
    }
  }

  #add(breach: StoredBreach, rule: AgentRule, stats: RuleStats): void {
    // Those of the rule's earlier deployments are over.
    this.#known = [breach, ...this.#known.filter(({ ruleId, deployment }) => ruleId !== breach.ruleId || deployment === breach.deployment)];
    this.#writing = this.#writing.then(() => this.#write(breach, rule, stats)).catch((error: unknown) => {
      this.#known = this.#known.filter((known) => !sameBreach(known, breach));
      this.#options.onError(error);
    });
  }

  async #write(breach: StoredBreach, rule: AgentRule, stats: RuleStats): Promise<void> {
    const { agent, kind, reason, deployment, at } = breach;
    const isNew = await this.#options.store.transaction(async (parts) => {
      if (!await parts.breaches.add(breach)) return false;
      await record(parts, { user: `agent:${agent}` }, at, {
        action: 'rule.breach', subject: `rule:${rule.id}`, before: { running: true }, after: { running: false },
        more: { name: rule.name, version: rule.version, deployment, agent, kind, reason, bounds: rule.bounds, figures: figuresOf(stats) },
      });
      return true;
    });
    if (isNew) this.#options.notices.add({ kind: 'breach', ruleId: rule.id, ruleName: rule.name, agent, message: reason });
  }
}

/** A report without a deployment number is about the newest one only from an agent that has it. */
const isAbout = (stats: RuleStats, rule: AgentRule, upToDate: boolean): boolean =>
  (stats.deployment === undefined ? upToDate && stats.version === rule.version : stats.deployment === rule.deployment);

const sameBreach = (a: StoredBreach, b: StoredBreach): boolean => a.ruleId === b.ruleId && a.deployment === b.deployment && a.agentId === b.agentId;

const figuresOf = ({ matched, removed, changed, emitted, errors, cpuMs, groups, stateBytes, overflowed }: RuleStats) => ({ matched, removed, changed, emitted, errors, cpuMs, groups, stateBytes, overflowed });
