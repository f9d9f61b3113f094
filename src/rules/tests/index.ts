// Public face of tests/.
export { junit } from './junit.ts';
export { runTests, testRedactionKey, type TestOptions } from './run-tests.ts';
export { encodeRecord, type ColumnRecord } from './encode-records.ts';
export { testStartUnixNano } from './timing.ts';
