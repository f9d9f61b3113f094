// Records per second through the table, each operator and the sink of the last dry run: the widths of the picture's bands.
import { rateSpanMs, type DryRun } from './use-dry-run.ts';

/** One per block of the query, in order; null when there is nothing to show, or too short a time for a rate. */
export function flowOf({ result, coveredMs }: Pick<DryRun, 'result' | 'coveredMs'>): readonly { readonly in: number; readonly out: number }[] | null {
  if (result === null || result.reached === 0 || coveredMs < rateSpanMs) return null;
  const { flow } = result;
  const perSecond = (count: number) => (count * 1000) / coveredMs;
  const arrive = flow.operators.at(-1)?.out ?? flow.targeted;
  const blocks = [{ in: flow.seen, out: flow.targeted }, ...flow.operators, { in: arrive, out: arrive }];
  return blocks.map(block => ({ in: perSecond(block.in), out: perSecond(block.out) }));
}
