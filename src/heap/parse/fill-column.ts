// One field of a batch of rows into its column. One small loop for all columns, compiled once.

/**
 * @param place the field's place in a row of `step` values
 * @param to row of the column to begin at
 * @param max the greatest value that the column may have
 * @returns the greatest value filled in; -1 when one is negative or beyond `max`, whose place then is `values[place + n * step]`
 */
export function fillColumn(values: Float64Array, rows: number, place: number, step: number, column: Uint8Array | Uint32Array, to: number, max: number): number {
  let greatest = 0;
  for (let row = 0, at = place; row < rows; row++, at += step) {
    const value = values[at]!;
    if (value > greatest) greatest = value;
    if (value < 0) return -1;
    column[to + row] = value;
  }
  return greatest > max ? -1 : greatest;
}

/** The first value of a field that is negative or beyond `max`: for the message. */
export function firstBeyond(values: Float64Array, rows: number, place: number, step: number, max: number): number {
  for (let row = 0, at = place; row < rows; row++, at += step) if (values[at]! < 0 || values[at]! > max) return values[at]!;
  return max;
}
