// One HTTP request with a body that may be a stream, and its short answer. An answer that comes before the body has gone out counts.
import { createReadStream } from 'node:fs';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface Exchange {
  readonly method: 'POST' | 'PATCH'; readonly url: string; readonly headers: Readonly<Record<string, string>>;
  /** JSON, or bytes [start, end) of a file. */
  readonly body: string | { readonly path: string; readonly start: number; readonly end: number };
  /** Without a byte either way for so long it is given up. */
  readonly idleMs: number;
  readonly signal: AbortSignal;
}
export interface Reply { readonly status: number; readonly body: string }

const maxReplyBytes = 64 * 1024;

/** Rejects with an Error on network trouble, when it is silent for too long, and when it is stopped; every HTTP status is a reply. */
export function exchange({ method, url, headers, body, idleMs, signal }: Exchange): Promise<Reply> {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.end - body.start;
  const open = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = open(url, { method, headers: { ...headers, 'content-length': length }, signal });
    request.setTimeout(idleMs, () => { request.destroy(new Error(`no answer within ${idleMs / 1000} s`)); });
    // The connection may break because the server has answered and reads no more; its answer is on the way.
    let answered = false;
    request.on('response', (response) => { answered = true; readReply(response).then(resolve, reject); });
    request.on('error', (error) => { if (!answered) reject(error); });
    if (typeof body === 'string') request.end(body);
    else sendFile(request, body);
  });
}

function sendFile(request: ClientRequest, { path, start, end }: { readonly path: string; readonly start: number; readonly end: number }): void {
  if (end <= start) { request.end(); return; }
  const file = createReadStream(path, { start, end: end - 1, highWaterMark: 256 * 1024 });
  file.on('error', (error) => { request.destroy(error); });
  request.on('close', () => { file.destroy(); });
  file.pipe(request);
}

async function readReply(response: IncomingMessage): Promise<Reply> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes <= maxReplyBytes) pieces.push(piece);
  }
  return { status: response.statusCode ?? 0, body: Buffer.concat(pieces).toString('utf8') };
}
