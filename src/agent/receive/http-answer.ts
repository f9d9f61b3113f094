// Writes answers in the request's own encoding, as the OTLP/HTTP specification asks, and gets rid of bodies nobody will read.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Signal } from '../../model/index.ts';
import { encodeExportResponse, encodeRpcStatus, exportResponseJson, rpcCodes, rpcStatusJson, type PartialSuccess } from '../protocol/index.ts';

export type Encoding = 'protobuf' | 'json';
const contentType: Record<Encoding, string> = { protobuf: 'application/x-protobuf', json: 'application/json' };

/** Null for anything but the two media types of OTLP/HTTP; parameters such as charset are ignored. */
export function encodingOf(request: IncomingMessage): Encoding | null {
  const type = request.headers['content-type'];
  if (type === contentType.protobuf) return 'protobuf';
  const essence = type?.split(';', 1)[0]!.trim().toLowerCase();
  return essence === contentType.protobuf ? 'protobuf' : essence === contentType.json ? 'json' : null;
}

export function answerSuccess(response: ServerResponse, encoding: Encoding, signal: Signal, result: PartialSuccess): void {
  const body = encoding === 'json' ? exportResponseJson(signal, result) : encodeExportResponse(result);
  response.writeHead(200, { 'content-type': contentType[encoding], 'content-length': body.length });
  response.end(body);
}

const rpcCode: Record<number, number> = {
  400: rpcCodes.invalidArgument, 404: rpcCodes.unimplemented, 405: rpcCodes.unimplemented, 413: rpcCodes.resourceExhausted,
  415: rpcCodes.invalidArgument, 429: rpcCodes.resourceExhausted, 500: rpcCodes.internal, 503: rpcCodes.unavailable,
};

/** An error as google.rpc.Status. What is left of the body is read and thrown away, within bounds, so that the answer arrives. */
export function answerError(request: IncomingMessage, response: ServerResponse, status: number, message: string, headers: Readonly<Record<string, string>> = {}): void {
  if (response.destroyed || response.headersSent) return;
  const encoding = encodingOf(request) ?? 'json';
  const body = (encoding === 'json' ? rpcStatusJson : encodeRpcStatus)({ code: rpcCode[status] ?? rpcCodes.unknown, message });
  const unread = !request.complete;
  response.writeHead(status, { ...headers, 'content-type': contentType[encoding], 'content-length': body.length, ...(unread && { connection: 'close' }) });
  response.end(body);
  if (unread) discardRest(request);
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
