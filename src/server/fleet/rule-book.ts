// What each rule has done, over all agents: totals of its newest deployment, which stay when it is disabled and survive
// restarts of agents, and a point a second for half an hour.
import type { AgentConfig, AgentId, AgentStatus, RuleStats } from '../../model/index.ts';
import { RuleSeries } from './rule-series.ts';
import { addTotals, noTotals, totalsOf, type RuleTotals } from './rule-totals.ts';
import type { Step } from './status-delta.ts';
import { ruleStatsIn } from './status-index.ts';

/** What runs of a rule. */
interface Running { readonly version: number; readonly deployment: number }

/** By the deployment's number; by the version for agents that do not report it. */
export const isOf = (stats: RuleStats, running: Running): boolean =>
  (stats.deployment === undefined ? stats.version === running.version : stats.deployment === running.deployment);

interface AgentPart { readonly startedUnixMs: number; readonly last: RuleStats; /** Of earlier lives of the rule on this agent. */ readonly before: RuleTotals }
interface Page { readonly running: Running; readonly agents: Map<AgentId, AgentPart> }

/** Rules that are remembered, deleted ones too. */
const maxPages = 10_000;

export class RuleBook {
  readonly series = new RuleSeries();
  readonly #pages = new Map<string, Page>();

  /** `step` is the time between the agent's last two reports; null when it is not known. */
  add(agent: AgentId, before: AgentStatus | null, after: AgentStatus, step: Step | null, config: AgentConfig): void {
    const intended = new Map(config.rules.map((rule) => [rule.id, rule]));
    for (const stats of after.rules) {
      const page = this.#page(stats, intended.get(stats.id));
      if (page !== null) page.agents.set(agent, partOf(page.agents.get(agent), stats, after.startedUnixMs));
      if (step !== null) this.series.add(stats.id, step, stats, statsBefore(before, after, stats));
    }
  }

  /** Null when nothing was reported since the newest deployment, or since this server started. */
  totals(id: string, deployment: number): RuleTotals | null {
    const page = this.#pages.get(id);
    if (page === undefined || page.running.deployment !== deployment || page.agents.size === 0) return null;
    return [...page.agents.values()].map(({ before, last }) => addTotals(before, totalsOf(last))).reduce(addTotals, noTotals);
  }

  /** Reports of a deployment that is over count no more, except when nothing followed it. */
  #page(stats: RuleStats, intended: AgentConfig['rules'][number] | undefined): Page | null {
    const known = this.#pages.get(stats.id);
    if (intended === undefined) return known !== undefined && isOf(stats, known.running) ? known : null;
    if (!isOf(stats, intended)) return null;
    if (known?.running.deployment === intended.deployment) return known;
    const page: Page = { running: { version: intended.version, deployment: intended.deployment }, agents: new Map() };
    // Set anew, so that the first of the map is the one whose deployment is the oldest.
    this.#pages.delete(stats.id);
    this.#pages.set(stats.id, page);
    const oldest = this.#pages.keys().next();
    if (this.#pages.size > maxPages && oldest.done !== true) this.#pages.delete(oldest.value);
    return page;
  }
}

/** Counts that went down began anew: what was there before is added from then on. */
function partOf(known: AgentPart | undefined, last: RuleStats, startedUnixMs: number): AgentPart {
  if (known === undefined) return { startedUnixMs, last, before: noTotals };
  const anew = known.startedUnixMs !== startedUnixMs || last.matched < known.last.matched;
  return { startedUnixMs, last, before: anew ? addTotals(known.before, totalsOf(known.last)) : known.before };
}

/** The same deployment's counts in the report before; null when they began anew in between. */
function statsBefore(before: AgentStatus | null, after: AgentStatus, stats: RuleStats): RuleStats | null {
  if (before === null || before.startedUnixMs !== after.startedUnixMs) return null;
  const then = ruleStatsIn(before, stats.id);
  const same = then !== undefined && then.deployment === stats.deployment && (then.deployment !== undefined || then.version === stats.version);
  return same && then.matched <= stats.matched ? then : null;
}
