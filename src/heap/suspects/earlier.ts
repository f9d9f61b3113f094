// An earlier snapshot of the same process, and the comparison with it.
import type { HeapAnalysis } from '../graph/analysis.ts';
import type { HeapDiff } from '../diff/heap-diff.ts';

export interface Earlier {
  readonly analysis: HeapAnalysis;
  /** diffHeaps(earlier, this) */
  readonly diff: HeapDiff;
}
