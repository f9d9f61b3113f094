// What people do with artifacts: download, bring, pin, verify, delete; and what time does.
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import type { Artifact, Artifacts, BroughtIn } from '../../model/index.ts';
import { may } from '../auth/index.ts';
import { begin, metaOf, upload } from '../testing/artifacts.ts';
import { eventually } from '../testing/eventually.ts';
import { TestServer, token } from '../testing/test-server.ts';

let server: TestServer;
let clock: ManualClock;
beforeEach(async () => { clock = new ManualClock(BigInt(Date.now()) * 1_000_000n); server = await new TestServer({ clock, artifacts: { keepFreeBytes: 0, keptDays: 2 } }).start(); });
afterEach(() => server.remove());

const authorization = `Bearer ${token}`;
const content = (id: string, headers: Record<string, string> = {}): Promise<Response> => fetch(`${server.url}/api/v1/artifacts/${id}/content`, { headers: { authorization, ...headers } });
const bring = (name: string, body: Uint8Array | string, headers: Record<string, string> = { authorization }): Promise<Response> => fetch(`${server.url}/api/v1/artifacts?name=${encodeURIComponent(name)}`, { method: 'POST', headers, body: body as BodyInit });
const listed = async (query = ''): Promise<Artifacts> => (await server.call('GET', `/api/v1/artifacts${query}`)).body as Artifacts;
const audited = async (): Promise<string[]> => ((await server.call('GET', '/api/v1/audit')).body as { entries: { action: string }[] }).entries.map(({ action }) => action);
const fileOf = (sha256: string): string => join(server.directory, 'data/artifacts', sha256.slice(0, 2), sha256);

