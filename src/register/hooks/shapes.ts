// What is known of the OpenTelemetry objects of the app: the public API of its SDK, whichever copy and version that is. All of it
// may be missing. Nothing here imports OpenTelemetry: an app brings its own.
export type Attributes = Record<string, unknown>;

/** api LogRecord. */
export interface LogRecord {
  readonly timestamp?: unknown; readonly observedTimestamp?: unknown; readonly eventName?: unknown;
  readonly severityNumber?: unknown; readonly severityText?: unknown; readonly body?: unknown;
  readonly attributes?: Attributes | undefined; readonly exception?: unknown; readonly context?: Context | undefined;
}

export interface Context { getValue(key: symbol): unknown }
export interface SpanContext { readonly traceId?: unknown; readonly spanId?: unknown; traceFlags?: number; readonly traceState?: { serialize?(): string } | undefined }
export interface Scope { readonly name?: unknown; readonly version?: unknown }
export interface Resource { readonly attributes?: Attributes; readonly asyncAttributesPending?: boolean | undefined }

/** The SDK keeps scope and resource of a logger under names that differ by version. */
export interface Logger {
  emit(record: LogRecord): void;
  enabled?(options?: { readonly severityNumber?: unknown }): boolean;
  readonly instrumentationScope?: Scope; readonly _instrumentationScope?: Scope;
  readonly _sharedState?: { readonly resource?: Resource };
}

export interface SpanEvent { name: unknown; readonly time?: unknown; attributes?: Attributes }
export interface SpanLink { readonly context?: SpanContext; attributes?: Attributes }
/** A span of the SDK that has not ended: Span of the API and ReadableSpan of the SDK in one. */
export interface Span {
  end(endTime?: unknown): void;
  isRecording(): boolean;
  spanContext(): SpanContext;
  name: unknown;
  readonly kind?: number;
  readonly attributes: Attributes;
  readonly events?: SpanEvent[]; readonly links?: SpanLink[];
  status?: { readonly code?: number; readonly message?: string };
  readonly startTime?: unknown;
  readonly parentSpanContext?: SpanContext; readonly parentSpanId?: string;
  readonly resource?: Resource;
  readonly instrumentationScope?: Scope; readonly instrumentationLibrary?: Scope;
}

export interface LoggerProvider { getLogger(name: string): Logger }
export interface TracerProvider { getTracer(name: string): { startSpan(...given: unknown[]): Span } }
export interface MeterProvider {
  getMeter(name: string): { createObservableCounter(name: string, options: object): { addCallback(callback: (result: { observe(value: number, attributes: Attributes): void }) => void): void } };
}
