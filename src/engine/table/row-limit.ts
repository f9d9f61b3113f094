// A query over finished data that would make more rows than anybody reads.

/** Thrown while rows are read. `help` says what to do. */
export class RowLimitError extends Error {
  readonly help = 'Keep fewer elements in front of it: filter rows first, or write mv-expand … limit 100.';
  constructor(most: number) { super(`mv-expand makes more than ${most.toLocaleString('en')} rows out of those it was given.`); this.name = 'RowLimitError'; }
}
