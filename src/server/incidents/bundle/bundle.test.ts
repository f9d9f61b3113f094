// A bundle from one Weir into another, and every way in which it can be wrong.
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Artifacts, BroughtIn, BundleManifest, Incident, IncidentDetail, IncidentRates } from '../../../model/index.ts';
import { agentId, upload } from '../../testing/artifacts.ts';
import { actionReportOf, firingOf } from '../../testing/actions.ts';
import { FakeAgent } from '../../testing/fake-agent.ts';
import { agentToken, TestServer, token } from '../../testing/test-server.ts';

const authorization = `Bearer ${token}`;
let here: TestServer;
let there: TestServer;
beforeEach(async () => { [here, there] = await Promise.all([new TestServer().start(), new TestServer({ artifacts: { keepFreeBytes: 0 } }).start()]); });
afterEach(async () => { await Promise.all([here.remove(), there.remove()]); });

const get = async <T>(server: TestServer, path: string): Promise<T> => (await server.call('GET', `/api/v1${path}`)).body as T;
const bundleOf = async (id: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(`${here.url}/api/v1/incidents/${id}/bundle`, { headers: { authorization } })).arrayBuffer());
const bringIn = (bytes: Uint8Array): Promise<Response> => fetch(`${there.url}/api/v1/incidents/import`, { method: 'POST', headers: { authorization }, body: bytes as Uint8Array<ArrayBuffer> });

/** An incident with a trigger, an action that ran, two artifacts of the same bytes and one more, and a note. */
async function someIncident(): Promise<IncidentDetail> {
  const agent = await FakeAgent.connect({ url: here.url, agentToken, id: agentId });
  const asker = { kind: 'net', name: 'queue-grows', id: 'rule-1' } as const;
  agent.sendCustom('net.fired', firingOf('f1', { actions: [{ id: 'act', action: 'cpu-sample', as: 'cpu' }] }));
  await agent.untilCustom('net.fired-seen');
  const same = Buffer.from('the same '.repeat(1000));
  const metas = [await upload(here, same, { action: 'act', name: 'a/../b.txt', format: 'text' }), await upload(here, same, { action: 'act' }), await upload(here, randomBytes(5000), { action: 'act', format: 'pprof', name: 'cpu.pb.gz' })];
  agent.sendCustom('action.report', actionReportOf('act', { asker, artifacts: metas }));
  agent.sendCustom('net.fired', firingOf('f2'));
  await agent.untilCustom<{ id: string }>('net.fired-seen', ({ id }) => id === 'f2');
  await agent.close();
  const [incident] = (await get<{ incidents: Incident[] }>(here, '/incidents')).incidents;
  await here.call('POST', `/api/v1/incidents/${incident?.id ?? ''}/notes`, { text: 'Look at b.txt' });
  return get<IncidentDetail>(here, `/incidents/${incident?.id ?? ''}`);
}

