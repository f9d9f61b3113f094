// Toggle themes through a real server: a rule that runs while a theme is off, switched by hand and by a net.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { auditList, ruleDetail, ruleList, themeList, themeView, type NetFired, type RuleSummary, type ThemeView } from '../../model/index.ts';
import { firingOf } from '../testing/actions.ts';
import { eventReport, eventSeen } from '../testing/events.ts';
import { eventually } from '../testing/eventually.ts';
import { FakeAgent } from '../testing/fake-agent.ts';
import { agentToken, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let clock: ManualClock;
let agent: FakeAgent;
beforeEach(async () => {
  // A Monday, 08:00 in Berlin.
  clock = new ManualClock(BigInt(Date.parse('2026-06-15T06:00:00Z')) * 1_000_000n);
  server = await new TestServer({ clock }).start();
  agent = await FakeAgent.connect({ url: server.url, agentToken, id: 'a1'.repeat(16) });
});
afterEach(async () => { await agent.close(); await server.remove(); });

const nowMs = (): number => Number(clock.nowUnixNano() / 1_000_000n);
const api = (method: string, path: string, body?: unknown) => server.call(method, `/api/v1${path}`, body);
const input = { name: 'Checkout details', description: '', members: [{ name: 'cart.item', service: null }, { name: 'cart.sum', service: 'cart' }], offKeepPerMille: 0, schedule: [] };
const created = async (more: object = {}): Promise<ThemeView> => { const { status, body } = await api('POST', '/themes', { ...input, ...more }); expect([status, body]).toMatchObject([201, {}]); return themeView.parse(body); };
const theme = async (): Promise<ThemeView> => themeList.parse((await api('GET', '/themes')).body).themes[0]!;
const state = async (): Promise<string> => (await theme()).state;
const rule = async (): Promise<RuleSummary> => ruleList.parse((await api('GET', '/rules')).body).rules[0]!;
const turn = (id: string, wish: object) => api('PUT', `/themes/${id}/state`, wish);
type AuditEntries = ReturnType<typeof auditList.parse>['entries'];
const audit = async (subject: string): Promise<AuditEntries> => auditList.parse((await api('GET', '/audit')).body).entries.filter((entry) => entry.subject === subject);

describe('a theme', () => {
  it('begins on, with a rule that says whose it is and does nothing', async () => {
    expect(await created()).toMatchObject({ ...input, state: 'on', back: null, costOn: null, costOff: null, unknownMembers: ['cart.item', 'cart.sum'] });
    expect(await rule()).toMatchObject({ name: 'theme-checkout-details', state: 'draft', description: expect.stringContaining('Toggle theme "Checkout details": while it is off, none of its records pass') });
    const { versions } = ruleDetail.parse((await api('GET', `/rules/${(await rule()).id}`)).body);
    expect(versions[0]!.text).toMatch(/^# Of the toggle theme "Checkout details": [\s\S]*kql: \|\n {2}Logs\n {2}\| where event\("cart\.item"\)\n {6}or \(event\("cart\.sum"\) and ServiceName == "cart"\)\n {2}\| invoke drop\(\)\n$/);
  });

  it('switched off it runs on every agent, switched on it does not; with an audit', async () => {
    const { id, isSwitched } = await created();
    expect(isSwitched).toBe(false);
    expect((await turn(id, { state: 'off', reason: 'nobody looks' })).body).toMatchObject({ state: 'off', isSwitched: true, changedBy: 'local', back: null });
    await agent.untilConfig(({ rules }) => rules.length === 1);
    expect((await turn(id, { state: 'off' })).status).toBe(200);
    expect((await turn(id, { state: 'on' })).body).toMatchObject({ state: 'on' });
    expect(await rule()).toMatchObject({ state: 'disabled' });
    expect((await audit(`theme:${id}`)).map(({ action, detail }) => [action, (detail as { reason?: string }).reason])).toEqual([['theme.switch-on', ''], ['theme.switch-off', 'nobody looks'], ['theme.create', undefined]]);
  });

  it('that is off stays off when an agent or the server starts again', async () => {
    const { id } = await created();
    await turn(id, { state: 'off' });
    const running = (await agent.untilConfig(({ rules }) => rules.length === 1)).rules;
    await agent.close();
    agent = await FakeAgent.connect({ url: server.url, agentToken, id: 'a1'.repeat(16) });
    expect((await agent.untilConfig(({ rules }) => rules.length === 1)).rules).toEqual(running);
    expect(await state()).toBe('off');
    await agent.close();
    await server.stop();
    await server.start();
    agent = await FakeAgent.connect({ url: server.url, agentToken, id: 'a1'.repeat(16) });
    expect((await agent.untilConfig(({ rules }) => rules.length === 1)).rules).toEqual(running);
    expect(await theme()).toMatchObject({ state: 'off', isSwitched: true });
    await turn(id, { state: 'on' });
    await agent.untilConfig(({ rules }) => rules.length === 0);
  });

  it('changed while off runs as it is now, and its rule keeps its name', async () => {
    const { id } = await created();
    await turn(id, { state: 'off' });
    expect((await api('PUT', `/themes/${id}`, { ...input, name: 'Other', offKeepPerMille: 100 })).body).toMatchObject({ name: 'Other', state: 'off' });
    expect(await rule()).toMatchObject({ name: 'theme-checkout-details', state: 'deployed', deployedVersion: 2, description: expect.stringContaining('100 of 1,000') });
    expect(ruleDetail.parse((await api('GET', `/rules/${(await rule()).id}`)).body).versions[0]!.text).toContain('invoke sample(0.1)');
  });

  it('says what runs, whatever somebody did to its rule by hand, and mends it when it is switched', async () => {
    const { id } = await created();
    await turn(id, { state: 'off' });
    await api('POST', `/rules/${(await rule()).id}/disable`);
    expect(await state()).toBe('on');
    await api('DELETE', `/rules/${(await rule()).id}`);
    expect((await turn(id, { state: 'off' })).body).toMatchObject({ state: 'off' });
    expect(await rule()).toMatchObject({ name: 'theme-checkout-details', state: 'deployed' });
  });

  it('says which others that are off hold back some of its events', async () => {
    const { id } = await created();
    const other = await created({ name: 'Cart', members: [{ name: 'cart.item', service: 'cart' }, { name: 'cart.sum', service: 'shop' }] });
    expect((await theme()).heldBackBy).toEqual([]);
    await turn(id, { state: 'off' });
    await turn(other.id, { state: 'off' });
    const all = themeList.parse((await api('GET', '/themes')).body).themes;
    expect(all.map(({ name, heldBackBy }) => [name, heldBackBy])).toEqual([['Cart', [{ id, name: 'Checkout details', members: 1 }]], ['Checkout details', [{ id: other.id, name: 'Cart', members: 1 }]]]);
  });

  it('of names that any object has is one like others, with what it costs', async () => {
    const members = ['toString', 'constructor', '__proto__'].map((name) => ({ name, service: null }));
    expect(await created({ members })).toMatchObject({ members });
    agent.sendCustom('events.report', eventReport(nowMs(), [eventSeen('toString', 1)]));
    clock.advanceMs(20_000);
    agent.sendCustom('events.report', eventReport(nowMs(), [eventSeen('toString', 1000)]));
    await eventually(async () => { expect(await theme()).toMatchObject({ members, unknownMembers: ['constructor', '__proto__'], costOn: expect.any(Number) }); });
  });

  it('that somebody else changed meanwhile is not overwritten', async () => {
    const { id } = await created();
    expect((await api('PUT', `/themes/${id}`, { ...input, description: 'one', base: input })).status).toBe(200);
    expect(await api('PUT', `/themes/${id}`, { ...input, offKeepPerMille: 10, base: input })).toMatchObject({ status: 409, body: { error: { code: 'theme.changed-meanwhile' } } });
    expect(await theme()).toMatchObject({ description: 'one', offKeepPerMille: 0 });
  });

  it('goes with its rule', async () => {
    const { id } = await created();
    await turn(id, { state: 'off' });
    expect((await api('DELETE', `/themes/${id}`)).status).toBe(204);
    await agent.untilConfig(({ rules, revision }) => rules.length === 0 && revision > 1);
    expect([(await api('GET', `/themes/${id}`)).status, ruleList.parse((await api('GET', '/rules')).body).rules]).toEqual([404, []]);
  });

  it('is refused with a name that another has, a zone that is none, and more than a rule may say', async () => {
    await created();
    const codes = await Promise.all([input, { ...input, name: 'B', schedule: [{ days: [1], from: '09:00', to: '10:00', zone: 'Mars/Crater', state: 'on' }] }, { ...input, name: 'C', members: Array.from({ length: 200 }, (_, i) => ({ name: `${i}`.padEnd(900, 'x'), service: null })) }].map(async (body) => (await api('POST', '/themes', body)).body));
    expect(codes).toMatchObject([{ error: { code: 'theme.name-taken' } }, { error: { code: 'theme.schedule' } }, { error: { code: 'theme.too-large' } }]);
    await api('POST', '/rules', { document: { name: 'theme-taken', kql: 'Logs | invoke drop()' } });
    expect(await created({ name: 'Taken!' })).toMatchObject({ name: 'Taken!' });
  });
});

describe('a net', () => {
  const fire = async (id: string, parameters: object, more: Partial<NetFired> = {}): Promise<void> => {
    agent.sendCustom('net.fired', firingOf(id, { atUnixMs: Date.parse('2026-06-15T06:00:00Z'), actions: [{ id: `${id}-1`, action: 'theme', as: null, parameters: { ...parameters } }], ...more }));
    await agent.untilCustom<{ id: string }>('net.fired-seen', (seen) => seen.id === id);
  };

  it('switches a theme for as long as it says, once, and the audit says which net', async () => {
    const { id } = await created();
    await turn(id, { state: 'off' });
    await fire('f1', { name: 'Checkout details', state: 'on', forMs: 600_000 });
    expect(await theme()).toMatchObject({ state: 'on', changedBy: 'net:queue-grows (weir-agent@box)', back: { state: 'off', at: '2026-06-15T06:10:00.000Z' } });
    expect((await audit(`theme:${id}`))[0]).toMatchObject({ action: 'theme.switch-on', actor: 'net:queue-grows (weir-agent@box)', detail: { reason: 'orders is stuck' } });
    await turn(id, { state: 'off' });
    await fire('f1', { name: 'Checkout details', state: 'on', forMs: 600_000 });
    expect(await state()).toBe('off');
  });

  it('that names no theme, or comes too late, switches nothing and says so', async () => {
    const { id } = await created();
    await turn(id, { state: 'off' });
    await fire('f1', { name: 'Nothing', state: 'on' });
    clock.advanceMs(3_600_000);
    await fire('f2', { name: 'Checkout details', state: 'on', forMs: 600_000 });
    await fire('f3', { name: 'Checkout details' });
    expect(await state()).toBe('off');
    expect((await audit('rule:rule-1')).map(({ action, detail }) => [action, (detail as { because: string }).because])).toEqual([
      ['theme.not-switched', 'what the net told of its action cannot be read'], ['theme.not-switched', 'the time for which Checkout details was to be on was over when the server heard of it'], ['theme.not-switched', 'there is no theme Nothing'],
    ]);
  });
});
