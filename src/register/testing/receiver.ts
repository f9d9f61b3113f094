// A test's OTLP/HTTP receiver: keeps what comes, as JSON.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { codec, type Value } from '../../otlp/index.ts';
import type { Signal } from '../../model/index.ts';

/** A record by column, as KQL names them. */
export type Columns = Readonly<Record<string, Value>>;

export class TestReceiver {
  readonly logs: Columns[] = [];
  readonly spans: Columns[] = [];
  /** All bodies as text. */
  text = '';
  readonly #server: Server;
  private constructor(server: Server) { this.#server = server; }

  static async open(): Promise<TestReceiver> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const all = Buffer.concat(chunks);
        receiver.#take(request.url === '/v1/logs' ? 'logs' : 'spans', request.headers['content-encoding'] === 'gzip' ? gunzipSync(all) : all);
        response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
      });
    });
    const receiver = new TestReceiver(server);
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    return receiver;
  }

  get url(): string { return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`; }

  #take(signal: Signal, bytes: Uint8Array): void {
    this.text += Buffer.from(bytes).toString('utf8');
    const view = codec.walk(signal, bytes);
    if (!view.ok) throw new Error(view.error.message);
    const cursor = codec.cursor();
    cursor.reset(view.value);
    for (let i = 0; i < view.value.recordCount; i++) {
      cursor.moveTo(i);
      this[signal as 'logs' | 'spans'].push(Object.fromEntries(names[signal as 'logs' | 'spans'].map((name) => [name, cursor.column(codec.columnId(signal, name))])));
    }
  }

  clear(): void { this.logs.length = this.spans.length = 0; this.text = ''; }
  close(): Promise<void> { this.#server.closeAllConnections(); return new Promise((resolve) => { this.#server.close(() => { resolve(); }); }); }
}

const names = {
  logs: ['EventName', 'Body', 'Attributes', 'SeverityNumber', 'SeverityText', 'TraceId', 'ServiceName', 'ScopeName', 'Timestamp'],
  spans: ['Name', 'Attributes', 'Events', 'StatusMessage', 'ServiceName', 'Duration', 'TraceId'],
} as const;
