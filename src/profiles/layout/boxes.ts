// What a renderer draws: boxes in rows, ascending and never overlapping within a row, so that a bisection finds what is visible and
// what is under the pointer. Row 0 is the root's; the y direction is the renderer's choice (flame up, icicle down).

export interface FlameBoxes {
  readonly rows: number;
  /** Boxes of row r are `rowStart[r] .. rowStart[r + 1]`. */
  readonly rowStart: Int32Array;
  /** In the axis' unit: weight of the merged views; in time order nanoseconds from the chosen range's start. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Row of the CallTree (merged views) or of the profile's stacks (time order; the first stack of those a selection folds into one, -1 at the root). */
  readonly node: Int32Array;
  /** Row of the profile's functions, -1 for the root; in time order `notSampled` for a gap. */
  readonly function: Int32Array;
  /** The axis: 0 to this. */
  readonly extent: number;
  /** By which colour goes, as asked for: see BoxTint. */
  readonly tint: Float32Array | null;
}

/**
 * `package`: row of `strings`, -1 at the root. `self`: the box's own weight over the heaviest such weight, 0..1. `change` (diff trees
 * only): points over the greatest change there is, but at least over five points, so that noise stays pale: -1..1.
 */
export type BoxTint = 'package' | 'self' | 'change';
