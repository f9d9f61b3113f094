import { expect, it } from 'vitest';
import type { Store, StoredDeployment } from '../store/index.ts';
import { RuleHistory } from './rule-history.ts';

const at = (second: number): string => new Date(second * 1000).toISOString();
const event = (second: number, action: StoredDeployment['action'], version: number | null, more: Partial<StoredDeployment> = {}): StoredDeployment =>
  ({ ruleId: 'r' as StoredDeployment['ruleId'], ruleName: 'shop', action, version, revision: second, author: `person-${second}`, at: at(second), mode: action === 'deploy' ? 'live' : null, totals: null, ...more });
const events = [event(10, 'deploy', 1), event(20, 'deploy', 1), event(30, 'deploy', 2), event(40, 'deploy', 2, { mode: 'shadow' }), event(50, 'disable', null), event(60, 'expire', null, { author: 'weir' })];

it('names the last thing between two times that ended a version: another one, a trial, an end', async () => {
  let reads = 0;
  const rules = { stamp: 1, deploymentsSince: () => { reads++; return Promise.resolve(events); } };
  const history = await new RuleHistory(rules as unknown as Store['rules'], () => 100_000).read();
  await history.read();
  expect(reads).toBe(1);
  const end = (version: number, from: number, to: number) => history.endOf({ id: 'r', version }, from * 1000, to * 1000)?.by ?? null;
  expect([end(1, 5, 25), end(1, 5, 35), end(2, 25, 45), end(2, 25, 55), end(2, 25, 65), end(2, 51, 59)]).toEqual([null, 'person-30', 'person-40', 'person-50', 'weir', null]);
  expect(history.endOf({ id: 'other', version: 1 }, 0, 1e9)).toBeNull();
  rules.stamp = 2;
  await history.read();
  expect(reads).toBe(2);
});
