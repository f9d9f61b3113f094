// Uploads over real HTTP: connections that end, servers that are away, agents that start again, answers of every kind.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, systemRandom } from '../ports/index.ts';
import { until } from '../test-support/until.ts';
import { artifactsUrl, Uploader, type Spool, type UploadState } from './index.ts';
import { commit, openSpool } from './testing/spooled.ts';
import { UploadServer } from './testing/upload-server.ts';
import { readAnswer } from './upload-answer.ts';

let directory: string;
let server: UploadServer;
let url: string;
let spool: Spool;
let uploader: Uploader;
let told: UploadState[];
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'weir-uploader-'));
  server = new UploadServer();
  url = await server.start();
  told = [];
  await startAgent();
});
afterEach(async () => {
  await uploader.stop();
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function startAgent(): Promise<void> {
  spool = await openSpool(directory);
  uploader = new Uploader({ spool, clock: systemClock, random: systemRandom, bearer: 'secret', url, agentId: () => 'a'.repeat(32), pieceBytes: 100_000, backoff: { baseMs: 5, capMs: 20 } });
  uploader.onState((state) => { told.push(state); });
  uploader.start();
}
const stored = (id: string): boolean => server.uploads.get(id)?.stored === true;
const last = (id: string): UploadState | undefined => told.findLast(({ meta }) => meta.id === id);

it('sends in pieces, tells how far it is, and clears the spool', async () => {
  const bytes = randomBytes(250_000);
  const meta = await commit(spool, bytes);
  await until(() => last(meta.id)?.state === 'stored');
  expect(server.uploads.get(meta.id)?.bytes.equals(bytes)).toBe(true);
  expect(told.map(({ state, sentBytes }) => [state, sentBytes])).toEqual([['uploading', 0], ['uploading', 100_000], ['uploading', 200_000], ['stored', 250_000]]);
  expect(server.requests.map(({ method, offset }) => [method, offset])).toEqual([['POST', undefined], ['PATCH', '0'], ['PATCH', '100000'], ['PATCH', '200000']]);
  expect(server.requests.every(({ authorization, url: path }) => authorization === 'Bearer secret' && path.endsWith(`?agent=${'a'.repeat(32)}`))).toBe(true);
  expect([spool.entries, uploader.stateOf(meta.id), uploader.states]).toEqual([[], null, []]);
});

it('sends the smallest first, and an empty one, too', async () => {
  await uploader.stop();
  const sizes = [5000, 0, 300, 40];
  const metas = await Promise.all(sizes.map((size) => commit(spool, randomBytes(size))));
  await startAgent();
  const ended = (): readonly number[] => told.filter(({ state }) => state === 'stored').map(({ meta }) => meta.bytes);
  // The server has the last one before its answer is here.
  await until(() => metas.every(({ id }) => stored(id)) && ended().length >= sizes.length);
  expect(ended()).toEqual([0, 40, 300, 5000]);
});

describe('it goes on where the server is', () => {
  it('after a connection that ended in the middle of a piece', async () => {
    server.cutAfter = 60_000;
    const bytes = randomBytes(250_000);
    const meta = await commit(spool, bytes);
    await until(() => stored(meta.id));
    expect(server.uploads.get(meta.id)?.bytes.equals(bytes)).toBe(true);
    expect(server.requests.filter(({ method }) => method === 'PATCH').map(({ offset }) => offset)).toEqual(['0', '60000', '160000']);
    expect(told.some(({ problem }) => problem !== null)).toBe(true);
  });
  it('after the agent was stopped half way, from its spool alone', async () => {
    server.hangAt = 200_000;
    const bytes = randomBytes(250_000);
    const meta = await commit(spool, bytes);
    await until(() => server.uploads.get(meta.id)?.bytes.length === 200_000);
    await uploader.stop();
    expect(stored(meta.id)).toBe(false);
    server.requests.length = 0;
    await startAgent();
    await until(() => stored(meta.id));
    expect(server.requests.map(({ method, offset }) => [method, offset])).toEqual([['POST', undefined], ['PATCH', '200000']]);
    expect(server.uploads.get(meta.id)?.bytes.equals(bytes)).toBe(true);
  });
  it('when it answers with another offset', async () => {
    const meta = await commit(spool, randomBytes(150_000));
    await until(() => stored(meta.id));
    const other = randomBytes(150_000);
    server.faults.push({ status: 200, body: { id: 'x', offset: 7, state: 'partial', problem: null } });
    const second = await commit(spool, other);
    await until(() => stored(second.id));
    expect(server.uploads.get(second.id)?.bytes.equals(other) ?? false).toBe(true);
  });
  it('when the server is away for a while, or has forgotten it', async () => {
    const port = Number(new URL(url).port);
    await server.stop();
    const meta = await commit(spool, randomBytes(1000));
    await until(() => last(meta.id)?.state === 'waiting');
    expect(last(meta.id)?.problem).toContain('cannot be reached');
    expect(uploader.stateOf(meta.id)?.problem).toContain('cannot be reached');
    await server.start(port);
    uploader.soon();
    await until(() => stored(meta.id));
    await until(() => uploader.problem === '');
    server.faults.push({ status: 200, body: { id: 'x', offset: 0, state: 'partial', problem: null } });
    const forgotten = await commit(spool, randomBytes(1000));
    await until(() => stored(forgotten.id));
  });
});

describe('answers', () => {
  it('that ask to wait are waited for, and others go on meanwhile', async () => {
    server.faults.push({ status: 507, body: { error: { code: 'artifact.disk-full', message: 'The disk is full.' } } });
    const meta = await commit(spool, randomBytes(100));
    await until(() => stored(meta.id));
    expect(told.find(({ state }) => state === 'waiting')?.problem).toBe('The disk is full.');
  });
  it('that refuse are kept for a while, and told', async () => {
    server.faults.push({ status: 422, body: { id: 'x', offset: 0, state: 'refused', problem: 'It is too large.' } });
    const meta = await commit(spool, randomBytes(100));
    await until(() => last(meta.id)?.state === 'refused');
    expect(uploader.stateOf(meta.id)).toMatchObject({ state: 'refused', problem: 'It is too large.' });
    await uploader.stop();
    await startAgent();
    const other = await commit(spool, randomBytes(50));
    await until(() => stored(other.id));
    expect([uploader.stateOf(meta.id)?.state, stored(meta.id)]).toEqual(['refused', false]);
  });
  it('that find another hash have it sent once more, and not for ever', async () => {
    server.damage = 1;
    const meta = await commit(spool, randomBytes(100_001));
    await until(() => stored(meta.id));
    server.damage = 10;
    const other = await commit(spool, randomBytes(100_001));
    await until(() => last(other.id)?.state === 'refused');
    expect(server.damage).toBe(8);
  });
  it('are never asked for when the file here is not what it was', async () => {
    await uploader.stop();
    const meta = await commit(spool, randomBytes(1000));
    truncateSync(spool.path(meta.id), 10);
    await startAgent();
    await until(() => last(meta.id)?.state === 'refused');
    expect(server.requests.every(({ method }) => method === 'POST')).toBe(true);
  });
  it.each([
    [401, { error: { code: 'auth.agent', message: 'Wrong token.' } }, { step: 'away', why: 'Wrong token.' }], [404, { error: { code: 'artifact.unknown', message: 'x' } }, { step: 'begin-again' }],
    [404, { error: { code: 'route.unknown', message: 'x' } }, { step: 'away' }], [404, '<html>', { step: 'away' }], [429, null, { step: 'away' }], [500, null, { step: 'away' }], [503, null, { step: 'again' }], [507, null, { step: 'again' }], [413, null, { step: 'refused' }],
    [400, { error: { code: 'request.invalid', message: 'Fields.' } }, { step: 'refused', why: 'Fields.' }], [409, { id: 'x', offset: 5, state: 'partial', problem: 'no' }, { step: 'goes-on', offset: 5 }], [200, { id: 'x', offset: 5, state: 'stored', problem: null }, { step: 'stored' }],
  ])('%i means what it says', (status, body, step) => { expect(readAnswer(status, JSON.stringify(body))).toMatchObject(step); });
});

it('finds the server\'s door beside its OpAMP socket', () => {
  expect(['ws://h:1/v1/opamp', 'wss://h/weir/v1/opamp'].map(artifactsUrl)).toEqual(['http://h:1/agent/v1/artifacts', 'https://h/weir/agent/v1/artifacts']);
});
