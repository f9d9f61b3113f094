import * as api from '@opentelemetry/api';
import * as contextHooks from '@opentelemetry/context-async-hooks';
import * as logExporter from '@opentelemetry/exporter-logs-otlp-proto';
import * as traceExporter from '@opentelemetry/exporter-trace-otlp-proto';
import * as resources from '@opentelemetry/resources';
import * as logs from '@opentelemetry/sdk-logs';
import * as traces from '@opentelemetry/sdk-trace';
import run from './run.cjs';

run({ api, logs, traces, resources, logExporter, traceExporter, contextHooks });
