import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Proc } from '../../processes/index.ts';
import { listeningPorts } from '../inspector/index.ts';
import { actionsHere, request } from '../testing/actions-here.ts';
import { freePort, nodePrograms, startNode, startTarget } from '../testing/targets.ts';

vi.setConfig({ testTimeout: 120_000 });
const ports = (pid: number) => listeningPorts(new Proc(), pid);

describe.each(nodePrograms)('a running Node process of %s', (program) => {
  it('gives a CPU sample that names its hot function, and is as it was afterwards', async () => {
    const [here, target] = [await actionsHere(), await startNode(program)];
    const report = await here.run('cpu-sample', { pid: target.pid }, { durationMs: 500 });
    expect(report.why).toBeNull();
    expect(report).toMatchObject({ state: 'done', process: { pid: target.pid }, artifacts: [{ kind: 'cpu-profile', format: 'cpuprofile', action: report.id }] });
    const profile = JSON.parse(here.text(report.artifacts[0]?.name ?? '')) as { nodes: { callFrame: { functionName: string } }[]; samples: number[] };
    expect(profile.nodes.map(({ callFrame }) => callFrame.functionName)).toContain('weirHotLoop');
    expect(report.figures['samples']).toBe(profile.samples.length);
    expect(report.figures['pauseMs']).toBeGreaterThan(0);
    expect(await ports(target.pid)).toEqual([]);
  });

  it('gives a heap snapshot whose counts match, and the pause that it cost', async () => {
    const [here, target] = [await actionsHere(), await startNode(program)];
    const report = await here.run('memory-dump', { pid: target.pid }, {}, { force: true });
    expect(report.why).toBeNull();
    const { snapshot, nodes, edges, strings } = JSON.parse(here.text(report.artifacts[0]?.name ?? '')) as { snapshot: { node_count: number; edge_count: number; meta: { node_fields: string[]; edge_fields: string[] } }; nodes: number[]; edges: number[]; strings: string[] };
    expect(nodes.length / snapshot.meta.node_fields.length).toBe(snapshot.node_count);
    expect(edges.length / snapshot.meta.edge_fields.length).toBe(snapshot.edge_count);
    expect(strings).toContain('weirMarker');
    expect(report.artifacts[0]?.sensitive).toBe(true);
    expect(report.figures['pauseMs']).toBeGreaterThan(1);
    expect(await ports(target.pid)).toEqual([]);
  });
});

it('takes two snapshots of one session, in which what lives on keeps its id', async () => {
  const [here, target] = [await actionsHere(), await startNode()];
  const report = await here.run('memory-dump', { pid: target.pid }, { againAfterMs: 1000 }, { force: true });
  expect([report.why, report.artifacts.map(({ name }) => name.replace(/\d+/, 'N'))]).toEqual([null, ['node-N.heapsnapshot', 'node-N-later.heapsnapshot']]);
  const [before, after] = report.artifacts.map(({ name }) => typesById(here.text(name))) as [Map<number, string>, Map<number, string>];
  const shared = [...before].filter(([id]) => after.has(id));
  expect(shared.length).toBeGreaterThan(before.size * 0.9);
  expect(shared.filter(([id, type]) => after.get(id) === type).length).toBeGreaterThan(shared.length * 0.99);
});

function typesById(text: string): Map<number, string> {
  const { snapshot: { meta: { node_fields: fields } }, nodes, strings } = JSON.parse(text) as { snapshot: { meta: { node_fields: string[] } }; nodes: number[]; strings: string[] };
  const [type, name, id] = ['type', 'name', 'id'].map((field) => fields.indexOf(field)) as [number, number, number];
  return new Map(Array.from({ length: nodes.length / fields.length }, (_, row) => [nodes[row * fields.length + id]!, `${nodes[row * fields.length + type]} ${strings[nodes[row * fields.length + name]!]}`] as const));
}

it('samples several processes at once, all of which have the same default port', async () => {
  const here = await actionsHere();
  const targets = await Promise.all([startNode(), startNode(), startNode()]);
  const reports = await Promise.all(targets.map(({ pid }) => here.run('cpu-sample', { pid }, { durationMs: 400 })));
  expect(reports.map(({ state, why }) => [state, why])).toEqual(targets.map(() => ['done', null]));
  for (const { pid } of targets) expect(await ports(pid)).toEqual([]);
});

it('uses an inspector that somebody else opened, and leaves it open', async () => {
  const [here, target] = [await actionsHere(), await startNode(process.execPath, ['--inspect=127.0.0.1:0'])];
  const before = await ports(target.pid);
  const report = await here.run('cpu-sample', { pid: target.pid }, { durationMs: 200 });
  expect(report.why).toBeNull();
  expect(report.notes.join()).toMatch(/open already/);
  expect(before).toHaveLength(1);
  expect(await ports(target.pid)).toEqual(before);
});

