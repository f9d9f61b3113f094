// What a renderer draws: boxes in rows, ascending and never overlapping within a row, so that a bisection finds what is visible and
// what is under the pointer. Row 0 is the root's; the y direction is the renderer's choice (flame up, icicle down).

export interface FlameBoxes {
  readonly rows: number;
  /** Boxes of row r are `rowStart[r] .. rowStart[r + 1]`. */
  readonly rowStart: Int32Array;
  /** In the axis' unit: weight of the merged views, nanoseconds in time order. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Row of the CallTree (merged views) or of the profile's stacks (time order). */
  readonly node: Int32Array;
  /** Row of the profile's functions, -1 for the root. */
  readonly function: Int32Array;
  /** The axis: 0 to this. */
  readonly extent: number;
  /** By which colour goes: package row, self share 0..1, or change -1..1, as asked for. */
  readonly tint: Float32Array | null;
}
