// Rows that stay where they were first seen while their figures change: a person is about to click one. Pure.

/** The rows by group, and in each group in the order of `keys`; those that came since stand last in their own group, so that every group is there once. */
export function heldOrder<R>(rows: readonly R[], keys: readonly string[], keyOf: (row: R) => string, groupOf: (row: R) => number = () => 0): readonly R[] {
  const place = new Map(keys.map((key, i) => [key, i]));
  const at = (row: R): number => place.get(keyOf(row)) ?? keys.length;
  return rows.toSorted((a, b) => groupOf(a) - groupOf(b) || at(a) - at(b));
}
