// What the services have in common: an HTTP server with a span per request, a client that carries the trace on, and the
// set of faults that are on. A service is a process; its parent (shop.ts) talks to it over the process channel.
import { context, metrics, propagation, SpanKind, SpanStatusCode, trace, type Attributes } from '@opentelemetry/api';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FaultName } from './faults.ts';
import { startTelemetry, type Log } from './telemetry.ts';

export interface ServiceContext {
  readonly log: Log;
  readonly faultOn: (name: FaultName) => boolean;
  /** Calls another service; the trace goes along. Rejects on a status of 400 and above. */
  readonly call: (service: string, path: string) => Promise<void>;
}
/** Answers one request with a status; thrown errors become 500. `route` is the low-cardinality path. */
export type Handler = (route: string, url: URL) => Promise<number> | number;

type ParentMessage = { readonly type: 'peers'; readonly peers: Record<string, number> } | { readonly type: 'faults'; readonly on: readonly FaultName[] };

/** Runs one service until its parent goes away. `routes` maps the first path segment to its route template. */
export function runService(name: string, version: string, routes: Record<string, string>, make: (service: ServiceContext) => Handler): void {
  const { log, stop } = startTelemetry(name, version, process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? 'http://127.0.0.1:4318');
  const tracer = trace.getTracer('shop', version);
  const duration = metrics.getMeter('shop', version).createHistogram('http.server.request.duration', { unit: 's', description: 'Duration of HTTP server requests.' });
  let peers: Record<string, number> = {};
  let on = new Set<FaultName>();

  const call = (service: string, path: string): Promise<void> => tracer.startActiveSpan(`GET ${path.split('?')[0]}`, { kind: SpanKind.CLIENT, attributes: { 'server.address': service, 'url.path': path } }, async (span) => {
    const headers: Record<string, string> = {};
    propagation.inject(context.active(), headers);
    try {
      await get(peers[service] ?? 0, path, headers);
    } catch (failed) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: (failed as Error).message });
      throw failed;
    } finally {
      span.end();
    }
  });

  const handle = make({ log, faultOn: (fault) => on.has(fault), call });
  const server = createServer((incoming, answer) => {
    const url = new URL(incoming.url ?? '/', 'http://shop');
    const route = routes[url.pathname.split('/')[1] ?? ''] ?? '/';
    const started = performance.now();
    const attributes: Attributes = { 'http.request.method': 'GET', 'http.route': route };
    const parent = propagation.extract(context.active(), incoming.headers);
    tracer.startActiveSpan(`GET ${route}`, { kind: SpanKind.SERVER, attributes }, parent, (span) => {
      Promise.resolve().then(() => handle(route, url)).catch((failed: unknown) => {
        span.setStatus({ code: SpanStatusCode.ERROR, message: (failed as Error).message });
        return 500;
      }).then((status) => {
        span.setAttribute('http.response.status_code', status);
        duration.record((performance.now() - started) / 1000, { ...attributes, 'http.response.status_code': status });
        span.end();
        answer.writeHead(status).end();
      });
    });
  });

  process.on('message', (message: ParentMessage) => {
    if (message.type === 'peers') ({ peers } = message);
    else on = new Set(message.on);
  });
  const leave = (): void => { server.close(); void stop().finally(() => process.exit(0)); setTimeout(() => process.exit(0), 1500).unref(); };
  process.on('disconnect', leave);
  process.on('SIGTERM', leave);
  process.on('SIGINT', () => { /* the parent decides */ });
  server.listen(0, '127.0.0.1', () => process.send?.({ type: 'listening', port: (server.address() as AddressInfo).port }));
}

function get(port: number, path: string, headers: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, headers, timeout: 10_000 }, (answer: IncomingMessage) => {
      answer.resume();
      answer.on('end', () => { if ((answer.statusCode ?? 500) >= 400) reject(new Error(`${path} answered ${answer.statusCode}`)); else resolve(); });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${path} timed out`)));
    outgoing.on('error', reject);
    outgoing.end();
  });
}
