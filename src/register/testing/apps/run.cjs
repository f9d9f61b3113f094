// The app of the tests: an ordinary use of the OpenTelemetry SDK that does what its parent says. It knows nothing of Weir.
'use strict';
const { parentPort } = require('node:worker_threads');

module.exports = function run({ api, logs, traces, resources, logExporter, traceExporter, contextHooks }) {
  const endpoint = process.env.TEST_ENDPOINT;
  const resource = resources.resourceFromAttributes({ 'service.name': process.env.TEST_SERVICE ?? 'shop', 'host.name': 'h1' });
  const loggers = new logs.LoggerProvider({ resource, processors: [new logs.BatchLogRecordProcessor({ exporter: new logExporter.OTLPLogExporter({ url: `${endpoint}/v1/logs` }), scheduledDelayMillis: 60_000 })] });
  const tracers = new traces.TracerProvider({ resource, spanProcessors: [new traces.BatchSpanProcessor({ exporter: new traceExporter.OTLPTraceExporter({ url: `${endpoint}/v1/traces` }), scheduledDelayMillis: 60_000 })] });
  const early = loggers.getLogger('early');
  const proxy = api.logs.getLogger('proxy');
  api.context.setGlobalContextManager(new contextHooks.AsyncLocalStorageContextManager().enable());
  api.trace.setGlobalTracerProvider(tracers);
  api.logs.setGlobalLoggerProvider(loggers);
  const sources = { early, proxy, usual: api.logs.getLogger('usual', '1.2') };
  const tracer = api.trace.getTracer('tracer');

  const acts = {
    logs: ({ records, from = 'usual' }) => { for (const record of records) sources[from].emit(record.fails ? failing(record) : record.error ? { ...record, exception: new Error(record.error) } : record); },
    many: ({ record, count }) => { for (let i = 0; i < count; i++) sources.usual.emit({ ...record }); },
    enabled: ({ severityNumber }) => sources.usual.enabled({ severityNumber }),
    spans: ({ spans }) => { for (const one of spans) tracer.startActiveSpan(one.name, { attributes: one.attributes ?? {} }, (span) => span_(span, one)); },
    flush: async () => { await Promise.all([loggers.forceFlush(), tracers.forceFlush()]); },
    metrics: async ({ module }) => { const sdk = require(module); const reader = new sdk.PeriodicExportingMetricReader({ exporter: new sdk.InMemoryMetricExporter(0), exportIntervalMillis: 60_000, exportTimeoutMillis: 1000 }); api.metrics.setGlobalMeterProvider(new sdk.MeterProvider({ readers: [reader] })); sources.reader = reader; },
    collect: async () => { const { resourceMetrics } = await sources.reader.collect(); return resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics.flatMap(({ descriptor, dataPoints }) => dataPoints.map(({ value, attributes }) => ({ name: descriptor.name, value, attributes })))); },
    exit: () => { setTimeout(() => { if (parentPort === null) process.exit(0); else process.exit(); }, 10); },
  };
  function span_(span, { event, logs: inside = [], error }) {
    if (event) span.addEvent(event.name, event.attributes);
    if (error) span.setStatus({ code: 2, message: error });
    for (const record of inside) sources.usual.emit(record);
    span.end();
    return [span.spanContext().traceFlags];
  }
  /** A record that cannot be read. */
  function failing(record) { return Object.defineProperty({ ...record }, 'body', { enumerable: true, get() { if (acts.armed !== false) { throw new Error('no body for you'); } return 'x'; } }); }

  const answer = (message) => (parentPort === null ? process.send(message) : parentPort.postMessage(message));
  (parentPort ?? process).on('message', async ({ id, act, to, ...given }) => {
    if (to !== undefined) return;
    try { answer({ id, value: (await acts[act](given)) ?? null }); } catch (error) { answer({ id, error: String(error) }); }
  });
  answer({ ready: true });
};
