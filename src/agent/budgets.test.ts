// Budgets in the whole agent: a rule that breaks its bounds is turned off, told to the server, kept off across a restart, and
// armed again by a new deployment; dates hold without a server. Counts of the downstream decide.
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentDisabledFile, disabledRules, type AgentRuleInput, type RuleStats } from '../model/index.ts';
import { attr, call, col, lit, plan, rule, where } from '../testing/index.ts';
import { encodeLogs } from '../otlp/index.ts';
import { startAgent, type AgentOptions, type RunningAgent } from './index.ts';
import { Downstream } from './test-support/downstream.ts';
import { FakeServer } from './test-support/fake-server.ts';
import { someLogs } from './test-support/logs.ts';
import { until } from './test-support/until.ts';

let dataDir: string;
let downstream: Downstream;
let server: FakeServer;
let agent: RunningAgent;
let options: AgentOptions;

const startedAgent = async (changed: Partial<AgentOptions> = {}): Promise<void> => { agent = await startAgent({ ...options, ...changed }); };
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'weir-budgets-'));
  downstream = new Downstream();
  server = new FakeServer();
  options = { dataDir, otlpHttpPort: 0, otlpGrpcPort: 0, forward: await downstream.start(), server: await server.start(), agentToken: 'secret' };
});
afterEach(async () => { await agent.stop(); await server.stop(); await downstream.stop(); });

const post = (body: Uint8Array): Promise<Response> => fetch(`http://127.0.0.1:${agent.ports.http}/v1/logs`, { method: 'POST', body: body as Uint8Array<ArrayBuffer>, headers: { 'content-type': 'application/x-protobuf' } });
const statsOf = (id: string): RuleStats | undefined => server.statuses().at(-1)?.rules.find((one) => one.id === id);
async function offer(rules: readonly AgentRuleInput[], hash: number): Promise<void> {
  server.offer({ version: 1, revision: hash, rules }, hash);
  await until(() => server.configStatuses().at(-1)?.hash === hash && server.configStatuses().at(-1)?.status === 1);
}

const wanted = where(call('==', col('EventName'), lit('Unique')));
const explosion: AgentRuleInput = {
  ...rule('explosion', plan('Logs', [wanted, { op: 'summarize', aggregates: [{ name: 'n', fn: 'count', args: [], type: 'long' }], by: [{ name: 'id', expr: attr('id') }] }], { sink: 'to_metric', name: 'ids', unit: '', keep: false })),
  deployment: 1, bounds: { cpuShare: 1, memoryBytes: 64 * 1024, outputPerSecond: null },
};
const dropNoise: AgentRuleInput = rule('drop-noise', plan('Logs', [where(call('==', col('EventName'), lit('Noise')))], { sink: 'drop' }));
const uniques = (count: number): Uint8Array => encodeLogs({ 'service.name': 'test' }, 'scope', Array.from({ length: count }, (_, i) => ({ eventName: 'Unique', body: 'u', attributes: { id: `${i}-${Math.trunc(performance.now() * 1000)}` } })));

/** Until the agent has turned the rule off; gives how many records were sent. */
async function breakBudget(): Promise<number> {
  let sent = 0;
  while (!statsOf('explosion')?.disabled) {
    await post(uniques(1000));
    sent += 1000;
    if (sent > 100_000) throw new Error('The rule still runs.');
  }
  return sent;
}

