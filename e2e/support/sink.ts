// A downstream for the tests, written with nothing of Weir: Node's http and a protobuf walk of its own. It counts what
// arrives by event name and adds up metric points, can answer with an error, and can go away and come back.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { attributesOf, children, fieldsOf, text, type Attributes } from './protobuf.ts';

export interface SeenLog { readonly event: string; readonly body: string; readonly attributes: Attributes }
export interface SeenPoint { readonly metric: string; readonly attributes: Attributes; readonly value: number }

const mostKept = 5000;

/** Resource… → Scope… → item: the shape all three requests share (fields 1, 2, 2). */
const items = (request: Buffer): Buffer[] => children(request, 1).flatMap((resource) => children(resource, 2)).flatMap((scope) => children(scope, 2));

export class DownstreamSink {
  /** Log records by event name ('' for none), spans in all, and the sum of delta sum points by metric name. */
  readonly logs = new Map<string, number>();
  /** Their bytes on the wire, each with its tag and its length; and number points by metric name, with the bytes of their metrics. */
  readonly logBytes = new Map<string, number>();
  readonly pointCounts = new Map<string, number>();
  readonly metricBytes = new Map<string, number>();
  readonly sums = new Map<string, number>();
  readonly bodies: string[] = [];
  /** The first few thousand log records and number points (of gauges and sums) as they came. */
  readonly records: SeenLog[] = [];
  readonly points: SeenPoint[] = [];
  /** Every request's bytes, unzipped, when asked for. */
  readonly raw: Buffer[] = [];
  keepsRaw = false;
  spans = 0;
  requests = 0;
  /** When set, every request is answered with this status and nothing is counted. */
  failWith: number | null = null;
  retryAfterSeconds: number | null = null;
  #server: Server | null = null;
  #port = 0;

  get url(): string { return `http://127.0.0.1:${this.#port}`; }
  get logTotal(): number { return [...this.logs.values()].reduce((sum, one) => sum + one, 0); }
  count(event: string): number { return this.logs.get(event) ?? 0; }
  recordsOf(event: string): readonly SeenLog[] { return this.records.filter((one) => one.event === event); }
  pointsOf(metric: string): readonly SeenPoint[] { return this.points.filter((one) => one.metric === metric); }

  async start(): Promise<void> {
    this.#server = createServer((incoming, answer) => this.#receive(incoming, answer));
    await new Promise<void>((resolve) => { this.#server?.listen(this.#port, '127.0.0.1', resolve); });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Goes away at once, cutting open connections, as a killed process would. */
  async kill(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    const closed = new Promise<void>((resolve) => { server.close(() => resolve()); });
    server.closeAllConnections();
    await closed;
  }

  #receive(incoming: IncomingMessage, answer: ServerResponse): void {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      if (this.failWith !== null) {
        answer.writeHead(this.failWith, this.retryAfterSeconds === null ? {} : { 'retry-after': String(this.retryAfterSeconds) }).end();
        return;
      }
      const raw = Buffer.concat(chunks);
      this.#count(incoming.url ?? '', incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw);
      answer.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
  }

  #count(path: string, request: Buffer): void {
    this.requests++;
    if (this.keepsRaw) this.raw.push(request);
    if (path.endsWith('/v1/traces')) this.spans += items(request).length;
    if (path.endsWith('/v1/logs')) for (const record of items(request)) {
      const event = text(record, 12);
      add(this.logs, event, 1);
      add(this.logBytes, event, framed(record));
      const body = children(record, 5).map((value) => text(value, 1)).join('');
      if (this.bodies.length < 2000) this.bodies.push(body);
      if (this.records.length < mostKept) this.records.push({ event, body, attributes: attributesOf(record, 6) });
    }
    if (path.endsWith('/v1/metrics')) for (const metric of items(request)) {
      const name = text(metric, 1);
      add(this.metricBytes, name, framed(metric));
      add(this.pointCounts, name, [5, 7].flatMap((kind) => children(metric, kind)).reduce((sum, data) => sum + children(data, 1).length, 0));
      for (const point of children(metric, 7).flatMap((sum) => children(sum, 1))) add(this.sums, name, pointValue(point));
      for (const point of [5, 7].flatMap((kind) => children(metric, kind)).flatMap((data) => children(data, 1))) if (this.points.length < mostKept) this.points.push({ metric: name, attributes: attributesOf(point, 7), value: pointValue(point) });
    }
  }
}

const add = (counts: Map<string, number>, name: string, more: number): void => { counts.set(name, (counts.get(name) ?? 0) + more); };
/** A message in its list: a tag of one byte, its length as a varint, itself. */
const framed = (message: Buffer): number => { let bytes = 2 + message.length; for (let rest = message.length; rest > 127; rest >>= 7) bytes++; return bytes; };

/** NumberDataPoint: as_double is field 4, as_int field 6, both 64 bits fixed. */
function pointValue(point: Buffer): number {
  for (const field of fieldsOf(point)) {
    if (field.wire !== 1) continue;
    if (field.number === 4) return field.bytes.readDoubleLE();
    if (field.number === 6) return Number(field.varint);
  }
  return 0;
}
