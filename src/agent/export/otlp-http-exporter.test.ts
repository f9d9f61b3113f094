import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeResponse, encodeStatus } from '../../otlp/index.ts';
import { fixedRandom, httpPoster, systemClock } from '../ports/index.ts';
import { Downstream } from '../test-support/downstream.ts';
import { someLogs } from '../test-support/logs.ts';
import { until } from '../test-support/until.ts';
import { OtlpHttpExporter, type OtlpHttpOptions } from './otlp-http-exporter.ts';

let downstream: Downstream;
let url: string;
let exporter: OtlpHttpExporter;
let held: number;

function start(changed: Partial<OtlpHttpOptions> = {}): void {
  held = 0;
  exporter = new OtlpHttpExporter({
    name: 'default', url, maxQueuedBytes: 1024 * 1024, gzip: false, concurrency: 2, timeoutMs: 1000, backoff: { baseMs: 20, capMs: 50 }, lingerMs: 5,
    poster: httpPoster(2), clock: systemClock, random: fixedRandom(), onHeld: (delta) => { held += delta; }, ...changed,
  });
}
const enqueue = (count: number, bodyBytes = 20) => exporter.enqueue({ signal: 'logs', bytes: someLogs(count, 'E', bodyBytes), records: count });
/** Everything that was enqueued is in exactly one account. */
function expectBalanced(enqueued: number): void {
  const status = exporter.status();
  expect(status.sentRecords + status.queuedRecords + status.droppedQueueFull + status.droppedRefused).toBe(enqueued);
  expect(held).toBe(status.queuedRecords);
}

beforeEach(async () => { downstream = new Downstream(); url = await downstream.start(); start(); });
afterEach(async () => { exporter.close(); await downstream.stop(); });

describe('delivery', () => {
  it('sends the very bytes', async () => {
    const bytes = someLogs(5);
    exporter.enqueue({ signal: 'logs', bytes, records: 5 });
    await exporter.drain(5000);
    expect(Buffer.from(downstream.received[0]!.bytes).equals(bytes)).toBe(true);
    expect(exporter.status()).toMatchObject({ state: 'ok', sentRecords: 5, sentBytes: bytes.length, queuedRecords: 0, queuedBytes: 0 });
  });
  it('compresses when asked to', async () => {
    start({ gzip: true });
    enqueue(50);
    await exporter.drain(5000);
    expect(downstream.received[0]).toMatchObject({ records: 50, headers: { 'content-encoding': 'gzip' } });
  });
  it('joins small batches that wait into one request', async () => {
    for (let i = 0; i < 20; i++) enqueue(3);
    await exporter.drain(5000);
    expect(downstream.count('logs')).toBe(60);
    expect(downstream.received.length).toBeLessThan(20);
    expectBalanced(60);
  });
  it('gives memory back that nobody else reads, once the whole batch is sent', async () => {
    const large = 'x'.repeat(2000);
    const batch = (isSole: boolean) => ({ signal: 'logs' as const, bytes: someLogs(50, 'E', large.length), records: 50, isSole });
    const [sole, shared] = [batch(true), batch(false)];
    const was = Buffer.from(sole.bytes);
    downstream.answers = [{ status: 503 }];
    exporter.enqueue(sole);
    await exporter.drain(5000);
    exporter.enqueue(shared);
    await exporter.drain(5000);
    expect(downstream.received.map(({ bytes }) => was.equals(bytes))).toEqual([true, true]);
    expect([sole.bytes.length, shared.bytes.length]).toEqual([0, was.length]);
    expect(exporter.status().sentBytes).toBe(2 * was.length);
  });
  it('keeps a batch that was answered before it was sent', async () => {
    const reply = { status: 200, retryAfter: null, contentType: '', body: new Uint8Array(0), isSent: false };
    start({ poster: { post: () => Promise.resolve(reply), close() {} } });
    const bytes = someLogs(50, 'E', 2000);
    exporter.enqueue({ signal: 'logs', bytes, records: 50, isSole: true });
    await exporter.drain(5000);
    expect([exporter.status().sentRecords, bytes.length > 100_000]).toEqual([50, true]);
  });
  it('knows the oldest batch that is still here: sent, refused and shed ones are not', async () => {
    downstream.answers = [{ status: 503 }, { status: 503 }];
    enqueue(2);
    await until(() => exporter.status().state === 'retrying');
    enqueue(2);
    expect(exporter.progress()).toEqual({ taken: 2, oldest: 0 });
    await exporter.drain(5000);
    expect(exporter.progress()).toEqual({ taken: 2, oldest: 2 });
    downstream.answers = [{ status: 400 }];
    enqueue(1);
    await exporter.drain(5000);
    expect([exporter.progress(), exporter.status().droppedRefused]).toEqual([{ taken: 3, oldest: 3 }, 1]);
  });
});

