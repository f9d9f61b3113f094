// The records of a request in chunks between which the clock is read, so that nothing that looks at them can hold the agent up unseen.
import type { RequestView } from '../../otlp/index.ts';
import type { BudgetKeeper } from './keeper.ts';
import type { RuleMeter } from './rule-meter.ts';
import type { StageSampler } from './stage-sampler.ts';

/** `run` gets each chunk with the record to time in it, or -1. `rules`: who is charged for a chunk that took too long. */
export function inChunks(keeper: BudgetKeeper, sampler: StageSampler, rules: readonly { readonly meter: RuleMeter }[], view: RequestView, run: (from: number, to: number, timed: number) => void): void {
  if (!keeper.measures) { run(0, view.recordCount, -1); return; }
  const isLarge = sampler.isLarge(view);
  if (isLarge) keeper.chunkStarts();
  for (let from = 0; from < view.recordCount;) {
    const to = isLarge ? sampler.chunkEnd(view, from) : view.recordCount;
    const timed = sampler.pick(from, to);
    if (timed >= 0 && !isLarge) keeper.chunkStarts();
    run(from, to, timed);
    if (timed >= 0 || isLarge) keeper.chunkEnds(rules);
    from = to;
  }
}
