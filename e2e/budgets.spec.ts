// Rules made to hurt, on the real stack: each is refused with a reason or turns itself off within two seconds, while other
// traffic passes unharmed. What the downstream counts decides.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'playwright/test';
import { onThisMachine } from './support/patience.ts';
import { sendLogs } from './support/sender.ts';
import { DownstreamSink } from './support/sink.ts';
import { startStack, testToken, until, type Stack } from './support/stack.ts';

interface RuleReport { readonly id: string; readonly matched: number; readonly removed: number; readonly would?: { readonly removed: number }; readonly disabled?: { readonly kind: string; readonly reason: string; readonly atUnixMs: number } | null }
interface AgentView { readonly connected: boolean; readonly configStatus: string; readonly status: { readonly rules: readonly RuleReport[] } | null }
interface RuleView { readonly id: string; readonly breaches: readonly { readonly kind: string; readonly reason: string }[] }

const sink = new DownstreamSink();
let stack: Stack;

const agentOf = async (): Promise<AgentView> => (await stack.api<{ agents: AgentView[] }>('/agents')).agents[0] as AgentView;
const reportOf = async (id: string): Promise<RuleReport | undefined> => (await agentOf()).status?.rules.find((rule) => rule.id === id);
const send = (event: string, count: number, attributes: Record<string, string | number> = {}): Promise<void> => sendLogs(stack, 'http-protobuf', event, count, attributes);

test.beforeEach(async () => {
  sink.logs.clear();
  sink.sums.clear();
  await sink.start();
  stack = await startStack(['--no-demo', '--forward', sink.url]);
  await until('the agent is connected', async () => (await agentOf())?.connected === true && (await agentOf()).status !== null);
});
test.afterEach(async () => {
  await stack.stop();
  await sink.kill();
});

async function deploy(document: { readonly name: string; readonly kql: string; readonly budget?: object; readonly expires?: string }, mode: 'live' | 'shadow' = 'live'): Promise<string> {
  const { id } = await stack.api<{ id: string }>('/rules', { method: 'POST', body: JSON.stringify({ document: { kind: 'query', ...document } }) });
  await stack.api(`/rules/${id}/deploy`, { method: 'POST', body: JSON.stringify({ version: 1, mode }) });
  await until(`the agent runs ${document.name}`, async () => (await agentOf()).configStatus === 'applied' && (await reportOf(id)) !== undefined);
  return id;
}

/** Sends until the agent says that the rule is off; gives how many records went out, and how long that took from the first one. */
async function sendUntilOff(id: string, event: string, perBatch: number, attributes: Record<string, string | number> = {}): Promise<{ readonly sent: number; readonly withinMs: number; readonly disabled: NonNullable<RuleReport['disabled']> }> {
  const startMs = Date.now();
  for (let sent = 0; ;) {
    await send(event, perBatch, attributes);
    sent += perBatch;
    const disabled = (await reportOf(id))?.disabled;
    if (disabled) return { sent, disabled, withinMs: disabled.atUnixMs - startMs };
    if (Date.now() - startMs > 20_000) throw new Error(`The rule still runs: ${JSON.stringify(await reportOf(id))}`);
  }
}

/** The console and the audit know, and a rule that is innocent still does its work on exact counts. */
async function isTold(id: string, kind: string): Promise<void> {
  await until('the rule shows its breach', async () => (await stack.api<RuleView>(`/rules/${id}`)).breaches.some((breach) => breach.kind === kind));
  const entries = async () => (await stack.api<{ entries: { action: string; subject: string; detail: unknown }[] }>('/audit?limit=100')).entries.filter(({ action, subject }) => action === 'rule.breach' && subject === `rule:${id}`);
  await until('the audit has it', async () => (await entries()).length > 0);
  expect(await entries(), 'one entry in the audit').toHaveLength(1);
}
async function othersGoOn(): Promise<void> {
  await send('Noise', 200);
  await send('Marker', 300);
  await until('the marker arrives', () => sink.count('Marker') === 300);
  expect(sink.count('Noise'), 'the innocent rule still drops').toBe(0);
}
const dropNoise = (): Promise<string> => deploy({ name: 'drop-noise', kql: 'Logs | where EventName == "Noise" | invoke drop()' });

test('an endless regular expression over large records is turned off within two seconds', async () => {
  await dropNoise();
  const patterns = Array.from({ length: 12 }, (_, i) => `tostring(Attributes.payload) matches regex "^(([a-z])+.)+[A-Z]([a-z${i}])+$"`).join(' or ');
  const id = await deploy({ name: 'endless-regex', kql: `Logs | where EventName == "Big" | where ${patterns} | invoke drop()`, budget: { cpu: '1%' } });
  let steady = 0;
  let stopped = false;
  const traffic = (async () => { while (!stopped) { await send('Steady', 50); steady += 50; } })();
  const { sent, withinMs, disabled } = await sendUntilOff(id, 'Big', 20, { payload: 'a'.repeat(60_000) });
  stopped = true;
  await traffic;
  expect(disabled).toMatchObject({ kind: 'cpu', reason: expect.stringMatching(/^(Used [\d.]+ % of a core|Took [\d,]+ ms of one request)/) });
  expect(withinMs, 'from the first record to the end of the rule').toBeLessThan(onThisMachine(2000));
  await until('every large record passes', () => sink.count('Big') === sent);
  await until('other traffic is whole', () => sink.count('Steady') === steady);
  await othersGoOn();
  await isTold(id, 'cpu');
});

