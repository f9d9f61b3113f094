// An OTLP/HTTP downstream for tests, on node:http alone: counts records, and answers what the test tells it to.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { Signal } from '../../model/index.ts';
import { codec } from '../../otlp/index.ts';

export interface Received { readonly signal: Signal; readonly records: number; readonly bytes: Uint8Array; readonly headers: IncomingMessage['headers'] }
export interface Answer { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: Uint8Array | string }

const signalOf: Record<string, Signal> = { '/v1/logs': 'logs', '/v1/traces': 'spans', '/v1/metrics': 'metrics' };

export class Downstream {
  readonly received: Received[] = [];
  /** Answers for the next requests; then 200. A `null` cuts the connection. */
  answers: (Answer | null)[] = [];
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = this.answers.shift();
      if (answer === null) { request.socket.destroy(); return; }
      const status = answer?.status ?? 200;
      if (status === 200) this.#note(request, Buffer.concat(chunks));
      response.writeHead(status, { 'content-type': 'application/x-protobuf', ...answer?.headers });
      response.end(answer?.body ?? '');
    });
  });

  async start(port = 0): Promise<string> {
    await new Promise<void>((resolve) => { this.#server.listen(port, '127.0.0.1', resolve); });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => { this.#server.close(resolve); });
  }

  count(signal: Signal): number { return this.received.reduce((sum, one) => sum + (one.signal === signal ? one.records : 0), 0); }

  #note(request: IncomingMessage, raw: Buffer): void {
    const bytes = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
    const signal = signalOf[request.url ?? '']!;
    const view = codec.walk(signal, bytes);
    if (!view.ok) throw new Error(view.error.message);
    this.received.push({ signal, records: view.value.recordCount, bytes, headers: request.headers });
  }
}
