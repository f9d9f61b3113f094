// How a logpoint goes: paused in a hot loop, taken out, with the process, and after its agent was killed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { failure } from '../../../base/index.ts';
import { temporaryFolder } from '../../actions/testing/actions-here.ts';
import { nodePrograms } from '../../actions/testing/targets.ts';
import type { Leftover } from '../contract.ts';
import { Edits } from './inserting/edits.ts';
import { logpointsHere, nothingSeen } from './testing/here.ts';
import { gameText, hotText } from './testing/texts.ts';
import { asked, game, globals, ports, running, versionOf, wait, written } from './testing/programs.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.each(nodePrograms)('a logpoint in %s', (program) => {
  it('pauses within a loop that never rests, and comes back', async () => {
    const progress = join(temporaryFolder(), 'calls');
    const [here, target] = [await logpointsHere(), await running(program, written('hot.cjs', hotText), [progress])];
    const told = (): number[] => readFileSync(progress, 'utf8').split(' ').map(Number);
    const calls = (): number => told()[0]!;
    // By its own CPU, not by the clock: the machine does other things, too.
    const rate = async (): Promise<number> => { const [calls, cpuUs] = told(); await expect.poll(() => told()[1]! - cpuUs!).toBeGreaterThan(500_000); const now = told(); return (now[0]! - calls!) / (now[1]! - cpuUs!); };
    await expect.poll(() => told()[1]).toBeGreaterThan(500_000);
    const usual = await rate();
    const seen = nothingSeen();
    const { inserted } = await here.insert(target.process, { at: { file: 'hot.cjs', line: 5 }, mechanism: 'breakpoint', expressions: [{ expression: 'x' }] }, 'hot', seen);
    if (!inserted.ok) throw new Error(inserted.error.message);
    await expect.poll(() => seen.hits.length).toBeGreaterThan(0);
    await inserted.value.pause();
    const [hits, from] = [seen.hits.length + seen.lost, calls()];
    await expect.poll(calls).toBeGreaterThan(from + 50_000);
    expect(seen.hits.length + seen.lost).toBe(hits);
    expect((await inserted.value.resume()).ok).toBe(true);
    await expect.poll(() => seen.hits.length + seen.lost).toBeGreaterThan(hits);
    expect(await inserted.value.remove()).toBe(true);
    const after = seen.hits.length + seen.lost;
    await wait(300);
    expect([seen.hits.length + seen.lost, await ports(target.child.pid)]).toEqual([after, []]);
    expect(await rate()).toBeGreaterThan(usual / 2);
  });

  it('that ended itself within the process says so, and another goes in after it', async () => {
    const [here, target] = [await logpointsHere(), await game(program)];
    const spec = { at: { file: 'game.cjs', line: 5 }, expressions: [{ expression: 'moves' }] };
    const { seen, inserted } = await here.insert(target.process, spec);
    const hook = String(here.left.get('k1')?.detail['hook']);
    await expect.poll(() => seen.hits.length).toBeGreaterThan(0);
    // As it does by itself when nobody fetches its hits.
    await asked(here, target, `globalThis[${JSON.stringify(hook)}].leave()`);
    const pausing = inserted.ok ? inserted.value.pause() : null;
    await pausing;
    expect([seen.end, seen.why?.code]).toEqual(['fault', 'probe.not-fetched']);
    const second = await here.insert(target.process, spec, 'k2');
    await expect.poll(() => second.seen.hits.length).toBeGreaterThan(0);
    expect([inserted.ok && await inserted.value.remove(), second.inserted.ok && await second.inserted.value.remove()]).toEqual([true, true]);
    expect(await ports(target.child.pid)).toEqual([]);
  });

  it('is taken out anew when its inspector was closed from elsewhere', async () => {
    const [here, target] = [await logpointsHere(), await game(program)];
    const before = await asked<string[]>(here, target, globals);
    const { seen, inserted } = await here.insert(target.process, { at: { file: 'game.cjs', line: 5 }, expressions: [{ expression: 'moves' }] });
    const attached = await here.door.attach(target.process, AbortSignal.timeout(20_000));
    if (!attached.ok) throw new Error(attached.error.message);
    await attached.value.session.evaluate("setImmediate(()=>{(process.getBuiltinModule?.('inspector')??process.mainModule.require('inspector')).close()})");
    await expect.poll(() => seen.why?.code).toBe('probe.inspector-closed');
    await attached.value.close();
    expect(inserted.ok && await inserted.value.remove()).toBe(true);
    expect([await asked<string[]>(here, target, globals), await ports(target.child.pid)]).toEqual([before, []]);
  });

  it('goes in where Node keeps its connection to itself', async () => {
    const [here, target] = [await logpointsHere(), await running(program, written('closed.cjs', `Object.defineProperty(process, 'binding', { value: undefined });\n${gameText}`))];
    const { seen, inserted } = await here.insert(target.process, { at: { file: 'closed.cjs', line: 6 }, expressions: [{ expression: 'moves' }] });
    await expect.poll(() => seen.hits.length).toBeGreaterThan(0);
    expect([inserted.ok && await inserted.value.remove(), await ports(target.child.pid)]).toEqual([true, []]);
  });

  it('ends with the process', async () => {
    const [here, target] = [await logpointsHere(), await game(program)];
    const { seen, inserted } = await here.insert(target.process, { at: { file: 'game.cjs', line: 5 } });
    target.child.kill('SIGKILL');
    await expect.poll(() => seen.end).toBe('process-gone');
    expect(inserted.ok && await inserted.value.remove()).toBe(true);
    expect(here.left.get('k1') && await here.mechanism.removeLeft(here.left.get('k1')!)).toBe(true);
  });

  it('that a killed agent left is taken out', async () => {
    const [folder, target] = [temporaryFolder(), await game(program)];
    const mechanism = versionOf(program) <= 24 ? 'live-edit' : 'breakpoint';
    const here = await logpointsHere(folder);
    const before = await asked<string[]>(here, target, globals);
    const agent = spawn(process.execPath, [join(import.meta.dirname, 'testing/agent-to-kill.ts'), String(target.child.pid), folder, 'game.cjs', '5', mechanism], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => { agent.kill('SIGKILL'); });
    const [told] = await once(agent.stdout, 'data') as [Buffer];
    agent.kill('SIGKILL');
    await once(agent, 'exit');
    expect(await ports(target.child.pid)).toHaveLength(1);
    expect(await here.mechanism.removeLeft(JSON.parse(told.toString()) as Leftover)).toBe(true);
    expect(await asked<string[]>(here, target, globals)).toEqual(before);
    expect((await here.source(target.process, 'game.cjs')).text).toBe(readFileSync(target.path, 'utf8'));
    expect(await ports(target.child.pid)).toEqual([]);
  });
});

