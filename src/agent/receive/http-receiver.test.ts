import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failure, ok, type Result } from '../../base/index.ts';
import type { Signal } from '../../model/index.ts';
import { codec, decodeResponse, decodeStatus, type PartialSuccess } from '../../otlp/index.ts';
import type { Accepted, Intake } from '../pipeline/index.ts';
import { someLogs } from '../test-support/logs.ts';
import { startHttpReceiver } from './http-receiver.ts';
import { defaultLimits, type ReceiveLimits } from './limits.ts';
import { AgentStartError } from './listen-failure.ts';
import type { Receiver } from './types.ts';

class RecordingIntake implements Intake {
  accepted: { signal: Signal; bytes: Uint8Array; records: number }[] = [];
  refusals: string[] = [];
  answer: PartialSuccess | null = null;
  accept(signal: Signal, bytes: Uint8Array): Result<Accepted> {
    if (Buffer.from(bytes).includes('make it fail')) return failure('agent.internal', 'A bug.');
    const view = codec.walk(signal, bytes);
    if (!view.ok) { this.refusals.push('malformed'); return view; }
    this.accepted.push({ signal, bytes, records: view.value.recordCount });
    return ok({ partial: this.answer, keepsBytes: true });
  }
  refused(why: 'malformed' | 'tooLarge' | 'other'): void { this.refusals.push(why); }
}

const limits: ReceiveLimits = { ...defaultLimits, maxBodyBytes: 64 * 1024, maxInflatedBytes: 256 * 1024, headersTimeoutMs: 300, requestTimeoutMs: 500 };
let intake: RecordingIntake;
let receiver: Receiver;
let base: string;

async function start(changed: Partial<ReceiveLimits> = {}): Promise<void> {
  receiver = await startHttpReceiver({ host: '127.0.0.1', port: 0, portVariable: 'WEIR_OTLP_HTTP_PORT', intake, codec, limits: { ...limits, ...changed } });
  base = `http://127.0.0.1:${receiver.port}`;
}
beforeEach(async () => { intake = new RecordingIntake(); await start(); });
afterEach(() => receiver.stop());

const protobuf = 'application/x-protobuf';
const post = (path: string, body: Uint8Array<ArrayBuffer> | string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(base + path, { method: 'POST', body, headers: { 'content-type': protobuf, ...headers } });
const bytesOf = async (response: Response): Promise<Uint8Array> => new Uint8Array(await response.arrayBuffer());
const logs = someLogs(3) as Uint8Array<ArrayBuffer>;

/** Sends raw bytes and gives everything the server says until it closes. */
function raw(text: string | Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(receiver.port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => { answer += chunk.toString('latin1'); });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}
/** After anything hostile, an ordinary request must still go through. */
async function expectAlive(): Promise<void> {
  const before = intake.accepted.length;
  expect((await post('/v1/logs', logs)).status).toBe(200);
  expect(intake.accepted.length).toBe(before + 1);
}

describe('accepts', () => {
  it('protobuf logs, traces and metrics, handing over the very bytes', async () => {
    const answer = await post('/v1/logs', logs);
    expect([answer.status, answer.headers.get('content-type'), (await bytesOf(answer)).length]).toEqual([200, protobuf, 0]);
    expect(Buffer.from(intake.accepted[0]!.bytes).equals(logs)).toBe(true);
    await post('/v1/traces', '');
    await post('/v1/metrics?x=1', '');
    expect(intake.accepted.map(({ signal }) => signal)).toEqual(['logs', 'spans', 'metrics']);
  });
  it('gzip and identity', async () => {
    expect((await post('/v1/logs', gzipSync(logs), { 'content-encoding': 'gzip' })).status).toBe(200);
    expect((await post('/v1/logs', logs, { 'content-encoding': 'identity' })).status).toBe(200);
    expect(intake.accepted.map(({ records }) => records)).toEqual([3, 3]);
  });
  it('JSON behind a byte order mark', async () => {
    const body = `\ufeff${JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'a' } }] }] }] })}`;
    expect((await post('/v1/logs', body, { 'content-type': 'application/json' })).status).toBe(200);
    expect(intake.accepted[0]!.records).toBe(1);
  });
  it('JSON with a charset, answering in JSON', async () => {
    const body = JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'a' } }, {}] }] }] });
    const answer = await post('/v1/logs', body, { 'content-type': 'application/json; charset=utf-8' });
    expect([answer.status, await answer.json(), intake.accepted[0]!.records]).toEqual([200, {}, 2]);
  });
  it('partial success, in the encoding of the request', async () => {
    intake.answer = { rejected: 2, message: 'no room' };
    const answer = await post('/v1/logs', logs);
    expect(decodeResponse('logs', await bytesOf(answer), 'protobuf')).toEqual({ ok: true, value: { rejected: 2, message: 'no room' } });
    const json = await post('/v1/traces', '{}', { 'content-type': 'application/json' });
    expect(await json.json()).toEqual({ partialSuccess: { rejectedSpans: '2', errorMessage: 'no room' } });
  });
});

