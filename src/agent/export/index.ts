export { discardingExporter } from './discarding-exporter.ts';
export { parseDownstream, signalPath } from './downstream-url.ts';
export { ExporterSet } from './exporter-set.ts';
export { noLedger, openHeldLedger, type HeldLedger } from './held-ledger.ts';
export { OtlpHttpExporter, type OtlpHttpOptions } from './otlp-http-exporter.ts';
export { backoffMs, type Backoff } from './retry.ts';
export type { Exporter, ExporterStatus, Outgoing } from './types.ts';
