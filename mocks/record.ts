// Records a few seconds of the demo shop's real telemetry as OTLP/JSON: `node mocks/record.ts` rewrites fixtures/traffic.json.
// Times are kept relative to the first request (`atMs`), so that a replay can shift them to now.
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { codec } from '../src/otlp/index.ts';
import type { Signal } from '../src/model/index.ts';

const recordMs = 6000;
const signalOf: Readonly<Record<string, Signal>> = { '/v1/logs': 'logs', '/v1/traces': 'spans', '/v1/metrics': 'metrics' };
const requests: { atMs: number; signal: Signal; body: unknown }[] = [];
let startedMs = 0;

const sink = createServer((incoming, outgoing) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const raw = Buffer.concat(chunks);
    const signal = signalOf[incoming.url ?? ''];
    const body = incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
    const decoded = signal === undefined ? null : codec.protobufToJson(signal, body);
    if (signal !== undefined && decoded?.ok) { startedMs ||= Date.now(); requests.push({ atMs: Date.now() - startedMs, signal, body: decoded.value }); }
    outgoing.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
  });
});

sink.listen(0, '127.0.0.1', () => {
  const port = (sink.address() as AddressInfo).port;
  const shop = fork(new URL('../src/demo/shop.ts', import.meta.url), [], { env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`, DEMO_PAGES_PER_SECOND: '8' } });
  setTimeout(() => {
    shop.kill('SIGTERM');
    sink.close();
    sink.closeAllConnections();
    writeFileSync(new URL('./fixtures/traffic.json', import.meta.url), `${JSON.stringify(requests)}\n`);
    console.log(`${requests.length} requests recorded`);
  }, recordMs + 3000);
});
