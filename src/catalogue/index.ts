export { Catalogue, foldedId, type CatalogueOptions, type ObservedEvent, type TemplateTexts } from './record/index.ts';
export { inBoth, Sketch, sketchFromText, sketchToText } from './sketch/index.ts';
export { eventKey, fieldKey, mainType, newestVersion, presenceOf, SeenBook, type BookRow, type Counts, type EventChange, type EventKey, type MergedEvent, type MergedField, type SeenBookOptions, type VersionCounts } from './merge/index.ts';
export { detectDrift, driftDefaults, DriftWatch, fieldName, fieldState, findCarriedFields, findFieldRenames, findRenames, leastCarriedLooks, snapshotOf, sure, type DriftOptions, type FieldDrift, type FieldRenameCandidate, type FieldRenameVerdict, type PastField, type RenameCandidate, type RenameVerdict, type Snapshot } from './drift/index.ts';
export { conventionFor, deprecated, lint } from './lint/index.ts';
