import { expect, it } from 'vitest';
import { decodeUtf8, ok } from '../../base/index.ts';
import { inProcessRules, type AgentRuleInput, type InProcessReport, type RuleStats } from '../../model/index.ts';
import { plan, rule } from '../../testing/index.ts';
import { memoryFiles } from '../ports/index.ts';
import type { RuleRunners } from '../rule-runners.ts';
import { InProcess } from './in-process.ts';
import { memoryReports } from './reports-folder.ts';

const drop = plan('Logs', [], { sink: 'drop' });
const here = (of: AgentRuleInput): AgentRuleInput => ({ ...of, location: 'in-process' });
const policy: AgentRuleInput = { id: 'p', name: 'p', version: 1, order: 1, plan: null, policy: {} };
const counts = (id: string, matched: number, more: object = {}) => ({ id, version: 1, matched, removed: matched, changed: 0, errors: 0, lastError: null, disabled: null, ...more });
const report = (pid: number, rules: InProcessReport['rules'], ended = false): InProcessReport =>
  ({ version: 1, pid, thread: 0, node: 'v26', service: 's', startedUnixMs: 1, atUnixMs: 1000, ended, problem: '', cpuShare: 0, minSeverity: 0, counts: [], rules, hidden: [] });

function made() {
  const content = new Map<string, Uint8Array>();
  const reports = new Map<string, InProcessReport>();
  const clock = { unixMs: 2000 };
  const inProcess = new InProcess({ files: memoryFiles(content), reports: memoryReports(reports), nowUnixMs: () => clock.unixMs, agent: { 'host.name': 'h1' } });
  const taken: (readonly AgentRuleInput[])[] = [];
  const stats: RuleStats[] = [];
  const others: RuleRunners = { replaceRules: (rules) => { taken.push(rules); return ok(undefined); }, defineRecorders: () => ok(undefined), stats: () => stats };
  const file = async () => { await inProcess.stop(); return inProcessRules.parse(JSON.parse(decodeUtf8(content.get('in-process/rules.json')!))); };
  return { inProcess, reports, clock, taken, stats, others, file, runners: inProcess.runners(others) };
}

it('each rule goes to where it runs, and redaction to both', async () => {
  const { runners, taken, file } = made();
  runners.replaceRules([rule('a', drop), here(rule('b', drop)), here(policy)]);
  expect(taken.at(-1)!.map(({ id }) => id)).toEqual(['a', 'p']);
  const written = await file();
  expect(written.rules.map(({ id }) => id)).toEqual(['b', 'p']);
  expect(written.agent).toEqual({ 'host.name': 'h1' });
  runners.replaceRules([rule('a', drop)]);
  expect((await file()).rules).toEqual([]);
});

it('counts of processes are those of the rule, of ended and killed ones too, once', async () => {
  const { inProcess, runners, reports, clock, stats } = made();
  runners.replaceRules([here(rule('b', drop)), here(policy)]);
  stats.push({ id: 'p', version: 1, matched: 5, removed: 0, changed: 5, emitted: 0, errors: 0, cpuMs: 1, bytesRemoved: 0, lastError: null });
  reports.set('1-0.json', report(1, [counts('b', 10), counts('gone', 1)]));
  reports.set('2-0.json', report(2, [counts('b', 100, { disabled: 'too dear' }), counts('p', 2, { removed: 0, changed: 2 })], true));
  await inProcess.start();
  reports.set('1-0.json', report(1, [counts('b', 11)]));
  clock.unixMs += 120_000;
  await inProcess.start();
  await inProcess.start();
  await inProcess.stop();
  expect(reports.size).toBe(0);
  const byId = Object.fromEntries(runners.stats().map((one) => [one.id, one]));
  expect(byId['b']).toMatchObject({ matched: 111, removed: 111, lastError: 'too dear' });
  expect(byId['p']).toMatchObject({ matched: 7, changed: 7, cpuMs: 1 });
  expect(Object.keys(byId)).toEqual(['p', 'b']);
});

it('counts of a process of a container, whose pid is nobody here, are those of its last report, however often it is read and for how long it was silent', async () => {
  const { inProcess, runners, reports, clock } = made();
  runners.replaceRules([here(rule('b', drop))]);
  const says = async (matched: number, afterMs: number): Promise<number | undefined> => {
    clock.unixMs += afterMs;
    reports.set('7-0-1-aa.json', { ...report(7, [counts('b', matched)]), atUnixMs: clock.unixMs });
    reports.set('7-0-1-bb.json', { ...report(7, [counts('b', 1000)]), atUnixMs: clock.unixMs });
    await inProcess.start();
    return runners.stats()[0]?.matched;
  };
  for (const matched of [100, 200, 300]) expect(await says(matched, 2000)).toBe(matched + 1000);
  // Held up for long: gone, with what it counted, and then there again.
  clock.unixMs += 600_000;
  await inProcess.start();
  expect([inProcess.live, reports.size, runners.stats()[0]?.matched]).toEqual([[], 0, 1300]);
  expect(await says(500, 0)).toBe(1500);
  expect(inProcess.live).toHaveLength(2);
  await inProcess.stop();
});

it('a valve opens here and in processes, and closes in both', async () => {
  const { inProcess, file } = made();
  const open = new Set<string>();
  const valves = inProcess.valves({ open: async ({ id }) => { open.add(id); return ok(undefined); }, close: async (id) => ({ records: open.delete(id) ? 3 : 0 }) });
  await valves.open({ id: 'v', process: null, severityNumber: 5, untilUnixMs: 99 });
  expect((await file()).valves).toEqual([{ id: 'v', severityNumber: 5, untilUnixMs: 99, service: null, pid: null }]);
  expect(open).toEqual(new Set(['v']));
  expect(await valves.close('v')).toEqual({ records: 3 });
  expect((await file()).valves).toEqual([]);
});
