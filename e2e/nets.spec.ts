// Nets on the real demo, from arming to what is there afterwards, with nobody touching anything in between; the big red button and its
// bundle in a second Weir; and an upload that goes on after the agent was killed.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from 'playwright/test';
import type { Artifact, Artifacts, FleetNets, IncidentDetail, RuleDetail } from '../src/model/index.ts';
import { decodeFrames } from '../src/engine/index.ts';
import { violationsOf } from './support/axe.ts';
import { chooseTab, deploy as deployInPage, openConsole, ruleOf, save, writeText } from './support/rule-editor.ts';
import { shopProcess } from './support/diagnosis.ts';
import { startStack, testToken, until, type Stack } from './support/stack.ts';

let stack: Stack;
test.beforeAll(async () => { stack = await startStack([]); });
test.afterAll(async () => { await stack.stop(); });

async function deploy(text: string, of: Stack = stack): Promise<string> {
  const { id, name } = await of.api<RuleDetail>('/rules', { method: 'POST', body: JSON.stringify({ text }) });
  await of.api(`/rules/${id}/deploy`, { method: 'POST', body: JSON.stringify({ version: 1 }) });
  await until(`${name} is applied`, async () => (await of.api<RuleDetail>(`/rules/${id}`)).appliedAgents === 1);
  return id;
}
const fault = (name: string, on: boolean): Promise<unknown> => stack.api(`/demo/faults/${name}`, { method: 'PUT', body: JSON.stringify({ on }) });
const incidentsOf = async (rule: string): Promise<IncidentDetail[]> => {
  const { incidents } = await stack.api<{ incidents: IncidentDetail['incident'][] }>('/incidents?limit=50');
  return Promise.all(incidents.filter(({ openedBy }) => openedBy.rule === rule).map(({ id }) => stack.api<IncidentDetail>(`/incidents/${id}`)));
};
const bytesOf = async (id: string, of: Stack = stack): Promise<Uint8Array> => new Uint8Array(await (await fetch(`${of.origin}/api/v1/artifacts/${id}/content`, { headers: { authorization: `Bearer ${testToken}` } })).arrayBuffer());
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const stored = (artifacts: readonly Artifact[], kind: string): Artifact | undefined => artifacts.find((one) => one.kind === kind && one.state === 'stored');

const queueNet = `weir: 1
kind: state-machine
name: checkout-queue-stuck
key: [ServiceName, 'Attributes["queue.name"]']
initial: idle
states:
  idle:
    on: [{ when: 'EventName == "QueueDepth" and toint(Attributes.depth) > 20', to: growing }]
  growing:
    after: { 60s: idle }
    on: [{ when: 'EventName == "QueueDepth" and toint(Attributes.depth) > 20', count: 5, within: 30s, to: stuck }]
  stuck:
    enter:
      - { action: cpu-sample, duration: 2s, as: cpu }
      - { action: collect-recorder, recorder: checkout-verbose }
    after: { 5m: idle }
limits: { actions: 5, per: 1h, cooldown: 10m }
`;

/** Written as a document, saved, deployed live: from here on nobody touches anything. */
async function armInPage(page: Page, name: string, text: string): Promise<void> {
  await chooseTab(page, 'Document');
  await writeText(page, text);
  await save(page);
  await deployInPage(page, stack, name);
}

