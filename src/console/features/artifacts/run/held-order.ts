// Rows that stay where they were first seen while their figures change: a person is about to click one. Pure.

/** The rows in the order of `keys`; those that came since stand after them, in their own order. */
export function heldOrder<R>(rows: readonly R[], keys: readonly string[], keyOf: (row: R) => string): readonly R[] {
  const place = new Map(keys.map((key, i) => [key, i]));
  const at = (row: R): number => place.get(keyOf(row)) ?? keys.length;
  return rows.toSorted((a, b) => at(a) - at(b));
}