test('a group for every record is turned off for its memory; what it had counted and what passed make all that was sent', async () => {
  await dropNoise();
  const id = await deploy({ name: 'explosion', kql: 'Logs | where EventName == "Unique" | summarize n = count() by id = tostring(Attributes.n), bin(Timestamp, 1h) | invoke to_metric("ids")', budget: { cpu: '100%', memory: '64KiB' } });
  const { sent, withinMs, disabled } = await sendUntilOff(id, 'Unique', 5000);
  expect(disabled).toMatchObject({ kind: 'memory', reason: expect.stringMatching(/^Held .+ in [\d,]+ groups; its budget is 64 KiB\.$/) });
  expect(withinMs).toBeLessThan(onThisMachine(2000));
  await until('points and passed records add up', () => (sink.sums.get('ids') ?? 0) + sink.count('Unique') === sent);
  expect(sink.count('Unique'), 'the rest of the records passed').toBeGreaterThan(0);
  await othersGoOn();
  await isTold(id, 'memory');
});

test('an endless output is turned off within two seconds', async () => {
  const id = await deploy({ name: 'copy-all', kql: 'Logs | where EventName == "Copy" | invoke record("ring", tee=true)', budget: { cpu: '100%', output: '50/s' } });
  const { sent, withinMs, disabled } = await sendUntilOff(id, 'Copy', 100);
  expect(disabled).toMatchObject({ kind: 'output', reason: expect.stringContaining('its budget is 50 a second') });
  expect(withinMs).toBeLessThan(onThisMachine(2000));
  await until('every record passes', () => sink.count('Copy') === sent);
  await isTold(id, 'output');
});

test('a literal of a megabyte is refused by the server and by the command line, with a reason', async () => {
  const kql = `Logs | where Body contains "${'x'.repeat(1_048_576)}" | invoke drop()`;
  const refusal = await stack.api('/rules', { method: 'POST', body: JSON.stringify({ document: { name: 'huge', kind: 'query', kql } }) }).then(() => '', (error: unknown) => String(error));
  expect(refusal).toMatch(/\/rules: 4\d\d .*"message":"[^"]+/);
  expect(refusal.length, 'the answer does not repeat the megabyte').toBeLessThan(4000);
  const file = join(stack.dataDir, 'huge.yaml');
  writeFileSync(file, `weir: 1\nname: huge\nkql: ${JSON.stringify(kql)}\n`);
  const validated = await promisify(execFile)(process.execPath, ['src/cli/main.ts', 'rules', 'validate', file], { env: { ...process.env, WEIR_TOKEN: testToken } })
    .then(() => ({ code: 0, output: '' }), (failed: { code: number; stdout: string; stderr: string }) => ({ code: failed.code, output: failed.stdout + failed.stderr }));
  expect(validated.code).not.toBe(0);
  expect(validated.output).toMatch(/characters/);
  expect((await agentOf()).status?.rules).toEqual([]);
});

test('a rule that was turned off stays off when the agent is killed, and runs again when it is deployed anew', async () => {
  const id = await deploy({ name: 'explosion', kql: 'Logs | where EventName == "Unique" | summarize n = count() by id = tostring(Attributes.n), bin(Timestamp, 1s) | invoke to_metric("ids")', budget: { cpu: '100%', memory: '64KiB' } });
  const { sent } = await sendUntilOff(id, 'Unique', 5000);
  await until('what it held is handed over', () => (sink.sums.get('ids') ?? 0) + sink.count('Unique') === sent);
  const passed = sink.count('Unique');
  const pid = stack.pidOf('agent');
  process.kill(pid, 'SIGKILL');
  await until('the agent is back', async () => { try { return stack.pidOf('agent') !== pid && (await reportOf(id))?.matched === 0; } catch { return false; } });
  await send('Unique', 100);
  await until('its records pass', () => sink.count('Unique') === passed + 100);
  expect((await reportOf(id))?.disabled?.kind).toBe('memory');
  await stack.api(`/rules/${id}/deploy`, { method: 'POST', body: JSON.stringify({ version: 1 }) });
  await until('it runs again', async () => (await reportOf(id))?.disabled === null);
  await send('Unique', 100);
  await until('it takes its records', async () => (await reportOf(id))?.removed === 100);
  expect(sink.count('Unique')).toBe(passed + 100);
});

test('in shadow a rule counts what it would do, and every record arrives', async () => {
  const id = await deploy({ name: 'would-drop', kql: 'Logs | where EventName == "Kept" | invoke drop()' }, 'shadow');
  await send('Kept', 400);
  await until('every record arrives', () => sink.count('Kept') === 400);
  await until('the agent reports what it would have removed', async () => (await reportOf(id))?.would?.removed === 400);
  expect(await reportOf(id)).toMatchObject({ matched: 400, removed: 0 });
});

test('a rule ends at its date though the server is gone', async () => {
  await deploy({ name: 'for-a-while', kql: 'Logs | where EventName == "Noise" | invoke drop()', expires: '6s' });
  await send('Noise', 100);
  process.kill(stack.pidOf('server'), 'SIGKILL');
  await new Promise((resolve) => { setTimeout(resolve, 7500); });
  await send('Noise', 50);
  await until('records pass after the date', () => sink.count('Noise') === 50);
});
