import * as grpc from '@grpc/grpc-js';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ok, type Result } from '../../base/index.ts';
import { codec, decodeResponse, decodeStatus, type PartialSuccess } from '../../otlp/index.ts';
import type { Accepted, Intake } from '../pipeline/index.ts';
import { someLogs } from '../test-support/logs.ts';
import { startGrpcReceiver } from './grpc-receiver.ts';
import { defaultLimits, type ReceiveLimits } from './limits.ts';
import type { Receiver } from './types.ts';

const path = '/opentelemetry.proto.collector.logs.v1.LogsService/Export';
const identity = (bytes: Buffer): Buffer => bytes;
let receiver: Receiver;
let client: grpc.Client;
let accepted: number[];
let refusals: string[];
let answer: PartialSuccess | null;

const intake: Intake = {
  accept(signal, bytes): Result<Accepted> {
    const view = codec.walk(signal, bytes);
    if (!view.ok) { refusals.push('malformed'); return view; }
    accepted.push(view.value.recordCount);
    return ok({ partial: answer, keepsBytes: true });
  },
  refused(why) { refusals.push(why); },
};
async function start(changed: Partial<ReceiveLimits> = {}): Promise<void> {
  receiver = await startGrpcReceiver({ host: '127.0.0.1', port: 0, portVariable: 'WEIR_OTLP_GRPC_PORT', intake, limits: { ...defaultLimits, maxBodyBytes: 64 * 1024, ...changed } });
  client = new grpc.Client(`127.0.0.1:${receiver.port}`, grpc.credentials.createInsecure(), { 'grpc.max_send_message_length': -1 });
}
beforeEach(async () => { [accepted, refusals, answer] = [[], [], null]; await start(); });
afterEach(async () => { client.close(); await receiver.stop(); });

const call = (bytes: Uint8Array, compression?: grpc.compressionAlgorithms): Promise<Buffer | grpc.ServiceError> => new Promise((resolve) => {
  const metadata = new grpc.Metadata();
  if (compression !== undefined) metadata.set('grpc-internal-encoding-request', 'gzip');
  client.makeUnaryRequest(path, identity, identity, Buffer.from(bytes), metadata, (error, reply) => resolve(error ?? reply!));
});
const detailsOf = (error: unknown): ReturnType<typeof decodeStatus> => decodeStatus((error as grpc.ServiceError).metadata.get('grpc-status-details-bin')[0] as Buffer);

it('accepts, plain and compressed', async () => {
  expect(await call(someLogs(3))).toEqual(Buffer.alloc(0));
  expect(await call(someLogs(4), grpc.compressionAlgorithms.gzip)).toEqual(Buffer.alloc(0));
  expect(accepted).toEqual([3, 4]);
});

it('answers with partial success', async () => {
  answer = { rejected: 2, message: 'no room' };
  expect(decodeResponse('logs', (await call(someLogs(3))) as Buffer, 'protobuf')).toEqual({ ok: true, value: answer });
});

it('refuses malformed messages with INVALID_ARGUMENT, and goes on', async () => {
  const error = await call(Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0x7f));
  expect(error).toMatchObject({ code: grpc.status.INVALID_ARGUMENT });
  expect(detailsOf(error)).toMatchObject({ code: 3, retryDelayMs: null });
  expect(refusals).toEqual(['malformed']);
  expect(await call(someLogs(1))).toEqual(Buffer.alloc(0));
});

it('refuses messages over the bound with RESOURCE_EXHAUSTED and no invitation to retry', async () => {
  const error = await call(Buffer.alloc(100_000));
  expect(error).toMatchObject({ code: grpc.status.RESOURCE_EXHAUSTED });
  expect((error as grpc.ServiceError).metadata.get('grpc-status-details-bin')).toEqual([]);
  await expect.poll(() => refusals).toEqual(['tooLarge']);
  expect(await call(someLogs(1))).toEqual(Buffer.alloc(0));
});

it('cuts off what inflates past the bound', async () => {
  const bomb = Buffer.alloc(30 * 1024 * 1024);
  expect(gzipSync(bomb).length).toBeLessThan(64 * 1024);
  expect(await call(bomb, grpc.compressionAlgorithms.gzip)).toMatchObject({ code: grpc.status.RESOURCE_EXHAUSTED });
  await expect.poll(() => refusals).toEqual(['tooLarge']);
  expect(await call(someLogs(1))).toEqual(Buffer.alloc(0));
});

it('turns senders away when overloaded, and says when to come back', async () => {
  client.close();
  await receiver.stop();
  await start({ maxRequests: 0 });
  const error = await call(someLogs(1));
  expect(error).toMatchObject({ code: grpc.status.RESOURCE_EXHAUSTED });
  expect(detailsOf(error)).toMatchObject({ code: 8, retryDelayMs: 1000 });
});
