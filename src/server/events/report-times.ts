// When each agent reported, by its own clock: what a report brings came since the one before, if that had room for all.
import type { EventReport } from '../../model/index.ts';

const mostAgents = 10_000;

interface Last { readonly startedUnixMs: number; readonly atUnixMs: number; readonly waiting: number }

export class ReportTimes {
  readonly #last = new Map<string, Last>();

  /** Milliseconds that what is in the report can have taken at the most; infinite when that is not known. */
  take(agent: string, { startedUnixMs, atUnixMs, waiting }: EventReport): number {
    const last = this.#last.get(agent);
    this.#last.delete(agent);
    this.#last.set(agent, { startedUnixMs, atUnixMs, waiting });
    if (this.#last.size > mostAgents) this.#last.delete(this.#last.keys().next().value!);
    return last === undefined || last.startedUnixMs !== startedUnixMs || last.waiting > 0 || atUnixMs <= last.atUnixMs ? Infinity : atUnixMs - last.atUnixMs;
  }
}
