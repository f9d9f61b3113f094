// Uploads over real HTTP onto real files: what is lost, wrong, too much, there already.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Artifacts } from '../../model/index.ts';
import { add, agentId, begin, metaOf, offsetOf, sendPart, upload } from '../testing/artifacts.ts';
import { eventually } from '../testing/eventually.ts';
import { TestServer, token } from '../testing/test-server.ts';
import { ArtifactFiles } from './artifact-files.ts';

let server: TestServer;
beforeEach(async () => { server = await new TestServer({ artifacts: { maxBytes: 1_000_000, keepFreeBytes: 0 } }).start(); });
afterEach(() => server.remove());

const folder = (): string => join(server.directory, 'data/artifacts');
const partOf = (id: string): string => join(folder(), 'uploads', id);
const fileOf = (sha256: string): string => join(folder(), sha256.slice(0, 2), sha256);
const listed = async (): Promise<Artifacts> => (await server.call('GET', '/api/v1/artifacts')).body as Artifacts;
const sizeOf = (path: string): number => (existsSync(path) ? statSync(path).size : -1);

describe('an upload', () => {
  it('in pieces is an artifact once it is whole, under its hash', async () => {
    const bytes = randomBytes(1000);
    const meta = metaOf(bytes);
    expect(await begin(server, meta)).toMatchObject({ status: 200, offset: 0, body: { state: 'partial' } });
    expect(await add(server, meta.id, 0, bytes.subarray(0, 400))).toMatchObject({ status: 200, offset: 400 });
    expect((await listed()).artifacts).toMatchObject([{ id: meta.id, state: 'uploading', receivedBytes: 400, storedAt: null }]);
    expect(await add(server, meta.id, 400, bytes.subarray(400))).toMatchObject({ status: 200, offset: 1000, body: { state: 'stored' } });
    expect(readFileSync(fileOf(meta.sha256)).equals(bytes)).toBe(true);
    expect(readdirSync(join(folder(), 'uploads'))).toEqual([]);
    expect((await listed()).artifacts).toMatchObject([{ id: meta.id, state: 'stored', receivedBytes: 1000, agent: { id: agentId } }]);
    expect(await begin(server, meta)).toMatchObject({ body: { state: 'stored', offset: 1000 } });
    expect(await add(server, meta.id, 0, bytes)).toMatchObject({ body: { state: 'stored' } });
  });
  it('whose connection ends in the middle of a piece goes on with what came', async () => {
    const bytes = randomBytes(1000);
    const meta = metaOf(bytes);
    await begin(server, meta);
    const part = sendPart(server, meta.id, 0, bytes.subarray(0, 300), 1000);
    await eventually(() => { expect(sizeOf(partOf(meta.id))).toBe(300); });
    await part.cut();
    expect(await offsetOf(server, meta.id)).toMatchObject({ status: 200, offset: 300 });
    expect(await add(server, meta.id, 300, bytes.subarray(300))).toMatchObject({ body: { state: 'stored' } });
  });
  it('is taken over from a connection that still hangs', async () => {
    const bytes = randomBytes(1000);
    const meta = metaOf(bytes);
    await begin(server, meta);
    const part = sendPart(server, meta.id, 0, bytes.subarray(0, 300), 1000);
    await eventually(() => { expect(sizeOf(partOf(meta.id))).toBe(300); });
    expect(await begin(server, meta)).toMatchObject({ offset: 300 });
    expect(await add(server, meta.id, 300, bytes.subarray(300))).toMatchObject({ body: { state: 'stored' } });
    await part.cut();
    expect(readFileSync(fileOf(meta.sha256)).equals(bytes)).toBe(true);
  });
  it('outlives the server', async () => {
    const bytes = randomBytes(1000);
    const meta = metaOf(bytes);
    await begin(server, meta);
    await add(server, meta.id, 0, bytes.subarray(0, 600));
    writeFileSync(partOf('f'.repeat(32)), 'an import that was killed');
    mkdirSync(join(folder(), 'ab'));
    writeFileSync(fileOf('ab'.repeat(32)), 'and what it had adopted');
    await server.stop();
    await server.start();
    expect(readdirSync(join(folder(), 'uploads'))).toEqual([meta.id]);
    expect(sizeOf(fileOf('ab'.repeat(32)))).toBe(-1);
    expect(await begin(server, meta)).toMatchObject({ offset: 600 });
    expect(await add(server, meta.id, 600, bytes.subarray(600))).toMatchObject({ body: { state: 'stored' } });
  });
  it('keeps what it was told while it travelled', async () => {
    const bytes = randomBytes(1000);
    const meta = metaOf(bytes);
    await begin(server, meta);
    const part = sendPart(server, meta.id, 0, bytes.subarray(0, 300), 1000);
    await eventually(() => { expect(sizeOf(partOf(meta.id))).toBe(300); });
    await server.call('PATCH', `/api/v1/artifacts/${meta.id}`, { pinned: true });
    part.add(bytes.subarray(300));
    await eventually(async () => { expect((await listed()).artifacts).toMatchObject([{ state: 'stored', pinned: true }]); });
    await part.cut();
  });
  it('that was whole when the server was killed before it looked is stored at the next word', async () => {
    const bytes = randomBytes(100);
    const meta = metaOf(bytes);
    await begin(server, meta);
    writeFileSync(partOf(meta.id), bytes);
    expect(await begin(server, meta)).toMatchObject({ body: { state: 'stored' } });
  });
  it('of nothing is stored at once', async () => {
    const meta = metaOf(new Uint8Array(0));
    expect(await begin(server, meta)).toMatchObject({ body: { state: 'stored' } });
    expect(sizeOf(fileOf(meta.sha256))).toBe(0);
  });
});

