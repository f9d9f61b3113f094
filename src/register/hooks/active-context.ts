// The span context that a record belongs to: of the context it names, else of the one that is active, as the API itself finds it.
import { apiKey } from './api-watch.ts';
import type { Context, LogRecord, SpanContext } from './shapes.ts';

const spanKey = Symbol.for('OpenTelemetry Context Key SPAN');
interface Api { readonly context?: { active(): Context } }

/** Null when there is none, or no valid one. */
export function spanContextOf(record: LogRecord): SpanContext | null {
  const context = record.context ?? (globalThis as unknown as Record<symbol, Api | undefined>)[apiKey]?.context?.active();
  const span = context?.getValue(spanKey) as { spanContext?(): SpanContext } | undefined;
  const found = span?.spanContext?.();
  return typeof found?.traceId === 'string' && /[^0]/.test(found.traceId) ? found : null;
}
