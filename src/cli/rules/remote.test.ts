// `weir rules apply`, `export` and `list` against a real server: what apply brings there, export brings back, byte for byte.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ruleDetail, ruleList, type RuleDetail } from '../../model/index.ts';
import { startServer, type RunningServer } from '../../server/index.ts';
import { runWeirHere } from '../testing/run-weir-here.ts';
import { runWeir, type Ended } from '../testing/run-weir.ts';

const root = mkdtempSync(join(tmpdir(), 'weir-apply-'));
const rules = join(root, 'rules');
const token = 'a-token-of-the-test';
let server: RunningServer;
beforeAll(async () => {
  mkdirSync(rules);
  server = await startServer({ port: 0, dataDir: join(root, 'data'), token, agentToken: 'agents', consoleDir: root, demoControlUrl: null, environment: 'test', version: '0.0.0', otlp: { http: 'http://127.0.0.1:4318', grpc: 'http://127.0.0.1:4317' } });
}, 60_000);
afterAll(async () => { await server.stop(); rmSync(root, { recursive: true, force: true }); });

const toServer = (args: readonly string[]): Parameters<typeof runWeir> => [['rules', ...args, '--server', server.url], { env: { WEIR_TOKEN: token } }];
const weir = (...args: string[]): Promise<Ended> => runWeirHere(...toServer(args));
const weirProcess = (...args: string[]): Promise<Ended> => runWeir(...toServer(args));
const get = async (path: string): Promise<unknown> => (await fetch(`${server.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })).json();
const onServer = async (): Promise<readonly RuleDetail[]> => Promise.all(ruleList.parse(await get('/rules')).rules.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(async ({ id }) => ruleDetail.parse(await get(`/rules/${id}`))));

const noise = '# Nobody reads these.\nname: drop-noise   # the name\nkql: |\n  Logs\n  | where EventName == "Noise"\n  | invoke drop()\ntests:\n  - { name: noise goes, given: [{ EventName: Noise }], expect: { records: [] } }\n';

test('a plan first; without --yes and a terminal nothing is done', async () => {
  writeFileSync(join(rules, 'noise.yaml'), noise);
  writeFileSync(join(rules, 'slow.kql'), 'Spans | where Duration > 1s | invoke record("slow", tee=true)\n');
  expect(await weir('apply', '-f', rules, '--dry-run')).toMatchObject({ code: 0, stdout: `${server.url}\n  + drop-noise  create\n  + slow  create\n2 to create.\nNothing was applied: --dry-run.\n` });
  expect(await weirProcess('apply', '-f', rules)).toMatchObject({ code: 2, stdout: expect.stringContaining('2 to create.'), stderr: expect.stringContaining('nobody can be asked') });
  expect(await onServer()).toEqual([]);
});

test('apply makes the rules as they are written; a second run has nothing to do', async () => {
  expect(await weirProcess('apply', '-f', rules, '--yes')).toMatchObject({ code: 0, stdout: expect.stringMatching(/ {2}✓ drop-noise created\n {2}✓ slow created\n$/) });
  expect((await onServer()).map(({ name, state, latestVersion }) => [name, state, latestVersion])).toEqual([['drop-noise', 'draft', 1], ['slow', 'draft', 1]]);
  expect((await onServer())[0]!.versions[0]!.text).toBe(noise);
  expect(await weir('apply', '-f', rules)).toMatchObject({ code: 0, stdout: `Nothing to do: 2 rules on ${server.url} are as the files say.\n` });
});

test('deploying is a choice of its own, idempotent too, in shadow or live', async () => {
  expect(await weir('apply', '-f', rules, '--yes', '--shadow')).toMatchObject({ code: 0, stdout: expect.stringContaining('  ~ drop-noise  version 1, deploy in shadow\n') });
  expect((await onServer()).map(({ state, mode }) => [state, mode])).toEqual([['deployed', 'shadow'], ['deployed', 'shadow']]);
  expect((await weir('apply', '-f', rules, '--shadow')).stdout).toMatch(/^Nothing to do/);
  expect((await weir('apply', '-f', rules)).stdout).toMatch(/^Nothing to do/);
  expect(await weir('apply', '-f', rules, '--deploy', '-y')).toMatchObject({ code: 0, stdout: expect.stringContaining('2 to deploy.') });
  expect((await onServer()).map(({ mode }) => mode)).toEqual(['live', 'live']);
  expect((await weir('apply', '-f', rules, '--deploy')).stdout).toMatch(/^Nothing to do/);
});

test('a changed file is a new version, deployed when asked for', async () => {
  writeFileSync(join(rules, 'noise.yaml'), noise.replace('Nobody', 'No one'));
  expect(await weir('apply', '-f', rules, '--yes', '--deploy')).toMatchObject({ code: 0, stdout: expect.stringMatching(/ {2}~ drop-noise {2}new version 2, deploy\n {6}- # Nobody reads these\.\n {6}\+ # No one reads these\.\n {8}name: drop-noise {3}# the name\n {8}kql: \|\n {6}…\n {4}slow {2}unchanged\n1 with a new version, 1 to deploy, 1 unchanged\.\n {2}✓ drop-noise saved as version 2, deployed\n$/) });
  expect((await onServer())[0]).toMatchObject({ latestVersion: 2, deployedVersion: 2, versions: [{ note: 'weir rules apply' }, {}] });
});

test('export writes what was applied, byte for byte; applying that finds nothing to do, and exporting again writes nothing', async () => {
  const out = join(root, 'exported/rules');
  expect((await weirProcess('export', '-d', out)).code).toBe(0);
  expect(readdirSync(out)).toEqual(['drop-noise.yaml', 'slow.yaml']);
  expect(readFileSync(join(out, 'drop-noise.yaml'), 'utf8')).toBe(readFileSync(join(rules, 'noise.yaml'), 'utf8'));
  expect((await weir('apply', '-f', out, '--deploy')).stdout).toMatch(/^Nothing to do: 2 rules/);
  expect((await weir('export', '-d', out)).stdout).toBe(`2 rules on ${server.url}, every file was up to date.\n`);
  expect((await weir('export', '-d', out, '--canonical')).stdout).toContain('drop-noise.yaml');
  expect(readFileSync(join(out, 'drop-noise.yaml'), 'utf8')).toMatch(/^weir: 1\nkind: query\nname: drop-noise\nkql: \|\n {2}Logs\n/);
});

test('rules that no file holds stay, unless pruned', async () => {
  rmSync(join(rules, 'slow.kql'));
  expect((await weir('apply', '-f', rules)).stdout).toMatch(/^Nothing to do: 1 rule/);
  expect(await weir('apply', '-f', rules, '--prune', '--yes')).toMatchObject({ code: 0, stdout: expect.stringMatching(/ {2}- slow {2}delete, it runs now\n1 to delete, 1 unchanged\.\n {2}✓ slow deleted\n$/) });
  expect((await onServer()).map(({ name }) => name)).toEqual(['drop-noise']);
});

test('a wrong file or a failing test stops everything before the server is asked', async () => {
  const bad = join(root, 'bad');
  mkdirSync(bad);
  writeFileSync(join(bad, 'a.yaml'), 'name: a\nkql: Logs | invoke drip()\n');
  writeFileSync(join(bad, 'b.yaml'), 'name: b\nkql: Logs | invoke drop()\ntests:\n  - { name: stays, given: [{ Body: x }], expect: { records: [{ Body: x }] } }\n');
  writeFileSync(join(bad, 'c.yaml'), 'name: c\nkql: Logs | invoke drop()\n');
  const { code, stdout, stderr } = await weir('apply', '-f', bad, '--yes');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/a\.yaml:2:\d+: error: [\s\S]*the test "stays" of b fails\n {6}expected 1 record, none came out[\s\S]*Nothing was applied: 2 problems in the files\.\n$/);
  expect(await onServer()).toHaveLength(1);
});

test('where a rule cannot be saved nothing is deleted, and apply says so', async () => {
  const renamed = join(root, 'renamed');
  mkdirSync(renamed);
  writeFileSync(join(renamed, 'a.yaml'), 'name: mask-all\nkql: Logs | invoke redact("*")\n');
  const { code, stdout } = await weir('apply', '-f', renamed, '--yes', '--prune', '--note', 'x'.repeat(100_000));
  expect(code).toBe(1);
  expect(stdout).toContain('  - drop-noise  delete');
  expect(stdout).toMatch(/✗ mask-all: .*\n {2}Nothing was deleted, because not every rule above was applied: drop-noise stays\. Mend what failed, then apply again\.\n$/);
  expect((await onServer()).map(({ name }) => name)).toEqual(['drop-noise']);
});

test('list shows them; a wrong token, no token and no server are code 2', async () => {
  expect((await weir('list')).stdout).toMatch(/^order {2}name {8}state {5}table {2}sink {2}version {2}note\n100 {4}drop-noise {2}deployed {2}Logs {3}drop {2}2\n$/);
  expect(JSON.parse((await weir('list', '--json')).stdout)).toMatchObject([{ name: 'drop-noise', state: 'deployed' }]);
  expect(await weir('list', '--token', 'wrong')).toMatchObject({ code: 2, stderr: expect.stringContaining('does not take this token') });
  expect(await runWeirHere(['rules', 'list', '--server', server.url])).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no token') });
  expect(await runWeir(['rules', 'list', '--server', `${server.url}/?token=${token}`])).toMatchObject({ code: 0 });
  expect(await runWeirHere(['rules', 'list', '--server', 'http://127.0.0.1:1', '--token', 'x'])).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no answer from http://127.0.0.1:1') });
  expect(await runWeirHere(['rules', 'list', '--server', 'shop', '--token', 'x'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--server "shop" is not a URL') });
});
