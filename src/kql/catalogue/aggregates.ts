// The aggregate functions that Weir runs, by KQL name.

export interface FunctionDefinition { readonly name: string; readonly signature: string; readonly doc: string }

const aggregate = (signature: string, doc: string): FunctionDefinition => ({ name: signature.slice(0, signature.indexOf('(')), signature, doc });

export const aggregates: readonly FunctionDefinition[] = [
  aggregate('count()', 'Number of rows.'),
  aggregate('countif(predicate)', 'Number of rows for which the predicate is true.'),
  aggregate('sum(value)', 'Sum; nulls are left out.'),
  aggregate('sumif(value, predicate)', 'Sum over the rows for which the predicate is true.'),
  aggregate('avg(value)', 'Mean; nulls are left out.'),
  aggregate('avgif(value, predicate)', 'Mean over the rows for which the predicate is true.'),
  aggregate('min(value)', 'Smallest value.'),
  aggregate('max(value)', 'Largest value.'),
  aggregate('minif(value, predicate)', 'Smallest value of the rows for which the predicate is true.'),
  aggregate('maxif(value, predicate)', 'Largest value of the rows for which the predicate is true.'),
  aggregate('dcount(value)', 'Number of distinct values.'),
  aggregate('dcountif(value, predicate)', 'Number of distinct values where the predicate is true.'),
  aggregate('percentile(value, share)', 'The value below which share percent of the rows lie, by nearest rank.'),
  aggregate('percentiles(value, share, …)', 'Several percentiles, one column each.'),
  aggregate('stdev(value)', 'Standard deviation of a sample.'),
  aggregate('variance(value)', 'Variance of a sample.'),
  aggregate('make_list(value)', 'All values as an array; nulls are left out.'),
  aggregate('make_set(value)', 'The distinct values as an array.'),
  aggregate('arg_max(by, column, …)', 'The row in which `by` is largest.'),
  aggregate('arg_min(by, column, …)', 'The row in which `by` is smallest.'),
  aggregate('take_any(column, …)', 'The values of any one row.'),
];

export const aggregateByName: ReadonlyMap<string, FunctionDefinition> = new Map(aggregates.map((definition) => [definition.name, definition]));
