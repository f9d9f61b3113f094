// The shelf against the store itself: after any changes, read one by one or all at once, both say the same.
import { expect, it } from 'vitest';
import { planVersion } from '../../kql/index.ts';
import { defaultBounds, type RuleDocument, type RuleId } from '../../model/index.ts';
import { openStore, type StoredDeployment, type StoredRule, type StoredVersion } from '../store/index.ts';
import { RuleShelf } from './rule-shelf.ts';

const at = '2026-05-01T10:00:00.000Z';
const rule = (n: number, more: Partial<StoredRule> = {}): StoredRule =>
  ({ id: `r${n}` as RuleId, name: `rule-${String(n).padStart(3, '0')}`, state: 'draft', latestVersion: 1, deployedVersion: null, createdAt: at, updatedAt: at, deployedAt: null, mode: null, expiresAt: null, deployment: 0, ...more });
const document: RuleDocument = { weir: 1, kind: 'query', name: 'a', description: '', location: 'on-box', targets: '', order: 100, kql: 'Logs | invoke drop()' };
const version = (n: number, number: number): StoredVersion => ({
  ruleId: `r${n}` as RuleId, version: number, document, text: `# ${number}`, diagnostics: [], checker: 1, contentHash: 'h', author: 'local', note: '', createdAt: at,
  compiled: { name: 'a', kind: 'query', location: 'on-box', order: 100, targets: null, bounds: defaultBounds, expiresAfterMs: null, plan: { version: planVersion, table: 'Logs', operators: [], sink: { sink: 'drop' } } },
});
const deployment = (n: number, action: StoredDeployment['action']): StoredDeployment =>
  ({ ruleId: `r${n}` as RuleId, ruleName: 'x', action, version: 1, revision: 1, author: 'local', at, mode: null, totals: { n } });

it('is what the store says, after each change, and reads nothing when nothing changed', async () => {
  const store = await openStore(':memory:');
  const readTotals = (stored: unknown) => stored as never;
  const shelf = new RuleShelf({ store, readTotals });
  const check = async () => {
    const [kept, anew] = await Promise.all([shelf.read(), new RuleShelf({ store, readTotals }).read()]);
    const sorted = (map: ReadonlyMap<string, unknown>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
    expect(kept.rules).toEqual(anew.rules);
    for (const part of ['latest', 'deployed', 'deployments', 'ends', 'endTotals'] as const) {
      // A deleted rule may be left behind in the parts; nothing lists it.
      const living = (map: ReadonlyMap<string, unknown>) => sorted(map).filter(([id]) => anew.rules.some((one) => one.id === id));
      expect(living(kept[part])).toEqual(living(anew[part]));
    }
  };
  for (let n = 0; n < 40; n++) { await store.rules.put(rule(n)); await store.rules.addVersion(version(n, 1)); }
  await check();
  const before = shelf.read();
  expect(shelf.read()).toBe(before);
  await store.transaction(async (parts) => {
    await parts.rules.addVersion(version(3, 2));
    await parts.rules.put(rule(3, { latestVersion: 2, deployedVersion: 1, state: 'deployed', mode: 'live', name: 'a-first' }));
    await parts.rules.addDeployment(deployment(3, 'deploy'));
  });
  await check();
  expect((await shelf.read()).rules[0]?.name).toBe('a-first');
  await store.rules.put(rule(3, { latestVersion: 2, state: 'disabled', name: 'a-first' }));
  await store.rules.addDeployment(deployment(3, 'expire'));
  await store.rules.markDeleted('r5' as RuleId, at);
  await store.rules.renewCheck('r6' as RuleId, 1, { compiled: null, diagnostics: [], checker: 2 });
  await check();
  await store.transaction(async (parts) => { await parts.rules.markDeleted('r7' as RuleId, at); throw new Error('no'); }).catch(() => undefined);
  await check();
  for (let n = 10; n < 35; n++) await store.rules.put(rule(n, { name: `z-${n}` }));
  await check();
  await store.close();
});
