// What a person does to a running process of the demo, through the API: faults, its processes, an action until its artifact is stored.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { ActionName, ActionRun, AgentProcess, Artifact, Artifacts, ProcessesReport } from '../../src/model/index.ts';
import { until, type Stack } from './stack.ts';

export const fault = (stack: Stack, name: string, on: boolean): Promise<unknown> => stack.api(`/demo/faults/${name}`, { method: 'PUT', body: JSON.stringify({ on }) });

/** Undefined until it has come. */
async function agentOf(stack: Stack): Promise<string | undefined> {
  const { agents } = await stack.api<{ agents: { id: string; connected: boolean }[] }>('/agents');
  return agents.find(({ connected }) => connected)?.id;
}

/** Once the agent knows it. Other demos may run on this machine, and their processes are of the same services: only ours is touched. */
async function processWhere(stack: Stack, what: string, isIt: (process: AgentProcess) => boolean): Promise<AgentProcess> {
  let found: AgentProcess | undefined;
  await until(`the agent knows ${what}`, async () => {
    const agent = await agentOf(stack);
    if (agent === undefined) return false;
    found = (await stack.api<ProcessesReport>(`/agents/${agent}/processes`)).processes.find(isIt);
    return found !== undefined;
  }, 30_000);
  return found!;
}

/** Of this stack's own demo, and no other's. */
export function shopProcess(stack: Stack, name: string): Promise<AgentProcess> {
  const shop = stack.pidOf('shop');
  return processWhere(stack, name, ({ service, parentPid }) => service === name && parentPid === shop);
}

/** With the service that it says it is. */
export const processOfPid = (stack: Stack, wanted: number): Promise<AgentProcess> => processWhere(stack, `process ${wanted}`, ({ service, pid }) => pid === wanted && service !== null);

/** Runs the action on the process and waits for what it brings. */
export async function collect(stack: Stack, action: ActionName, { pid, startTicks }: AgentProcess, parameters: object = {}): Promise<Artifact> {
  const { id } = await stack.api<{ id: string }>('/actions', { method: 'POST', body: JSON.stringify({ agent: await agentOf(stack), action, target: { pid, startTicks }, parameters, reason: 'A test looks at it.' }) });
  let artifact: Artifact | undefined;
  await until(`${action} of ${pid} is stored`, async () => {
    const { state, why } = await stack.api<ActionRun>(`/actions/${id}`);
    if (state === 'refused' || state === 'failed') throw new Error(`${action}: ${state}: ${why?.message}`);
    artifact = (await stack.api<Artifacts>(`/artifacts?action=${id}`)).artifacts.find((one) => one.state === 'stored');
    return artifact !== undefined;
  }, 150_000);
  return artifact!;
}

export interface Sibling { readonly pid: number; readonly stop: () => void }

/** A second process of the demo's payments, without faults, with a few charges a second. more: variables of its environment. */
export async function paymentsSibling(stack: Stack, more: Readonly<Record<string, string>> = {}): Promise<Sibling> {
  const child = fork(join(import.meta.dirname, '../../src/demo/services/payments.ts'), [], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: { ...process.env, ...more, OTEL_EXPORTER_OTLP_ENDPOINT: stack.otlpHttp } });
  const port = await new Promise<number>((resolve) => { child.on('message', (message: { port: number }) => { resolve(message.port); }); });
  const timer = setInterval(() => { void fetch(`http://127.0.0.1:${port}/charge`).catch(() => { /* it is ending */ }); }, 100);
  return { pid: child.pid!, stop: () => { clearInterval(timer); child.kill('SIGTERM'); } };
}
