// Gathers what the API shows of rules: the store's rows, the fleet's figures, breaches and conflicts.
import type { RuleDetail, RuleSummary } from '../../model/index.ts';
import type { Store, StoredRule, StoredVersion } from '../store/index.ts';
import type { Breaches } from './breaches.ts';
import type { Conflicts, ConflictsByRule } from './conflicts.ts';
import { RuleShelf, type Shelf } from './rule-shelf.ts';
import { toDetail, toSummary, type RuleFacts, type RuleMeasurement } from './rule-views.ts';

interface RuleShowOptions {
  readonly store: Store; readonly breaches: Breaches; readonly conflicts: Conflicts;
  /** A way to measure rules as of now; made for each request. */
  readonly measurer: () => (rule: StoredRule) => Promise<RuleMeasurement>;
  /** Changes with everything that is measured. */
  readonly measuredStamp: () => string;
  readonly readTotals: (stored: unknown) => RuleFacts['endTotals'];
}

export class RuleShows {
  readonly #options: RuleShowOptions;
  readonly #shelf: RuleShelf;
  #kept: { readonly key: string; readonly summaries: Promise<RuleSummary[]> } | null = null;

  constructor(options: RuleShowOptions) {
    this.#options = options;
    this.#shelf = new RuleShelf(options);
  }

  /** All rules, by name. Two consoles that ask in one moment get one answer. */
  summaries(): Promise<RuleSummary[]> {
    const { store, breaches, conflicts, measuredStamp } = this.#options;
    const key = `${store.rules.stamp} ${breaches.stamp} ${conflicts.stamp} ${measuredStamp()}`;
    if (this.#kept?.key === key) return this.#kept.summaries;
    const summaries = this.#summaries();
    this.#kept = { key, summaries };
    summaries.catch(() => { this.#kept = null; });
    return summaries;
  }

  /** The latest text of each rule. */
  async texts(): Promise<{ readonly id: string; readonly version: number; readonly text: string }[]> {
    return [...(await this.#shelf.read()).latest.values()].map(({ ruleId, version, text }) => ({ id: ruleId, version, text }));
  }

  /** The rule as it was answered; one that another request deleted meanwhile is shown as it was. `conflicts`: as of now, or as they
   *  are known, which costs no look at the others. */
  async detail(rule: StoredRule, conflictsOf: 'now' | 'known' = 'now'): Promise<RuleDetail> {
    const [versions, shelf] = await Promise.all([this.#options.store.rules.versions(rule.id), this.#shelf.read()]);
    const { conflicts: all } = this.#options;
    const conflicts = conflictsOf === 'known' ? all.known : await all.of(shelf.rules, shelf.latest, shelf.deployed);
    const facts = this.#facts(rule, shelf.latest.get(rule.id) ?? versions[0] as StoredVersion, shelf, conflicts, await this.#options.measurer()(rule));
    return toDetail(toSummary(rule, facts), versions);
  }

  async #summaries(): Promise<RuleSummary[]> {
    const shelf = await this.#shelf.read();
    const conflicts = await this.#options.conflicts.of(shelf.rules, shelf.latest, shelf.deployed);
    const measure = this.#options.measurer();
    const summaries = await Promise.all(shelf.rules.map(async (rule) => {
      const version = shelf.latest.get(rule.id);
      // A rule that another request deleted between the queries is not shown.
      return version === undefined ? [] : [toSummary(rule, this.#facts(rule, version, shelf, conflicts, await measure(rule)))];
    }));
    return summaries.flat();
  }

  #facts({ id, deployment, deployedVersion }: StoredRule, latest: StoredVersion, shelf: Shelf, conflicts: ConflictsByRule, measured: RuleMeasurement): RuleFacts {
    return {
      latest, deployed: shelf.deployed.get(id) ?? null, deployment: shelf.deployments.get(id) ?? null, end: shelf.ends.get(id) ?? null, endTotals: shelf.endTotals.get(id) ?? null,
      measured, breaches: this.#options.breaches.of({ id, deployment, deployedVersion }), conflicts: conflicts.get(id) ?? [], conflictsKnown: this.#options.conflicts.isKnown,
    };
  }
}
