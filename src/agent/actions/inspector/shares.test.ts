// An agent and a terminal that look into one Node process: the first opens, the last closes, nobody is cut off.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { AgentProcess } from '../../../model/index.ts';
import { directoryFiles } from '../../ports/index.ts';
import { Proc, ProcessTable } from '../../processes/index.ts';
import { ActionBook, BookLock, type Owner } from '../limits/index.ts';
import { temporaryFolder } from '../testing/actions-here.ts';
import { startNode, startTarget } from '../testing/targets.ts';
import { Rights } from '../tools/index.ts';
import { InspectorDoor } from './door.ts';
import { listeningPorts } from './listening.ts';
import { InspectorShares } from './shares.ts';

vi.setConfig({ testTimeout: 120_000 });
const proc = new Proc();
const never = new AbortController().signal;
const ports = (pid: number) => listeningPorts(proc, pid);
const stepOf = async (attached: { session: { evaluate<T>(code: string): Promise<T> } }): Promise<number> => attached.session.evaluate<number>('1 + 1');
const noted = (folder: string): unknown[] => (JSON.parse(readFileSync(join(folder, 'actions.json'), 'utf8')) as { leftovers: { what: { state?: string } }[] }).leftovers.map(({ what }) => what.state ?? null);

/** As another program would have it: with an owner, a lock and a book of its own. `pid`: a process that lives as long as that program. */
async function programOf(folder: string, pid: number, waitMs = 20_000) {
  const owner: Owner = { pid, startTicks: (await proc.stat(pid))!.startTicks };
  const lock = new BookLock(join(folder, 'actions.lock'), owner, proc);
  const book = new ActionBook({ files: directoryFiles(folder), owner, lock: (work) => lock.hold(work) });
  const shares = new InspectorShares({ book, owner, proc, waitMs });
  return { owner, book, shares, door: new InspectorDoor({ proc, rights: new Rights(proc), shares }) };
}
async function both(options: readonly string[] = []) {
  const [folder, target, other] = [temporaryFolder(), await startNode(process.execPath, options), await startTarget(process.execPath, ['-e', 'setInterval(()=>{},1000);console.log("ready")'])];
  const table = new ProcessTable({ proc, redact: (text) => text, monotonicMs: () => performance.now() });
  const looked: AgentProcess = (await table.look(target.pid))!;
  return { folder, target, other, looked, agent: await programOf(folder, process.pid), terminal: await programOf(folder, other.pid) };
}
const attach = async (door: InspectorDoor, process: AgentProcess) => {
  const attached = await door.attach(process, never);
  if (!attached.ok) throw new Error(attached.error.message);
  return attached.value;
};

describe.each([['the one that opened it', 0], ['the other', 1]])('%s lets go first', (_, first) => {
  it('the one that is left goes on, and closes it', async () => {
    const { folder, target, looked, agent, terminal } = await both();
    const all = [await attach(agent.door, looked), await attach(terminal.door, looked)];
    expect(all.map(({ wasOpen }) => wasOpen)).toEqual([false, false]);
    expect(noted(folder)).toEqual(['open', 'open']);
    expect(await all[first]!.close()).toBe(true);
    expect(noted(folder)).toEqual(['open']);
    expect([await ports(target.pid), await stepOf(all[1 - first]!)]).toEqual([[expect.any(Number)], 2]);
    expect(await all[1 - first]!.close()).toBe(true);
    expect([await ports(target.pid), noted(folder)]).toEqual([[], []]);
  });
});

it('both that come at the same moment share one', async () => {
  const { folder, target, looked, agent, terminal } = await both();
  const all = await Promise.all([attach(agent.door, looked), attach(terminal.door, looked)]);
  expect([all.map(({ wasOpen }) => wasOpen), await ports(target.pid)]).toEqual([[false, false], [expect.any(Number)]]);
  expect(await Promise.all(all.map(stepOf))).toEqual([2, 2]);
  await Promise.all(all.map((one) => one.close()));
  expect([await ports(target.pid), noted(folder)]).toEqual([[], []]);
});

it('one that comes while it closes waits, and opens it anew', async () => {
  const { folder, target, looked, agent, terminal } = await both();
  for (let round = 0; round < 3; round++) {
    const held = await attach(agent.door, looked);
    const [closed, next] = await Promise.all([held.close(), attach(terminal.door, looked)]);
    expect([closed, await stepOf(next)]).toEqual([true, 2]);
    await next.close();
    expect([await ports(target.pid), noted(folder)]).toEqual([[], []]);
  }
});

it('what a killed program had open is taken over by one that looks into it, and then the next start leaves it', async () => {
  const { folder, target, other, looked, agent, terminal } = await both();
  const lost = await attach(terminal.door, looked);
  lost.session.close();
  other.kill('SIGKILL');
  await expect.poll(() => proc.isAlive(terminal.owner.pid, terminal.owner.startTicks)).toBe(false);
  const held = await attach(agent.door, looked);
  expect(held.wasOpen).toBe(false);
  const started = await programOf(folder, (await startTarget(process.execPath, ['-e', 'setInterval(()=>{},1000);console.log("ready")'])).pid);
  await started.door.closeLeft(looked.pid, looked.startTicks);
  expect(await stepOf(held)).toBe(2);
  await held.close();
  expect(await ports(target.pid)).toEqual([]);
});

it('what a killed program had open is closed at the next start, when nobody looks into it', async () => {
  const { folder, target, other, looked, agent, terminal } = await both();
  (await attach(terminal.door, looked)).session.close();
  other.kill('SIGKILL');
  await expect.poll(() => proc.isAlive(terminal.owner.pid, terminal.owner.startTicks)).toBe(false);
  await agent.door.closeLeft(looked.pid, looked.startTicks);
  expect(await ports(target.pid)).toEqual([]);
  expect(noted(folder)).toEqual([]);
});

it('what somebody else opened is nobody\'s to close', async () => {
  const { target, looked, agent, terminal } = await both(['--inspect=127.0.0.1:0']);
  const all = await Promise.all([attach(agent.door, looked), attach(terminal.door, looked)]);
  expect(all.map(({ wasOpen }) => wasOpen)).toEqual([true, true]);
  await Promise.all(all.map((one) => one.close()));
  expect(await ports(target.pid)).toHaveLength(1);
});

it('another that keeps opening it is waited for, and named when that is too long', async () => {
  const { folder, other, looked, terminal } = await both();
  const hasty = await programOf(folder, process.pid, 200);
  expect(await terminal.shares.join(looked, never)).toEqual({ ok: true, value: null });
  expect(await hasty.door.attach(looked, never)).toMatchObject({ ok: false, error: { code: 'action.busy', message: expect.stringContaining(`process ${other.pid}`) } });
  await terminal.shares.stuck(looked);
  const attached = await attach(hasty.door, looked);
  await attached.close();
  expect(noted(folder)).toEqual([null]);
});
