export type { EventChange } from './apply.ts';
export { eventKey, eventKeyHash, fieldKey, mainType, newestVersion, presenceOf, type Counts, type EventKey, type MergedEvent, type MergedField, type VersionCounts } from './merged-event.ts';
export type { BookRow } from './row.ts';
export { SeenBook, type SeenBookOptions } from './seen-book.ts';