describe('a bundle', () => {
  it('brings the whole incident, under new ids that know each other', async () => {
    const was = await someIncident();
    const zip = await bundleOf(was.incident.id);
    const manifest = JSON.parse(Buffer.from(unzipSync(zip)['manifest.json'] ?? []).toString()) as BundleManifest;
    expect(manifest).toMatchObject({ weirBundle: 1, by: 'local', left: [], incident: { id: was.incident.id } });
    expect(manifest.files).toHaveLength(4);
    const answer = await bringIn(zip);
    expect(answer.status).toBe(201);
    const incident = await answer.json() as Incident;
    expect(incident).toMatchObject({ number: 1, title: was.incident.title, triggers: 2, openedAt: was.incident.openedAt, imported: { by: 'local', from: expect.stringContaining('(test)') }, artifacts: 3, actions: { running: 0, failed: 1 } });
    expect(incident.id).not.toBe(was.incident.id);
    const is = await get<IncidentDetail>(there, `/incidents/${incident.id}`);
    expect(is.timeline.map(({ text }) => text)).toEqual(expect.arrayContaining(was.timeline.map(({ text }) => text)));
    expect(is.timeline.at(-1)).toMatchObject({ kind: 'imported' });
    expect(is.artifacts.map(({ sha256, name }) => [sha256, name]).sort()).toEqual(was.artifacts.map(({ sha256, name }) => [sha256, name]).sort());
    expect(is.actions).toMatchObject([{ state: 'failed', why: { code: 'action.imported' }, incident: incident.id }]);
    expect(new Set(is.artifacts.map(({ action }) => action))).toEqual(new Set([is.actions[0]?.id]));
    expect(is.actions[0]?.artifacts.map(({ id }) => id).sort()).toEqual(is.artifacts.map(({ id }) => id).sort());
    for (const { id, sha256 } of is.artifacts) {
      const bytes = Buffer.from(await (await fetch(`${there.url}/api/v1/artifacts/${id}/content`, { headers: { authorization } })).arrayBuffer());
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    }
    expect(await get<IncidentRates>(there, `/incidents/${incident.id}/rates`)).toMatchObject({ stepMs: 5000 });
    expect((await get<Artifacts>(there, '/artifacts')).quota.usedBytes).toBe(9000 + 5000);
  });
  it('that comes twice is the incident that is here already; a copy that is wanted says of which, and does not touch it', async () => {
    const was = await someIncident();
    const zip = await bundleOf(was.incident.id);
    const first = await (await bringIn(zip)).json() as Incident;
    expect(first.wasHere).toBeUndefined();
    const dropped = await fetch(`${there.url}/api/v1/artifacts?name=x.zip`, { method: 'POST', headers: { authorization }, body: zip as Uint8Array<ArrayBuffer> });
    expect(await dropped.json() as BroughtIn).toMatchObject({ artifact: null, incident: { id: first.id, number: 1, wasHere: true } });
    expect(await (await bringIn(zip)).json()).toMatchObject({ id: first.id, wasHere: true });
    expect((await get<Artifacts>(there, '/artifacts')).quota.count).toBe(3);
    const copy = await (await fetch(`${there.url}/api/v1/incidents/import?copy=true`, { method: 'POST', headers: { authorization }, body: zip as Uint8Array<ArrayBuffer> })).json() as Incident;
    expect(copy).toMatchObject({ number: 2, imported: { copyOf: 1 } });
    expect((await get<IncidentDetail>(there, `/incidents/${copy.id}`)).timeline.at(-1)?.text).toContain('#1 here is of the same incident');
    expect((await get<Artifacts>(there, '/artifacts'))).toMatchObject({ quota: { usedBytes: 14_000, count: 6 } });
    expect(readdirSync(join(there.directory, 'data/artifacts/uploads'))).toEqual([]);
  });
  it('is recognised where it was made, and told apart when the incident has gone on since', async () => {
    const was = await someIncident();
    const zip = await bundleOf(was.incident.id);
    const home = await fetch(`${here.url}/api/v1/incidents/import`, { method: 'POST', headers: { authorization }, body: zip as Uint8Array<ArrayBuffer> });
    expect(await home.json()).toMatchObject({ id: was.incident.id, wasHere: true });
    await bringIn(zip);
    await here.call('POST', `/api/v1/incidents/${was.incident.id}/notes`, { text: 'It went on' });
    expect(await (await bringIn(await bundleOf(was.incident.id))).json()).toMatchObject({ number: 2, imported: { copyOf: 1 } });
  });
  it('says what is not in it', async () => {
    const was = await someIncident();
    const { sha256 } = was.artifacts.find(({ name }) => name === 'cpu.pb.gz') ?? { sha256: '' };
    rmSync(join(here.directory, 'data/artifacts', sha256.slice(0, 2), sha256));
    const answer = await (await bringIn(await bundleOf(was.incident.id))).json() as Incident;
    expect(answer.artifacts).toBe(2);
    const { timeline } = await get<IncidentDetail>(there, `/incidents/${answer.id}`);
    expect(timeline.at(-1)?.text).toContain('Not in it: cpu.pb.gz: Its file is damaged or gone.');
  });
});

