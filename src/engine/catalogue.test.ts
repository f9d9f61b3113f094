// What the compiler lets through, the engine runs.
import { expect, test } from 'vitest';
import { aggregateFunctions, scalarFunctions } from '../kql/index.ts';
import { aggregateNames } from './aggregate/aggregate.ts';
import { functionNames } from './expr/index.ts';

/** The compiler writes these as others: they never reach the engine. */
const lowered = {
  functions: ['column_ifexists', 'bag_pack_columns', 'pack_all'],
  aggregates: ['any', 'anyif', 'makelist', 'makeset', 'percentiles', 'percentiles_array', 'percentilesw'],
};

test('every function of the KQL catalogue is known to the engine', () => {
  expect(scalarFunctions.map((one) => one.name).filter((name) => !functionNames.includes(name))).toEqual(lowered.functions);
});

test('every aggregate too', () => {
  expect(aggregateFunctions.map((one) => one.name).filter((name) => !aggregateNames.includes(name)).sort()).toEqual(lowered.aggregates);
});
