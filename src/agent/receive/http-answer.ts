// Writes answers in the request's own encoding, as the OTLP/HTTP specification asks, and gets rid of bodies nobody will read.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Signal } from '../../model/index.ts';
import { encodeResponse, encodeStatus, statusCodes, type Encoding, type PartialSuccess } from '../../otlp/index.ts';

const contentType: Record<Encoding, string> = { protobuf: 'application/x-protobuf', json: 'application/json' };

/** Null for anything but the two media types of OTLP/HTTP; parameters such as charset are ignored. */
export function encodingOf(request: IncomingMessage): Encoding | null {
  const type = request.headers['content-type'];
  if (type === contentType.protobuf) return 'protobuf';
  const essence = type?.split(';', 1)[0]!.trim().toLowerCase();
  return essence === contentType.protobuf ? 'protobuf' : essence === contentType.json ? 'json' : null;
}

export function answerSuccess(response: ServerResponse, encoding: Encoding, signal: Signal, result: PartialSuccess | null): void {
  const body = encodeResponse(signal, result, encoding);
  response.writeHead(200, { 'content-type': contentType[encoding], 'content-length': body.length });
  response.end(body);
}

const rpcCode: Record<number, number> = {
  400: statusCodes.invalidArgument, 404: statusCodes.unimplemented, 405: statusCodes.unimplemented, 413: statusCodes.resourceExhausted,
  415: statusCodes.invalidArgument, 500: statusCodes.internal, 503: statusCodes.unavailable,
};

/** An error as google.rpc.Status. What is left of the body is read and thrown away, within bounds, so that the answer arrives. */
export function answerError(request: IncomingMessage, response: ServerResponse, status: number, message: string, headers: Readonly<Record<string, string>> = {}): void {
  if (response.destroyed || response.headersSent) return;
  const encoding = encodingOf(request) ?? 'json';
  const body = encodeStatus({ code: rpcCode[status] ?? statusCodes.internal, message, retryDelayMs: null }, encoding);
  // No `connection: close` here: Node would cut the connection under a sender that is still writing, and the answer with it.
  response.writeHead(status, { ...headers, 'content-type': contentType[encoding], 'content-length': body.length });
  response.end(body);
  if (!request.complete) discardRest(request);
}

const maxDiscardedBytes = 64 * 1024 * 1024;
const maxDiscardMs = 2000;

function discardRest(request: IncomingMessage): void {
  let bytes = 0;
  const timer = setTimeout(() => request.destroy(), maxDiscardMs);
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxDiscardedBytes) request.destroy();
  });
  request.on('close', () => clearTimeout(timer));
  request.resume();
}
