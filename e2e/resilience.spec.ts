// kill -9 of the agent, the BFF and the downstream, each alone while traffic runs: the rest goes on, the killed part
// comes back by itself, and what is lost is counted.
import { expect, test } from 'playwright/test';
import { sendLogs } from './support/sender.ts';
import { DownstreamSink } from './support/sink.ts';
import { startStack, until, type Stack } from './support/stack.ts';

interface AgentView { readonly connected: boolean; readonly configStatus: string; readonly status: { readonly pid: number; readonly lostAtCrash: number; readonly received: { readonly logs: number }; readonly exporters: readonly { readonly name: string; readonly queuedRecords: number; readonly droppedQueueFull: number }[] } | null }

const sink = new DownstreamSink();
let stack: Stack;

const agentOf = async (): Promise<AgentView> => (await stack.api<{ agents: AgentView[] }>('/agents')).agents[0] as AgentView;
const agentIsBack = (oldPid: number) => async (): Promise<boolean> => {
  const agent = await agentOf();
  return agent.connected && agent.status !== null && agent.status.pid !== oldPid;
};

test.beforeEach(async () => {
  await sink.start();
  stack = await startStack(['--no-demo', '--forward', sink.url]);
  await until('the agent is connected', async () => (await agentOf())?.connected === true && (await agentOf()).status !== null);
});
test.afterEach(async () => {
  await stack.stop();
  await sink.kill();
});

const deployDrop = (event: string): Promise<void> => deploy('drop-noise', `Logs | where EventName == "${event}" | invoke drop()`);

async function deploy(name: string, kql: string): Promise<void> {
  const rule = await stack.api<{ id: string }>('/rules', { method: 'POST', body: JSON.stringify({ document: { name, description: '', kind: 'query', order: 100, kql } }) });
  await stack.api(`/rules/${rule.id}/deploy`, { method: 'POST', body: JSON.stringify({ version: 1 }) });
  await until('the rule is applied', async () => (await agentOf()).configStatus === 'applied');
}

test('the agent is killed: it comes back with its rules, and every acknowledged record is delivered or counted as lost', async () => {
  await deployDrop('Noise');
  let acknowledged = 0;
  let stopped = false;
  const traffic = (async () => {
    for (let i = 0; !stopped; i++) {
      await sendLogs(stack, 'http-protobuf', `Steady${i}`, 50).then(() => { acknowledged += 50; }, () => { /* not acknowledged */ });
    }
  })();
  await until('traffic flows', () => sink.logTotal > 500);
  const pid = stack.pidOf('agent');
  process.kill(pid, 'SIGKILL');
  await until('the agent is back', agentIsBack(pid));
  const before = sink.logTotal;
  await until('traffic flows again', () => sink.logTotal > before + 500);
  stopped = true;
  await traffic;
  await until('the queue is drained', async () => (await agentOf()).status?.exporters.every((one) => one.queuedRecords === 0) === true);
  await sendLogs(stack, 'http-protobuf', 'Noise', 100);
  await sendLogs(stack, 'http-protobuf', 'Marker', 1);
  await until('the marker arrives', () => sink.count('Marker') === 1);
  expect(sink.count('Noise'), 'the rule still drops after the restart').toBe(0);
  const delivered = sink.logTotal - 1;
  const lost = (await agentOf()).status?.lostAtCrash ?? 0;
  expect(delivered + lost, `delivered ${delivered}, counted as lost ${lost}, acknowledged ${acknowledged}`).toBeGreaterThanOrEqual(acknowledged);
});

test('the agent is killed with a metric window open: the records in it are counted as lost', async () => {
  await deploy('count-all', 'Logs | where EventName == "Counted" | summarize n = count() by bin(Timestamp, 1h) | invoke to_metric("counted")');
  await sendLogs(stack, 'http-protobuf', 'Counted', 300);
  const pid = stack.pidOf('agent');
  process.kill(pid, 'SIGKILL');
  await until('the agent is back', agentIsBack(pid));
  expect((await agentOf()).status?.lostAtCrash).toBe(300);
  expect(sink.count('Counted')).toBe(0);
});

test('the BFF is killed: telemetry and rules go on, and the console’s server comes back with every rule and agent', async () => {
  await deployDrop('Noise');
  const before = await stack.api<{ rules: { id: string; deployedVersion: number }[] }>('/rules');
  process.kill(stack.pidOf('server'), 'SIGKILL');
  await sendLogs(stack, 'grpc', 'WhileAway', 300);
  await sendLogs(stack, 'grpc', 'Noise', 300);
  await until('records arrive without a BFF', () => sink.count('WhileAway') === 300);
  expect(sink.count('Noise')).toBe(0);
  await until('the BFF is back with its agent', async () => (await agentOf().catch(() => null))?.connected === true);
  const after = await stack.api<{ rules: { id: string; deployedVersion: number }[] }>('/rules');
  expect(after.rules.map((rule) => [rule.id, rule.deployedVersion])).toEqual(before.rules.map((rule) => [rule.id, rule.deployedVersion]));
  await until('the agent reports its config applied', async () => (await agentOf()).configStatus === 'applied');
});

test('the downstream is killed: records wait, nothing is lost', async () => {
  await sendLogs(stack, 'http-json', 'Before', 200);
  await until('records arrive', () => sink.count('Before') === 200);
  await sink.kill();
  await sendLogs(stack, 'http-protobuf', 'Meanwhile', 5000);
  await until('the agent says that it retries', async () => ((await agentOf()).status?.exporters[0]?.queuedRecords ?? 0) >= 5000);
  await sink.start();
  await until('what waited arrives', () => sink.count('Meanwhile') === 5000);
  expect((await agentOf()).status?.exporters[0]?.droppedQueueFull).toBe(0);
});

test('a downstream that refuses for a while is asked again after the time it names', async () => {
  sink.failWith = 503;
  sink.retryAfterSeconds = 1;
  await sendLogs(stack, 'http-protobuf', 'Refused', 100);
  await until('the agent holds the records', async () => ((await agentOf()).status?.exporters[0]?.queuedRecords ?? 0) >= 100);
  sink.failWith = null;
  await until('they arrive', () => sink.count('Refused') === 100);
});
