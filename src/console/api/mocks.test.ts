// The mock backend answers every route in the shapes of model/api.ts, and its rules show every state.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentList, auditList, bulkResult, overview, priceTable, ruleDetail, ruleHistory, ruleList, type RuleSummary } from '../../model/index.ts';
import { createMockServer } from '../../../mocks/index.ts';

let now = 1_800_000_000_000;
const { server } = createMockServer(() => now);
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterAll(() => server.close());

const call = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(new URL(`/api/v1${path}`, location.origin), { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
  return { status: response.status, body: await response.json().catch(() => null) as unknown };
};
const rules = async (): Promise<readonly RuleSummary[]> => ruleList.parse((await call('GET', '/rules')).body).rules;
const named = async (name: string): Promise<RuleSummary> => (await rules()).find(rule => rule.name === name)!;

describe('the seeded rules', () => {
  it('show every state', async () => {
    expect(await named('drop-cart-reads')).toMatchObject({ state: 'deployed', mode: 'shadow', effect: { removed: 0, would: { removedPerSecond: expect.any(Number) } } });
    expect(await named('count-checkouts')).toMatchObject({ breaches: [{ agent: 'shop-2', kind: 'memory' }] });
    expect(await named('count-render')).toMatchObject({ conflicts: [{ withName: 'drop-render', level: 'never' }], effect: { matchedPerSecond: 0 } });
    expect((await named('quiet-worker')).expiresAt).toBe(new Date(now + 600_000).toISOString());
    expect(await named('weekend-sampling')).toMatchObject({ state: 'disabled', mode: null });
    expect(await named('checkout-queue-stuck')).toMatchObject({ kind: 'state-machine', state: 'deployed', mode: 'live' });
    expect((await call('POST', `/rules/${(await named('declined-payments')).id}/deploy`, { version: 1 })).body).toMatchObject({ error: { code: 'rule.does-not-compile' } });
    expect(overview.parse((await call('GET', '/overview')).body).notices.map(({ kind, ruleName }) => [kind, ruleName])).toEqual([['expired', 'weekend-sampling'], ['breach', 'count-checkouts']]);
  });
  it('add up with the fleet', async () => {
    const { points } = overview.parse((await call('GET', '/overview')).body);
    const last = points.at(-1)!;
    const removed = (await rules()).reduce((sum, { effect }) => sum + (effect.removedPerSecond ?? 0), 0);
    expect(removed).toBeCloseTo(last.dropped + last.sampled + last.toMetric + last.recorded, 6);
    expect(last.in - removed).toBeCloseTo(last.out, 6);
    agentList.parse((await call('GET', '/agents')).body);
    auditList.parse((await call('GET', '/audit')).body);
  });
});

describe('its routes', () => {
  it('keep text with its comments, and make no version of equal text', async () => {
    const text = '# mine\nname: kept\nkql: |\n  Logs\n  | where EventName == "QueueDepth"\n  | invoke drop()\n';
    const rule = ruleDetail.parse((await call('POST', '/rules', { text })).body);
    expect(rule.versions[0]?.text).toBe(text);
    expect(ruleDetail.parse((await call('POST', `/rules/${rule.id}/versions`, { text })).body).latestVersion).toBe(1);
    const saved = ruleDetail.parse((await call('POST', `/rules/${rule.id}/versions`, { document: { ...rule.document, description: 'why' } })).body);
    expect(saved.versions[0]?.text).toMatch(/^# mine\n[^]*description: why/);
    expect(await call('POST', '/rules', { text: 'name: Bad Name\n' })).toMatchObject({ status: 422, body: { error: { code: 'rule.unreadable' } } });
    expect(await call('POST', '/rules', { text })).toMatchObject({ status: 409 });
  });
  it('deploy, in shadow and live, and remember it', async () => {
    const { id } = await named('kept');
    expect(ruleDetail.parse((await call('POST', `/rules/${id}/deploy`, { version: 2, mode: 'shadow' })).body)).toMatchObject({ mode: 'shadow', effect: { would: {} } });
    now += 30_000;
    expect(ruleDetail.parse((await call('POST', `/rules/${id}/deploy`, { version: 2 })).body)).toMatchObject({ mode: 'live' });
    now += 30_000;
    const { points, marks } = ruleHistory.parse((await call('GET', `/rules/${id}/history?seconds=60`)).body);
    expect([points.length, points[0]?.removed, points.at(-1)?.removed]).toEqual([60, null, expect.any(Number)]);
    expect(marks.map(({ kind }) => kind)).toEqual(['shadow', 'deploy']);
  });
  it('move many at once and tell what failed', async () => {
    const [a, b] = [await named('kept'), await named('sample-cart-added')];
    const list = ruleList.parse((await call('POST', '/rules/order', { rules: [{ id: a.id, order: 7 }, { id: b.id, order: 8 }] })).body).rules;
    expect(list.filter(({ id }) => id === a.id || id === b.id).map(({ order, latestVersion, deployedVersion }) => [order, latestVersion === deployedVersion])).toEqual([[7, true], [8, true]]);
    const done = bulkResult.parse((await call('POST', '/rules/bulk', { action: 'delete', ids: [a.id, (await named('launch-log-to-metric')).id, 'nope'] })).body);
    expect(done.results.map(({ ok, error }) => error?.code ?? ok)).toEqual(['rule.deployed', true, 'rule.unknown']);
  });
  it('end rules by themselves when their time is over', async () => {
    now += 600_000;
    expect(await named('quiet-worker')).toMatchObject({ state: 'disabled', expiresAt: null, effect: { matchedPerSecond: null } });
    expect((await named('quiet-worker')).effect.matched).toBeGreaterThan(0);
  });
  it('keep what telemetry costs', async () => {
    const own = { ...priceTable.parse((await call('GET', '/cost/prices')).body), currency: 'CHF' };
    expect((await call('PUT', '/cost/prices', own)).body).toEqual(own);
    expect((await call('GET', '/cost/prices')).body).toEqual(own);
  });
});
