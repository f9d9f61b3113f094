import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { failure, ok, type Failure, type Result } from '../../base/index.ts';
import { ripCordReport, type AgentRuleInput, type RipCordReport } from '../../model/index.ts';
import { directoryFiles, systemClock } from '../ports/index.ts';
import { until } from '../test-support/until.ts';
import { answerFile, orderFile, readAnswer, writeOrder } from './local-order.ts';
import { ripCordRules } from './pass-through.ts';
import { cordHere, watchCordHere } from './cord-here.ts';
import { RipCord, type EndedProbes, type RipCordPorts } from './rip-cord.ts';
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

async function cordOf(directory = folder(), endProbes: RipCordPorts['endProbes'] = async () => ({ removed: 2, problems: ['one is stuck'], rest: null })) {
  const files = directoryFiles(directory);
  const state = await readState(files, 5);
  const target = new Target();
  const wrapped = ripCordRules(target, state.server !== null || state.machine !== null);
  const [sent, done]: [RipCordReport[], string[]] = [[], []];
  const cord = new RipCord({
    files, directory, clock: systemClock, rules: wrapped.cord, haltNets: () => { done.push('nets'); }, endProbes: () => { done.push('probes'); return endProbes(); },
    cancelActions: async () => { done.push('actions'); return 3; }, changed: () => { done.push('changed'); }, send: (report) => { sent.push(ripCordReport.parse(structuredClone(report))); }, self: { pid: process.pid, startTicks: 1 },
  }, state);
  return { directory, files, target, rules: wrapped.rules, cord, sent, done };
}
const order = (pulled: boolean) => ({ pulled, by: 'ann', atUnixMs: 9, reason: 'a storm' });