const older = nodePrograms.filter((program) => versionOf(program) <= 24);
describe.skipIf(older.length === 0)('a live edit (skipped where no Node up to 24 is installed: later ones have none)', () => {
  it('is put in, muted, heard again and taken out, verified', async () => {
    const [here, target] = [await logpointsHere(), await game(older[0]!)];
    const source = (await here.source(target.process, 'game.cjs')).text;
    const { seen, inserted } = await here.insert(target.process, { at: { file: 'game.cjs', line: 5 }, mechanism: 'live-edit', expressions: [{ expression: 'user.name' }, { expression: 'left' }] });
    if (!inserted.ok) throw new Error(inserted.error.message);
    expect(inserted.value.means).toBe('V8 live edit');
    await expect.poll(() => seen.hits.length).toBeGreaterThan(10);
    expect(seen.hits[0]?.values).toMatchObject({ 'user.name': 'Ada', left: expect.any(Number) });
    await inserted.value.pause();
    const count = seen.hits.length;
    await wait(400);
    expect(seen.hits.length).toBe(count);
    expect((await inserted.value.resume()).ok).toBe(true);
    await expect.poll(() => seen.hits.length).toBeGreaterThan(count);
    expect(await inserted.value.remove()).toBe(true);
    expect((await here.source(target.process, 'game.cjs')).text).toBe(source);
    expect(await ports(target.child.pid)).toEqual([]);
  });

  it('that V8 holds is not told as gone, and is tried again until it is', async () => {
    const text = `let free; const until = new Promise((resolve) => { free = resolve; }); globalThis.free = () => free();
async function work(n) {
  const a = n + 1;
  await until;
  return a;
}
setInterval(() => work(1), 20); globalThis.told = () => work.toString().includes('weir'); console.log('ready');`;
    const [here, target] = [await logpointsHere(), await running(older[0]!, written('held.cjs', text))];
    // Calls from before wait in the middle, which V8 does not know of before it comes back to them.
    const { seen, inserted } = await here.insert(target.process, { at: { file: 'held.cjs', line: 3 }, mechanism: 'live-edit', expressions: [{ expression: 'n' }] });
    if (!inserted.ok) { expect(inserted.error.code).toBe('probe.live-edit'); expect(await asked(here, target, 'told()')).toBe(false); return; }
    await expect.poll(() => seen.hits.length).toBeGreaterThan(0);
    const isOut = await inserted.value.remove();
    expect(await asked(here, target, 'told()')).toBe(!isOut);
    await asked(here, target, 'free()');
    expect(await here.mechanism.removeLeft(here.left.get('k1')!)).toBe(true);
    expect([await inserted.value.remove(), await ports(target.child.pid)]).toEqual([true, []]);
  });
});