test('a growing queue: the net fires, and the CPU sample and the records that led to it are in an incident', async ({ page }) => {
  await stack.api('/recorders/checkout-verbose', { method: 'PUT', body: JSON.stringify({ name: 'checkout-verbose', key: ['ServiceName'], maxBytes: 4_000_000 }) });
  await deploy('kind: query\nname: keep-checkout\nkql: |\n  Logs\n  | where ServiceName == "checkout"\n  | invoke record("checkout-verbose", true)\n');
  const faults = await openConsole(page, stack, '/rules/new?kind=net');
  await armInPage(page, 'checkout-queue-stuck', queueNet);
  const net = (await ruleOf(stack, 'checkout-queue-stuck')).id;
  await fault('growing-queue', true);
  await until('the incident has what it needs', async () => {
    const [found] = await incidentsOf(net);
    return found !== undefined && stored(found.artifacts, 'cpu-profile') !== undefined && stored(found.artifacts, 'recorder') !== undefined;
  });
  await fault('growing-queue', false);
  const [{ incident, timeline, artifacts }] = await incidentsOf(net) as [IncidentDetail];
  expect(incident).toMatchObject({ state: 'open', openedBy: { kind: 'net', name: 'checkout-queue-stuck' }, services: ['checkout'] });
  expect(timeline.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['opened', 'trigger', 'action', 'artifact']));
  const profile = JSON.parse(Buffer.from(await bytesOf(stored(artifacts, 'cpu-profile')!.id)).toString()) as { nodes: unknown[]; samples: unknown[] };
  expect(profile.samples.length).toBeGreaterThan(10);
  const recording = decodeFrames(await bytesOf(stored(artifacts, 'recorder')!.id));
  expect(recording).toMatchObject({ ok: true, value: { problem: null } });
  expect(recording.ok && Buffer.concat(recording.value.frames.map(({ bytes }) => bytes)).includes('QueueDepth'), 'what led to it').toBe(true);
  const { nets } = await stack.api<FleetNets>('/nets');
  expect(nets.find(({ rule }) => rule.id === net)?.agents[0]?.net).toMatchObject({ kind: 'state-machine', states: { stuck: 1 } });

  await page.goto(`${stack.origin}/incidents`);
  await page.getByText(incident.title).first().click();
  await expect(page.getByRole('heading', { name: incident.title })).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('region', { name: 'Artifacts' }).getByRole('link', { name: 'In the tail' }).click();
  await expect(page).toHaveURL(/\/tail\?.*recording=/);
  await expect(page.getByRole('grid', { name: /Records/ }).getByRole('row').filter({ hasText: 'QueueDepth' }).first()).toBeVisible();
  expect(await violationsOf(page), 'the recording in the tail').toEqual([]);
  expect(faults).toEqual([]);
});

test('a service crashes: the last minute of what it said is in the console', async () => {
  await stack.api('/recorders/payments-verbose', { method: 'PUT', body: JSON.stringify({ name: 'payments-verbose', maxAgeMs: 60_000, disk: true }) });
  await deploy('kind: query\nname: keep-payments\nkql: |\n  Logs\n  | where ServiceName == "payments"\n  | invoke record("payments-verbose", true)\n');
  const net = await deploy(`
kind: state-machine
name: payments-crash
initial: up
states:
  up:
    on: [{ when: 'EventName == "process.exited" and ServiceName == "payments"', to: crashed }]
  crashed:
    enter: [{ action: collect-recorder, recorder: payments-verbose }]
    after: { 1m: up }
`);
  const { pid } = await shopProcess(stack, 'payments');
  await fault('crash', true);
  await until('the recorder of the dead process is here', async () => stored((await incidentsOf(net))[0]?.artifacts ?? [], 'recorder') !== undefined);
  await fault('crash', false);
  const [{ artifacts, timeline }] = await incidentsOf(net) as [IncidentDetail];
  expect(timeline.some(({ kind, text }) => kind === 'trigger' && text.includes('process.exited'))).toBe(true);
  const recording = decodeFrames(await bytesOf(stored(artifacts, 'recorder')!.id));
  if (!recording.ok) throw new Error(recording.error.message);
  expect(recording.value.frames.length).toBeGreaterThan(0);
  expect(() => process.kill(pid, 0), 'the process is gone').toThrow();
});

