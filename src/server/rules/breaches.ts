// Rules that agents turned off because they passed a bound: noticed in status reports, shown at once, and over with the next
// deployment of the rule. A fleet breaks as one: what many agents say of one deployment is gathered for a moment, so that
// there is one audit entry and one message for people, with the number of agents. Each agent's own breach is written down.
import type { AgentRule, RuleStats } from '../../model/index.ts';
import { record } from '../audit/index.ts';
import type { Store, StoredBreach, StoredRule } from '../store/index.ts';
import { BreachBook } from './breach-book.ts';
import type { Notices } from './notices.ts';

/** An agent as breaches need it. */
interface ReportingAgent {
  readonly id: StoredBreach['agentId']; readonly name: string;
  /** Whether it has said that it runs the newest configuration. */
  readonly upToDate: boolean;
}

interface BreachOptions { readonly store: Store; readonly notices: Notices; readonly nowMs: () => number; readonly onError: (error: unknown) => void }
/** Of one deployment, not written down yet. */
interface Gathering { readonly rule: AgentRule; readonly stats: RuleStats; readonly dueMs: number; /** People have been told of this deployment. */ readonly told: boolean; readonly breaches: StoredBreach[] }

/** Agents report at once when a rule turned itself off: by then most that broke together have said so. People are not kept waiting for the rest. */
const gatherMs = 500;
/** Agents that break later than the others are audited together, too. */
const gatherMoreMs = 60_000;
/** Names in one audit entry. */
const maxNames = 20;

export class Breaches {
  readonly #options: BreachOptions;
  readonly #book = new BreachBook();
  readonly #gathering = new Map<string, Gathering>();
  #writing: Promise<void> = Promise.resolve();

  constructor(options: BreachOptions) { this.#options = options; }

  /** Changes with every breach that comes or goes. */
  get stamp(): number { return this.#book.stamp; }

  async load(): Promise<void> { for (const breach of (await this.#options.store.breaches.current()).toReversed()) this.#book.add(breach); }

  /** Writes down everything that was noticed. */
  settled(): Promise<void> {
    this.#write([...this.#gathering.keys()]);
    return this.#writing;
  }

  /** Of the rule's newest deployment, newest first; none when it does not run. */
  of({ id, deployment, deployedVersion }: Pick<StoredRule, 'id' | 'deployment' | 'deployedVersion'>): readonly StoredBreach[] { return deployedVersion === null ? [] : this.#book.of(id, deployment); }

  /** Reads one status report. `rules` are those of the newest configuration, by id. */
  note(agent: ReportingAgent, reported: readonly RuleStats[], rules: ReadonlyMap<string, AgentRule>): void {
    for (const stats of reported) {
      // What ends by its date ends on the whole fleet at once; that is no breach.
      if (stats.disabled === undefined || stats.disabled === null || stats.disabled.kind === 'expired') continue;
      const rule = rules.get(stats.id);
      if (rule === undefined || !isAbout(stats, rule, agent.upToDate)) continue;
      const breach = { ruleId: rule.id as StoredBreach['ruleId'], deployment: rule.deployment, agentId: agent.id, agent: agent.name, kind: stats.disabled.kind, reason: stats.disabled.reason, at: new Date(this.#options.nowMs()).toISOString() };
      const known = this.#book.of(rule.id, rule.deployment).length;
      if (this.#book.add(breach)) this.#gather(breach, rule, stats, known > 0);
    }
    this.writeDue();
  }

  /** Now and then: writes down what has been gathered for long enough. */
  writeDue(): void {
    const nowMs = this.#options.nowMs();
    this.#write([...this.#gathering].filter(([, { dueMs }]) => dueMs <= nowMs).map(([key]) => key));
  }

  #gather(breach: StoredBreach, rule: AgentRule, stats: RuleStats, told: boolean): void {
    const key = `${rule.id}#${rule.deployment}`;
    const under = this.#gathering.get(key);
    if (under === undefined) this.#gathering.set(key, { rule, stats, told, dueMs: this.#options.nowMs() + (told ? gatherMoreMs : gatherMs), breaches: [breach] });
    else under.breaches.push(breach);
  }

  #write(keys: readonly string[]): void {
    for (const key of keys) {
      const gathered = this.#gathering.get(key);
      this.#gathering.delete(key);
      if (gathered === undefined) continue;
      this.#writing = this.#writing.then(() => this.#store(gathered)).catch((error: unknown) => {
        // The agents say it again with their next report.
        for (const breach of gathered.breaches) this.#book.forget(breach);
        this.#options.onError(error);
      });
    }
  }

  async #store({ rule, stats, told, breaches }: Gathering): Promise<void> {
    const added = await this.#options.store.transaction(async (parts) => {
      const fresh: StoredBreach[] = [];
      for (const breach of breaches) if (await parts.breaches.add(breach)) fresh.push(breach);
      const [first] = fresh;
      if (first === undefined) return fresh;
      await record(parts, { user: `agent:${first.agent}` }, first.at, {
        action: 'rule.breach', subject: `rule:${rule.id}`, before: { running: true }, after: { running: false },
        more: {
          name: rule.name, version: rule.version, deployment: rule.deployment, agent: first.agent, agents: fresh.length, agentNames: fresh.slice(0, maxNames).map(({ agent }) => agent),
          kind: first.kind, reason: first.reason, bounds: rule.bounds, figures: figuresOf(stats),
        },
      });
      return fresh;
    });
    const [first] = added;
    if (first !== undefined && !told) this.#options.notices.add({ kind: 'breach', breach: first.kind, ruleId: rule.id, ruleName: rule.name, agent: first.agent, agents: added.length, message: first.reason });
  }
}

/** A report without a deployment number is about the newest one only from an agent that has it. */
const isAbout = (stats: RuleStats, rule: AgentRule, upToDate: boolean): boolean =>
  (stats.deployment === undefined ? upToDate && stats.version === rule.version : stats.deployment === rule.deployment);

const figuresOf = ({ matched, removed, changed, emitted, errors, cpuMs, groups, stateBytes, overflowed }: RuleStats) => ({ matched, removed, changed, emitted, errors, cpuMs, groups, stateBytes, overflowed });
