// Everything stored of rules that lists show, read again only when something was stored: consoles ask every other second.
import type { RuleId } from '../../model/index.ts';
import type { Store, StoredDeployment, StoredRule, StoredVersion } from '../store/index.ts';
import type { RuleFacts } from './rule-views.ts';

export interface Shelf {
  /** By name. */
  readonly rules: readonly StoredRule[];
  readonly latest: ReadonlyMap<RuleId, StoredVersion>; readonly deployed: ReadonlyMap<RuleId, StoredVersion>;
  readonly deployments: ReadonlyMap<RuleId, StoredDeployment>; readonly ends: ReadonlyMap<RuleId, StoredDeployment>;
  /** What each rule had done when it last ended. */
  readonly endTotals: ReadonlyMap<RuleId, RuleFacts['endTotals']>;
}

interface ShelfOptions {
  readonly store: Store;
  /** Reads the totals that were stored when a rule was disabled; null for what it does not know. */
  readonly readTotals: (stored: unknown) => RuleFacts['endTotals'];
}

/** Up to so many rules are read one by one, more of them all at once. */
const fewRules = 20;

export class RuleShelf {
  readonly #options: ShelfOptions;
  #stamp = 0;
  #shelf: Promise<Shelf> | null = null;

  constructor(options: ShelfOptions) { this.#options = options; }

  /** As of the newest change; a change under way makes the next call read again. */
  read(): Promise<Shelf> {
    const { rules: store } = this.#options.store;
    if (this.#shelf !== null && store.stamp === this.#stamp) return this.#shelf;
    const before = this.#shelf;
    const changed = store.changedSince(this.#stamp);
    this.#stamp = store.stamp;
    const shelf = before === null || changed.length > fewRules ? this.#readAll() : this.#update(before, changed);
    shelf.catch(() => { if (this.#shelf === shelf) this.#shelf = null; });
    return this.#shelf = shelf;
  }

  async #readAll(): Promise<Shelf> {
    const { rules: store } = this.#options.store;
    const [rules, latest, deployed, deployments, ends] = await Promise.all([store.list(), store.latestVersions(), store.deployedVersions(), store.lastDeployments(), store.lastEnds()]);
    return { rules, latest, deployed, deployments, ends, endTotals: new Map([...ends].map(([id, { totals }]) => [id, this.#options.readTotals(totals)])) };
  }

  async #update(before: Promise<Shelf>, changed: readonly RuleId[]): Promise<Shelf> {
    const old = await before;
    const others = old.rules.filter(({ id }) => !changed.includes(id));
    const parts = { latest: new Map(old.latest), deployed: new Map(old.deployed), deployments: new Map(old.deployments), ends: new Map(old.ends), endTotals: new Map(old.endTotals) };
    const rules = await Promise.all(changed.map((id) => this.#readOne(id, parts)));
    return { ...parts, rules: [...others, ...rules.filter((rule) => rule !== null)].sort((a, b) => (a.name < b.name ? -1 : 1)) };
  }

  /** Puts the rule's parts among the others; null when it is deleted. */
  async #readOne(id: RuleId, into: { readonly [Part in Exclude<keyof Shelf, 'rules'>]: Map<RuleId, unknown> }): Promise<StoredRule | null> {
    const { rules: store } = this.#options.store;
    const rule = await store.get(id);
    const [latest, deployed, deployments, ends] = await Promise.all([
      rule === null ? null : store.version(id, rule.latestVersion), rule === null || rule.deployedVersion === null ? null : store.version(id, rule.deployedVersion), store.lastDeployments(id), store.lastEnds(id),
    ]);
    const [deployment, end] = [deployments.get(id) ?? null, ends.get(id) ?? null];
    for (const [part, value] of Object.entries({ latest, deployed, deployments: deployment, ends: end, endTotals: end === null ? null : this.#options.readTotals(end.totals) })) {
      const map = into[part as keyof typeof into];
      if (value === null) map.delete(id); else map.set(id, value);
    }
    return rule;
  }
}
