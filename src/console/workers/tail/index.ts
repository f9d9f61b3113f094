// Public face of the tail worker.
import { createTailClient } from './client.ts';
import { createReleasingTail } from './releasing-tail.ts';

export { createReleasingTail, type ReleasingTail } from './releasing-tail.ts';
export { createTailClient, idleTailState, type TailClientOptions, type TailClientWithSource } from './client.ts';
export type { RecordingState, RecordingWish } from './recording.ts';
export { severityBand, severityBands, severityLabel } from './store/severity.ts';
export { jsonReady, valueText, valueType } from './value-text.ts';
export type { TailClient, TailDryRunOptions, TailFacet, TailFacetFilter, TailHistogram, TailRecord, TailRow, TailRows, TailRowsOptions, TailState, TailTimeRange, WorkOptions } from './types.ts';

/** The console's one tail. Its worker starts at the first use. */
export const tailClient = createTailClient();

/** A second tail with its own stage and signals, for dry runs of rules; the tail view's filter never reaches it. Closing it frees its memory. */
export const dryRunTailClient = createReleasingTail();
