// What every store must do, whatever database is behind it. `open` gives the same store again when called twice with one name.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentId, RuleId } from '../../model/index.ts';
import { auditChainStart, auditHash, type Store, type StoredAgent, type StoredRule, type StoredVersion } from './index.ts';

const at = '2026-05-01T10:00:00.000Z';
const rule = (id: string, name: string): StoredRule =>
  ({ id: id as RuleId, name, state: 'draft', latestVersion: 1, deployedVersion: null, createdAt: at, updatedAt: at, deployedAt: null });
const version = (ruleId: string, number: number): StoredVersion => ({
  ruleId: ruleId as RuleId, version: number, document: { name: 'a', description: '', kind: 'query', order: 100, kql: 'Logs | invoke drop()' },
  plan: { version: 1, table: 'Logs', operators: [], sink: { sink: 'drop' } }, diagnostics: [], contentHash: 'h', author: 'local', note: '', createdAt: at,
});
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
      await store.rules.put({ ...rule('r1', 'b-rule'), state: 'deployed', deployedVersion: 1, deployedAt: at });
      expect(await store.rules.get('r1')).toMatchObject({ state: 'deployed', deployedVersion: 1, deployedAt: at });
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
      await store.rules.addVersion({ ...version('r1', 2), plan: null });
      await expect(store.rules.addVersion(version('r1', 2))).rejects.toThrow();
      expect((await store.rules.versions('r1' as RuleId)).map((v) => v.version)).toEqual([2, 1]);
      expect(await store.rules.version('r1' as RuleId, 1)).toEqual(version('r1', 1));
      expect([...await store.rules.latestVersions()]).toEqual([]);
      await store.rules.put({ ...rule('r1', 'x'), latestVersion: 2 });
      expect([...await store.rules.latestVersions()]).toEqual([['r1', { ...version('r1', 2), plan: null }]]);
      expect(await store.rules.version('r1' as RuleId, 9)).toBeNull();
    });
    it('lists deployments from a time on', async () => {
      await store.rules.put(rule('r1', 'x'));
      const deployment = { ruleId: 'r1' as RuleId, ruleName: 'x', action: 'deploy' as const, version: 1, revision: 1, author: 'local', at, outBeforePerSecond: 12.5 };
      await store.rules.addDeployment(deployment);
      await store.rules.addDeployment({ ...deployment, action: 'disable', version: null, revision: 2, at: '2026-05-01T11:00:00.000Z', outBeforePerSecond: null });
      expect(await store.rules.deploymentsSince('2026-05-01T10:30:00.000Z')).toMatchObject([{ action: 'disable' }]);
      await store.rules.addDeployment({ ...deployment, version: 2, revision: 3 });
      expect([...await store.rules.lastDeployments()]).toEqual([['r1', { ...deployment, version: 2, revision: 3 }]]);
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