describe('a rule past its memory', () => {
  it('is turned off and reported; its records pass, other rules go on, and the numbers add up', async () => {
    await startedAgent();
    await until(() => server.messages.length > 0);
    await offer([explosion, dropNoise], 1);
    await breakBudget();
    expect(statsOf('explosion')).toMatchObject({ deployment: 1, disabled: { kind: 'memory', reason: expect.stringMatching(/^Held [\d.]+ [KM]iB in [\d,]+ groups; its budget is 64 KiB\.$/) } });
    const before = downstream.count('logs');
    await post(someLogs(7, 'Unique'));
    await post(someLogs(9, 'Noise'));
    await until(() => downstream.count('logs') >= before + 7 && statsOf('drop-noise')?.removed === 9);
    expect(statsOf('drop-noise')!.disabled).toBe(null);
    await until(() => downstream.count('metrics') >= statsOf('explosion')!.removed);
    const { received, removed, emitted, ownPoints, exporters } = server.statuses().at(-1)!;
    const left = exporters.reduce((sum, one) => sum + one.sentRecords + one.queuedRecords + one.droppedQueueFull + one.droppedRefused + one.discardedNoDownstream, 0);
    expect(received.logs + emitted + (ownPoints ?? 0)).toBe(Object.values(removed).reduce((a, b) => a + b, 0) + left);
  });

  it('stays off after a restart, says so in the effective configuration, and runs again when it is deployed anew', async () => {
    await startedAgent();
    await until(() => server.messages.length > 0);
    await offer([explosion, dropNoise], 1);
    await breakBudget();
    const reported = (): unknown => {
      const file = server.messages.findLast(({ effectiveConfig }) => effectiveConfig !== undefined)?.effectiveConfig?.configMap?.configMap.get(agentDisabledFile);
      return file === undefined ? null : disabledRules.parse(JSON.parse(Buffer.from(file.body).toString())).rules.map(({ id, deployment, disabled }) => [id, deployment, disabled.kind]);
    };
    await until(() => reported() !== null);
    expect(reported()).toEqual([['explosion', 1, 'memory']]);
    await agent.stop();
    expect(JSON.parse(await readFile(join(dataDir, 'agent', 'disabled.json'), 'utf8'))).toMatchObject({ version: 1, rules: [{ id: 'explosion', deployment: 1 }] });

    await startedAgent({ server: null });
    const before = downstream.count('logs');
    await post(someLogs(10, 'Unique'));
    await until(() => downstream.count('logs') === before + 10);
    await agent.stop();

    await startedAgent();
    await until(() => statsOf('explosion')?.matched === 0);
    expect(statsOf('explosion')!.disabled).toMatchObject({ kind: 'memory' });
    await offer([{ ...explosion, deployment: 2 }, dropNoise], 2);
    await post(someLogs(10, 'Unique'));
    await until(() => statsOf('explosion')?.matched === 10);
    expect(statsOf('explosion')).toMatchObject({ deployment: 2, removed: 10, disabled: null });
    await until(() => reported() === null);
    await agent.stop();
    expect(JSON.parse(await readFile(join(dataDir, 'agent', 'disabled.json'), 'utf8'))).toEqual({ version: 1, rules: [] });
  });
});

describe('a date', () => {
  const drops = (expiresAtUnixMs: number): AgentRuleInput => ({ ...dropNoise, expiresAtUnixMs });

  it('ends a rule that was stored, without a server', async () => {
    await mkdir(join(dataDir, 'agent'), { recursive: true });
    await writeFile(join(dataDir, 'agent', 'rules.json'), JSON.stringify({ version: 1, configHash: '01', config: { version: 1, revision: 1, rules: [drops(Date.now() - 1000)] } }));
    await startedAgent({ server: null });
    await post(someLogs(10, 'Noise'));
    await until(() => downstream.count('logs') === 10);
  });
  it('ends a running rule, and the server hears of it', async () => {
    await startedAgent();
    await until(() => server.messages.length > 0);
    await offer([drops(Date.now() + 2000)], 1);
    await post(someLogs(10, 'Noise'));
    await until(() => statsOf('drop-noise')?.disabled?.kind === 'expired');
    await post(someLogs(5, 'Noise'));
    await until(() => downstream.count('logs') === 5);
    expect(statsOf('drop-noise')!.removed).toBe(10);
  });
});

it('a rule in shadow reports what it would do, and the downstream gets everything', async () => {
  await startedAgent();
  await until(() => server.messages.length > 0);
  await offer([{ ...dropNoise, mode: 'shadow' }], 1);
  await post(someLogs(10, 'Noise'));
  await until(() => statsOf('drop-noise')?.would?.removed === 10 && downstream.count('logs') === 10);
  expect(statsOf('drop-noise')).toMatchObject({ matched: 10, removed: 0 });
});

it('a rule with a text of a megabyte is refused, with the reason', async () => {
  await startedAgent();
  await until(() => server.messages.length > 0);
  server.offer({ version: 1, revision: 1, rules: [rule('huge', plan('Logs', [where(call('contains', col('Body', 'dynamic'), lit('x'.repeat(1_048_576))))], { sink: 'drop' }))] }, 9);
  await until(() => statsOf('huge')?.disabled?.reason.includes('huge') === true);
  expect(statsOf('huge')!.disabled!.reason).toContain('A text in it has 1,048,576 characters; one may have 65,536. Match a short part of the text, or split a long list into several rules.');
});

it('a list of disabled rules that cannot be read does not stop the agent', async () => {
  await mkdir(join(dataDir, 'agent'), { recursive: true });
  await writeFile(join(dataDir, 'agent', 'disabled.json'), '{"version":');
  await startedAgent({ server: null });
  expect((await post(someLogs(1))).status).toBe(200);
});

it('a rule can be meant for agents by what they are', async () => {
  await startedAgent();
  await until(() => server.messages.length > 0);
  const forAgent = (id: string, deployment: number): AgentRuleInput => ({ ...dropNoise, deployment, targets: plan('source', [where(call('==', attr('service.instance.id', 'Agent'), lit(id)))]) });
  await offer([forAgent('another', 1)], 1);
  await post(someLogs(3, 'Noise'));
  await until(() => downstream.count('logs') === 3);
  await offer([forAgent(agent.id, 2)], 2);
  await post(someLogs(4, 'Noise'));
  await until(() => statsOf('drop-noise')?.removed === 4);
  expect(downstream.count('logs')).toBe(3);
});
