// What all processes reported, added up by rule. A thread counts from its own beginning, so its last report says all and takes the place of the one
// before, by the name of its file, which no other thread has. Threads may be of other containers, where pids of here say nothing: one that has said
// nothing for a while is gone, and its file with it; should it speak again, it takes its old place.
import type { InProcessReport, InProcessRuleCounts } from '../../model/index.ts';
import type { ReportsFolder } from './reports-folder.ts';

type Sum = { -readonly [K in keyof InProcessRuleCounts]: InProcessRuleCounts[K] };
type Counts = InProcessReport['rules'];

/** A thread says something four times a minute, unless it is held up. */
const silentMs = 90_000;
/** Threads that are gone and known one by one; the oldest ones beyond that are known as a sum. */
const mostGone = 2000;

export class ReportBook {
  readonly #folder: ReportsFolder;
  readonly #nowUnixMs: () => number;
  /** By file, the oldest first. */
  readonly #gone = new Map<string, Counts>();
  #older = new Map<string, Sum>();
  #live: ReadonlyMap<string, InProcessReport> = new Map();
  #reading: Promise<void> = Promise.resolve();

  constructor(folder: ReportsFolder, nowUnixMs: () => number) {
    this.#folder = folder;
    this.#nowUnixMs = nowUnixMs;
  }

  /** Of threads that run. */
  get live(): readonly InProcessReport[] { return [...this.#live.values()]; }

  /** One after another: a report must not be taken twice. */
  read(): Promise<void> { return (this.#reading = this.#reading.then(() => this.#read())); }

  async #read(): Promise<void> {
    const live = new Map<string, InProcessReport>();
    const over: string[] = [];
    const all = await this.#folder.all();
    for (const [file, report] of all) {
      this.#gone.delete(file);
      if (!report.ended && Math.abs(this.#nowUnixMs() - report.atUnixMs) < silentMs) live.set(file, report);
      else { this.#gone.set(file, report.rules); over.push(file); }
    }
    // Somebody else took the file away: what it counted is true all the same.
    for (const [file, { rules }] of this.#live) if (!all.has(file)) this.#gone.set(file, rules);
    this.#live = live;
    this.#forgetOldest();
    for (const file of over) await this.#folder.remove(file);
  }

  #forgetOldest(): void {
    for (const [file, rules] of this.#gone) {
      if (this.#gone.size <= mostGone) return;
      for (const counts of rules) add(this.#older, counts);
      this.#gone.delete(file);
    }
  }

  /** Of these rules, as `id@version`; what is known of others is forgotten. */
  sums(rules: ReadonlySet<string>): readonly InProcessRuleCounts[] {
    this.#older = new Map([...this.#older].filter(([key]) => rules.has(key)));
    const sums = new Map([...this.#older].map(([key, sum]) => [key, { ...sum }]));
    for (const [file, all] of this.#gone) {
      const kept = all.filter((counts) => rules.has(keyOf(counts)));
      if (kept.length < all.length) this.#gone.set(file, kept);
      for (const counts of kept) add(sums, counts);
    }
    for (const { rules: all } of this.#live.values()) for (const counts of all) if (rules.has(keyOf(counts))) add(sums, counts);
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
