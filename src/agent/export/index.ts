export { discardingExporter } from './discarding-exporter.ts';
export { parseDownstream, signalPath } from './downstream-url.ts';
export { ExporterSet } from './exporter-set.ts';
export { OtlpHttpExporter, type OtlpHttpOptions } from './otlp-http-exporter.ts';
export { backoffMs, type Backoff } from './retry.ts';
export { defaultExporter, type Exporter, type ExporterStatus, type Outgoing } from './types.ts';
