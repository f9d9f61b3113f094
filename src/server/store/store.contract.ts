// What every store must do, whatever database is behind it. `open` gives the same store again when called twice with one name.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planVersion } from '../../kql/index.ts';
import { defaultBounds, type ArtifactMeta, type AgentId, type Drift, type RuleDocument, type RuleId } from '../../model/index.ts';
import type { CompiledRule } from '../../rules/index.ts';
import { actionReportOf } from '../testing/actions.ts';
import { probeReportOf } from '../testing/probes.ts';
import { auditChainStart, auditHash, type ArtifactFilter, type ProbeFilter, type RedactionChanges, type RunFilter, type Store, type StoredArtifact, type StoredIncident, type StoredProbe, type StoredRun, type StoredAgent, type StoredBreach, type StoredRule, type StoredVersion } from './index.ts';

const at = '2026-05-01T10:00:00.000Z';
const rule = (id: string, name: string): StoredRule =>
  ({ id: id as RuleId, name, state: 'draft', latestVersion: 1, deployedVersion: null, createdAt: at, updatedAt: at, deployedAt: null, mode: null, expiresAt: null, deployment: 0 });
const document: RuleDocument = { weir: 1, kind: 'query', name: 'a', description: '', location: 'on-box', targets: '', order: 100, kql: 'Logs | invoke drop()' };
const compiled: CompiledRule = {
  name: 'a', kind: 'query', location: 'on-box', order: 100, targets: null, bounds: defaultBounds, expiresAfterMs: null,
  plan: { version: planVersion, table: 'Logs', operators: [], sink: { sink: 'drop' } },
};
const version = (ruleId: string, number: number): StoredVersion => ({
  ruleId: ruleId as RuleId, version: number, document, text: '# why\nname: a\n', compiled, diagnostics: [], checker: 1, contentHash: 'h', author: 'local', note: '', createdAt: at,
});
const breach = (agentId: string, deployment: number): StoredBreach =>
  ({ ruleId: 'r1' as RuleId, deployment, agentId: agentId as AgentId, agent: `agent-${agentId}`, kind: 'memory', reason: 'It held 40 MiB.', at });
const agent: StoredAgent = { id: 'a'.repeat(32) as AgentId, ordinal: 1, kind: 'weir', firstSeenAt: at, lastSeenAt: at, report: { name: 'x' } };
const entry = (action: string) => ({ at, actor: 'local', action, subject: 'rule:1', detail: { before: null, after: { n: 1 } } });

