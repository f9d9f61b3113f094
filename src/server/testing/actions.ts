// Reports of actions for tests: nothing but what a test says.
import type { ActionReport, AgentProcess, NetFired } from '../../model/index.ts';

export const actionReportOf = (id: string, more: Partial<ActionReport> = {}): ActionReport => ({
  id, action: 'cpu-sample', state: 'running', asker: { kind: 'person', name: 'local', id: null }, incident: null, process: { pid: 812, name: 'node', service: 'cart' }, parameters: {}, requestedUnixMs: Date.now(),
  startedUnixMs: null, finishedUnixMs: null, progress: { share: null, text: '' }, why: null, figures: {}, notes: [], artifacts: [], ...more,
});

export const processOf = (pid: number, more: Partial<AgentProcess> = {}): AgentProcess => ({
  pid, startTicks: pid * 10, parentPid: 1, name: 'node', command: 'node app.js', runtime: 'node', runtimeVersion: null, user: 'app', container: null, service: null, startedUnixMs: 0, rssBytes: 0, cpuShare: null, isWeir: false, ...more,
});

export const firingOf = (id: string, more: Partial<NetFired> = {}): NetFired => ({
  id, rule: { id: 'rule-1', name: 'queue-grows', version: 1 }, key: 'orders', from: 'watching', to: 'stuck', atUnixMs: Date.now(), because: '5 of 5 matches within 30 s', service: 'cart', actions: [], notRun: [], ...more,
});
