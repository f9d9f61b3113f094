// Weir itself stands still (SIGSTOP), or is killed, while its breakpoint is passed all the time: the process must not pay for that, in time or in memory.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../../actions/testing/actions-here.ts';
import { nodePrograms } from '../../actions/testing/targets.ts';
import { kilobytes, Proc } from '../../processes/index.ts';
import type { Leftover } from '../contract.ts';
import { logpointsHere } from './testing/here.ts';
import { asked, globals, ports, running, written } from './testing/programs.ts';
import { hotText } from './testing/texts.ts';

vi.setConfig({ testTimeout: 120_000 });

async function probed(program: string) {
  const [folder, progress] = [temporaryFolder(), join(temporaryFolder(), 'calls')];
  const target = await running(program, written('hot.cjs', hotText), [progress]);
  const here = await logpointsHere(folder);
  const before = await asked<string[]>(here, target, globals);
  const agent = spawn(process.execPath, [join(import.meta.dirname, 'testing/agent-to-kill.ts'), String(target.child.pid), folder, 'hot.cjs', '5', 'breakpoint', 'x'], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => { agent.kill('SIGKILL'); });
  const [told] = await once(agent.stdout, 'data') as [Buffer];
  const calls = (): number => Number(readFileSync(progress, 'utf8').split(' ')[0]);
  return { target, here, before, agent, left: JSON.parse(told.toString()) as Leftover, calls, rss: async () => kilobytes((await new Proc().status(target.child.pid))?.get('VmRSS')) ?? 0 };
}

/** Without a probe some 400,000 a second, with one some 5,000. */
async function runsFreely(calls: () => number): Promise<void> {
  await expect.poll(async () => { const from = calls(); await new Promise((resolve) => { setTimeout(resolve, 1000); }); return calls() - from; }, { timeout: 30_000 }).toBeGreaterThan(40_000);
}

async function endedBy(agent: ChildProcess): Promise<void> { agent.kill('SIGKILL'); await once(agent, 'exit'); }

describe.each(nodePrograms)('in %s', (program) => {
  it('the probe of a Weir that is stopped ends itself: full speed and no memory while that stands still, nothing left after the next', async () => {
    const { target, here, before, agent, left, calls, rss } = await probed(program);
    agent.kill('SIGSTOP');
    const from = await rss();
    await runsFreely(calls);
    expect(await rss() - from).toBeLessThan(60e6);
    await endedBy(agent);
    expect(await here.mechanism.removeLeft(left)).toBe(true);
    expect([await asked<string[]>(here, target, globals), await ports(target.child.pid)]).toEqual([before, []]);
  });

  it('the probe of a Weir that is killed ends itself, too', async () => {
    const { target, here, before, agent, calls } = await probed(program);
    await endedBy(agent);
    await runsFreely(calls);
    expect(await asked<string[]>(here, target, globals)).toEqual(before);
  });
});
