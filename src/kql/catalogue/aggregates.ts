// The aggregate functions that Weir runs, by KQL name.

export interface FunctionDefinition {
  readonly name: string; readonly signature: string; readonly doc: string;
  /** The compiler writes it out in terms of others, so executors never see it. */
  readonly writtenOut?: true;
}

const aggregate = (signature: string, doc: string): FunctionDefinition => ({ name: signature.slice(0, signature.indexOf('(')), signature, doc });
const writtenOut = (signature: string, doc: string): FunctionDefinition => ({ ...aggregate(signature, doc), writtenOut: true });

/** Older names, and the plural of one that takes several columns. */
export const aggregateAliases: Readonly<Record<string, string>> = { any: 'take_any', anyif: 'take_anyif', makelist: 'make_list', makeset: 'make_set' };

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
  aggregate('dcount(value, [accuracy])', 'Number of distinct values, estimated.'),
  aggregate('dcountif(value, predicate, [accuracy])', 'Number of distinct values where the predicate is true.'),
  aggregate('count_distinct(value)', 'Number of distinct values, exact.'),
  aggregate('count_distinctif(value, predicate)', 'Number of distinct values where the predicate is true, exact.'),
  aggregate('percentile(value, share)', 'The value below which share percent of the rows lie, by nearest rank.'),
  writtenOut('percentiles(value, share, …)', 'Several percentiles, one column each.'),
  writtenOut('percentiles_array(value, share, …)', 'Several percentiles as one array.'),
  aggregate('percentilew(value, weight, share)', 'Percentile of values that count as often as their weight says.'),
  writtenOut('percentilesw(value, weight, share, …)', 'Several weighted percentiles, one column each.'),
  aggregate('stdev(value)', 'Standard deviation of a sample.'),
  aggregate('stdevif(value, predicate)', 'Standard deviation where the predicate is true.'),
  aggregate('stdevp(value)', 'Standard deviation of a whole population.'),
  aggregate('variance(value)', 'Variance of a sample.'),
  aggregate('varianceif(value, predicate)', 'Variance where the predicate is true.'),
  aggregate('variancep(value)', 'Variance of a whole population.'),
  aggregate('make_list(value, [max])', 'All values as an array; nulls are left out.'),
  aggregate('make_list_if(value, predicate, [max])', 'The values where the predicate is true, as an array.'),
  aggregate('make_list_with_nulls(value)', 'All values as an array, nulls included.'),
  aggregate('make_set(value, [max])', 'The distinct values as an array.'),
  aggregate('make_set_if(value, predicate, [max])', 'The distinct values where the predicate is true, as an array.'),
  aggregate('make_bag(bag, [max])', 'One bag of all bags; the first value of a key stays.'),
  aggregate('make_bag_if(bag, predicate, [max])', 'One bag of the bags where the predicate is true.'),
  aggregate('binary_all_and(value)', 'Bitwise and of all values.'),
  aggregate('binary_all_or(value)', 'Bitwise or of all values.'),
  aggregate('binary_all_xor(value)', 'Bitwise exclusive or of all values.'),
  aggregate('arg_max(by, column, …)', 'The row in which `by` is largest.'),
  aggregate('arg_min(by, column, …)', 'The row in which `by` is smallest.'),
  aggregate('take_any(column, …)', 'The values of any one row.'),
  aggregate('take_anyif(column, predicate)', 'The value of any one row where the predicate is true.'),
  writtenOut('any(column, …)', 'Older name of take_any.'),
  writtenOut('anyif(column, predicate)', 'Older name of take_anyif.'),
  writtenOut('makelist(value, [max])', 'Older name of make_list.'),
  writtenOut('makeset(value, [max])', 'Older name of make_set.'),
];

export const aggregateByName: ReadonlyMap<string, FunctionDefinition> = new Map(aggregates.map((definition) => [definition.name, definition]));

/** The nearest way for aggregates of KQL that Weir does not run. */
export const insteadOfAggregate: Readonly<Record<string, string>> = {
  hll: 'Use dcount(value).', hll_if: 'Use dcountif(value, predicate).', hll_merge: 'Use dcount(value) over the rows themselves.', tdigest: 'Use percentile(value, share).', tdigest_merge: 'Use percentile(value, share) over the rows themselves.',
  buildschema: 'Use make_set(gettype(value)), or make_bag(value) for the keys.', covariance: 'Use avg, variance and stdev of each value.', make_dictionary: 'Use make_bag(bag).', percentilesw_array: 'Use percentilesw(value, weight, share, …).',
};