describe('a download', () => {
  it('is whole or a range of it, to be saved and never shown, and audited once', async () => {
    const bytes = randomBytes(1000);
    const meta = await upload(server, bytes, { name: 'größe "1".html' });
    const whole = await content(meta.id);
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(whole.headers)).toMatchObject({ 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff', 'content-length': '1000', 'accept-ranges': 'bytes', 'content-security-policy': expect.stringContaining("default-src 'none'") });
    expect(whole.headers.get('content-disposition')).toBe('attachment; filename="gr__e _1_.html"; filename*=UTF-8\'\'gr%C3%B6%C3%9Fe%20%221%22.html');
    const part = await content(meta.id, { range: 'bytes=10-19' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 10-19/1000']);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true);
    const past = await content(meta.id, { range: 'bytes=1000-' });
    expect([past.status, past.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
    expect((await content(meta.id, { range: 'bytes=0-1', 'if-range': '"another"' })).status).toBe(200);
    expect((await audited()).filter((action) => action === 'artifact.download')).toHaveLength(1);
    clock.advanceMs(120_000);
    await (await content(meta.id)).arrayBuffer();
    expect((await listed()).artifacts[0]?.downloads).toBe(2);
    // What a page shows nobody has as a file.
    expect((await server.call('GET', `/api/v1/artifacts/${meta.id}/content?for=view`)).status).toBe(200);
    expect([(await listed()).artifacts[0]?.downloads, (await audited())[0]]).toEqual([2, 'artifact.view']);
  });
  it('of what is not there says so', async () => {
    expect((await content('0'.repeat(32))).status).toBe(404);
    const coming = metaOf(randomBytes(10));
    await begin(server, coming);
    expect((await content(coming.id)).status).toBe(409);
    const meta = await upload(server, randomBytes(10));
    rmSync(fileOf(meta.sha256));
    expect((await content(meta.id)).status).toBe(410);
    expect((await listed()).artifacts.find(({ id }) => id === meta.id)).toMatchObject({ state: 'lost', receivedBytes: 0 });
    expect((await content('0'.repeat(32), { authorization: 'Bearer other' })).status).toBe(401);
  });
  it('of memory is for those who may', () => {
    expect([may({ user: 'local' }, 'artifact.read-sensitive'), may({ user: 'somebody' }, 'artifact.read-sensitive')]).toEqual([true, false]);
  });
});

describe('a look at masked values', () => {
  it('is in the audit with who, which and what kind; each look anew', async () => {
    const meta = await upload(server, randomBytes(40), { kind: 'heap-snapshot', name: 'checkout.heapsnapshot', sensitive: true });
    const reveal = (id: string) => server.call('POST', `/api/v1/artifacts/${id}/reveal`, {});
    expect(await reveal(meta.id)).toMatchObject({ status: 200, body: { by: 'local' } });
    await reveal(meta.id);
    const { entries } = (await server.call('GET', '/api/v1/audit')).body as { entries: { action: string; actor: string; subject: string; detail: unknown }[] };
    const looks = entries.filter(({ action }) => action === 'artifact.reveal');
    expect(looks).toHaveLength(2);
    expect(looks[0]).toMatchObject({ actor: 'local', subject: `artifact:${meta.id}`, detail: { before: null, after: { name: 'checkout.heapsnapshot', kind: 'heap-snapshot' } } });
    expect((await reveal('0'.repeat(32))).status).toBe(404);
    const coming = metaOf(randomBytes(10));
    await begin(server, coming);
    expect((await reveal(coming.id)).status).toBe(409);
  });
});

describe('a file from elsewhere', () => {
  it('is streamed in, known, and listed by what it is', async () => {
    const profile = JSON.stringify({ nodes: [{ id: 1, callFrame: { functionName: '(root)' } }], startTime: 0 }).padEnd(3_000_000);
    const answer = await bring('../../secret/slow.cpuprofile', profile);
    expect(answer.status).toBe(201);
    const { artifact, incident } = await answer.json() as BroughtIn;
    expect(incident).toBeNull();
    expect(artifact).toMatchObject({ name: 'slow.cpuprofile', kind: 'cpu-profile', format: 'cpuprofile', bytes: 3_000_000, state: 'stored', by: 'local', agent: null, sensitive: false });
    expect(await (await content(artifact?.id ?? '')).text()).toBe(profile);
    await bring('dump', JSON.stringify({ snapshot: { meta: {} } }));
    expect((await listed('?kind=heap-snapshot')).artifacts).toMatchObject([{ sensitive: true }]);
    expect((await listed('?q=SLOW')).artifacts).toHaveLength(1);
    expect((await listed('?q=%25')).artifacts).toHaveLength(0);
    expect(await listed('?limit=1')).toMatchObject({ artifacts: [{}], more: 1 });
    expect(await audited()).toContain('artifact.bring');
  });
  it('that is cut, unnamed, or from another page leaves nothing', async () => {
    const sending = request(`${server.url}/api/v1/artifacts?name=x`, { method: 'POST', headers: { authorization, 'content-length': 1000 } });
    sending.on('error', () => undefined);
    sending.write('half');
    const uploads = join(server.directory, 'data/artifacts/uploads');
    await eventually(() => { expect(readdirSync(uploads)).toHaveLength(1); });
    sending.destroy();
    await eventually(() => { expect(readdirSync(uploads)).toEqual([]); });
    for (const name of ['', '..', 'a/', 'a\nb']) expect((await bring(name, 'x')).status).toBe(400);
    expect((await bring('x', 'x', { cookie: await server.signIn() })).status).toBe(403);
    expect((await listed()).artifacts).toEqual([]);
  });
});

describe('an artifact', () => {
  it('is verified against its hash', async () => {
    const meta = await upload(server, randomBytes(100));
    const verify = async (): Promise<Partial<Artifact>> => (await server.call('POST', `/api/v1/artifacts/${meta.id}/verify`)).body as Artifact;
    clock.advanceMs(5000);
    expect(await verify()).toMatchObject({ state: 'stored', verifiedAt: new Date(Number(clock.nowUnixNano() / 1_000_000n)).toISOString() });
    writeFileSync(fileOf(meta.sha256), randomBytes(100));
    expect(await verify()).toMatchObject({ state: 'damaged' });
    rmSync(fileOf(meta.sha256));
    expect(await verify()).toMatchObject({ state: 'lost' });
  });
  it('leaves when it is old, unless it is pinned; and so does an upload that nobody goes on with', async () => {
    const [old, pinned, half] = [await upload(server, randomBytes(10)), await upload(server, randomBytes(11)), metaOf(randomBytes(12))];
    await begin(server, half);
    expect(await server.call('PATCH', `/api/v1/artifacts/${pinned.id}`, { pinned: true })).toMatchObject({ status: 200, body: { pinned: true, expiresAt: null } });
    clock.advanceMs(3 * 86_400_000);
    await eventually(async () => { expect((await listed()).artifacts.map(({ id }) => id)).not.toContain(old.id); });
    await eventually(() => { expect(existsSync(fileOf(old.sha256))).toBe(false); });
    expect((await listed()).artifacts.map(({ id }) => id)).toContain(pinned.id);
    clock.advanceMs(6 * 86_400_000);
    await eventually(async () => { expect((await listed()).artifacts.map(({ id }) => id)).toEqual([pinned.id]); });
  });
  it('is deleted with its file, by name of who did it', async () => {
    const meta = await upload(server, randomBytes(10));
    expect((await server.call('DELETE', `/api/v1/artifacts/${meta.id}`)).status).toBe(204);
    expect(existsSync(fileOf(meta.sha256))).toBe(false);
    expect((await server.call('DELETE', `/api/v1/artifacts/${meta.id}`)).status).toBe(404);
    expect(await audited()).toContain('artifact.delete');
  });
});