export function storeContract(open: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => { store = await open(); });
  afterEach(async () => { await store.close(); });

  describe('rules', () => {
    it('gives back what was put', async () => {
      await store.rules.put(rule('r1', 'b-rule'));
      await store.rules.put(rule('r2', 'a-rule'));
      expect((await store.rules.list()).map((r) => r.name)).toEqual(['a-rule', 'b-rule']);
      const deployed: StoredRule = { ...rule('r1', 'b-rule'), state: 'deployed', deployedVersion: 1, deployedAt: at, mode: 'shadow', expiresAt: at, deployment: 7 };
      await store.rules.put(deployed);
      expect(await store.rules.get('r1')).toEqual(deployed);
      expect(await store.rules.findByName('a-rule')).toMatchObject({ id: 'r2' });
      expect(await store.rules.get('nope')).toBeNull();
    });
    it('refuses a second living rule of one name and frees the name of a deleted one', async () => {
      await store.rules.put(rule('r1', 'same'));
      await expect(store.rules.put(rule('r2', 'same'))).rejects.toThrow(/UNIQUE/i);
      await store.rules.markDeleted('r1' as RuleId, at);
      await store.rules.put(rule('r2', 'same'));
      expect((await store.rules.list()).map((r) => r.id)).toEqual(['r2']);
      expect(await store.rules.get('r1')).toBeNull();
    });
    it('keeps versions immutable and newest first', async () => {
      await store.rules.put({ ...rule('r1', 'x'), latestVersion: 3 });
      await store.rules.addVersion(version('r1', 1));
      await store.rules.addVersion({ ...version('r1', 2), compiled: null });
      await expect(store.rules.addVersion(version('r1', 2))).rejects.toThrow();
      expect((await store.rules.versions('r1' as RuleId)).map((v) => v.version)).toEqual([2, 1]);
      expect(await store.rules.version('r1' as RuleId, 1)).toEqual(version('r1', 1));
      expect([...await store.rules.latestVersions()]).toEqual([]);
      await store.rules.put({ ...rule('r1', 'x'), latestVersion: 2 });
      expect([...await store.rules.latestVersions()]).toEqual([['r1', { ...version('r1', 2), compiled: null }]]);
      expect(await store.rules.version('r1' as RuleId, 9)).toBeNull();
    });
    it('renews what a checker made of a version and finds what is old', async () => {
      await store.rules.put({ ...rule('r1', 'x'), deployedVersion: 1 });
      await store.rules.addVersion(version('r1', 1));
      expect(await store.rules.checkedBefore(1)).toEqual([]);
      expect(await store.rules.checkedBefore(2)).toEqual([version('r1', 1)]);
      await store.rules.renewCheck('r1' as RuleId, 1, { compiled: null, diagnostics: [{ severity: 'error', code: 'c', message: 'm', start: 0, end: 1, path: ['kql'] }], checker: 2 });
      expect(await store.rules.version('r1' as RuleId, 1)).toMatchObject({ compiled: null, diagnostics: [{ path: ['kql'] }], checker: 2, text: version('r1', 1).text });
      expect([...(await store.rules.deployedVersions()).keys()]).toEqual(['r1']);
    });
    it('lists deployments from a time on', async () => {
      await store.rules.put(rule('r1', 'x'));
      const deployment = { ruleId: 'r1' as RuleId, ruleName: 'x', action: 'deploy' as const, version: 1, revision: 1, author: 'local', at, mode: 'live' as const, totals: null };
      await store.rules.addDeployment(deployment);
      await store.rules.addDeployment({ ...deployment, action: 'disable', version: null, revision: 2, at: '2026-05-01T11:00:00.000Z', mode: null, totals: { matched: 3 } });
      expect(await store.rules.deploymentsSince('2026-05-01T10:30:00.000Z')).toMatchObject([{ action: 'disable' }]);
      await store.rules.addDeployment({ ...deployment, version: 2, revision: 3 });
      expect([...await store.rules.lastDeployments()]).toEqual([['r1', { ...deployment, version: 2, revision: 3 }]]);
      expect([...(await store.rules.lastEnds()).values()]).toMatchObject([{ action: 'disable', mode: null, totals: { matched: 3 } }]);
    });
    it('knows a breach once per deployment and agent, and which are of now', async () => {
      await store.rules.put({ ...rule('r1', 'x'), state: 'deployed', deployedVersion: 1, deployment: 2 });
      expect(await store.breaches.add(breach('a1', 1))).toBe(true);
      expect(await store.breaches.add(breach('a1', 2))).toBe(true);
      expect(await store.breaches.add(breach('a1', 2))).toBe(false);
      expect(await store.breaches.current()).toEqual([breach('a1', 2)]);
      expect(await store.breaches.ofRule('r1' as RuleId, at)).toHaveLength(2);
      expect(await store.breaches.ofRule('r1' as RuleId, '2027-01-01T00:00:00.000Z')).toEqual([]);
    });
  });

  describe('agents and settings', () => {
    it('updates an agent but never its ordinal', async () => {
      await store.agents.put(agent);
      await store.agents.put({ ...agent, ordinal: 9, lastSeenAt: 'later', report: { name: 'y' } });
      expect(await store.agents.list()).toEqual([{ ...agent, lastSeenAt: 'later', report: { name: 'y' } }]);
    });
    it('overwrites a setting', async () => {
      expect(await store.settings.get('k')).toBeNull();
      await store.settings.set('k', '1');
      await store.settings.set('k', '2');
      expect(await store.settings.get('k')).toBe('2');
    });
  });

  describe('audit', () => {
    it('chains each entry to the one before', async () => {
      const first = await store.audit.append(entry('rule.create'));
      const second = await store.audit.append(entry('rule.deploy'));
      expect(first.prevHash).toBe(auditChainStart);
      expect(second.prevHash).toBe(first.hash);
      const recomputed = auditHash({ id: 2, at, actor: 'local', action: 'rule.deploy', subject: 'rule:1', detail: JSON.stringify(entry('x').detail), prev_hash: first.hash });
      expect(second.hash).toBe(recomputed);
    });
    it('pages from the newest', async () => {
      for (const action of ['a', 'b', 'c']) await store.audit.append(entry(action));
      expect((await store.audit.list(2)).map((e) => e.action)).toEqual(['c', 'b']);
      expect((await store.audit.list(2, 2)).map((e) => e.action)).toEqual(['a']);
    });
    it('chains without forks when appended at once', async () => {
      await Promise.all(Array.from({ length: 20 }, (_, i) => store.transaction((parts) => parts.audit.append(entry(`a${i}`)))));
      const entries = (await store.audit.list(100)).reverse();
      expect(entries.map((e) => e.prevHash)).toEqual([auditChainStart, ...entries.slice(0, -1).map((e) => e.hash)]);
    });
  });

  describe('the redaction audit', () => {
    const nothing: RedactionChanges = { sources: [], ways: [], counts: [], flows: [], totals: [], stands: [], periods: [], fingerprints: [], agents: [], gone: { buckets: [], sources: [], stands: [], periods: [] } };
    const source = { no: 1, id: 's', service: 'cart', durable_id: 'a.ts:1', source: 'a.ts:1', signal: 'logs', place: 'body', key: '', detector: 'email', context: '', first_ms: 1_800_000_000_000, last_ms: 1_800_000_000_000 };
    const counted = (t: number, number: number) => ({ width: 10_000, t, source: 1, agent: 1, way: 0, count: number, records: number });
    const print = (fingerprint: string) => ({ source: 1, period: 'd', fingerprint, last_ms: 5 });
    const period = { source: 1, period: 'd', folded: 0, first_ms: 5, last_ms: 5, more_ms: -1 };
    const all: RedactionChanges = {
      ...nothing, sources: [source], ways: [{ no: 0, kind: 'rule', rule_id: 'r', name: 'hide', version: 1, action: 'mask' }], counts: [counted(0, 5), counted(10_000, 3_000_000_000)],
      flows: [{ width: 10_000, t: 0, service: 'cart', bytes: 1, covered_bytes: 1, records: 1, covered_records: 1 }], totals: [{ width: 10_000, t: 0, totals: '{}' }], stands: [{ source: 1, agent: 1, stand: '{}' }],
      periods: [period], fingerprints: [print('aa'), print('bb')], agents: [{ agent: 1, seen: '{}' }],
    };
    it('gives back what was put, however often, and replaces what changed', async () => {
      for (let i = 0; i < 2; i++) await store.redaction.apply(all);
      const { gone: _, ...rows } = all;
      expect(await store.redaction.load()).toEqual(rows);
      await store.redaction.apply({ ...nothing, counts: [counted(0, 7)], sources: [{ ...source, last_ms: 1_900_000_000_000 }] });
      expect(await store.redaction.load()).toMatchObject({ counts: [{ count: 7 }, { count: 3_000_000_000 }], sources: [{ last_ms: 1_900_000_000_000 }] });
    });
    it('takes thousands of rows at once, and forgets what goes before it puts what comes', async () => {
      await store.redaction.apply({ ...all, counts: Array.from({ length: 3000 }, (_, agent) => ({ ...counted(0, 1), agent })) });
      await store.redaction.apply({ ...nothing, counts: [counted(0, 2)], gone: { ...nothing.gone, buckets: [{ width: 10_000, t: 0 }], periods: [{ source: 1, period: 'd', printsOnly: true }] } });
      expect(await store.redaction.load()).toMatchObject({ counts: [counted(0, 2)], flows: [], totals: [], fingerprints: [], periods: [period] });
      await store.redaction.apply({ ...nothing, gone: { ...nothing.gone, sources: [1], stands: [{ source: 1, agent: 1 }], periods: [{ source: 1, period: 'd', printsOnly: false }] } });
      expect(await store.redaction.load()).toMatchObject({ sources: [], stands: [], periods: [] });
    });
  });

  const meta = (id: string, more: Partial<ArtifactMeta> = {}): ArtifactMeta => ({
    id: id.repeat(32), sha256: id.repeat(64), bytes: 3_000_000_000, kind: 'state', format: 'json', name: `${id}.json`, createdUnixMs: 1_800_000_000_000, sensitive: false, summary: 'State of Cart', service: 'cart', process: { pid: 1, name: 'x' },
    action: null, incident: null, rule: null, fromUnixMs: null, toUnixMs: 5, figures: { bytes: 1 }, ...more,
  });
  const stored = (id: string, more: Partial<StoredArtifact> = {}, of: Partial<ArtifactMeta> = {}): StoredArtifact => ({ meta: meta(id, of), agent: { id: 'a', name: 'box' }, by: null, state: 'stored', begunAt: at, storedAt: at, verifiedAt: at, pinned: false, downloads: 0, ...more });
  const incident = (number: number, more: Partial<StoredIncident> = {}): StoredIncident => ({
    id: `i${number}`, number, title: `Incident ${number}`, state: 'open', openedAt: at, closedAt: null, openedBy: { kind: 'net', name: 'n', rule: 'r' }, agents: ['box'], services: ['cart'], triggers: 0, imported: null, lastTriggerAt: null, ...more,
  });

  describe('artifacts', () => {
    it('gives back what was put, and replaces it', async () => {
      await store.artifacts.put(stored('a', { state: 'uploading', storedAt: null, verifiedAt: null }));
      const whole = stored('a', { pinned: true });
      await store.artifacts.put(whole);
      await store.artifacts.noteDownload(whole.meta.id);
      expect(await store.artifacts.get(whole.meta.id)).toEqual({ ...whole, downloads: 1 });
      await store.artifacts.remove(whole.meta.id);
      expect(await store.artifacts.get(whole.meta.id)).toBeNull();
    });
    it('finds by each filter, whatever the case, and nothing by a pattern', async () => {
      await store.artifacts.put(stored('a', {}, { incident: 'i', action: 'x', createdUnixMs: 1 }));
      await store.artifacts.put(stored('b', { agent: null, by: 'local' }, { kind: 'config', name: '100%_done' }));
      const ids = async (filter: ArtifactFilter): Promise<string> => (await store.artifacts.list(filter, 10)).artifacts.map(({ meta: { id } }) => id[0]).join('');
      expect([await ids({}), await ids({ kind: 'state' }), await ids({ agent: 'a' }), await ids({ incident: 'i' }), await ids({ action: 'x' }), await ids({ q: 'CART' }), await ids({ q: '0%_d' }), await ids({ q: 'a%c' })]).toEqual(['ba', 'a', 'a', 'a', 'a', 'ba', 'b', '']);
      expect(await store.artifacts.list({}, 1)).toMatchObject({ artifacts: [{}], count: 2 });
    });
    it('counts a file once however many artifacts it is, and what is announced', async () => {
      expect(await store.artifacts.used()).toEqual({ storedBytes: 0, pinnedBytes: 0, count: 0 });
      await store.artifacts.put(stored('a'));
      await store.artifacts.put(stored('b', { pinned: true }, { sha256: 'a'.repeat(64) }));
      await store.artifacts.put(stored('c', { state: 'uploading' }));
      expect(await store.artifacts.used()).toEqual({ storedBytes: 3e9, pinnedBytes: 3e9, count: 3 });
      expect((await store.artifacts.leaving(9)).map(({ meta: { id } }) => id[0])).toEqual(['a']);
      expect(await store.artifacts.ofFile('a'.repeat(64))).toHaveLength(2);
    });
    it('joins those of actions to an incident, and sums them', async () => {
      await store.artifacts.put(stored('a', {}, { action: 'x' }));
      await store.artifacts.put(stored('b', {}, { action: 'x', incident: 'other' }));
      expect((await store.artifacts.join('i', ['x', 'y'])).map(({ meta: { id, incident } }) => [id[0], incident])).toEqual([['a', 'i']]);
      expect(await store.artifacts.sumsOf(['i', 'other', 'none'])).toEqual(expect.arrayContaining([{ incident: 'i', count: 1, bytes: 3e9 }, { incident: 'other', count: 1, bytes: 3e9 }]));
    });
  });

  describe('actions', () => {
    const run = (id: string, more: Partial<StoredRun['report']> = {}): StoredRun => ({ agent: { id: 'a', name: 'box' }, reason: 'why', report: actionReportOf(id, { incident: 'i', ...more }) });
    it('gives back the last report, newest run first, by each filter', async () => {
      await store.actions.put(run('1', { requestedUnixMs: 1 }));
      await store.actions.put(run('2', { requestedUnixMs: 2, state: 'done', incident: null }));
      await store.actions.put(run('1', { requestedUnixMs: 1, state: 'failed' }));
      const ids = async (filter: RunFilter): Promise<string> => (await store.actions.list(filter, 10)).runs.map(({ report: { id } }) => id).join('');
      expect([await ids({}), await ids({ state: 'failed' }), await ids({ incident: 'i' }), await ids({ agent: 'b' })]).toEqual(['21', '1', '1', '']);
      expect(await store.actions.countsOf(['i'])).toEqual([{ incident: 'i', state: 'failed', count: 1 }]);
    });
    it('lets the oldest go that are over', async () => {
      for (let i = 0; i < 6; i++) await store.actions.put(run(String(i), { requestedUnixMs: i, state: i === 0 ? 'running' : 'done' }));
      await store.actions.trim(2);
      expect((await store.actions.list({}, 10)).runs.map(({ report: { id } }) => id)).toEqual(['5', '4', '0']);
      expect((await store.actions.unfinished()).map(({ report: { id } }) => id)).toEqual(['0']);
    });
  });

  describe('probes', () => {
    const stored = (id: string, more: Partial<StoredProbe['report']> = {}): StoredProbe => ({ agent: { id: 'a', name: 'box' }, report: probeReportOf(id, more) });
    it('gives back the last report, newest probe first, by each filter, and lets the oldest go that are over', async () => {
      for (let i = 0; i < 6; i++) await store.probes.put(stored(String(i), { createdUnixMs: i, ...(i === 0 ? {} : { state: 'ended' }) }));
      await store.probes.put(stored('5', { createdUnixMs: 5, state: 'failed' }));
      const ids = async (filter: ProbeFilter): Promise<string> => (await store.probes.list(filter, 10)).probes.map(({ report: { id } }) => id).join('');
      expect([await ids({}), await ids({ state: 'in' }), await ids({ state: 'over' }), await ids({ agent: 'b' })]).toEqual(['543210', '0', '54321', '']);
      await store.probes.trim(2);
      expect([await ids({}), (await store.probes.get('5'))?.report.state, await store.probes.get('3')]).toEqual(['540', 'failed', null]);
    });
  });

  describe('incidents', () => {
    it('those of open incidents are the last to leave', async () => {
      await store.incidents.put(incident(1));
      await store.incidents.put(incident(2, { state: 'closed', closedAt: at }));
      await store.artifacts.put(stored('a', { storedAt: '2026-01-01T00:00:00.000Z' }, { incident: 'i1' }));
      await store.artifacts.put(stored('b', { storedAt: '2026-01-02T00:00:00.000Z' }, { incident: 'i2' }));
      await store.artifacts.put(stored('c', { storedAt: '2026-01-03T00:00:00.000Z' }));
      expect((await store.artifacts.leaving(9)).map(({ meta: { id } }) => id[0])).toEqual(['b', 'c', 'a']);
    });
    it('gives back what was put, open ones first, by text', async () => {
      expect(await store.incidents.nextNumber()).toBe(1);
      await store.incidents.put(incident(1, { services: ['Shop'] }));
      await store.incidents.put(incident(2, { state: 'closed', closedAt: at }));
      await store.incidents.put(incident(3, { imported: { from: 'x', at, by: 'y' }, openedBy: { kind: 'person', name: 'p', rule: null } }));
      expect(await store.incidents.nextNumber()).toBe(4);
      const numbers = async (filter: { state?: 'open'; q?: string }): Promise<number[]> => (await store.incidents.list(filter, 10)).incidents.map(({ number }) => number);
      expect([await numbers({}), await numbers({ state: 'open' }), await numbers({ q: 'sHOP' })]).toEqual([[3, 1, 2], [3, 1], [1]]);
      expect(await store.incidents.get('i3')).toEqual(incident(3, { imported: { from: 'x', at, by: 'y' }, openedBy: { kind: 'person', name: 'p', rule: null } }));
      expect((await store.incidents.open()).map(({ number }) => number)).toEqual([1]);
      expect(await store.incidents.openOfRule('r')).toMatchObject({ number: 1 });
      expect(await store.incidents.openOfRule('other')).toBeNull();
    });
    it('keeps entries, firings, actions and rates once each', async () => {
      await store.incidents.put(incident(1));
      const entry = { id: 'e', at, kind: 'trigger' as const, text: 'fired', by: null, agent: null, action: null, artifact: null, rule: 'late-rule' };
      for (let i = 0; i < 2; i++) await store.incidents.putEntry('i1', { ...entry, text: `fired ${i}` });
      expect(await store.incidents.entries('i1')).toEqual([{ ...entry, text: 'fired 1' }]);
      expect([await store.incidents.hasEntry('i1', 'e'), await store.incidents.hasEntry('i1', 'f')]).toEqual([true, false]);
      expect([await store.incidents.countEntries('i1'), (await store.incidents.openOfRule('late-rule'))?.id]).toEqual([1, 'i1']);
      await store.incidents.addFiring('a', 'f', 'i1', at);
      await expect(store.incidents.addFiring('a', 'f', 'i1', at)).rejects.toThrow();
      expect([await store.incidents.firing('a', 'f'), await store.incidents.firing('b', 'f')]).toEqual(['i1', null]);
      for (const of of ['i1', 'i2']) await store.incidents.addAction('x', of);
      expect(await store.incidents.incidentOfAction('x')).toBe('i1');
      await store.incidents.putRates('', [{ t: 5000, received: 1, sent: 1, removed: 0 }, { t: 10_000, received: 2, sent: 2, removed: 0 }]);
      await store.incidents.putRates('', [{ t: 5000, received: 3, sent: 1, removed: 0.5 }]);
      expect(await store.incidents.rates('', 0, 10_000)).toEqual([{ t: 5000, received: 3, sent: 1, removed: 0.5 }]);
      await store.incidents.forgetRates(10_000);
      expect((await store.incidents.rates('', 0, 1e9)).map(({ t }) => t)).toEqual([10_000]);
    });
  });

  describe('events', () => {
    const drift = (n: number): Drift => ({ id: `d${n}`, at: n, kind: 'new-event', signal: 'logs', service: 'shop', durableId: `e${n}`, was: 'not seen before', now: '1 record' });
    it('keeps the last row of each, those heard of last at the end, and forgets whole events', async () => {
      const rows = Array.from({ length: 250 }, (_, i) => ({ key: `k${i}`, lastMs: 1000 - i, body: { i } }));
      await store.events.putRows(rows);
      await store.events.putRows([{ key: 'k0', lastMs: 0, body: { i: 'again' } }]);
      await store.events.putReads([['k0', 5], ['k1', 6]]);
      await store.events.putReads([['k1', 7]]);
      const read = await store.events.rows();
      expect([read.length, read[0], read.at(-1)]).toEqual([250, { i: 'again' }, { i: 1 }]);
      await store.events.removeRows(rows.slice(1).map(({ key }) => key));
      expect(await store.events.rows()).toEqual([{ i: 'again' }]);
      expect([...await store.events.reads()]).toEqual([['k0', 5]]);
    });
    it('keeps the newest changes, each once', async () => {
      await store.events.addDrift([drift(1), drift(2), drift(3)], 3);
      await store.events.addDrift([drift(3), drift(4)], 3);
      expect((await store.events.drift(10)).map(({ id }) => id)).toEqual(['d4', 'd3', 'd2']);
    });
    it('keeps what mined ids became, and templates', async () => {
      await store.events.putMinedNames([{ former: 'a', current: 'b' }], 1);
      await store.events.putMinedNames([{ former: 'a', current: 'c' }, { former: 'b', current: 'c' }], 2);
      expect(await store.events.minedNames(1)).toEqual([{ former: 'a', current: 'c' }]);
      await store.events.changeTemplates([{ key: 'x', body: 1 }, { key: 'y', body: 2 }], []);
      await store.events.changeTemplates([{ key: 'x', body: 3 }], ['y']);
      expect(await store.events.templates()).toEqual([{ key: 'x', body: 3 }]);
    });
    it('keeps what was sent, by width and time', async () => {
      await store.events.putCostBuckets([{ widthMs: 60, atMs: 0, body: 1 }, { widthMs: 60, atMs: 60, body: 2 }, { widthMs: 3600, atMs: 0, body: 3 }]);
      await store.events.putCostBuckets([{ widthMs: 60, atMs: 60, body: 4 }]);
      await store.events.trimCostBuckets(60, 60);
      expect(await store.events.costBuckets()).toEqual([{ widthMs: 3600, atMs: 0, body: 3 }, { widthMs: 60, atMs: 60, body: 4 }]);
    });
  });

  it('rolls back all of a transaction', async () => {
    await expect(store.transaction(async (parts) => {
      await parts.rules.put(rule('r1', 'x'));
      await parts.audit.append(entry('rule.create'));
      throw new Error('no');
    })).rejects.toThrow('no');
    expect(await store.rules.list()).toEqual([]);
    expect(await store.audit.list(10)).toEqual([]);
  });
}