describe('what is wrong', () => {
  it('an offset is answered with the true one, and nothing is taken', async () => {
    const bytes = randomBytes(100);
    const meta = metaOf(bytes);
    await begin(server, meta);
    await add(server, meta.id, 0, bytes.subarray(0, 60));
    for (const offset of [0, 59, 61, 100]) expect(await add(server, meta.id, offset, bytes.subarray(60))).toMatchObject({ status: 409, offset: 60, body: { state: 'partial', offset: 60, problem: expect.stringContaining('60 are here') } });
    expect(sizeOf(partOf(meta.id))).toBe(60);
    expect((await add(server, meta.id, -1, bytes)).status).toBe(400);
  });
  it('a hash refuses the whole and leaves nothing', async () => {
    const bytes = randomBytes(100);
    const meta = metaOf(bytes);
    await begin(server, meta);
    const changed = Buffer.from(bytes);
    changed[50]! ^= 1;
    expect(await add(server, meta.id, 0, changed)).toMatchObject({ status: 422, body: { state: 'refused', problem: expect.stringContaining(meta.sha256) } });
    expect((await listed()).artifacts).toEqual([]);
    expect([sizeOf(partOf(meta.id)), sizeOf(fileOf(meta.sha256))]).toEqual([-1, -1]);
    expect(await begin(server, meta)).toMatchObject({ offset: 0, body: { state: 'partial' } });
    expect(await add(server, meta.id, 0, bytes)).toMatchObject({ body: { state: 'stored' } });
  });
  it('more bytes than announced are refused', async () => {
    const bytes = randomBytes(100);
    const meta = metaOf(bytes);
    await begin(server, meta);
    expect(await add(server, meta.id, 0, Buffer.concat([bytes, bytes]))).toMatchObject({ status: 422, body: { state: 'refused' } });
    expect((await listed()).artifacts).toEqual([]);
  });
  it('an id of another artifact is refused', async () => {
    const meta = await upload(server, randomBytes(10));
    expect(await begin(server, metaOf(randomBytes(20), { id: meta.id }))).toMatchObject({ status: 422, body: { state: 'refused' } });
  });
  it('names that lead elsewhere and announcements of another shape are refused', async () => {
    const bytes = randomBytes(10);
    for (const wrong of [{ id: '../../etc/passwd' }, { id: 'A'.repeat(32) }, { sha256: '../x' }, { bytes: -1 }, { name: '' }])
      expect((await begin(server, { ...metaOf(bytes), ...wrong })).status).toBe(400);
    for (const id of ['..%2f..%2fx', 'x', '%00']) expect((await add(server, id, 0, bytes)).status).toBe(400);
    expect((await add(server, 'b'.repeat(32), 0, bytes)).status).toBe(404);
    expect((await offsetOf(server, 'b'.repeat(32))).status).toBe(404);
    expect(readdirSync(folder())).toEqual(['uploads']);
  });
  it('what is no JSON is refused as everywhere', async () => {
    const answer = await fetch(`${server.url}/agent/v1/artifacts?agent=${agentId}`, { method: 'POST', headers: { authorization: 'Bearer agents-token', 'content-type': 'application/json' }, body: '{' });
    expect([answer.status, await answer.json()]).toEqual([400, { error: expect.objectContaining({ code: 'request.malformed' }) }]);
  });
  it('a token of a person does not upload, and none does not', async () => {
    const url = `${server.url}/agent/v1/artifacts?agent=${agentId}`;
    for (const headers of [new Headers(), new Headers({ authorization: 'Bearer person-token' }), new Headers({ cookie: await server.signIn() })]) expect((await fetch(url, { method: 'POST', headers })).status).toBe(401);
  });
});

