// What a person does to a running process of the demo, through the API: faults, its processes, an action until its artifact is stored.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { ActionName, ActionRun, AgentProcess, Artifact, Artifacts, ProcessesReport } from '../../src/model/index.ts';
import { until, type Stack } from './stack.ts';

export const fault = (stack: Stack, name: string, on: boolean): Promise<unknown> => stack.api(`/demo/faults/${name}`, { method: 'PUT', body: JSON.stringify({ on }) });

async function agentOf(stack: Stack): Promise<string> {
  const { agents } = await stack.api<{ agents: { id: string }[] }>('/agents');
  return agents[0]!.id;
}

/** Those that the agent knows to be the service, once there are as many. */
export async function processesOf(stack: Stack, service: string, count = 1): Promise<readonly AgentProcess[]> {
  let found: readonly AgentProcess[] = [];
  await until(`${count} of ${service} run`, async () => {
    const { processes } = await stack.api<ProcessesReport>(`/agents/${await agentOf(stack)}/processes`);
    found = processes.filter((one) => one.service === service);
    return found.length >= count;
  }, 30_000);
  return found;
}

/** Runs the action on the process and waits for what it brings. */
export async function collect(stack: Stack, action: ActionName, { pid, startTicks }: AgentProcess, parameters: object = {}): Promise<Artifact> {
  const { id } = await stack.api<{ id: string }>('/actions', { method: 'POST', body: JSON.stringify({ agent: await agentOf(stack), action, target: { pid, startTicks }, parameters, reason: 'A test looks at it.' }) });
  let artifact: Artifact | undefined;
  await until(`${action} of ${pid} is stored`, async () => {
    const { state, why } = await stack.api<ActionRun>(`/actions/${id}`);
    if (state === 'refused' || state === 'failed') throw new Error(`${action}: ${state}: ${why?.message}`);
    artifact = (await stack.api<Artifacts>(`/artifacts?action=${id}`)).artifacts.find((one) => one.state === 'stored');
    return artifact !== undefined;
  }, 60_000);
  return artifact!;
}

export interface Sibling { readonly pid: number; readonly stop: () => void }

/** A second process of the demo's payments, without faults, with a few charges a second. */
export async function paymentsSibling(stack: Stack): Promise<Sibling> {
  const child = fork(join(import.meta.dirname, '../../src/demo/services/payments.ts'), [], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: stack.otlpHttp } });
  const port = await new Promise<number>((resolve) => { child.on('message', (message: { port: number }) => { resolve(message.port); }); });
  const timer = setInterval(() => { void fetch(`http://127.0.0.1:${port}/charge`).catch(() => { /* it is ending */ }); }, 100);
  return { pid: child.pid!, stop: () => { clearInterval(timer); child.kill('SIGTERM'); } };
}
