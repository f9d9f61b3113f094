// A process that stands still takes a signal when it goes on: until then nobody may forget that it was sent.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { directoryFiles } from '../../ports/index.ts';
import { Proc, ProcessTable } from '../../processes/index.ts';
import { ActionBook, BookLock, type Owner } from '../limits/index.ts';
import { temporaryFolder } from '../testing/actions-here.ts';
import { startNode } from '../testing/targets.ts';
import { Rights } from '../tools/index.ts';
import { InspectorDoor } from './door.ts';
import { isSignalled } from './problems.ts';
import { listeningPorts } from './listening.ts';
import { InspectorShares } from './shares.ts';
import { StuckInspectors } from './stuck-inspectors.ts';

vi.setConfig({ testTimeout: 60_000 });
const proc = new Proc();

async function here() {
  const [folder, target] = [temporaryFolder(), await startNode(process.execPath, ['--inspect-port=0'])];
  const owner: Owner = { pid: process.pid, startTicks: (await proc.stat('self'))!.startTicks };
  const lock = new BookLock(join(folder, 'actions.lock'), owner, proc);
  const book = new ActionBook({ files: directoryFiles(folder), owner, lock: (work) => lock.hold(work) });
  const clock = { nowUnixMs: 1000 };
  const shares = new InspectorShares({ book, owner, proc });
  const door = new InspectorDoor({ proc, rights: new Rights(proc), shares, nowUnixMs: () => clock.nowUnixMs });
  const looked = (await new ProcessTable({ proc, redact: (text) => text, monotonicMs: () => performance.now() }).look(target.pid))!;
  const noted = (): unknown[] => (JSON.parse(readFileSync(join(folder, 'actions.json'), 'utf8')) as { leftovers: unknown[] }).leftovers;
  const stop = async (): Promise<void> => { target.kill('SIGSTOP'); await expect.poll(async () => (await proc.stat(target.pid))?.state).toBe('T'); };
  return { folder, target, looked, door, shares, noted, stop, clock };
}
type Here = Awaited<ReturnType<typeof here>>;

/** As one left it that had sent the signal to a process that then stood still. */
async function signalled({ target, looked, shares, stop }: Here): Promise<void> {
  await stop();
  await shares.stuck(looked);
  target.kill('SIGUSR1');
  await expect.poll(() => isSignalled(proc, target.pid)).toBe(true);
}

it('no signal is sent to it, and nothing is left noted', async () => {
  const made = await here();
  await made.stop();
  expect(await made.door.problem(made.looked)).toMatchObject({ code: 'action.stopped' });
  expect(await made.door.attach(made.looked, new AbortController().signal)).toMatchObject({ ok: false, error: { code: 'action.stopped', message: expect.stringContaining('stands still') } });
  expect([await isSignalled(proc, made.target.pid), made.noted()]).toEqual([false, []]);
});

it('one that was signalled stays noted until it went on and its inspector was closed', async () => {
  const made = await here();
  await signalled(made);
  expect(await made.door.closeLeft(made.looked.pid, made.looked.startTicks)).toBe(false);
  expect(made.noted()).toHaveLength(1);
  made.target.kill('SIGCONT');
  await expect.poll(() => listeningPorts(proc, made.target.pid)).toHaveLength(1);
  expect(await made.door.closeLeft(made.looked.pid, made.looked.startTicks)).toBe(true);
  expect([await listeningPorts(proc, made.target.pid), made.noted()]).toEqual([[], []]);
});

it('an agent that runs tries it again by itself, and names it until it is closed', async () => {
  const made = await here();
  await signalled(made);
  const stuck = new StuckInspectors(made.door, 50);
  stuck.start();
  onTestFinished(() => stuck.stop());
  await expect.poll(() => stuck.problem).toContain(String(made.target.pid));
  made.target.kill('SIGCONT');
  await expect.poll(() => stuck.problem, { timeout: 20_000 }).toBe('');
  expect([await listeningPorts(proc, made.target.pid), made.noted()]).toEqual([[], []]);
});

it('one that shows nothing is forgotten only after it ran for a while', async () => {
  const made = await here();
  await made.shares.stuck(made.looked);
  const again = () => made.door.closeLeft(made.looked.pid, made.looked.startTicks);
  expect([await again(), made.noted().length]).toEqual([false, 1]);
  made.clock.nowUnixMs += 59_000;
  expect([await again(), made.noted().length]).toEqual([false, 1]);
  made.clock.nowUnixMs += 2000;
  await expect.poll(async () => [await again(), made.noted().length]).toEqual([true, 0]);
});
