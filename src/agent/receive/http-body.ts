// Reads one request body within bounds, inflating gzip as it must; a bomb is cut off while it inflates.
import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { failure, ok, type Result } from '../../base/index.ts';
import type { Body, BodyPool } from './body-pool.ts';
import type { Admission, ReceiveLimits } from './limits.ts';

export type BodyFailure = 'agent.body_too_large' | 'agent.body_incomplete' | 'agent.bad_gzip';

/** Error codes are BodyFailure. The admission is entered for as long as the body is held here. */
export async function readBody(request: IncomingMessage, limits: ReceiveLimits, admission: Admission, pool: BodyPool): Promise<Result<Body>> {
  let held = 0;
  const hold = (bytes: number): void => { held += bytes; admission.hold(bytes); };
  admission.enter();
  try {
    const raw = await collect(request, limits.maxBodyBytes, hold, pool);
    if (!raw.ok || !isGzip(request)) return raw;
    const inflated = await inflate(raw.value.bytes, limits.maxInflatedBytes, hold, pool);
    raw.value.release();
    return inflated;
  } finally {
    admission.leave(held);
  }
}

const isGzip = (request: IncomingMessage): boolean => request.headers['content-encoding']?.toLowerCase() === 'gzip';

/** Identity and gzip; `undefined` is identity. */
export function isSupportedEncoding(encoding: string | undefined): boolean {
  return encoding === undefined || encoding === '' || /^(identity|gzip)$/i.test(encoding);
}

function collect(request: IncomingMessage, maxBytes: number, hold: (bytes: number) => void, pool: BodyPool): Promise<Result<Body>> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxBytes) return Promise.resolve(tooLarge('body', maxBytes));
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      hold(chunk.length);
      chunks.push(chunk);
      if (length <= maxBytes) return;
      request.off('data', onData);
      resolve(tooLarge('body', maxBytes));
    };
    request.on('data', onData);
    request.on('end', () => resolve(ok(pool.join(chunks, length))));
    request.on('close', () => resolve(failure('agent.body_incomplete', 'The connection ended before the whole body had arrived.')));
  });
}

function inflate(raw: Uint8Array, maxBytes: number, hold: (bytes: number) => void, pool: BodyPool): Promise<Result<Body>> {
  return new Promise((resolve) => {
    const gunzip = createGunzip();
    const chunks: Buffer[] = [];
    let length = 0;
    gunzip.on('data', (chunk: Buffer) => {
      length += chunk.length;
      hold(chunk.length);
      chunks.push(chunk);
      if (length <= maxBytes) return;
      gunzip.destroy();
      resolve(tooLarge('inflated body', maxBytes));
    });
    gunzip.on('end', () => resolve(ok(pool.join(chunks, length))));
    gunzip.on('error', (error) => resolve(failure('agent.bad_gzip', `The body is not valid gzip: ${error.message}.`)));
    gunzip.end(raw);
  });
}

const tooLarge = (what: string, maxBytes: number): Result<never> =>
  failure('agent.body_too_large', `The ${what} is larger than this agent's limit of ${maxBytes} bytes.`, 'Send smaller batches.');