describe('room', () => {
  it('is made by the oldest, never by those that are pinned', async () => {
    const [first, second] = [await upload(server, randomBytes(400_000)), await upload(server, randomBytes(400_000))];
    await server.call('PATCH', `/api/v1/artifacts/${first.id}`, { pinned: true });
    const third = await upload(server, randomBytes(400_000));
    expect((await listed()).artifacts.map(({ id }) => id).sort()).toEqual([first.id, third.id].sort());
    expect(sizeOf(fileOf(second.sha256))).toBe(-1);
    const { entries } = (await server.call('GET', '/api/v1/audit')).body as { entries: { action: string; subject: string; actor: string }[] };
    expect(entries).toContainEqual(expect.objectContaining({ action: 'artifact.expire', actor: 'weir', subject: `artifact:${second.id}` }));
  });
  it('that there never will be refuses for good; that there is not now, for now', async () => {
    expect(await begin(server, metaOf(randomBytes(10), { bytes: 1_000_001 }))).toMatchObject({ status: 422, body: { state: 'refused', problem: expect.stringContaining('MiB') } });
    const pinned = await upload(server, randomBytes(700_000));
    await server.call('PATCH', `/api/v1/artifacts/${pinned.id}`, { pinned: true });
    expect(await begin(server, metaOf(randomBytes(400_000)))).toMatchObject({ status: 507, body: { error: { code: 'artifact.quota' } } });
  });
  it('is not held for long by an upload that was only announced', async () => {
    await begin(server, metaOf(randomBytes(10), { bytes: 900_000 }));
    expect(await begin(server, metaOf(randomBytes(400_000)))).toMatchObject({ status: 507 });
    const quick = await new TestServer({ artifacts: { maxBytes: 1_000_000, keepFreeBytes: 0, reservedMs: 0 } }).start();
    try {
      await begin(quick, metaOf(randomBytes(10), { bytes: 900_000 }));
      expect(await begin(quick, metaOf(randomBytes(400_000)))).toMatchObject({ body: { state: 'partial' } });
    } finally { await quick.remove(); }
  });
  it('is asked for again by each upload that was silent for long, one after the other; who finds none loses nothing', async () => {
    const all = [randomBytes(900_000), randomBytes(900_000), randomBytes(900_000)].map((bytes) => ({ bytes, meta: metaOf(bytes) }));
    for (const { bytes, meta } of all) {
      expect(await begin(server, meta)).toMatchObject({ body: { state: 'partial' } });
      const first = sendPart(server, meta.id, 0, bytes.subarray(0, 1000), 900_000);
      await eventually(() => { expect(sizeOf(partOf(meta.id))).toBe(1000); });
      await first.cut();
      utimesSync(partOf(meta.id), 1, 1);
    }
    // Both are under way at the same time, so that neither has made room for the other by being whole.
    const held = all.slice(0, 2).map(({ bytes, meta }) => ({ meta, sending: sendPart(server, meta.id, 1000, bytes.subarray(1000, 2000), 899_000) }));
    await eventually(() => { expect(held.filter(({ meta }) => sizeOf(partOf(meta.id)) === 2000)).toHaveLength(1); });
    const refusedAgain = await add(server, all[2]!.meta.id, 1000, all[2]!.bytes.subarray(1000));
    expect(refusedAgain).toMatchObject({ status: 507, body: { error: { code: 'artifact.quota', message: expect.stringContaining('to come') } } });
    expect(all.map(({ meta }) => sizeOf(partOf(meta.id))).toSorted()).toEqual([1000, 1000, 2000]);
    for (const { sending } of held) await sending.cut();
    for (const { bytes, meta } of all) {
      const from = sizeOf(partOf(meta.id));
      // One that was announced keeps its place for a while; then it is the next one's.
      for (const other of all) if (other.meta.id !== meta.id && existsSync(partOf(other.meta.id))) utimesSync(partOf(other.meta.id), 1, 1);
      expect(await add(server, meta.id, from, bytes.subarray(from))).toMatchObject({ status: 200, body: { state: 'stored' } });
    }
  });
  it('is asked for again and again by a body that does not say how long it is: never past what is pinned and on its way', async () => {
    const bring = async (name: string, bytes = 900_000): Promise<number> => {
      const whole = randomBytes(bytes);
      const chunks = Array.from({ length: Math.ceil(bytes / 65_536) }, (_, i) => whole.subarray(i * 65_536, (i + 1) * 65_536));
      const answer = await fetch(`${server.url}/api/v1/artifacts?name=${name}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' }, body: Readable.toWeb(Readable.from(chunks)), duplex: 'half' } as RequestInit);
      await answer.text();
      return answer.status;
    };
    const used = async (): Promise<number> => (await listed()).quota.usedBytes;
    // All at once: of those under way at a time no more than fit have their place.
    const statuses = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => bring(`parallel${n}.bin`)));
    expect(statuses.filter((status) => status === 507).length).toBeGreaterThan(0);
    expect(statuses.every((status) => status === 201 || status === 507)).toBe(true);
    expect(await used()).toBeLessThanOrEqual(1_000_000);
    expect(await bring('alone.bin')).toBe(201);
    const [alone] = (await listed()).artifacts;
    expect((await server.call('PATCH', `/api/v1/artifacts/${alone!.id}`, { pinned: true })).status).toBe(200);
    expect([await bring('too-much.bin'), await bring('small.bin', 50_000), await used()]).toEqual([507, 201, 950_000]);
    expect(readdirSync(join(folder(), 'uploads'))).toEqual([]);
    // What comes was let in because others can leave for it: those are not pinned meanwhile.
    const small = (await listed()).artifacts.find(({ name }) => name === 'small.bin')!;
    await begin(server, metaOf(randomBytes(10), { bytes: 80_000 }));
    expect(await server.call('PATCH', `/api/v1/artifacts/${small.id}`, { pinned: true })).toMatchObject({ status: 507, body: { error: { code: 'artifact.quota' } } });
  });
  it('is kept on the disk while bytes come, whoever else fills it', async () => {
    const files = await ArtifactFiles.open(join(server.directory, 'apart'));
    const free = vi.spyOn(files, 'freeBytes').mockResolvedValueOnce(2 ** 40).mockResolvedValue(1000);
    const [id, bytes] = ['b'.repeat(32), randomBytes(6 * 2 ** 20)];
    const chunks = Array.from({ length: 6 }, (_, i) => bytes.subarray(i * 2 ** 20, (i + 1) * 2 ** 20));
    expect(await files.append(id, Readable.from(chunks), bytes.length, 1000, 2000)).toBe('disk-full');
    expect(await files.received(id)).toBe(4 * 2 ** 20);
    free.mockResolvedValue(2 ** 40);
    expect(await files.append(id, Readable.from(chunks.slice(4)), bytes.length, 1000, 2000)).toBe('whole');
    expect(readFileSync(files.upload(id)).equals(bytes)).toBe(true);
  });
  it('is asked of the disk, too', async () => {
    await server.stop();
    const full = await new TestServer({ artifacts: { keepFreeBytes: 2 ** 60 } }).start();
    try { expect(await begin(full, metaOf(randomBytes(10)))).toMatchObject({ status: 507, body: { error: { code: 'artifact.disk-full', help: expect.stringContaining('WEIR_DATA') } } }); } finally { await full.remove(); }
  });
});

describe('the same bytes', () => {
  it('are stored once, and stay while one artifact is left that is they', async () => {
    const bytes = randomBytes(500);
    const first = await upload(server, bytes);
    const second = metaOf(bytes, { name: 'again.bin' });
    expect(await begin(server, second)).toMatchObject({ body: { state: 'stored' } });
    expect(await listed()).toMatchObject({ quota: { usedBytes: 500, count: 2 } });
    await server.call('DELETE', `/api/v1/artifacts/${first.id}`);
    expect(sizeOf(fileOf(first.sha256))).toBe(500);
    await server.call('DELETE', `/api/v1/artifacts/${second.id}`);
    expect(sizeOf(fileOf(first.sha256))).toBe(-1);
  });
  it('are sent again when the file here is cut', async () => {
    const bytes = randomBytes(500);
    const first = await upload(server, bytes);
    truncateSync(fileOf(first.sha256), 100);
    const second = metaOf(bytes);
    expect(await begin(server, second)).toMatchObject({ offset: 0, body: { state: 'partial' } });
    expect(await add(server, second.id, 0, bytes)).toMatchObject({ body: { state: 'stored' } });
  });
});