describe.skipIf(older.length === 0)('a live edit that goes in by half (skipped where no Node up to 24 is installed)', () => {
  it('and cannot be taken out is told as left, stays noted, and is taken out later', async () => {
    const [here, target] = [await logpointsHere(), await game(older[0]!)];
    const source = (await here.source(target.process, 'game.cjs')).text;
    const put = Edits.prototype.put;
    const puts = vi.spyOn(Edits.prototype, 'put').mockImplementationOnce(function (this: Edits, ...given) { return put.apply(this, given); }).mockResolvedValueOnce(failure('probe.live-edit', 'V8 did not take the change: a test.'));
    const takes = vi.spyOn(Edits.prototype, 'take').mockResolvedValue(false);
    onTestFinished(() => { puts.mockRestore(); takes.mockRestore(); });
    const { inserted } = await here.insert(target.process, { at: { file: 'game.cjs', line: 3 }, until: { file: 'game.cjs', line: 5 }, does: 'timer', mechanism: 'live-edit' });
    expect(inserted).toMatchObject({ ok: false, error: { code: 'probe.not-removed', message: expect.stringMatching(/a test; and what had been put in could not be taken out/) } });
    expect((await here.source(target.process, 'game.cjs')).text).toContain('/*weir:k1:0*/');
    const left = here.left.get('k1')!;
    expect(await here.mechanism.removeLeft(left)).toBe(false);
    takes.mockRestore();
    expect(await here.mechanism.removeLeft(left)).toBe(true);
    expect((await here.source(target.process, 'game.cjs')).text).toBe(source);
    expect(await ports(target.child.pid)).toEqual([]);
  });
});

const newest = nodePrograms.filter((program) => versionOf(program) > 24);
it.skipIf(newest.length === 0)('a Node without live edit says so', async () => {
  const [here, target] = [await logpointsHere(), await game(newest[0]!)];
  expect((await here.insert(target.process, { at: { file: 'game.cjs', line: 5 }, mechanism: 'live-edit' })).inserted).toMatchObject({ ok: false, error: { code: 'probe.live-edit', message: expect.stringContaining('Node 24') } });
  expect(await ports(target.child.pid)).toEqual([]);
});
