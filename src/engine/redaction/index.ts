export { Coverage } from './coverage.ts';
export { Fingerprints, FingerprintSet } from './fingerprints.ts';
export { Ledger, type Origin, type RuleName } from './ledger.ts';
export { namedBy, Names, type NamedBy, type WatchedPolicy } from './names.ts';