describe('a bad bundle is refused, says why, and leaves nothing', () => {
  type Files = Record<string, Uint8Array>;
  const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const withManifest = (files: Files, change: (manifest: BundleManifest) => void): Files => {
    const manifest = JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString()) as BundleManifest;
    change(manifest);
    return { ...files, 'manifest.json': Buffer.from(JSON.stringify(manifest)) };
  };
  const artifactIn = (files: Files): string => Object.keys(files).find((name) => name.startsWith('artifacts/')) ?? '';
  const cases: readonly (readonly [string, RegExp, (files: Files) => Uint8Array])[] = [
    ['no zip', /no ZIP file/, () => Buffer.from('hello')],
    ['cut short', /cut short/, (files) => zipSync(files).subarray(0, -30)],
    ['without a manifest', /no manifest/, (files) => { const { 'manifest.json': _, ...rest } = files; return zipSync(rest); }],
    ['a file beside the manifest', /does not name/, (files) => zipSync({ ...files, '../../evil': Buffer.from('x') })],
    ['a path that leads elsewhere', /no file of a bundle/, (files) => zipSync(withManifest({ ...files, '../../evil': Buffer.from('x') }, ({ files: named }) => { named.push({ path: '../../evil', bytes: 1, sha256: hash(Buffer.from('x')) }); }))],
    ['a path under another hash', /no file of a bundle/, (files) => zipSync(withManifest(files, ({ files: named }) => { for (const file of named) if (file.path.startsWith('artifacts/')) file.sha256 = '0'.repeat(64); }))],
    ['a missing file', /is missing/, (files) => { const { [artifactIn(files)]: _, ...rest } = files; return zipSync(rest); }],
    ['another size', /instead of the/, (files) => zipSync({ ...files, [artifactIn(files)]: Buffer.from('x') })],
    ['changed bytes', /changed or damaged/, (files) => { const changed = Buffer.from(files[artifactIn(files)] ?? []); changed[3]! ^= 1; return zipSync({ ...files, [artifactIn(files)]: changed }); }],
    ['a changed incident', /changed or damaged/, (files) => { const changed = Buffer.from(files['incident.json'] ?? []); changed[changed.length - 2]! ^= 1; return zipSync({ ...files, 'incident.json': changed }); }],
    ['an incident of another shape', /another version/, (files) => { const text = Buffer.from('{}'); return zipSync(withManifest({ ...files, 'incident.json': text }, ({ files: named }) => { for (const file of named) if (file.path === 'incident.json') Object.assign(file, { bytes: 2, sha256: hash(text) }); })); }],
    ['a newer version', /another version/, (files) => zipSync(withManifest(files, (manifest) => { (manifest as { weirBundle: number }).weirBundle = 2; }))],
    ['a bomb that lies about its size', /larger than|damaged|instead of/, (files) => {
      const bomb = Buffer.from(zipSync({ ...files, 'incident.json': [new Uint8Array(50_000_000), { level: 9 }] }));
      const at = bomb.indexOf('incident.json', bomb.lastIndexOf(Buffer.from('504b0102', 'hex')) - 2000) - 46;
      bomb.writeUInt32LE((files['incident.json'] ?? []).length, at + 24);
      return bomb;
    }],
  ];

  it('whatever is wrong with it', async () => {
    const was = await someIncident();
    const files = unzipSync(await bundleOf(was.incident.id));
    for (const [name, why, make] of cases) {
      const answer = await bringIn(make(files));
      expect([name, answer.status, await answer.json()]).toEqual([name, 422, { error: expect.objectContaining({ code: 'bundle.invalid', message: expect.stringMatching(why) }) }]);
    }
    expect((await get<{ incidents: Incident[] }>(there, '/incidents')).incidents).toEqual([]);
    expect((await get<{ actions: unknown[] }>(there, '/actions')).actions).toEqual([]);
    expect(await get<Artifacts>(there, '/artifacts')).toMatchObject({ artifacts: [], quota: { usedBytes: 0, count: 0 } });
    const folder = join(there.directory, 'data/artifacts');
    expect(readdirSync(folder, { recursive: true, withFileTypes: true }).filter((found) => found.isFile())).toEqual([]);
  });
  it('or when there is no room for it', async () => {
    const was = await someIncident();
    const zip = await bundleOf(was.incident.id);
    await there.remove();
    there = await new TestServer({ artifacts: { keepFreeBytes: 0, maxBytes: zip.length + 100 } }).start();
    expect((await bringIn(zip)).status).toBe(413);
    expect(readdirSync(join(there.directory, 'data/artifacts/uploads'))).toEqual([]);
    await there.remove();
    there = await new TestServer({ artifacts: { keepFreeBytes: 0, maxBytes: 20_000 } }).start();
    expect((await fetch(`${there.url}/api/v1/artifacts?name=own.bin`, { method: 'POST', headers: { authorization }, body: new Uint8Array(10_000) })).status).toBe(201);
    expect((await bringIn(zip)).status, 'what was collected here does not leave for it').toBe(507);
    expect(await get<Artifacts>(there, '/artifacts')).toMatchObject({ artifacts: [{ name: 'own.bin' }] });
  });
});