describe('pulled by the server', () => {
  it('leaves only redaction, at once, ends the rest, says what it did, and lets it all be again', async () => {
    const { rules: runners, target, cord, sent, done, files } = await cordOf();
    runners.replaceRules(rules);
    expect([target.running.length, runners.stats()]).toEqual([6, 'target']);
    const pulling = cord.order(order(true));
    expect([target.running, done]).toEqual([redacting, ['nets', 'probes', 'actions', 'changed']]);
    expect(cord.refusal()).toMatchObject({ code: 'rip-cord.pulled', message: expect.stringContaining('ann: a storm') });
    await pulling;
    expect(sent).toMatchObject([{ pulls: [{ from: 'server', by: 'ann' }], effect: null }, { pulls: [{ from: 'server', by: 'ann' }], effect: { probesRemoved: 2, actionsCancelled: 3, rulesOff: 3, netsDisarmed: 2, problems: ['one is stuck'] } }]);
    expect(sent[1]!.effect!.tookMs).toBeGreaterThanOrEqual(0);
    await cord.order(order(true));
    expect([sent.length, done.filter((one) => one === 'probes').length]).toEqual([2, 1]);
    await cord.order(order(false));
    expect([target.running.length, cord.refusal(), sent.at(-1)]).toMatchObject([6, null, { pulls: [], effect: null }]);
    expect((await readState(files, 0)).server).toBeNull();
  });

  it('keeps rules that arrive meanwhile back until it is released, and their mistakes are told as ever', async () => {
    const { rules: runners, target, cord } = await cordOf();
    await cord.order(order(true));
    expect(runners.replaceRules([...rules, rule('late', { plan: plan('drop') })]).ok).toBe(true);
    expect(target.running).toEqual(redacting);
    expect(runners.replaceRules([rule('bad', { policy: {} })])).toMatchObject({ ok: false });
    await cord.order(order(false));
    expect(target.running).toHaveLength(7);
  });

  it('stays pulled over a restart, also for rules that are loaded then', async () => {
    const first = await cordOf();
    await first.cord.order(order(true));
    const { rules: runners, target, cord } = await cordOf(first.directory);
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
  const { cord } = await cordOf(directory);
  expect(cord.refusal()?.message).toContain('cannot be read');
});

describe('pulled on the machine', () => {
  it('reaches a running agent without a server, is answered, and is released by the same hand only', async () => {
    const { directory, files, cord, target, rules: runners, sent } = await cordOf();
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
    const first = await cordOf(directory);
    await first.cord.start();
    expect(first.cord.isPulled).toBe(true);
    await first.cord.stop();
    const second = await cordOf(directory);
    await second.cord.start();
    expect([second.cord.isPulled, second.done.includes('probes')]).toEqual([true, false]);
    expect(JSON.parse(readFileSync(join(directory, stateFile), 'utf8'))).toMatchObject({ handled: 'x', machine: { by: 'ann' } });
    await second.cord.stop();
  });
});

describe('while a process stands still', () => {
  it('is on disk and told at once, again with what it did, and again with what came after all; a release does not wait for it', async () => {
    const [first, rest] = [Promise.withResolvers<EndedProbes & { readonly rest: Promise<EndedProbes> | null }>(), Promise.withResolvers<EndedProbes>()];
    const { cord, sent, directory, files } = await cordOf(folder(), () => first.promise);
    await cord.start();
    await writeOrder(files, { version: 1, id: 'one', ...order(true) });
    await until(() => sent.length === 1);
    expect([(await readState(files, 0)).machine?.by, sent[0]?.effect]).toEqual(['ann', null]);
    first.resolve({ removed: 1, problems: ['1 of 2 probes were not out'], rest: rest.promise });
    await until(() => sent.length === 2);
    expect(sent[1]?.effect).toMatchObject({ probesRemoved: 1, problems: ['1 of 2 probes were not out'] });
    await until(() => JSON.parse(readFileSync(join(directory, answerFile), 'utf8')).order === 'one');
    rest.resolve({ removed: 2, problems: [] });
    await until(() => sent.length === 3);
    expect(sent[2]?.effect).toMatchObject({ probesRemoved: 2, problems: [] });
    await cord.stop();
  });

  it('is released meanwhile: what it did then is nobody\'s', async () => {
    const never = Promise.withResolvers<EndedProbes & { readonly rest: null }>();
    const { cord, sent, files } = await cordOf(folder(), () => never.promise);
    await cord.start();
    await writeOrder(files, { version: 1, id: 'one', ...order(true) });
    await until(() => cord.isPulled && sent.length === 1);
    await writeOrder(files, { version: 1, id: 'two', ...order(false) });
    await until(() => !cord.isPulled && sent.length === 2);
    never.resolve({ removed: 1, problems: [], rest: null });
    await cord.stop();
    expect(sent.map(({ pulls, effect }) => [pulls.length, effect])).toEqual([[1, null], [0, null]]);
  });
});

describe('seen from beside the agent', () => {
  it('holds as the agent wrote it, and as somebody ordered what no agent has carried out yet', async () => {
    const { cord, files } = await cordOf();
    expect(await cordHere(files, 1)).toBeNull();
    await cord.order(order(true));
    expect(await cordHere(files, 1)).toMatchObject({ code: 'rip-cord.pulled', message: expect.stringContaining('ann: a storm') });
    await cord.order(order(false));
    expect(await cordHere(files, 1)).toBeNull();
    await writeOrder(files, { version: 1, id: 'x', ...order(true) });
    expect(await cordHere(files, 1)).toMatchObject({ message: expect.stringContaining('on this machine') });
    await writeOrder(files, { version: 1, id: 'y', ...order(false) });
    expect(await cordHere(files, 1)).toBeNull();
  });

  it('is seen while something runs, once, whoever pulls it', async () => {
    const { cord, files, directory } = await cordOf();
    const seen: Failure[] = [];
    const stop = watchCordHere(directory, files, () => 1, (why) => { seen.push(why); });
    await cord.order(order(true));
    await until(() => seen.length > 0);
    await cord.order(order(false));
    await cord.order(order(true));
    stop();
    expect(seen.map(({ code }) => code)).toEqual(['rip-cord.pulled']);
  });
});
