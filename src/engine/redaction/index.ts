export { Coverage } from './coverage.ts';
export { Ledger, type Origin, type RuleName } from './ledger.ts';
export { Names, type WatchedPolicy } from './names.ts';
