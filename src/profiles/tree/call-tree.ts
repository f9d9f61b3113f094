// The shape every merged view stands on: nodes in columns, a parent always before its children.

export interface CallTree {
  readonly count: number;
  /** Row 0 is the one root, which has no function. */
  readonly parent: Int32Array;
  /** Row of the profile's functions; -1 at the root. */
  readonly function: Int32Array;
  /** Weight of samples that end here, and of all that pass through; in the chosen weight's unit. */
  readonly self: Float64Array;
  readonly total: Float64Array;
  /** Samples, as `self` and `total`. */
  readonly selfSamples: Float64Array;
  readonly totalSamples: Float64Array;
  /** Children of n are `children[childStart[n] .. childStart[n + 1])`, heaviest first. */
  readonly childStart: Int32Array;
  readonly children: Int32Array;
  readonly depth: Int32Array;
}

/** A tree whose thin branches were left out: of node n that is `total - self` less the totals of its children. */
export interface PrunedTree extends CallTree {
  /** Nodes under the share that was asked for, or past the work one tree may cost; a left-out node's own callers are not counted. */
  readonly prunedNodes: number;
  readonly prunedWeight: number;
  readonly prunedSamples: number;
}

/** What of a profile is looked at. */
export interface ProfileSelection {
  readonly weight: number;
  /** Rows of `threads`; null: all. */
  readonly threads: readonly number[] | null;
  /** Nanoseconds from the start, end exclusive, by the samples' times; null: all. A profile without times is taken whole. */
  readonly fromNanos: number | null;
  readonly toNanos: number | null;
  /** Calls of a function to itself, direct or through others, fold into one node. */
  readonly collapseRecursion: boolean;
  /** Functions of these packages are left out; what they called hangs on what called them. */
  readonly hiddenPackages: readonly string[];
  /** Only stacks through this function, from it on; null: all. */
  readonly focusFunction: number | null;
}
export const wholeProfile: ProfileSelection = { weight: 0, threads: null, fromNanos: null, toNanos: null, collapseRecursion: false, hiddenPackages: [], focusFunction: null };