describe('retry', () => {
  it.each([429, 502, 503, 504])('repeats after %i until it is taken', async (status) => {
    downstream.answers = [{ status, body: encodeStatus({ code: 14, message: 'busy now', retryDelayMs: null }, 'protobuf') }, { status }];
    enqueue(4);
    await until(() => exporter.status().state === 'retrying');
    expect(exporter.status().message).toContain(`${status}`);
    await exporter.drain(5000);
    expect(downstream.count('logs')).toBe(4);
    expect(exporter.status()).toMatchObject({ state: 'ok', retries: 2, sentRecords: 4 });
    expectBalanced(4);
  });
  it('repeats when the connection is cut', async () => {
    downstream.answers = [null, null];
    enqueue(4);
    await exporter.drain(5000);
    expect(downstream.count('logs')).toBe(4);
    expect(exporter.status().retries).toBe(2);
  });
  it('waits as long as Retry-After says', async () => {
    downstream.answers = [{ status: 429, headers: { 'retry-after': '1' } }];
    const start = performance.now();
    enqueue(4);
    await exporter.drain(5000);
    expect(downstream.count('logs')).toBe(4);
    expect(performance.now() - start).toBeGreaterThan(900);
  });
  it('keeps records while nobody listens, and delivers them later', async () => {
    await downstream.stop();
    enqueue(4);
    await until(() => exporter.status().state === 'retrying');
    expect(exporter.status()).toMatchObject({ queuedRecords: 4, message: expect.stringContaining('cannot be reached') });
    downstream = new Downstream();
    await downstream.start(Number(new URL(url).port));
    await exporter.drain(5000);
    expect(downstream.count('logs')).toBe(4);
  });
});

describe('refusal', () => {
  it('counts partial success and keeps the words', async () => {
    downstream.answers = [{ body: encodeResponse('logs', { rejected: 3, message: 'too old' }, 'protobuf') }];
    enqueue(10);
    await exporter.drain(5000);
    expect(exporter.status()).toMatchObject({ state: 'refused', sentRecords: 7, droppedRefused: 3, message: expect.stringContaining('too old') });
    expectBalanced(10);
  });
  it.each([400, 401, 404, 413, 500])('does not repeat after %i, and says what the downstream said', async (status) => {
    downstream.answers = [{ status, headers: { 'content-type': 'application/json' }, body: '{"code":3,"message":"not like this"}' }];
    enqueue(4);
    await exporter.drain(5000);
    expect(exporter.status()).toMatchObject({ state: 'refused', droppedRefused: 4, retries: 0, message: expect.stringContaining(`${status}: not like this`) });
    expectBalanced(4);
  });
  it('sends the parts of a refused joined request alone, so that one bad batch spoils no other', async () => {
    start({ concurrency: 1 });
    downstream.answers = [{ status: 400 }, {}, { status: 400 }, {}];
    enqueue(2);
    enqueue(3);
    enqueue(4);
    await exporter.drain(5000);
    expect(downstream.received.map(({ records }) => records)).toEqual([2, 4]);
    expect(exporter.status()).toMatchObject({ sentRecords: 6, droppedRefused: 3 });
    expectBalanced(9);
  });
  it('survives answers that are no OTLP', async () => {
    downstream.answers = [{ body: 'hello' }, { status: 400, body: Buffer.from([0xff, 0xff]) }];
    enqueue(1);
    await exporter.drain(5000);
    enqueue(1);
    await exporter.drain(5000);
    expect(exporter.status()).toMatchObject({ sentRecords: 1, droppedRefused: 1 });
  });
});

describe('a full queue', () => {
  it('drops the oldest and counts them', async () => {
    await downstream.stop();
    start({ maxQueuedBytes: 100_000 });
    for (let i = 0; i < 30; i++) expect(enqueue(10, 1000)).toBeNull();
    await until(() => exporter.status().state === 'retrying');
    const status = exporter.status();
    expect(status.queuedBytes).toBeLessThanOrEqual(100_000);
    expect(status.droppedQueueFull).toBeGreaterThan(200);
    expectBalanced(300);
    downstream = new Downstream();
    await downstream.start(Number(new URL(url).port));
    await exporter.drain(5000);
    expectBalanced(300);
    expect(downstream.count('logs')).toBe(300 - exporter.status().droppedQueueFull);
  });
  it('rejects a batch that can never fit', () => {
    start({ maxQueuedBytes: 1000 });
    expect(enqueue(10, 1000)).toMatchObject({ rejected: 10, message: expect.stringContaining('no room') });
    expectBalanced(10);
  });
});
