// Public face of tests/.
export { junit } from './junit.ts';
export { expectationOf, runTests, testRedactionKey, type RuleExpectation, type RuleTest, type TestOptions } from './run-tests.ts';
export { encodeRecord, type ColumnRecord, type FieldFailure } from './encode-records.ts';
export { testStartUnixNano } from './timing.ts';
