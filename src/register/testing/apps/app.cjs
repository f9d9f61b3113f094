'use strict';
require('./run.cjs')({
  api: require('@opentelemetry/api'), logs: require('@opentelemetry/sdk-logs'), traces: require('@opentelemetry/sdk-trace'), resources: require('@opentelemetry/resources'),
  logExporter: require('@opentelemetry/exporter-logs-otlp-proto'), traceExporter: require('@opentelemetry/exporter-trace-otlp-proto'), contextHooks: require('@opentelemetry/context-async-hooks'),
});
