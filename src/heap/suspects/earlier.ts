// An earlier snapshot, and the comparison with it, which says whether it is of the same process.
import type { HeapAnalysis } from '../graph/analysis.ts';
import type { HeapDiff } from '../diff/heap-diff.ts';

export interface Earlier {
  readonly analysis: HeapAnalysis;
  /** diffHeaps(earlier, this) */
  readonly diff: HeapDiff;
}
