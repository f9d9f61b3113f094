// What this thread's rules did, as a metric of the app's own SDK: weir.in_process.records by signal and outcome. Each thread with an
// SDK of its own tells of its own records only, so that their sum is right.
import { threadId } from 'node:worker_threads';
import type { MeterProvider } from './hooks/index.ts';
import type { Tally } from './tally.ts';

const outcomes = ['passed', 'dropped', 'sampled', 'belowLevel', 'withheld'] as const;
const names: Readonly<Record<(typeof outcomes)[number], string>> = { passed: 'passed', dropped: 'dropped', sampled: 'sampled', belowLevel: 'below_level', withheld: 'withheld' };

/** A cumulative counter of every tally. */
export function tellMetrics(provider: MeterProvider, tallies: readonly Tally[]): void {
  const counter = provider.getMeter('io.weir.register').createObservableCounter('weir.in_process.records', { unit: '{record}', description: 'Records that Weir\'s rules in this process let pass or took away.' });
  counter.addCallback((result) => {
    for (const tally of tallies) for (const outcome of outcomes) {
      if (tally[outcome] > 0) result.observe(tally[outcome], { 'weir.signal': tally.signal, 'weir.outcome': names[outcome], 'thread.id': threadId });
    }
  });
}
