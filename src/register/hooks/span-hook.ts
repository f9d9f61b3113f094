// `end` of the SDK's Span class, found through the first span that the app starts. A span that may not leave ends as one that was
// not sampled, which is what every exporting processor leaves out; its context is as before afterwards.
import { replaceMethod } from './owner.ts';
import type { Span, TracerProvider } from './shapes.ts';

const sampledFlag = 1;

export interface SpanJudge {
  /** Whether the span may leave; what may not be told is out of it afterwards. Never throws. */
  span(span: Span, endTime: unknown): boolean;
}

type StartSpan = (...given: unknown[]) => Span;

/** Throws when the provider has no tracers that can be watched. */
export function hookTracers(provider: TracerProvider, judge: SpanJudge, failed: (error: unknown) => void): void {
  const tracer = provider.getTracer('weir.register');
  const hooked = new WeakSet<object>();
  const watched = replaceMethod(tracer, 'startSpan', (start: StartSpan): StartSpan => function (this: unknown, ...given) {
    const span = start.apply(this, given);
    try { hookSpan(span, hooked, judge); } catch (error) { failed(error); }
    return span;
  });
  if (!watched) throw new Error('its tracers have no startSpan() that can be watched');
}

/** A span that records nothing is not the SDK's own. */
function hookSpan(span: Span, hooked: WeakSet<object>, judge: SpanJudge): void {
  const kind = Object.getPrototypeOf(span) as object | null;
  if (kind === null || hooked.has(kind) || !span.isRecording()) return;
  hooked.add(kind);
  if (!replaceMethod(span, 'end', (end: Span['end']) => ended(end, judge))) throw new Error('its spans have no end() that can be watched');
}

function ended(end: Span['end'], judge: SpanJudge): Span['end'] {
  return function (this: Span, endTime) {
    if (!isSampled(this) || judge.span(this, endTime)) { end.call(this, endTime); return; }
    const restore = unsampled(this);
    try { end.call(this, endTime); } finally { restore(); }
  };
}

function isSampled(span: Span): boolean {
  try { return span.isRecording() && ((span.spanContext().traceFlags ?? 0) & sampledFlag) !== 0; } catch { return false; }
}

function unsampled(span: Span): () => void {
  const context = span.spanContext();
  const { traceFlags } = context;
  try { context.traceFlags = (traceFlags ?? 0) & ~sampledFlag; } catch { return () => { /* a frozen context: the span leaves, without its texts (judge) */ }; }
  return () => { context.traceFlags = traceFlags ?? 0; };
}
