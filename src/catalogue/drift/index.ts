export { findCarriedFields, leastCarriedLooks } from './carried-fields.ts';
export { detectDrift, fieldState, type FieldDrift } from './detect-drift.ts';
export { DriftWatch } from './drift-watch.ts';
export type { FieldRenameVerdict } from './field-rename-watch.ts';
export { findFieldRenames, type FieldRenameCandidate } from './field-renames.ts';
export { driftDefaults, type DriftOptions } from './options.ts';
export { sure, type RenameVerdict } from './rename-book.ts';
export { findRenames, type RenameCandidate } from './renames.ts';
export { fieldName, snapshotOf, type PastField, type Snapshot } from './snapshot.ts';
