import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { encodeUtf8, ok } from '../../../base/index.ts';
import { actionReport } from '../../../model/index.ts';
import { policyFileName } from '../limits/index.ts';
import { actionsHere, request, temporaryFolder } from '../testing/actions-here.ts';
import { startNative } from '../testing/targets.ts';

vi.setConfig({ testTimeout: 60_000 });
const write = (folder: string, policy: object): void => { writeFileSync(join(folder, policyFileName), JSON.stringify({ version: 1, ...policy })); };

describe('limits', () => {
  it('hold over a restart, within their window', async () => {
    const folder = temporaryFolder();
    write(folder, { actions: { 'diagnostic-command': { perWindow: 2, windowMs: 60_000 } } });
    let now = 1_000_000;
    const again = () => actionsHere({ nowUnixMs: () => now }, folder);
    const uptime = async () => (await (await again()).run('diagnostic-command', null, { command: 'uptime' }));
    expect([(await uptime()).state, (await uptime()).state]).toEqual(['done', 'done']);
    now += 10_000;
    const third = await uptime();
    expect(third).toMatchObject({ state: 'refused', startedUnixMs: null, why: { code: 'action.limit', help: expect.stringContaining('in 50 s') } });
    now += 51_000;
    expect((await uptime()).state).toBe('done');
    now -= 3_600_000;
    expect((await uptime()).state, 'a clock that was set back frees nobody').toBe('refused');
    now += 61_000;
    expect((await uptime()).state, 'nor does it lock anybody out until it is that late again').toBe('done');
  });

  it('keep a cooldown for each process, also for what failed', async () => {
    const [here, a, b] = [await actionsHere(), await startNative(), await startNative()];
    write(here.folder, { actions: { 'collect-state': { cooldownMs: 60_000 } } });
    const states = [await here.run('collect-state', { pid: a.pid }), await here.run('collect-state', { pid: a.pid }), await here.run('collect-state', { pid: b.pid })];
    expect(states.map(({ state }) => state)).toEqual(['done', 'refused', 'done']);
  });

  it('are not known when their file is damaged, so nothing runs', async () => {
    for (const name of ['actions.json', 'action-claims.json']) {
      const here = await actionsHere();
      writeFileSync(join(here.folder, name), '{');
      expect(await here.run('diagnostic-command', null, { command: 'uptime' }), name).toMatchObject({ state: 'refused', why: { code: 'action.damaged-book' } });
    }
  });

  it('stand in a file of the machine: what it forbids or does not understand does not run', async () => {
    const here = await actionsHere();
    write(here.folder, { actions: { 'diagnostic-command': { allowed: false }, 'packet-capture': { maxDurationMs: 1000 } } });
    expect(await here.run('diagnostic-command', null, { command: 'uptime' })).toMatchObject({ state: 'refused', why: { code: 'action.not-allowed' } });
    expect(await here.run('packet-capture', null, { durationMs: 2000 })).toMatchObject({ state: 'refused', why: { code: 'action.limit' } });
    writeFileSync(join(here.folder, policyFileName), '{"version":1,"alow":[]}');
    expect(await here.run('collect-state', { pid: process.pid })).toMatchObject({ state: 'refused', why: { code: 'action.bad-policy' } });
  });
});

