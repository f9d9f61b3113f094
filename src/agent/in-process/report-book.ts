// What all processes reported, added up by rule. A thread counts from its own beginning, so its last report says all; of one that is
// gone the counts are kept and the file is not.
import type { InProcessReport, InProcessRuleCounts } from '../../model/index.ts';
import type { ReportsFolder } from './reports-folder.ts';

type Sum = { -readonly [K in keyof InProcessRuleCounts]: InProcessRuleCounts[K] };

export class ReportBook {
  readonly #folder: ReportsFolder;
  readonly #isAlive: (pid: number) => boolean;
  /** Of threads that are gone, by rule and version. */
  #gone = new Map<string, Sum>();
  #live: readonly InProcessReport[] = [];

  constructor(folder: ReportsFolder, isAlive: (pid: number) => boolean) {
    this.#folder = folder;
    this.#isAlive = isAlive;
  }

  /** Of threads that run. */
  get live(): readonly InProcessReport[] { return this.#live; }

  async read(): Promise<void> {
    const live: InProcessReport[] = [];
    for (const [file, report] of await this.#folder.all()) {
      if (!report.ended && this.#isAlive(report.pid)) { live.push(report); continue; }
      for (const counts of report.rules) add(this.#gone, counts);
      await this.#folder.remove(file);
    }
    this.#live = live;
  }

  /** Of these rules, as `id@version`; what is known of others is forgotten. */
  sums(rules: ReadonlySet<string>): readonly InProcessRuleCounts[] {
    this.#gone = new Map([...this.#gone].filter(([key]) => rules.has(key)));
    const sums = new Map([...this.#gone].map(([key, sum]) => [key, { ...sum }]));
    for (const { rules: all } of this.#live) for (const counts of all) if (rules.has(keyOf(counts))) add(sums, counts);
    return [...sums.values()];
  }
}

export const keyOf = ({ id, version }: { readonly id: string; readonly version: number }): string => `${id}@${version}`;

function add(sums: Map<string, Sum>, counts: InProcessRuleCounts): void {
  const sum = sums.get(keyOf(counts));
  if (sum === undefined) { sums.set(keyOf(counts), { ...counts }); return; }
  sum.matched += counts.matched;
  sum.removed += counts.removed;
  sum.changed += counts.changed;
  sum.errors += counts.errors;
  sum.lastError = counts.lastError ?? sum.lastError;
  sum.disabled = counts.disabled ?? sum.disabled;
}
