import { describe, expect, it } from 'vitest';
import type { AgentProcess } from '../../model/index.ts';
import { startNative, startNode } from '../actions/testing/targets.ts';
import { containerOf } from './cgroup.ts';
import { parseStat, Proc } from './proc.ts';
import { ProcessTable } from './process-table.ts';
import { ProcessWatch, type GoneProcess } from './process-watch.ts';
import { resolveTarget } from './resolve-target.ts';
import { ServiceBook } from './service-book.ts';
import { serviceOfEnvironment } from './service-name.ts';

const table = (): ProcessTable => new ProcessTable({ proc: new Proc(), redact: (text) => text.replaceAll('sesame', '•'), monotonicMs: () => performance.now() });
const here = (changes: Partial<AgentProcess>): AgentProcess => ({ pid: 1, startTicks: 5, parentPid: 0, name: 'node', command: 'node a.js', runtime: 'node', runtimeVersion: null, user: 'root', container: null, service: null, startedUnixMs: 0, rssBytes: 0, cpuShare: null, isWeir: false, ...changes });

describe('the table', () => {
  it('knows runtime, service, command and start of a running process', async () => {
    const [processes, target] = [table(), await startNode(process.execPath, ['--title=sesame'], { OTEL_RESOURCE_ATTRIBUTES: 'a=b,service.name=check%20out' })];
    const found = (await processes.list()).processes.find(({ pid }) => pid === target.pid);
    expect(found).toMatchObject({ runtime: 'node', name: expect.stringMatching(/^node/), service: 'check out', parentPid: process.pid, isWeir: false });
    expect(found?.command).not.toContain('sesame');
    expect(Math.abs((found?.startedUnixMs ?? 0) - Date.now())).toBeLessThan(600_000);
    expect(found?.rssBytes).toBeGreaterThan(1024 * 1024);
    expect((await processes.look(process.pid))?.isWeir).toBe(true);
    expect(await processes.look(2 ** 22 + 1)).toBeNull();
  });

  it('tells the share of CPU between two looks', async () => {
    const [processes, target] = [table(), await startNative()];
    expect((await processes.look(target.pid))?.cpuShare).toBeNull();
    await expect.poll(async () => (await processes.look(target.pid))?.cpuShare ?? 0, { interval: 250 }).toBeGreaterThan(0.01);
  });
});

describe('a target', () => {
  const among = (...processes: AgentProcess[]) => ({ list: async () => ({ processes, hidden: 0 }), look: async (pid: number) => processes.find((one) => one.pid === pid) ?? null });

  it('is the only process that fits; several are named', async () => {
    const processes = among(here({ pid: 10, command: 'node pay.js' }), here({ pid: 11, command: 'node pay.js --b', service: 'pay' }), here({ pid: 12, command: 'weir pay', isWeir: true }), here({ pid: process.pid, parentPid: 99 }), here({ pid: 99, command: 'sh -c weir action --match pay' }));
    expect(await resolveTarget(processes, { service: 'pay' })).toMatchObject({ ok: true, value: { pid: 11 } });
    expect(await resolveTarget(processes, { match: '--b' })).toMatchObject({ ok: true, value: { pid: 11 } });
    expect(await resolveTarget(processes, { match: 'pay' })).toMatchObject({ ok: false, error: { code: 'action.ambiguous', message: expect.stringMatching(/^2 processes have "pay" .*: 10 node .*; 11 node/) } });
    expect(await resolveTarget(processes, { match: 'other' })).toMatchObject({ ok: false, error: { code: 'action.no-process' } });
    expect(await resolveTarget(processes, { pid: 12 })).toMatchObject({ ok: false, error: { code: 'action.own-process' } });
    expect(await resolveTarget(processes, { pid: 10, startTicks: 6 })).toMatchObject({ ok: false, error: { code: 'action.no-process' } });
  });
});

describe('what telemetry tells', () => {
  const told = { service: 'pay', pid: 10, hostName: null, hostId: null, containerId: null };
  const book = () => new ServiceBook({ hostNames: ['here'], nowUnixMs: () => 1, startTicksOf: (pid) => (pid === 10 ? 5 : null) });

  it('is believed of this host, of a process that is there', () => {
    const services = book();
    for (const other of [{ ...told, hostName: 'there' }, { ...told, containerId: 'c' }, { ...told, pid: 11 }]) services.tell(other);
    expect(services.all()).toEqual([]);
    services.tell({ ...told, hostName: 'here' });
    expect(services.serviceOf(10, 5)).toBe('pay');
    expect(services.serviceOf(10, 6)).toBeNull();
  });

  it('makes a process known, whose end is told once', async () => {
    const [target, gone] = [await startNative(), [] as GoneProcess[]];
    const services = new ServiceBook({ hostNames: [], nowUnixMs: () => 1 });
    services.tell({ ...told, pid: target.pid });
    const watch = new ProcessWatch({ proc: new Proc(), services, nowUnixMs: () => 7, onGone: (one) => { gone.push(one); } });
    await watch.look();
    expect(gone).toEqual([]);
    target.kill('SIGKILL');
    await new Promise((resolve) => { target.once('close', resolve); });
    await watch.look();
    await watch.look();
    expect(gone).toMatchObject([{ pid: target.pid, name: 'perl', service: 'pay', goneUnixMs: 7 }]);
  });
});

it('reads a stat line whatever the name holds', () => {
  const line = `12 (a) b (c) S 3 ${Array.from({ length: 40 }, (_, index) => index + 5).join(' ')}\n`;
  expect(parseStat(line)).toEqual({ pid: 12, comm: 'a) b (c', state: 'S', parentPid: 3, cpuTicks: 14 + 15, startTicks: 22 });
  for (const bad of ['', '12', '12 (a', '12 (a) S']) expect(parseStat(bad)).toBeNull();
});

it('reads services and containers', () => {
  expect(serviceOfEnvironment(['OTEL_RESOURCE_ATTRIBUTES=service.name=b', 'OTEL_SERVICE_NAME=a'])).toBe('a');
  expect(serviceOfEnvironment(['OTEL_RESOURCE_ATTRIBUTES=x=1, service.name=b%2Cc'])).toBe('b,c');
  expect(serviceOfEnvironment(['OTEL_RESOURCE_ATTRIBUTES=service.name=%zz'])).toBe('%zz');
  expect(serviceOfEnvironment(['PATH=/bin'])).toBeNull();
  const id = 'a1'.repeat(32);
  for (const path of [`/docker/${id}`, `/system.slice/docker-${id}.scope`, `/kubepods/besteffort/pod1/cri-containerd-${id}.scope`]) expect(containerOf(`0::${path}\n`)).toBe(id);
  expect(containerOf('0::/user.slice\n')).toBeNull();
});
