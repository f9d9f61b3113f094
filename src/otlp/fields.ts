// Field numbers of opentelemetry-proto 1.x that the hot paths need (opentelemetry/proto/{logs,trace,metrics,common,resource}/v1).
// The whole schema, for JSON, is in schema.ts.

/** ResourceLogs, ResourceSpans and ResourceMetrics alike; ScopeLogs and its kin use 1 for the scope. */
export const resourceField = { resource: 1, scopes: 2 } as const;
export const scopeField = { scope: 1, records: 2 } as const;
/** Resource and InstrumentationScope. */
export const resourceAttributesField = 1;
export const scopeNameField = 1;
export const scopeVersionField = 2;

export const logField = {
  time: 1, severityNumber: 2, severityText: 3, body: 5, attributes: 6, droppedAttributes: 7, flags: 8,
  traceId: 9, spanId: 10, observedTime: 11, eventName: 12,
} as const;

export const spanField = {
  traceId: 1, spanId: 2, traceState: 3, parentSpanId: 4, name: 5, kind: 6, start: 7, end: 8, attributes: 9,
  events: 11, links: 13, status: 15, flags: 16,
} as const;
export const spanEventField = { time: 1, name: 2, attributes: 3 } as const;
export const spanLinkField = { traceId: 1, spanId: 2, traceState: 3, attributes: 4 } as const;
export const statusField = { message: 2, code: 3 } as const;

export const metricField = { name: 1, description: 2, unit: 3, gauge: 5, sum: 7, histogram: 9, exponentialHistogram: 10, summary: 11 } as const;
/** Gauge, Sum, Histogram, ExponentialHistogram, Summary: points are field 1 in each, temporality 2 where there is one. */
export const dataField = { points: 1, temporality: 2, monotonic: 3 } as const;
/** All points have start 2, time 3; number points hold 4 or 6; the others count 4, sum 5. The rest differs by kind. */
export const pointField = { start: 2, time: 3, asDouble: 4, asInt: 6, count: 4, sum: 5, bucketCounts: 6, explicitBounds: 7 } as const;
/** Where each kind of point keeps its attributes, flags, min and max (0: it has none), by the metric's field number. */
export const pointLayout: Readonly<Record<number, { readonly kind: string; readonly attributes: number; readonly flags: number; readonly min: number; readonly max: number }>> = {
  [metricField.gauge]: { kind: 'Gauge', attributes: 7, flags: 8, min: 0, max: 0 },
  [metricField.sum]: { kind: 'Sum', attributes: 7, flags: 8, min: 0, max: 0 },
  [metricField.histogram]: { kind: 'Histogram', attributes: 9, flags: 10, min: 11, max: 12 },
  [metricField.exponentialHistogram]: { kind: 'ExponentialHistogram', attributes: 1, flags: 10, min: 12, max: 13 },
  [metricField.summary]: { kind: 'Summary', attributes: 7, flags: 8, min: 0, max: 0 },
};

export const anyValueField = { string: 1, bool: 2, int: 3, double: 4, array: 5, kvlist: 6, bytes: 7 } as const;
export const keyValueField = { key: 1, value: 2 } as const;