describe('a run', () => {
  it('refuses a pid that another process has now, and Weir itself', async () => {
    const [here, target] = [await actionsHere(), await startNative()];
    const startTicks = (await here.processes.look(target.pid))?.startTicks ?? 0;
    expect(await here.run('collect-state', { pid: target.pid, startTicks: startTicks - 1 })).toMatchObject({ state: 'refused', why: { code: 'action.no-process', message: expect.stringContaining('another one now') } });
    expect(await here.run('collect-state', { pid: process.pid })).toMatchObject({ state: 'refused', why: { code: 'action.own-process' } });
    expect(await here.run('collect-state', { pid: target.pid, startTicks })).toMatchObject({ state: 'done' });
  });

  it('names the parameters that are wrong, and a missing target', async () => {
    const here = await actionsHere();
    expect(await here.run('cpu-sample', null)).toMatchObject({ state: 'refused', why: { code: 'action.no-target' } });
    expect(await here.run('cpu-sample', { pid: 1 }, { durationMs: 'long' })).toMatchObject({ state: 'refused', why: { code: 'action.bad-parameters', message: expect.stringContaining('durationMs') } });
  });

  it('is the same run when it is asked for twice, and each report is whole', async () => {
    const here = await actionsHere();
    const asked = request('diagnostic-command', null, { command: 'uptime' });
    const [first, second] = await Promise.all([here.runner.run(asked), here.runner.run(asked)]);
    expect(second).toBe(first);
    expect(first.artifacts).toHaveLength(1);
    for (const report of here.reports) expect(actionReport.parse(report)).toEqual(report);
    expect(new Set(here.reports.map(({ state }) => state))).toEqual(new Set(['waiting', 'running', 'done']));
  });

  it('waits for its place, and can be cancelled while it waits', async () => {
    const [here, a, b] = [await actionsHere(), await startNative(), await startNative()];
    write(here.folder, { concurrent: 1 });
    const [first, second] = [request('cpu-sample', { pid: a.pid }, { durationMs: 60_000, means: 'perf' }), request('collect-state', { pid: b.pid }, {})];
    const running = here.runner.run(first);
    await expect.poll(() => here.runner.reports()[0]?.state).toBe('running');
    const waiting = here.runner.run(second);
    here.runner.cancel(second.id);
    expect(await waiting).toMatchObject({ state: 'cancelled', startedUnixMs: null });
    here.runner.cancel(first.id);
    expect(await running).toMatchObject({ state: 'cancelled', why: { code: 'action.cancelled' } });
  });

  it('is refused when its process ended while it waited for its place', async () => {
    const [here, a, b] = [await actionsHere(), await startNative(), await startNative()];
    write(here.folder, { concurrent: 1 });
    const [first, second] = [request('cpu-sample', { pid: a.pid }, { durationMs: 60_000, means: 'perf' }), request('diagnostic-command', { pid: b.pid }, { command: 'uptime' })];
    const running = here.runner.run(first);
    await expect.poll(() => here.runner.reports()[0]?.state).toBe('running');
    const waiting = here.runner.run(second);
    await expect.poll(() => here.runner.reports()[1]?.process?.pid).toBe(b.pid);
    b.kill('SIGKILL');
    await once(b, 'close');
    here.runner.cancel(first.id);
    await running;
    expect(await waiting).toMatchObject({ state: 'refused', startedUnixMs: null, why: { code: 'action.no-process' } });
  });

  it('that a killed agent left is told of as ended, and its valve is closed', async () => {
    const closed: string[] = [];
    const valves = { open: async () => ok(undefined), close: async (id: string) => { closed.push(id); return { records: 3 }; } };
    const first = await actionsHere({ valves });
    const asked = request('verbose-logs', null, { durationMs: 3_600_000 });
    const running = first.runner.run(asked);
    await expect.poll(() => first.runner.reports()[0]?.progress.text).toMatch(/^Verbose/);
    const book = await readBook(first.folder);
    expect(book.leftovers.map(({ what }) => what.kind).toSorted()).toEqual(['run', 'valve']);
    first.runner.cancel(asked.id);
    await running;
    const dead = { ...book, leftovers: book.leftovers.map((one) => ({ ...one, owner: { pid: one.owner.pid, startTicks: 1 } })) };
    const content = new Map([['actions.json', encodeUtf8(JSON.stringify(dead))]]);
    const second = await actionsHere({ valves, files: { read: async (name) => ok(content.get(name) ?? null), writeAtomically: async (name, bytes) => { content.set(name, bytes); return ok(undefined); } } });
    await second.runner.start();
    expect(second.reports).toMatchObject([{ id: asked.id, state: 'failed', why: { code: 'action.interrupted' } }]);
    expect(closed).toEqual([asked.id, asked.id]);
    expect(JSON.parse(new TextDecoder().decode(content.get('actions.json')))).toMatchObject({ leftovers: [] });
  });
});

async function readBook(folder: string): Promise<{ leftovers: { owner: { pid: number }; what: { kind: string } }[] }> {
  return JSON.parse(await readFile(join(folder, 'actions.json'), 'utf8')) as { leftovers: { owner: { pid: number }; what: { kind: string } }[] };
}
