// `weir views export` and `import` against a real server: what one writes, the other brings back.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { savedViewList } from '../../model/index.ts';
import { startServer, type RunningServer } from '../../server/index.ts';
import { runWeirHere } from '../testing/run-weir-here.ts';
import type { Ended } from '../testing/run-weir.ts';
import { viewFiles } from './export.ts';

const root = mkdtempSync(join(tmpdir(), 'weir-views-'));
const folder = join(root, 'views');
const token = 'a-token-of-the-test';
let server: RunningServer;
beforeAll(async () => {
  mkdirSync(folder);
  server = await startServer({ port: 0, dataDir: join(root, 'data'), token, agentToken: 'agents', consoleDir: root, demoControlUrl: null, environment: 'test', version: '0.0.0', otlp: { http: 'http://127.0.0.1:4318', grpc: 'http://127.0.0.1:4317' } });
}, 60_000);
afterAll(async () => { await server.stop(); rmSync(root, { recursive: true, force: true }); });

const weir = (...args: string[]): Promise<Ended> => runWeirHere(['views', ...args, '--server', server.url], { env: { WEIR_TOKEN: token } });
const names = async (): Promise<string[]> => savedViewList.parse(await (await fetch(`${server.url}/api/v1/views`, { headers: { authorization: `Bearer ${token}` } })).json()).views.map(({ name }) => name);

test('a plan first, then done, then nothing to do', async () => {
  writeFileSync(join(folder, 'checkout.yaml'), 'name: Checkouts\nkql: event("checkout.started") and ServiceName == "shop"\n');
  writeFileSync(join(folder, 'both.yml'), 'name: Errors\nkql: SeverityNumber >= 17\n---\nname: Slow\nsignals: [spans]\nkql: Duration > 1s\n');
  expect(await weir('import', '-d', folder, '--dry-run')).toMatchObject({ code: 0, stdout: `${server.url}\n  + Errors  create\n  + Slow  create\n  + Checkouts  create\nNothing was imported: --dry-run.\n` });
  expect(await weir('import', '-d', folder)).toMatchObject({ code: 2, stderr: expect.stringContaining('nobody can be asked') });
  expect(await names()).toEqual([]);
  expect(await weir('import', '-d', folder, '--yes')).toMatchObject({ code: 0, stdout: expect.stringMatching(/3 views imported\.\n$/) });
  expect(await weir('import', '-d', folder)).toMatchObject({ code: 0, stdout: `Nothing to do: 3 views on ${server.url} are as the files say.\n` });
});

test('export writes a file for each; importing those finds nothing to do, and exporting again writes nothing', async () => {
  const out = join(root, 'out');
  expect((await weir('export', '-d', out)).code).toBe(0);
  expect(readdirSync(out).sort()).toEqual(['checkouts.yaml', 'errors.yaml', 'slow.yaml']);
  expect(readFileSync(join(out, 'slow.yaml'), 'utf8')).toBe('weir: 1\nkind: view\nname: Slow\nsignals:\n  - spans\nkql: Duration > 1s\n');
  expect((await weir('import', '-d', out)).stdout).toMatch(/^Nothing to do/);
  expect((await weir('export', '-d', out)).stdout).toBe(`3 views on ${server.url}, every file was up to date.\n`);
  writeFileSync(join(out, 'slow.yaml'), 'name: Slow\nsignals: [spans]\nkql: Duration > 2s\n');
  expect((await weir('import', '-d', out, '--yes')).stdout).toContain('  ~ Slow  change kql\n      - Duration > 1s\n      + Duration > 2s\n');
});

test('one view alone, by its name; a name that no view has says which there are', async () => {
  const out = join(root, 'one');
  expect((await weir('export', '-d', out, '--name', 'Slow')).stdout).toMatch(/^.*slow\.yaml\n1 view of http:/);
  expect(readdirSync(out)).toEqual(['slow.yaml']);
  expect(await weir('export', '-d', out, '--name', 'slow')).toMatchObject({ code: 2, stderr: expect.stringContaining('It has: Checkouts, Errors, Slow.') });
});

test('a wrong file stops everything; no folder and no file are code 2', async () => {
  const bad = join(root, 'bad');
  mkdirSync(bad);
  expect(await weir('import', '-d', bad)).toMatchObject({ code: 2, stderr: expect.stringContaining('holds no file of a view') });
  expect(await weir('import', '-d', join(root, 'nowhere'))).toMatchObject({ code: 2 });
  writeFileSync(join(bad, 'a.yaml'), 'name: A\n');
  writeFileSync(join(bad, 'b.yaml'), 'name: B\nkql: Duration >>> 2\n');
  expect(await weir('import', '-d', bad, '--yes')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('The KQL of the view B does not compile') });
  expect(await names()).toEqual(['Checkouts', 'Errors', 'Slow']);
});

test('files of views are named so that every file system takes them, each by a name of its own', () => {
  const names = ['../../etc', 'A b', 'a-B', '...', 'Übersicht'];
  expect([...viewFiles(names.map((name) => `name: ${JSON.stringify(name)}\n`).join('---\n')).keys()]).toEqual(['etc.yaml', 'a-b.yaml', 'a-b-2.yaml', 'view.yaml', 'übersicht.yaml']);
});
