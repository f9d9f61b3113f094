import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { AgentProcess } from '../../model/index.ts';
import { startNative, startNode } from '../actions/testing/targets.ts';
import { commandLine, redactedArguments } from './arguments.ts';
import { containerOf } from './cgroup.ts';
import { parseStat, Proc } from './proc.ts';
import { ProcessTable } from './process-table.ts';
import { ProcessWatch, type GoneProcess } from './process-watch.ts';
import { resolveTarget } from './resolve-target.ts';
import { ServiceBook } from './service-book.ts';
import { serviceOfEnvironment, versionOfEnvironment } from './service-name.ts';

const table = (): ProcessTable => new ProcessTable({ proc: new Proc(), redact: (text) => text.replaceAll('sesame', '•'), monotonicMs: () => performance.now() });
const here = (changes: Partial<AgentProcess>): AgentProcess => ({ pid: 1, startTicks: 5, parentPid: 0, name: 'node', command: 'node a.js', runtime: 'node', runtimeVersion: null, user: 'root', container: null, service: null, startedUnixMs: 0, rssBytes: 0, cpuShare: null, isWeir: false, ...changes });

describe('the table', () => {
  it('knows runtime, service, command and start of a running process', async () => {
    const [processes, target] = [table(), await startNode(process.execPath, ['--title=sesame'], { OTEL_RESOURCE_ATTRIBUTES: 'a=b,service.name=check%20out,service.version=1.9.3' })];
    const found = (await processes.list()).processes.find(({ pid }) => pid === target.pid);
    expect(found).toMatchObject({ runtime: 'node', name: expect.stringMatching(/^node/), service: 'check out', version: '1.9.3', parentPid: process.pid, isWeir: false });
    expect(found?.command).not.toContain('sesame');
    expect(Math.abs((found?.startedUnixMs ?? 0) - Date.now())).toBeLessThan(600_000);
    expect(found?.rssBytes).toBeGreaterThan(1024 * 1024);
    expect((await processes.look(process.pid))?.isWeir).toBe(true);
    expect(await processes.look(2 ** 22 + 1)).toBeNull();
  });

  it('knows Weir by the path from where it was started, too, and the `weir up` that it is a part of', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-own-'));
    onTestFinished(() => { rmSync(folder, { recursive: true, force: true }); });
    for (const path of ['src/cli/main.ts', 'src/client/main.ts']) { mkdirSync(join(folder, dirname(path)), { recursive: true }); writeFileSync(join(folder, path), 'console.log("ready"); setInterval(() => undefined, 1000);'); }
    const isWeir = async (path: string): Promise<boolean | undefined> => {
      const child = spawn(process.execPath, [path, 'up'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
      onTestFinished(() => { child.kill('SIGKILL'); });
      await once(child.stdout, 'data');
      return (await table().look(child.pid!))?.isWeir;
    };
    expect([await isWeir('src/cli/main.ts'), await isWeir('src/client/main.ts')]).toEqual([true, false]);
    const part = `import { Proc, ProcessTable } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))}; process.send((await new ProcessTable({ proc: new Proc(), redact: (text) => text, monotonicMs: () => 0 }).look(process.ppid))?.isWeir); process.disconnect();`;
    writeFileSync(join(folder, 'part.ts'), part);
    const ofParent = async (env: NodeJS.ProcessEnv): Promise<unknown> => (await once(fork(join(folder, 'part.ts'), { env: { PATH: process.env['PATH'], ...env }, execArgv: [] }), 'message'))[0];
    expect([await ofParent({ WEIR_PARENT: '1' }), await ofParent({})]).toEqual([true, false]);
  });

  it('names those that may not be looked into, and says why', async () => {
    const target = await startNative();
    class Closed extends Proc {
      override async link(pid: number | 'self', name: string): Promise<string | null> { return pid === target.pid ? null : super.link(pid, name); }
      override async pids(): Promise<number[]> { return [target.pid!]; }
    }
    const why = async (own: number): Promise<unknown> => {
      const asked = vi.spyOn(process, 'getuid').mockReturnValue(own);
      const listed = await new ProcessTable({ proc: new Closed(), redact: (text) => text, monotonicMs: () => 0 }).list();
      asked.mockRestore();
      return listed;
    };
    const user = userInfo().username;
    const one = { pid: target.pid, name: 'perl', user };
    expect(await why(0)).toMatchObject({ processes: [], hidden: 1, hiddenProcesses: [{ ...one, why: expect.stringContaining('CAP_SYS_PTRACE') }] });
    expect(await why(54_321)).toMatchObject({ hiddenProcesses: [{ ...one, why: `It runs as ${user}, and this agent as 54321: run the agent as root, or as ${user}.` }] });
  });

  it('tells the share of CPU between two looks', async () => {
    const [processes, target] = [table(), await startNative()];
    expect((await processes.look(target.pid))?.cpuShare).toBeNull();
    await expect.poll(async () => (await processes.look(target.pid))?.cpuShare ?? 0, { interval: 250 }).toBeGreaterThan(0.01);
  });
});

describe('a target', () => {
  const among = (...processes: AgentProcess[]) => ({ list: async () => ({ processes, hidden: 0 }), look: async (pid: number) => processes.find((one) => one.pid === pid) ?? null, toldStart: (pid: number): number | null => (pid === 30 ? 4 : null) });

  it('is the only process that fits; several are named', async () => {
    const processes = among(here({ pid: 10, command: 'node pay.js' }), here({ pid: 11, command: 'node pay.js --b', service: 'pay' }), here({ pid: 12, command: 'weir pay', isWeir: true }), here({ pid: process.pid, parentPid: 99 }), here({ pid: 99, command: 'sh -c weir action --match pay' }));
    expect(await resolveTarget(processes, { service: 'pay' })).toMatchObject({ ok: true, value: { pid: 11 } });
    expect(await resolveTarget(processes, { match: '--b' })).toMatchObject({ ok: true, value: { pid: 11 } });
    expect(await resolveTarget(processes, { match: 'pay' })).toMatchObject({ ok: false, error: { code: 'action.ambiguous', message: expect.stringMatching(/^2 processes have "pay" .*: 10 node .*; 11 node/) } });
    expect(await resolveTarget(processes, { match: 'other' })).toMatchObject({ ok: false, error: { code: 'action.no-process' } });
    expect(await resolveTarget(processes, { pid: 12 })).toMatchObject({ ok: false, error: { code: 'action.own-process' } });
    expect(await resolveTarget(processes, { pid: 10, startTicks: 6 })).toMatchObject({ ok: false, error: { code: 'action.no-process' } });
  });

  it('that telemetry named by pid must be the service that it named, and the process that was there then', async () => {
    const processes = among(here({ pid: 20, service: 'payments' }), here({ pid: 21 }), here({ pid: 30, service: 'cart' }));
    expect(await resolveTarget(processes, { pid: 20, service: 'payments' })).toMatchObject({ ok: true });
    expect(await resolveTarget(processes, { pid: 20, service: 'checkout' })).toMatchObject({ ok: false, error: { code: 'action.wrong-process', message: expect.stringMatching(/20 \(node\) is not checkout: it is payments/) } });
    expect(await resolveTarget(processes, { pid: 21, service: 'checkout' })).toMatchObject({ ok: false, error: { code: 'action.wrong-process' } });
    expect(await resolveTarget(processes, { pid: 30, service: 'cart' })).toMatchObject({ ok: false, error: { code: 'action.no-process', message: expect.stringContaining('another one now') } });
    expect(await resolveTarget(processes, { pid: 20, match: 'not there' })).toMatchObject({ ok: false, error: { code: 'action.wrong-process' } });
  });

  it('is what calls itself the service, whatever telemetry says of others', async () => {
    const processes = among(here({ pid: 40, service: 'cart', serviceFrom: 'process' }), here({ pid: 41, service: 'cart', serviceFrom: 'telemetry' }));
    expect(await resolveTarget(processes, { service: 'cart' })).toMatchObject({ ok: true, value: { pid: 40 } });
    const told = among(here({ pid: 50, service: 'cart', serviceFrom: 'hearsay' }), here({ pid: 51, service: 'cart', serviceFrom: 'telemetry' }));
    expect(await resolveTarget(told, { service: 'cart' })).toMatchObject({ ok: true, value: { pid: 51 } });
  });
});

describe('what telemetry tells', () => {
  const told = { service: 'pay', version: null, pid: 10, hostName: 'here', hostId: null, containerId: null };
  const statOf = (pid: number, startTicks: number) => ({ pid, comm: 'node', state: 'S', parentPid: 1, cpuTicks: 0, startTicks });
  /** Processes by pid: start in hundredths of a second, and environment. The machine is up for 1000 s, and the clock of the book begins there. */
  function book(processes: Record<number, { startTicks: number; environ?: string }>) {
    const [clock, reads] = [{ ms: 0 }, [] as number[]];
    const proc = {
      stat: async (pid: number | 'self') => { reads.push(Number(pid)); const found = processes[Number(pid)]; return found === undefined ? null : statOf(Number(pid), found.startTicks); },
      text: async (pid: number | 'self') => processes[Number(pid)]?.environ ?? '', machine: async () => `${1000 + clock.ms / 1000} 1.0\n`,
    };
    return { clock, reads, processes, services: new ServiceBook({ proc, hostNames: ['here'], nowUnixMs: () => 1, monotonicMs: () => clock.ms }) };
  }

  it('is believed of this host, of a process that is there', async () => {
    const { services } = book({ 10: { startTicks: 5 } });
    for (const other of [{ ...told, hostName: 'there' }, { ...told, containerId: 'c' }, { ...told, pid: 11 }]) services.tell(other);
    await services.look();
    expect(services.all()).toEqual([]);
    services.tell(told);
    await services.look();
    expect([services.told(10, 5)?.service, services.told(10, 6), services.startOf(10, 'pay'), services.startOf(10, 'cart')]).toEqual(['pay', null, 5, null]);
  });

  it('brings the version, the first that one says', async () => {
    const { services } = book({ 10: { startTicks: 5 } });
    for (const version of [null, '1.9.3', 'x'.repeat(300), '1.9.4']) { services.tell({ ...told, version }); await services.look(); }
    expect(services.told(10, 5)?.version).toBe('1.9.3');
  });

  it('counts for nothing against what the process calls itself', async () => {
    const { services } = book({ 10: { startTicks: 5, environ: 'A=b\0OTEL_SERVICE_NAME=payments\0' } });
    services.tell(told);
    await services.look();
    expect([services.all(), services.counts.contradicted]).toEqual([[], 1]);
  });

  it('stands as it came first, but for one that names this machine; and somebody is told', async () => {
    const { services } = book({ 10: { startTicks: 5 } });
    const says = async (service: string, hostName: string | null): Promise<string | null> => { services.tell({ ...told, service, hostName }); await services.look(); return services.told(10, 5)?.service ?? null; };
    expect([await says('forged', null), await says('other', null), await says('pay', 'here'), await says('cart', null), await says('cart', 'here')]).toEqual(['forged', 'forged', 'pay', 'pay', 'pay']);
    expect(services.problems()).toEqual([expect.stringMatching(/process 10 .* pay and that it is cart/)]);
    services.forget(10);
    expect(services.problems()).toEqual([]);
  });

  it('is of no process that began after it came', async () => {
    const { services, clock, processes } = book({ 10: { startTicks: 5 } });
    services.tell(told);
    processes[10] = { startTicks: 100_300 };
    clock.ms = 5000;
    await services.look();
    expect(services.all()).toEqual([]);
  });

  it('costs no look into /proc on its way, and those that were in vain are not looked for again and again', async () => {
    const { services, reads, clock } = book({});
    for (let pid = 1; pid <= 20_000; pid++) services.tell({ ...told, pid });
    expect(reads).toEqual([]);
    await services.look();
    expect([reads.length, services.counts.passedOver]).toEqual([1024, 20_000 - 1024]);
    expect(services.problems()).toEqual([expect.stringContaining(`${20_000 - 1024} claims were passed over`)]);
    for (let pid = 1; pid <= 1024; pid++) services.tell({ ...told, pid });
    await services.look();
    expect(reads).toHaveLength(1024);
    clock.ms = 60_000;
    services.tell({ ...told, pid: 1 });
    await services.look();
    expect(reads).toHaveLength(1025);
  });

  it('makes a process known, whose end is told once', async () => {
    const [target, gone] = [await startNative(), [] as GoneProcess[]];
    const services = new ServiceBook({ proc: new Proc(), hostNames: [], nowUnixMs: () => 1, monotonicMs: () => performance.now() });
    services.tell({ ...told, hostName: null, pid: target.pid });
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

describe('a command line', () => {
  const redact = (text: string, key?: string): string => (key === 'token' || key === 'password' ? '•' : text);

  it('is without what a name before it says is secret', () => {
    const words = ['mysql', '--token', 'WEAK', '-pass', 'WEAK', '--token=WEAK', '--app-salt=WEAK', 'DB_CRED=WEAK', '--port', '80', '--compass', 'north'];
    expect(redactedArguments(words, redact)).toEqual(['mysql', '--token', '•', '-pass', '•', '--token=•', '--app-salt=•', 'DB_CRED=•', '--port', '80', '--compass', 'north']);
  });

  it('hides a value that begins with a dash or has a sign in it, and no option in words', () => {
    const words = ['a', '--password', '-WEAK', '--token', '-x=WEAK', '--token', 'A=WEAK', '--password', '--verbose', '--token', '--', '--port', '-1', '-pw', '-Dx=WEAK', '-v', '--token'];
    expect(redactedArguments(words, redact)).toEqual(['a', '--password', '•', '--token', '•', '--token', '•', '--password', '--verbose', '--token', '•', '--port', '-1', '-pw', '•', '-v', '--token']);
  });

  it('is cut through no secret', () => {
    const mask = (text: string): string => text.replaceAll(/s{40}/g, '•');
    for (let before = 1950; before < 2010; before += 7) expect(commandLine(['a', `${'b'.repeat(before)}${'s'.repeat(40)}tail`], mask)).not.toContain('s');
  });

  it('is cut, however many words it has', () => {
    expect(commandLine(Array.from({ length: 50_000 }, () => 'word'), redact).length).toBeLessThanOrEqual(2000);
    expect(commandLine(['a', 'b'.repeat(9000)], redact).length).toBeLessThanOrEqual(2000);
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
  expect([versionOfEnvironment(['OTEL_RESOURCE_ATTRIBUTES=service.name=b, service.version=1.9.3%2Bb1']), versionOfEnvironment(['OTEL_RESOURCE_ATTRIBUTES=service.name=b'])]).toEqual(['1.9.3+b1', null]);
  const id = 'a1'.repeat(32);
  for (const path of [`/docker/${id}`, `/system.slice/docker-${id}.scope`, `/kubepods/besteffort/pod1/cri-containerd-${id}.scope`]) expect(containerOf(`0::${path}\n`)).toBe(id);
  expect(containerOf('0::/user.slice\n')).toBeNull();
});