it('names who holds the port that the process needs', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as { port: number };
  const [here, target] = [await actionsHere(), await startNode(process.execPath, [`--inspect-port=${port}`])];
  const report = await here.run('cpu-sample', { pid: target.pid }, { durationMs: 200 });
  holder.close();
  expect(report).toMatchObject({ state: 'failed', why: { code: 'action.port-taken', message: expect.stringContaining(`port ${port} is taken by process ${process.pid}`) } });
  expect(await ports(target.pid)).toEqual([]);
});

it('sends no signal to a process that does not catch it', async () => {
  const [here, target] = [await actionsHere(), await startNode(process.execPath, ['--disable-sigusr1'])];
  const report = await here.run('cpu-sample', { pid: target.pid });
  expect(report).toMatchObject({ state: 'refused', why: { code: 'action.no-inspector' } });
  expect(target.exitCode).toBeNull();
});

it('ends when it is cancelled, and closes what it opened', async () => {
  const [here, target] = [await actionsHere(), await startNode()];
  const running = here.run('cpu-sample', { pid: target.pid }, { durationMs: 300_000 });
  await expect.poll(() => here.reports.at(-1)?.progress.text).toMatch(/^Sampling/);
  expect(here.runner.cancel(here.reports.at(-1)?.id ?? '')).toBe(true);
  expect(await running).toMatchObject({ state: 'cancelled', artifacts: [] });
  expect(await ports(target.pid)).toEqual([]);
  expect(here.drafts()).toEqual([]);
  expect(JSON.parse(readFileSync(`${here.folder}/actions.json`, 'utf8'))).toMatchObject({ leftovers: [] });
});

it('samples allocations, and tells event loop and memory', async () => {
  const [here, target] = [await actionsHere(), await startNode()];
  const [heap, state] = [await here.run('heap-sample', { pid: target.pid }, { durationMs: 200, intervalBytes: 1024 }), await here.run('collect-state', { pid: target.pid }, { runtime: true })];
  expect(heap.why).toBeNull();
  expect(JSON.parse(here.text(heap.artifacts[0]?.name ?? ''))).toHaveProperty('head.callFrame');
  const told = JSON.parse(here.text(state.artifacts[0]?.name ?? '')) as { node: { node: string; overOneSecond: { eventLoopUtilization: number } }; kernel: { threads: { count: number } } };
  expect(told.node.node).toBe(process.version);
  expect(told.node.overOneSecond.eventLoopUtilization).toBeGreaterThan(0);
  expect(told.kernel.threads.count).toBeGreaterThan(1);
});

describe('several actions on one process', () => {
  const kinds = (folder: string): string[] => (JSON.parse(readFileSync(`${folder}/actions.json`, 'utf8')) as { leftovers: { key: string }[] }).leftovers.map(({ key }) => key.split(' ')[0] ?? '').toSorted();

  it('share its inspector; the last one closes it, and until then it is noted', async () => {
    const [here, target] = [await actionsHere(), await startNode()];
    const [cpu, heap] = [request('cpu-sample', { pid: target.pid }, { durationMs: 120_000 }), request('heap-sample', { pid: target.pid }, { durationMs: 200 })];
    const sampling = here.runner.run(cpu);
    await expect.poll(() => here.reports.at(-1)?.progress.text).toMatch(/^Sampling/);
    const during = [await here.runner.run(heap), await here.run('collect-state', { pid: target.pid }), await here.run('memory-dump', { pid: target.pid }, {}, { force: true })];
    expect(during.map(({ state, why }) => [state, why])).toEqual(during.map(() => ['done', null]));
    expect(JSON.parse(here.text(during[1]?.artifacts[0]?.name ?? ''))).toMatchObject({ node: { node: process.version } });
    expect(during.flatMap(({ notes }) => notes).join()).not.toMatch(/open already|missing/);
    expect(kinds(here.folder)).toEqual(['inspector', 'run']);
    expect(await ports(target.pid)).toHaveLength(1);
    here.runner.cancel(cpu.id);
    await sampling;
    expect(await ports(target.pid)).toEqual([]);
    expect(kinds(here.folder)).toEqual([]);
  });

  it('both end well whoever ends first', async () => {
    const [here, target] = [await actionsHere(), await startNode()];
    const both = await Promise.all([here.run('cpu-sample', { pid: target.pid }, { durationMs: 200 }), here.run('heap-sample', { pid: target.pid }, { durationMs: 900 })]);
    expect(both.map(({ state, why }) => [state, why])).toEqual([['done', null], ['done', null]]);
    expect(await ports(target.pid)).toEqual([]);
  });

  it('are refused where V8 does one at a time', async () => {
    const [here, target] = [await actionsHere(), await startNode()];
    const first = request('heap-sample', { pid: target.pid }, { durationMs: 120_000 });
    const sampling = here.runner.run(first);
    await expect.poll(() => here.reports.at(-1)?.progress.text).toMatch(/^Sampling/);
    // The limits would refuse it first.
    writeFileSync(join(here.folder, 'actions-policy.json'), JSON.stringify({ version: 1, actions: { 'heap-sample': { cooldownMs: 0 } } }));
    expect(await here.run('heap-sample', { pid: target.pid }, { durationMs: 200 })).toMatchObject({ state: 'failed', why: { code: 'action.busy' } });
    expect(here.runner.reports().find(({ id }) => id === first.id)?.state).toBe('running');
    here.runner.cancel(first.id);
    await sampling;
    expect(await ports(target.pid)).toEqual([]);
  });
});

