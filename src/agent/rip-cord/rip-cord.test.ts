import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { failure, ok, type Failure, type Result } from '../../base/index.ts';
import { ripCordReport, type AgentRuleInput, type RipCordReport } from '../../model/index.ts';
import { directoryFiles, systemClock } from '../ports/index.ts';
import { orderFile, readAnswer, writeOrder } from './local-order.ts';
import { ripCordRules } from './pass-through.ts';
import { RipCord } from './rip-cord.ts';
import { readState, stateFile } from './state.ts';

const folders: string[] = [];
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }); });
const folder = (): string => { const made = mkdtempSync(join(tmpdir(), 'weir-cord-')); folders.push(made); return made; };

const rule = (id: string, more: Partial<AgentRuleInput>): AgentRuleInput => ({ id, name: id, version: 1, order: 1, plan: null, ...more });
const plan = (sink: string) => ({ version: 1, mode: 'rule', source: 'Logs', operators: [], sink: { sink } });
const rules = [rule('drop', { plan: plan('drop') }), rule('mask', { plan: plan('redact') }), rule('policy', { policy: {} }), rule('net', { machine: { states: [] } }), rule('script', { language: { javascript: '', signals: ['logs'], when: null, limits: { actions: 1, perMs: 1, cooldownMs: 0 } } }), rule('odd', { plan: { what: 'redact' } })];
const redacting = ['mask', 'policy', 'odd'];

class Target {
  running: string[] = [];
  name = 'target';
  replaceRules(of: readonly AgentRuleInput[]): Result<void, Failure> {
    if (of.some(({ id }) => id === 'bad')) return failure('x', 'It is bad.');
    this.running = of.map(({ id }) => id);
    return ok(undefined);
  }
  stats(): string { return this.name; }
}

async function cordHere(directory = folder()) {
  const files = directoryFiles(directory);
  const state = await readState(files, 5);
  const target = new Target();
  const wrapped = ripCordRules(target, state.server !== null || state.machine !== null);
  const [sent, done]: [RipCordReport[], string[]] = [[], []];
  const cord = new RipCord({
    files, directory, clock: systemClock, rules: wrapped.cord, haltNets: () => { done.push('nets'); }, endProbes: async () => { done.push('probes'); return { removed: 2, problems: ['one is stuck'] }; },
    cancelActions: async () => { done.push('actions'); return 3; }, changed: () => { done.push('changed'); }, send: (report) => { sent.push(ripCordReport.parse(structuredClone(report))); }, self: { pid: process.pid, startTicks: 1 },
  }, state);
  return { directory, files, target, rules: wrapped.rules, cord, sent, done };
}
const order = (pulled: boolean) => ({ pulled, by: 'ann', atUnixMs: 9, reason: 'a storm' });

describe('pulled by the server', () => {
  it('leaves only redaction, at once, ends the rest, says what it did, and lets it all be again', async () => {
    const { rules: runners, target, cord, sent, done, files } = await cordHere();
    runners.replaceRules(rules);
    expect([target.running.length, runners.stats()]).toEqual([6, 'target']);
    const pulling = cord.order(order(true));
    expect([target.running, done]).toEqual([redacting, ['nets', 'probes', 'actions']]);
    expect(cord.refusal()).toMatchObject({ code: 'rip-cord.pulled', message: expect.stringContaining('ann: a storm') });
    await pulling;
    expect(sent).toMatchObject([{ pulls: [{ from: 'server', by: 'ann' }], effect: { probesRemoved: 2, actionsCancelled: 3, rulesOff: 3, netsDisarmed: 2, problems: ['one is stuck'] } }]);
    expect(sent[0]!.effect!.tookMs).toBeGreaterThanOrEqual(0);
    await cord.order(order(true));
    expect([sent.length, done.filter((one) => one === 'probes').length]).toEqual([1, 1]);
    await cord.order(order(false));
    expect([target.running.length, cord.refusal(), sent.at(-1)]).toMatchObject([6, null, { pulls: [], effect: null }]);
    expect((await readState(files, 0)).server).toBeNull();
  });

  it('keeps rules that arrive meanwhile back until it is released, and their mistakes are told as ever', async () => {
    const { rules: runners, target, cord } = await cordHere();
    await cord.order(order(true));
    expect(runners.replaceRules([...rules, rule('late', { plan: plan('drop') })]).ok).toBe(true);
    expect(target.running).toEqual(redacting);
    expect(runners.replaceRules([rule('bad', { policy: {} })])).toMatchObject({ ok: false });
    await cord.order(order(false));
    expect(target.running).toHaveLength(7);
  });

  it('stays pulled over a restart, also for rules that are loaded then', async () => {
    const first = await cordHere();
    await first.cord.order(order(true));
    const { rules: runners, target, cord } = await cordHere(first.directory);
    expect(cord.isPulled).toBe(true);
    runners.replaceRules(rules);
    expect(target.running).toEqual(redacting);
    await cord.order(order(false));
    expect(target.running).toHaveLength(6);
  });
});

it('counts as pulled when nobody knows how it stood', async () => {
  const directory = folder();
  writeFileSync(join(directory, stateFile), '{"torn');
  const { cord } = await cordHere(directory);
  expect(cord.refusal()?.message).toContain('cannot be read');
});

describe('pulled on the machine', () => {
  it('reaches a running agent without a server, is answered, and is released by the same hand only', async () => {
    const { directory, files, cord, target, rules: runners, sent } = await cordHere();
    runners.replaceRules(rules);
    await cord.start();
    const local = async (id: string, pulled: boolean) => {
      await writeOrder(files, { version: 1, id, ...order(pulled) });
      for (;;) { const answer = await readAnswer(files); if (answer?.order === id) return answer.report; await new Promise((resolve) => { setTimeout(resolve, 5); }); }
    };
    expect(await local('one', true)).toMatchObject({ pulls: [{ from: 'machine', by: 'ann' }], effect: { probesRemoved: 2 } });
    expect(target.running).toEqual(redacting);
    expect(statSync(join(directory, orderFile)).mode & 0o777).toBe(0o600);
    await cord.order(order(true));
    await cord.order(order(false));
    expect([cord.isPulled, target.running.length]).toEqual([true, 3]);
    expect(await local('two', false)).toMatchObject({ pulls: [] });
    expect([target.running.length, sent.at(-1)?.pulls]).toEqual([6, []]);
    await cord.order(order(true));
    expect(await local('three', false)).toMatchObject({ pulls: [{ from: 'server' }] });
    await cord.stop();
  });

  it('takes effect at the next start where no agent runs, once', async () => {
    const directory = folder();
    await writeOrder(directoryFiles(directory), { version: 1, id: 'x', ...order(true) });
    const first = await cordHere(directory);
    await first.cord.start();
    expect(first.cord.isPulled).toBe(true);
    await first.cord.stop();
    const second = await cordHere(directory);
    await second.cord.start();
    expect([second.cord.isPulled, second.done.includes('probes')]).toEqual([true, false]);
    expect(JSON.parse(readFileSync(join(directory, stateFile), 'utf8'))).toMatchObject({ handled: 'x', machine: { by: 'ann' } });
    await second.cord.stop();
  });
});
