// Who ended a rule, from the history of deployments: taken off, over, or followed by another version. Read again when rules change.
import type { Store, StoredDeployment } from '../store/index.ts';
import { retentionMs } from './bounds.ts';

/** By a person's name, or `weir` for a rule whose time was over. */
export interface RuleEnd { readonly rule: string; readonly by: string; readonly at: string }
export interface RuleEnds {
  /** The newest end of that version between two times, Unix milliseconds; null when none is known. */
  endOf(rule: { readonly id: string; readonly version: number }, fromMs: number, toMs: number): RuleEnd | null;
}

/** Newest ones; a rule has a few a day at most. */
const mostDeployments = 20_000;

export class RuleHistory implements RuleEnds {
  readonly #rules: Store['rules'];
  readonly #nowMs: () => number;
  #stamp = -1;
  #byRule: ReadonlyMap<string, readonly StoredDeployment[]> = new Map();

  constructor(rules: Store['rules'], nowMs: () => number) { this.#rules = rules; this.#nowMs = nowMs; }

  /** As of the newest change. */
  async read(): Promise<this> {
    const { stamp } = this.#rules;
    if (stamp === this.#stamp) return this;
    const all = await this.#rules.deploymentsSince(new Date(this.#nowMs() - retentionMs).toISOString());
    this.#byRule = Map.groupBy(all.slice(-mostDeployments), ({ ruleId }) => ruleId);
    this.#stamp = stamp;
    return this;
  }

  endOf({ id, version }: { readonly id: string; readonly version: number }, fromMs: number, toMs: number): RuleEnd | null {
    const ends = ({ action, mode, version: deployed, at }: StoredDeployment): boolean =>
      (action !== 'deploy' || deployed !== version || mode !== 'live') && Date.parse(at) >= fromMs && Date.parse(at) <= toMs;
    const end = this.#byRule.get(id)?.findLast(ends);
    return end === undefined ? null : { rule: end.ruleName, by: end.author, at: end.at };
  }
}
