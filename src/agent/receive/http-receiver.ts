// OTLP/HTTP: POST /v1/logs, /v1/traces, /v1/metrics; protobuf and JSON; identity and gzip. Status codes and bodies as the OTLP
// specification (1.x, "OTLP/HTTP Response") has them.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Result } from '../../base/index.ts';
import type { Signal } from '../../model/index.ts';
import type { Codec, Encoding } from '../../otlp/index.ts';
import type { Intake } from '../pipeline/index.ts';
import { answerError, answerSuccess, encodingOf } from './http-answer.ts';
import { BodyPool, type Body } from './body-pool.ts';
import { isSupportedEncoding, readBody } from './http-body.ts';
import { Admission, type ReceiveLimits } from './limits.ts';
import { listenFailure } from './listen-failure.ts';
import type { Receiver, ReceiverAddress } from './types.ts';

const signalOf: ReadonlyMap<string, Signal> = new Map([['/v1/logs', 'logs'], ['/v1/traces', 'spans'], ['/v1/metrics', 'metrics']]);

export interface HttpReceiverOptions extends ReceiverAddress {
  readonly intake: Intake;
  readonly codec: Pick<Codec, 'jsonToProtobuf'>;
  readonly limits: ReceiveLimits;
}

export async function startHttpReceiver(options: HttpReceiverOptions): Promise<Receiver> {
  const { limits } = options;
  const admission = new Admission(limits);
  const pool = new BodyPool();
  /** Connections with a request in a handler: that handler counts what becomes of it. */
  const busy = new WeakSet<object>();
  const server = createServer({
    headersTimeout: limits.headersTimeoutMs, requestTimeout: limits.requestTimeoutMs, connectionsCheckingInterval: Math.min(5000, limits.headersTimeoutMs),
    keepAliveTimeout: 75_000, highWaterMark: 256 * 1024,
  }, (request, response) => {
    busy.add(request.socket);
    handle(request, response, options, admission, pool)
      .catch(() => answerError(request, response, 500, 'The agent failed to handle this request.'))
      .finally(() => {
        // A refused body may still be arriving; should its sender hang up now, that refusal is counted already.
        if (request.complete || request.closed) busy.delete(request.socket);
        else request.once('close', () => busy.delete(request.socket));
      });
  });
  server.maxConnections = limits.maxConnections;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseConnection(error, socket as Socket, busy.has(socket) ? null : options.intake));
  await listen(server, options);
  return { port: (server.address() as AddressInfo).port, stop: () => stop(server) };
}

async function handle(request: IncomingMessage, response: ServerResponse, { intake, codec, limits }: HttpReceiverOptions, admission: Admission, pool: BodyPool): Promise<void> {
  const signal = signalOf.get(request.url!) ?? signalOf.get(request.url!.split('?', 1)[0]!);
  const encoding = encodingOf(request);
  const refuse = (status: number, message: string, headers?: Record<string, string>, why: Parameters<Intake['refused']>[0] = 'other'): void => {
    intake.refused(why);
    answerError(request, response, status, message, headers);
  };
  if (signal === undefined) return refuse(404, 'There is no such path here. OTLP/HTTP goes to /v1/logs, /v1/traces or /v1/metrics.');
  if (request.method !== 'POST') return refuse(405, 'OTLP/HTTP requests are sent with POST.', { allow: 'POST' });
  if (encoding === null) return refuse(415, 'The content type must be application/x-protobuf or application/json.');
  if (!isSupportedEncoding(request.headers['content-encoding'])) return refuse(415, 'The content encoding must be gzip or identity.', { 'accept-encoding': 'gzip' });
  if (admission.overloaded) return refuse(503, 'The agent is overloaded; send this again later.', { 'retry-after': String(limits.retryAfterSeconds) });
  const body = await readBody(request, limits, admission, pool);
  if (!body.ok) {
    const large = body.error.code === 'agent.body_too_large';
    return refuse(large ? 413 : 400, body.error.message, {}, large ? 'tooLarge' : 'malformed');
  }
  answer(request, response, encoding, signal, body.value, intake, codec);
}

function answer(request: IncomingMessage, response: ServerResponse, encoding: Encoding, signal: Signal, body: Body, intake: Intake, codec: Pick<Codec, 'jsonToProtobuf'>): void {
  let bytes: Result<Uint8Array> = { ok: true, value: body.bytes };
  if (encoding === 'json') {
    bytes = codec.jsonToProtobuf(signal, withoutMark(body.bytes));
    if (!bytes.ok) intake.refused('malformed');
  }
  const result = bytes.ok ? intake.accept(signal, bytes.value) : bytes;
  // JSON was converted, so its own bytes are free in any case.
  if (encoding === 'json' || !result.ok || !result.value.keepsBytes) body.release();
  if (result.ok) answerSuccess(response, encoding, signal, result.value.partial);
  else answerError(request, response, result.error.code === 'agent.internal' ? 500 : 400, result.error.message);
}

/** Some senders put a byte order mark before JSON; RFC 8259, section 8.1, lets readers ignore it. */
const withoutMark = (bytes: Uint8Array): Uint8Array => (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes);

/** What node:http could not even parse, or timed out. A socket that never sent a byte is nobody's request; `intake` counts the rest. */
function refuseConnection(error: NodeJS.ErrnoException, socket: Socket, intake: Intake | null): void {
  if (socket.bytesRead > 0 && error.code !== 'ECONNRESET') intake?.refused(error.code === 'HPE_HEADER_OVERFLOW' ? 'tooLarge' : 'malformed');
  if (error.code === 'ECONNRESET' || !socket.writable) { socket.destroy(); return; }
  const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}

function listen(server: Server, address: ReceiverAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenFailure('OTLP/HTTP', address, error.code ?? error.message)));
    server.listen(address.port, address.host, resolve);
  });
}

const stopGraceMs = 2000;

/** Requests under way are answered; idle connections close at once, others after two seconds. */
async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => { server.close(() => resolve()); });
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), stopGraceMs);
  await closed;
  clearTimeout(force);
}
