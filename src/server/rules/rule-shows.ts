// Gathers what the API shows of rules: the store's rows, the fleet's figures, breaches and conflicts.
import type { RuleDetail, RuleSummary } from '../../model/index.ts';
import type { Store, StoredDeployment, StoredRule, StoredVersion } from '../store/index.ts';
import type { Breaches } from './breaches.ts';
import type { Conflicts } from './conflicts.ts';
import { toDetail, toSummary, type RuleFacts, type RuleMeasurement } from './rule-views.ts';

interface RuleShowOptions {
  readonly store: Store; readonly breaches: Breaches; readonly conflicts: Conflicts;
  readonly measure: (rule: StoredRule) => Promise<RuleMeasurement>;
  /** Reads the totals that were stored when a rule was disabled; null for what it does not know. */
  readonly readTotals: (stored: unknown) => RuleFacts['endTotals'];
}

export class RuleShows {
  readonly #options: RuleShowOptions;
  constructor(options: RuleShowOptions) { this.#options = options; }

  /** All rules, by name. */
  async summaries(): Promise<RuleSummary[]> { return this.#summaries(await this.#options.store.rules.list()); }

  async detail(rule: StoredRule): Promise<RuleDetail> {
    const { store } = this.#options;
    const [versions, all] = await Promise.all([store.rules.versions(rule.id), store.rules.list()]);
    // The rule as it was answered, among the others as they are: conflicts come from them.
    const [summary] = await this.#summaries(all.map((one) => (one.id === rule.id ? rule : one)), rule.id);
    // A rule that another request deleted meanwhile is shown as it was.
    return toDetail(summary ?? toSummary(rule, await this.#facts(rule, versions[0] as StoredVersion, { deployment: null, end: null }, [])), versions);
  }

  async #summaries(rules: readonly StoredRule[], only?: string): Promise<RuleSummary[]> {
    const { store, conflicts } = this.#options;
    const [latest, deployed, deployments, ends] = await Promise.all([store.rules.latestVersions(), store.rules.deployedVersions(), store.rules.lastDeployments(), store.rules.lastEnds()]);
    const found = await conflicts.of(rules, latest, deployed);
    const shown = rules.filter(({ id }) => only === undefined || id === only);
    const summaries = await Promise.all(shown.map(async (rule) => {
      const version = latest.get(rule.id);
      // A rule that another request deleted between the queries is not shown.
      if (version === undefined) return [];
      const past = { deployment: deployments.get(rule.id) ?? null, end: ends.get(rule.id) ?? null };
      return [toSummary(rule, await this.#facts(rule, version, past, found.get(rule.id) ?? []))];
    }));
    return summaries.flat();
  }

  async #facts(rule: StoredRule, latest: StoredVersion, past: { readonly deployment: StoredDeployment | null; readonly end: StoredDeployment | null }, conflicts: RuleFacts['conflicts']): Promise<RuleFacts> {
    const { measure, breaches, readTotals } = this.#options;
    return { latest, deployment: past.deployment, endTotals: readTotals(past.end?.totals ?? null), measured: await measure(rule), breaches: breaches.of(rule), conflicts };
  }
}