test('the big red button, and its bundle in a second Weir', async ({ page, context }, info) => {
  const faults = await openConsole(page, stack, '/incidents');
  await page.getByRole('button', { name: 'Open incident' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Something is wrong');
  for (const service of ['cart', 'frontend']) await dialog.getByRole('checkbox', { name: service }).check();
  await dialog.getByRole('combobox', { name: 'Length of a CPU sample' }).click();
  await page.getByRole('option', { name: '5 s', exact: true }).click();
  await expect(dialog.getByRole('checkbox', { name: 'Memory dumps' }), 'no heap unless asked').not.toBeChecked();
  await expect(dialog.getByRole('status')).toContainText('cart');
  expect(await violationsOf(page), 'the dialog').toEqual([]);
  await dialog.getByRole('button', { name: 'Capture now' }).click();
  await expect(page.getByRole('heading', { name: 'Something is wrong' })).toBeVisible();
  const id = new URL(page.url()).pathname.split('/').at(-1)!;
  const detail = (): Promise<IncidentDetail> => stack.api<IncidentDetail>(`/incidents/${id}`);
  await until('everything is collected', async () => {
    const { incident, artifacts } = await detail();
    return incident.actions.running === 0 && ['cpu-profile', 'state', 'config'].every((kind) => artifacts.filter((one) => one.kind === kind && one.state === 'stored').length === 2);
  });
  const { artifacts } = await detail();
  expect(artifacts.some(({ kind }) => kind === 'heap-snapshot'), 'no heap unless asked').toBe(false);
  await expect(page.getByRole('region', { name: 'Artifacts' }).getByRole('listitem')).toHaveCount(artifacts.length);
  expect(await violationsOf(page), 'the incident').toEqual([]);
  expect(faults).toEqual([]);

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Bundle' }).click()]);
  const bundle = join(info.outputPath(), 'bundle.zip');
  await download.saveAs(bundle);
  const second = await startStack(['--no-demo']);
  try {
    const elsewhere = await context.newPage();
    await openConsole(elsewhere, second, '/incidents');
    await elsewhere.getByLabel('Bundle file').first().setInputFiles(bundle);
    await expect(elsewhere.getByRole('heading', { name: 'Something is wrong' })).toBeVisible();
    await expect(elsewhere.getByText(/imported from/)).toBeVisible();
    const [imported] = (await second.api<{ incidents: IncidentDetail['incident'][] }>('/incidents')).incidents;
    const there = await second.api<IncidentDetail>(`/incidents/${imported!.id}`);
    expect(there.artifacts.map((one) => one.sha256).sort()).toEqual(artifacts.map((one) => one.sha256).sort());
    for (const one of there.artifacts) expect(sha256(await bytesOf(one.id, second))).toBe(one.sha256);
  } finally {
    await second.stop();
  }
});

test('the agent is killed during an upload: it goes on, and the hash is right', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-files-'));
  try {
    const block = Buffer.alloc(8 * 2 ** 20);
    for (let i = 0; i < 16; i++) { block.fill(i + 200, 1); block[0] = 0; writeFileSync(join(folder, `part-${i}.bin`), block); }
    mkdirSync(join(stack.dataDir, 'agent'), { recursive: true });
    writeFileSync(join(stack.dataDir, 'agent', 'actions-policy.json'), JSON.stringify({ version: 1, files: [`${folder}/*`] }));
    const { id } = await stack.api<{ id: string }>('/actions', { method: 'POST', body: JSON.stringify({ agent: await agentId(), action: 'collect-files', parameters: { files: [`${folder}/*`] } }) });
    const mine = async (): Promise<Artifact | undefined> => (await stack.api<Artifacts>(`/artifacts?action=${id}`)).artifacts[0];
    const pid = stack.pidOf('agent');
    for (;;) {
      const under = await mine();
      if (under !== undefined && under.receivedBytes > 0) { process.kill(pid, 'SIGKILL'); break; }
      await new Promise((resolve) => { setTimeout(resolve, 10); });
    }
    const cut = await mine();
    expect(cut, 'it was under way').toMatchObject({ state: 'uploading' });
    expect(cut!.receivedBytes).toBeLessThan(cut!.bytes);
    await until('the rest has come', async () => (await mine())?.state === 'stored');
    const whole = await mine();
    expect(sha256(await bytesOf(whole!.id))).toBe(whole!.sha256);
    expect(whole!.bytes).toBeGreaterThan(16 * block.length);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

async function agentId(): Promise<string> {
  const { agents } = await stack.api<{ agents: { id: string; connected: boolean }[] }>('/agents');
  return agents[0]!.id;
}