describe('a program that handles SIGUSR1 itself', () => {
  const handler = 'let n=0;process.on("SIGUSR1",()=>{process.title="signals-"+(++n)});setInterval(()=>{},1000);console.log("ready")';

  it('gets no signal for its state, unless its runtime is asked for', async () => {
    const [here, target] = [await actionsHere(), await startTarget(process.execPath, ['-e', handler])];
    const preview = async (parameters: object) => here.runner.preview({ action: 'collect-state', target: { pid: target.pid }, parameters: { ...parameters } });
    expect(await preview({})).toMatchObject({ means: '/proc', risk: { reasons: [] } });
    expect(await preview({ runtime: true })).toMatchObject({ risk: { reasons: [expect.any(String), expect.stringContaining('its own handler runs')] } });
    const report = await here.run('collect-state', { pid: target.pid });
    expect(report).toMatchObject({ state: 'done', notes: [] });
    expect(JSON.parse(here.text(report.artifacts[0]?.name ?? ''))).toMatchObject({ node: null });
    expect(await here.processes.proc.text(target.pid, 'cmdline')).not.toMatch(/^signals-/);
  });

  it('is sent it once, with a warning before, and is known then', async () => {
    const [here, target] = [await actionsHere(), await startTarget(process.execPath, [`--inspect-port=${await freePort()}`, '-e', handler])];
    const preview = await here.runner.preview({ action: 'cpu-sample', target: { pid: target.pid }, parameters: {} });
    expect(preview.risk.reasons.join()).toContain('its own handler runs');
    expect(await here.run('cpu-sample', { pid: target.pid }, { durationMs: 200 })).toMatchObject({ state: 'failed', why: { code: 'action.no-inspector' } });
    expect(await here.run('heap-sample', { pid: target.pid }, { durationMs: 200 })).toMatchObject({ state: 'refused', why: { code: 'action.no-inspector', message: expect.stringContaining('before') } });
    expect(await here.processes.proc.text(target.pid, 'cmdline')).toMatch(/^signals-1/);
  });

  it('is sent it once, also when somebody takes its port later', async () => {
    const port = await freePort();
    const [here, target] = [await actionsHere(), await startTarget(process.execPath, [`--inspect-port=${port}`, '-e', handler])];
    const running = here.run('cpu-sample', { pid: target.pid }, { durationMs: 200 });
    await expect.poll(() => here.processes.proc.text(target.pid, 'cmdline')).toMatch(/^signals-1/);
    await new Promise((resolve) => { setTimeout(resolve, 1500); });
    const late = createServer().listen(port, '127.0.0.1');
    await once(late, 'listening');
    await new Promise((resolve) => { setTimeout(resolve, 1000); });
    late.close();
    expect(await running).toMatchObject({ state: 'failed', why: { code: 'action.no-inspector' } });
    expect(await here.processes.proc.text(target.pid, 'cmdline')).toMatch(/^signals-1/);
  });
});

it('refuses a dump for which there is no memory or no disk; force is for memory only', async () => {
  const target = await startNode();
  const poor = await actionsHere({ headroom: async () => ({ memoryBytes: 64 * 2 ** 20, diskBytes: 2 ** 40 }) });
  const report = await poor.run('memory-dump', { pid: target.pid });
  expect(report).toMatchObject({ state: 'refused', why: { code: 'action.headroom' }, startedUnixMs: null });
  expect(report.why?.message).toMatch(/64 MiB are free/);
  const preview = await poor.runner.preview({ action: 'memory-dump', target: { pid: target.pid }, parameters: {} });
  expect(preview).toMatchObject({ sensitive: true, problems: [{ code: 'action.headroom', canForce: true }] });
  const full = await actionsHere({ headroom: async () => ({ memoryBytes: 2 ** 40, diskBytes: 1000 }) });
  expect(await full.run('memory-dump', { pid: target.pid }, {}, { force: true })).toMatchObject({ state: 'refused', why: { code: 'action.headroom' } });
  expect(await ports(target.pid)).toEqual([]);
});
