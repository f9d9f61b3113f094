// Providers of APIs and SDKs that are not installed here: the logs API of before, one that was registered earlier, and broken ones.
import { expect, it, vi } from 'vitest';
import { apiKey, watchApi, type Seen } from './api-watch.ts';
import { hookLoggers } from './log-hook.ts';
import { hookTracers } from './span-hook.ts';
import type { Logger, LoggerProvider, LogRecord, Span, TracerProvider } from './shapes.ts';

const logsKey = Symbol.for('io.opentelemetry.js.api.logs');
const seenBy = () => ({ logs: vi.fn<Seen['logs']>(), traces: vi.fn<Seen['traces']>(), metrics: vi.fn<Seen['metrics']>() });
type Global = Record<symbol, unknown>;

it('sees what was registered before and what comes, and the API works as ever', () => {
  const [first, second] = [{ name: 'first' }, { name: 'second' }];
  const global: Global = { [apiKey]: { logs: first } };
  const seen = seenBy();
  watchApi(seen, (error) => { throw error; }, global);
  const api = global[apiKey] as Record<string, unknown>;
  api['metrics'] = second;
  expect(seen.logs.mock.calls).toEqual([[first]]);
  expect(seen.metrics.mock.calls).toEqual([[second]]);
  expect([api['logs'], api['metrics'], Object.keys(api)]).toEqual([first, second, expect.arrayContaining(['logs', 'metrics'])]);
  delete api['logs'];
  expect(api['logs']).toBeUndefined();
});

it('finds the provider behind the proxy of the trace API', () => {
  const global: Global = {};
  const seen = seenBy();
  watchApi(seen, (error) => { throw error; }, global);
  const proxy = { delegate: undefined as unknown, setDelegate(delegate: unknown) { this.delegate = delegate; }, getDelegate() { return this.delegate; } };
  global[apiKey] = { trace: proxy };
  (global[apiKey] as Record<string, unknown>)['trace'] = proxy;
  const provider = { getTracer() { /* nothing */ } };
  proxy.setDelegate(provider);
  expect(seen.traces).toHaveBeenCalledWith(provider);
  expect(proxy.getDelegate()).toBe(provider);
});

it('reads the logs API of before', () => {
  const global: Global = {};
  const seen = seenBy();
  watchApi(seen, (error) => { throw error; }, global);
  const provider = { getLogger() { /* nothing */ } };
  global[logsKey] = (version: number) => (version === 1 ? provider : null);
  expect(seen.logs).toHaveBeenCalledWith(provider);
});

it('an error of ours is told and never thrown at who registers', () => {
  const global: Global = {};
  const failed = vi.fn();
  watchApi({ ...seenBy(), logs: () => { throw new Error('ours'); } }, failed, global);
  global[apiKey] = {};
  (global[apiKey] as Record<string, unknown>)['logs'] = {};
  expect(failed).toHaveBeenCalledOnce();
  const frozen: Global = Object.freeze({});
  watchApi(seenBy(), failed, frozen);
  expect(failed.mock.calls.length).toBeGreaterThan(1);
});

class TestLogger {
  readonly emitted: LogRecord[] = [];
  inner: TestLogger | null = null;
  emit(record: LogRecord): void { if (this.inner === null) this.emitted.push(record); else this.inner.emit(record); }
}

it('a record that goes through two loggers of one kind is looked at once', () => {
  const [outer, inner] = [new TestLogger(), new TestLogger()];
  outer.inner = inner;
  const log = vi.fn((record: LogRecord) => record);
  const judge = { log, mayLeave: () => true };
  const provider: LoggerProvider = { getLogger: () => outer as unknown as Logger };
  hookLoggers(provider, judge);
  hookLoggers(provider, judge);
  outer.emit({ body: 'a' });
  expect([log.mock.calls.length, inner.emitted]).toEqual([1, [{ body: 'a' }]]);
  expect(() => { hookLoggers({ getLogger: () => Object.freeze({ emit() { /* fixed */ } }) as unknown as Logger }, judge); }).toThrow('cannot be watched');
});

class TestSpan {
  readonly context = { traceId: 'a', spanId: 'b', traceFlags: 1 };
  sampledAtEnd: boolean | null = null;
  name = 'x';
  isRecording(): boolean { return this.sampledAtEnd === null; }
  spanContext(): typeof this.context { return this.context; }
  end(): void { this.sampledAtEnd = (this.context.traceFlags & 1) === 1; }
}

it('a span that may not leave ends as one that was not sampled, and its context is as before', () => {
  class Tracer { startSpan(): Span { return new TestSpan() as unknown as Span; } }
  const tracer = new Tracer();
  const judge = { span: vi.fn((span: Span) => span.name !== 'x') };
  hookTracers({ getTracer: () => tracer } as TracerProvider, judge, (error) => { throw error; });
  const span = tracer.startSpan() as unknown as TestSpan;
  span.end();
  expect([span.sampledAtEnd, span.context.traceFlags]).toEqual([false, 1]);
  const kept = tracer.startSpan() as unknown as TestSpan;
  kept.name = 'y';
  kept.end();
  kept.end();
  expect([kept.sampledAtEnd, judge.span.mock.calls.length]).toEqual([true, 2]);
});