describe('refuses with the right status', () => {
  it.each([
    ['another path', '/v1/profiles', {}, 404], ['another content type', '/v1/logs', { 'content-type': 'text/plain' }, 415],
    ['deflate', '/v1/logs', { 'content-encoding': 'deflate' }, 415], ['several encodings', '/v1/logs', { 'content-encoding': 'gzip, gzip' }, 415],
  ])('%s', async (_, path, headers, status) => {
    const answer = await post(path, logs, headers);
    expect(answer.status).toBe(status);
    expect(intake.refusals).toEqual(['other']);
    await expectAlive();
  });
  it('another method, naming the right one', async () => {
    const answer = await fetch(`${base}/v1/logs`);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });
  it('a request over the pending bound, with Retry-After', async () => {
    await receiver.stop();
    await start({ maxRequests: 0 });
    const answer = await post('/v1/logs', logs);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(decodeStatus(await bytesOf(answer))).toMatchObject({ code: 14 });
  });
  it('a fault of ours as 500', async () => {
    const answer = await post('/v1/logs', someLogs(1, 'make it fail') as Uint8Array<ArrayBuffer>);
    expect([answer.status, decodeStatus(await bytesOf(answer))?.code]).toEqual([500, 13]);
  });
});

describe('survives hostile input', () => {
  it.each([
    ['a truncated message', Uint8Array.from(logs.subarray(0, logs.length - 3))], ['a giant length', Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0x7f)],
    ['noise', Uint8Array.from({ length: 500 }, (_, i) => (i * 37) % 256)],
  ])('%s: 400 with google.rpc.Status', async (_, body) => {
    const answer = await post('/v1/logs', body);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, protobuf]);
    expect(decodeStatus(await bytesOf(answer))).toMatchObject({ code: 3, message: expect.stringMatching(/.{10}/) });
    expect(intake.refusals).toEqual(['malformed']);
    await expectAlive();
  });
  it.each([['broken', '{"resourceLogs":['], ['deep', '['.repeat(20_000)], ['of the wrong shape', '{"resourceLogs":7}'], ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe])]])('JSON that is %s: 400 in JSON', async (_, body) => {
    const answer = await post('/v1/logs', body as string, { 'content-type': 'application/json' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 3 });
    await expectAlive();
  });
  it('a body that is not gzip: 400', async () => {
    expect((await post('/v1/logs', logs, { 'content-encoding': 'gzip' })).status).toBe(400);
    expect((await post('/v1/logs', Uint8Array.from(gzipSync(logs).subarray(0, 30)), { 'content-encoding': 'gzip' })).status).toBe(400);
    await expectAlive();
  });
  it('a gzip bomb: 413, cut off while inflating', async () => {
    const bomb = gzipSync(Buffer.alloc(30 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(limits.maxBodyBytes);
    expect((await post('/v1/logs', bomb, { 'content-encoding': 'gzip' })).status).toBe(413);
    expect(intake.refusals).toEqual(['tooLarge']);
    await expectAlive();
  });
  it('a body over the bound, declared or chunked: 413', async () => {
    expect(await raw('POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: 9999999999\r\n\r\nabc')).toMatch(/^HTTP\/1.1 413/);
    const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`;
    expect(await raw(`POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(4)}`)).toMatch(/^HTTP\/1.1 413/);
    await expectAlive();
  });
  it('a body far over the bound still being written: the sender gets its 413, not a broken connection', async () => {
    for (const size of [1, 8, 20]) expect((await post('/v1/logs', new Uint8Array(size * 1024 * 1024))).status).toBe(413);
    expect(intake.refusals).toEqual(['tooLarge', 'tooLarge', 'tooLarge']);
    await expectAlive();
  });
  it('what is not HTTP at all: 400', async () => {
    expect(await raw('\x16\x03\x01\x02 hello\r\n\r\n')).toMatch(/^HTTP\/1.1 400/);
    expect(await raw(`GET / HTTP/1.1\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431/);
    await expectAlive();
  });
  it('senders that never finish are cut off', async () => {
    const [headers, body] = await Promise.all([raw('POST /v1/logs HTTP/1.1\r\nHost: x\r\n'), raw('POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: 50\r\n\r\nabc')]);
    expect(headers).toMatch(/^HTTP\/1.1 408/);
    expect(body).toMatch(/^HTTP\/1.1 (408|400)/);
    await expectAlive();
  });
  it('a sender that hangs up in the middle is counted', async () => {
    const socket = connect(receiver.port, '127.0.0.1', () => socket.write('POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: 50\r\n\r\nabc', () => setTimeout(() => socket.destroy(), 50)));
    await expect.poll(() => intake.refusals).toEqual(['malformed']);
    await expectAlive();
  });
});

it('a taken port is explained', async () => {
  const taken = startHttpReceiver({ host: '127.0.0.1', port: receiver.port, portVariable: 'WEIR_OTLP_HTTP_PORT', intake, codec, limits });
  await expect(taken).rejects.toThrow(AgentStartError);
  await expect(taken).rejects.toThrow(new RegExp(`Port ${receiver.port} .*WEIR_OTLP_HTTP_PORT`));
});
