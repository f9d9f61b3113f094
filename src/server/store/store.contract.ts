// What every store must do, whatever database is behind it. `open` gives the same store again when called twice with one name.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planVersion } from '../../kql/index.ts';
import { defaultBounds, type AgentId, type RuleDocument, type RuleId } from '../../model/index.ts';
import type { CompiledRule } from '../../rules/index.ts';
import { auditChainStart, auditHash, type RedactionChanges, type Store, type StoredAgent, type StoredBreach, type StoredRule, type StoredVersion } from './index.ts';

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
