// A process that stops while a logpoint is put in: who ends that is not held up, and is told what is so.
import { expect, it, onTestFinished, vi } from 'vitest';
import { ok } from '../../../base/index.ts';
import { logpointSpec } from '../../../model/index.ts';
import { Proc } from '../../processes/index.ts';
import { openLogpoints } from './index.ts';
import { asked, game, globals, wait } from './testing/programs.ts';
import { logpointsHere } from './testing/here.ts';

vi.setConfig({ testTimeout: 120_000 });
const spec = logpointSpec.parse({ at: { file: 'game.cjs', line: 5 }, expressions: [{ expression: 'moves' }] });
const sink = { take: () => undefined, lost: () => undefined, ended: () => undefined };
const proc = new Proc();

/** Stops it, and ends the insert a moment later. */
async function stopping(pid: number, ender: AbortController): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await expect.poll(async () => (await proc.stat(pid))?.state).toBe('T');
  setTimeout(() => { ender.abort(); }, 100);
}

it('before anything is in: a refusal, and nothing is left when it goes on', async () => {
  const [here, target, ender] = [await logpointsHere(), await game(process.execPath), new AbortController()];
  onTestFinished(() => { target.child.kill('SIGCONT'); });
  const before = await asked<string[]>(here, target, globals);
  const door = { problem: here.door.problem.bind(here.door), attach: async (...given: Parameters<typeof here.door.attach>) => { const attached = await here.door.attach(...given); await stopping(target.child.pid, ender); return attached; } };
  const { mechanism } = openLogpoints({ door, proc, monotonicMs: () => performance.now() });
  expect(await mechanism.insert({ key: 'k1', spec, process: target.process, signal: ender.signal }, sink, async () => ok(undefined))).toMatchObject({ ok: false, error: { code: 'probe.no-answer', message: expect.stringContaining('stands still') } });
  target.child.kill('SIGCONT');
  await expect.poll(() => asked<string[]>(here, target, globals), { timeout: 30_000 }).toEqual(before);
});

it('while it is put in: it stays noted, and is taken out when it goes on', async () => {
  const [here, target, ender] = [await logpointsHere(), await game(process.execPath), new AbortController()];
  onTestFinished(() => { target.child.kill('SIGCONT'); });
  const before = await asked<string[]>(here, target, globals);
  let left = null;
  const done = await here.mechanism.insert({ key: 'k1', spec, process: target.process, signal: ender.signal }, sink, async (each) => { left = each; await stopping(target.child.pid, ender); return ok(undefined); });
  expect(done).toMatchObject({ ok: false, error: { code: 'probe.not-removed' } });
  target.child.kill('SIGCONT');
  await wait(200);
  await expect.poll(() => here.mechanism.removeLeft(left!), { timeout: 30_000 }).toBe(true);
  expect(await asked<string[]>(here, target, globals)).toEqual(before);
});
