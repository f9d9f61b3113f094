// What the compiler lets through, the engine runs.
import { expect, test } from 'vitest';
import { aggregateFunctions, scalarFunctions } from '../kql/index.ts';
import { aggregateNames } from './aggregate/aggregate.ts';
import { functionNames } from './expr/index.ts';

test('every function of the KQL catalogue is known to the engine', () => {
  expect(scalarFunctions.map((one) => one.name).filter((name) => !functionNames.includes(name))).toEqual([]);
});

test('every aggregate too; percentiles is lowered to percentile', () => {
  expect(aggregateFunctions.map((one) => one.name).filter((name) => !aggregateNames.includes(name))).toEqual(['percentiles']);
});
