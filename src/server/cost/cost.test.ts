// From reports of events to money: the report, suggestions that become rules, and what was promised beside what is measured.
import { expect, it } from 'vitest';
import { startingPrices } from '../../cost/index.ts';
import { auditList, type CostReport, type EventDetail, type EventSeen, type PriceTable, type RuleStats, type SavingList, type SuggestionList } from '../../model/index.ts';
import { openStore } from '../store/index.ts';
import { eventReport, eventSeen, fieldSeen } from '../testing/events.ts';
import { eventually } from '../testing/eventually.ts';
import { openSocket } from '../testing/fake-agent.ts';
import { withAgent, type ServerWithAgent } from '../testing/server-with-agent.ts';
import { ruleStats, statusReport } from '../testing/status.ts';
import { token } from '../testing/test-server.ts';
import { Prices } from './prices.ts';

let here: ServerWithAgent;
withAgent((now) => { here = now; });

const nowMs = (): number => Number(here.clock.nowUnixNano() / 1_000_000n);
const get = async <T>(path: string): Promise<T> => (await here.server.call('GET', `/api/v1${path}`)).body as T;
const debugBytes = 500;

interface Sent { readonly seconds: number; readonly debug: number }

/** `seconds` of 50 records a second (or `perSecond`), of DEBUG, and 1 a second of a warning; `done` is what was sent before. */
async function send(seconds: number, done: Sent = { seconds: 0, debug: 0 }, perSecond = 50): Promise<Sent> {
  const event = (id: string, records: number, bytesEach: number, severity: number): EventSeen => {
    const bytes = records * bytesEach;
    return eventSeen(id, records, { bytes, lookedBytes: bytes, firstUnixMs: startMs, lastUnixMs: nowMs(), severities: { [severity]: { records, bytes } }, versions: { '1.0': { records, bytes, firstUnixMs: startMs, lastUnixMs: nowMs() } }, fields: [fieldSeen('payload', records, { bytes: bytes * 0.6 })] });
  };
  const startMs = nowMs() - done.seconds * 1000;
  let { seconds: passed, debug } = done;
  while (passed < done.seconds + seconds) {
    here.clock.advanceMs(2000);
    passed += 2;
    debug += 2 * perSecond;
    here.agent.sendCustom('events.report', eventReport(nowMs(), [event('cart.debug', debug, debugBytes, 5), event('cart.slow', passed, 300, 13)]));
    await eventually(async () => { expect((await get<{ events: { records: number }[] }>('/events?search=cart.debug')).events[0]?.records).toBe(debug); });
  }
  return { seconds: passed, debug };
}

it('the price table is the team\'s own: starting values, then what they say, audited once', async () => {
  expect(await get<PriceTable>('/cost/prices')).toEqual(startingPrices);
  const own: PriceTable = { ...startingPrices, currency: 'EUR', logs: { ...startingPrices.logs, perGb: 2 } };
  for (let i = 0; i < 2; i++) expect((await here.server.call('PUT', '/api/v1/cost/prices', own)).body).toEqual(own);
  expect(await get<PriceTable>('/cost/prices')).toEqual(own);
  expect((await here.server.call('PUT', '/api/v1/cost/prices', { ...own, currency: '' })).status).toBe(400);
  // Two who edited the same table: the second is told.
  expect(await here.server.call('PUT', '/api/v1/cost/prices', { ...startingPrices, currency: 'CHF', base: startingPrices })).toMatchObject({ status: 409, body: { error: { code: 'prices.changed-meanwhile' } } });
  expect((await here.server.call('PUT', '/api/v1/cost/prices', { ...own, base: own })).body).toEqual(own);
  expect(auditList.parse(await get('/audit')).entries).toMatchObject([{ action: 'cost.prices', detail: { before: { currency: 'USD' }, after: { currency: 'EUR' } } }]);
});

it('a price of before the table is taken over', async () => {
  const store = await openStore(':memory:');
  await store.settings.set('cost', JSON.stringify({ pricePerGiB: 1.073741824, currency: 'CHF' }));
  const prices = new Prices(store, () => '2026-01-01T00:00:00.000Z');
  await prices.load();
  expect(prices.table).toMatchObject({ currency: 'CHF', logs: { perGb: 1, perMillionRecords: null }, perSeriesMonth: null });
  await store.close();
});

it('tells what leaves the agents, by event and by service, and what the month has cost so far', async () => {
  await send(30);
  const report = await get<CostReport>('/cost?by=event');
  expect(report.rows.map(({ durableId }) => durableId)).toEqual(['cart.debug', 'cart.slow']);
  expect(report.rows[0]!.recordsPerSecond).toBeCloseTo(50, 0);
  expect(report.rows[0]!.bytesPerSecond).toBeGreaterThan(50 * debugBytes * 0.99);
  expect(report.month.measuredSeconds).toBeGreaterThan(25);
  expect(report.month.soFar).toBeGreaterThan(0);
  // As much a month as is told now, for the time that was measured.
  expect(report.month.soFar / report.month.measuredSeconds).toBeCloseTo(report.totalPerMonth / (730 * 3600), 8);
  expect((await get<CostReport>('/cost?by=service&service=other')).totalPerMonth).toBe(0);
  const fields = (await get<CostReport>('/cost?by=field')).rows.filter(({ field }) => field !== null);
  expect(fields).toMatchObject([{ label: 'payload', field: { place: 'attribute', key: 'payload' } }]);
  await here.server.stop();
  await here.server.start();
  expect((await get<CostReport>('/cost')).month.soFar).toBeCloseTo(report.month.soFar, 8);
});

it('what nobody opens is unread since it was first seen; opening it, or watching it, is reading it', async () => {
  const sent = await send(10);
  const unread = async (): Promise<string | null> => (await get<CostReport>('/cost?by=event')).rows.find(({ durableId }) => durableId === 'cart.debug')!.unreadSince;
  const before = await unread();
  await get('/events/detail?signal=logs&service=shop&id=cart.debug&peek=true');
  here.clock.advanceMs(5000);
  expect(await unread(), 'asking what it costs is not reading it').toBe(before);
  await get('/events/detail?signal=logs&service=shop&id=cart.debug');
  here.clock.advanceMs(5000);
  const opened = (await unread())!;
  expect(Date.parse(opened)).toBeGreaterThan(Date.parse(before!));
  here.clock.advanceMs(90_000);
  const tail = await openSocket(`${here.server.url.replace('http', 'ws')}/api/v1/tail`, token);
  const subscribed = new Promise((resolve) => { tail.once('message', resolve); });
  tail.send(JSON.stringify({ type: 'subscribe', signals: ['logs'], stage: 'out', kql: 'EventName == "cart.debug"' }));
  await subscribed;
  await send(4, sent);
  expect(Date.parse((await unread())!)).toBeGreaterThan(Date.parse(opened));
  tail.close();
});

it('a suggestion becomes a draft, is deployed, and saves what was predicted', async () => {
  let sent = await send(60);
  const { suggestions, totalPerMonth } = await get<SuggestionList>('/cost/suggestions');
  const drop = suggestions.find(({ durableId, kind }) => durableId === 'cart.debug' && kind === 'drop-debug')!;
  expect(drop.rule).toContain('event("cart.debug")');
  expect(totalPerMonth).toBeGreaterThanOrEqual(drop.savingPerMonth);
  // Clicked several times at once it is one rule.
  const made = await Promise.all([1, 2, 3].map(() => here.server.call('POST', `/api/v1/cost/suggestions/${drop.id}/rule`)));
  const { ruleId } = made[0]!.body as { ruleId: string };
  expect(made.map(({ status, body }) => [status, body])).toEqual(made.map(() => [201, { ruleId }]));
  expect((await here.server.call('POST', `/api/v1/cost/suggestions/${drop.id}/rule`)).body).toEqual({ ruleId });
  expect((await here.server.call('POST', '/api/v1/cost/suggestions/nope/rule')).status).toBe(404);
  expect((await get<SavingList>('/cost/savings')).savings).toMatchObject([{ ruleId, state: 'draft', predictedPerMonth: drop.savingPerMonth, measuredPerMonth: null, agreement: null }]);

  await here.server.call('POST', `/api/v1/rules/${ruleId}/deploy`, { version: 1 });
  const config = await here.agent.untilConfig(({ rules }) => rules.length === 1);
  const { deployment } = config.rules[0]!;
  const stats = (seconds: number): RuleStats => ruleStats(ruleId, { deployment, matched: 20 * seconds, removed: 20 * seconds, bytesRemoved: 20 * seconds * debugBytes, bytesMade: 0, bytesShortened: 0 });
  // Much less comes than when it was suggested.
  for (let second = 0; second <= 20; second += 2) {
    sent = await send(2, sent, 20);
    here.agent.sendCustom('status', statusReport(nowMs(), { rules: [stats(second)] }));
    await eventually(async () => { expect((await get<{ rules: { effect: { removed: number } }[] }>('/rules')).rules[0]?.effect.removed).toBe(20 * second); });
  }
  const { savings, totalPerMonth: saved } = await get<SavingList>('/cost/savings');
  expect(savings).toMatchObject([{ ruleId, kind: 'drop-debug', suggestionId: drop.id, state: 'deployed', measuredSeconds: 20 }]);
  expect(savings[0]!.measuredRecordsPerSecond).toBeCloseTo(20, 6);
  // Rates are of whole reports, which come when they come: within a few in a hundred, well below the 10 that are promised.
  expect(savings[0]!.atTrafficPerMonth! / drop.savingPerMonth / (20 / 50)).toBeCloseTo(1, 1);
  expect(savings[0]!.agreement!).toBeCloseTo(1, 1);
  expect(saved).toBe(savings[0]!.measuredPerMonth);
  // Nothing is suggested twice, and a restart forgets no promise.
  expect((await get<SuggestionList>('/cost/suggestions')).suggestions.filter(({ id }) => id === drop.id)).toEqual([]);
  await here.server.stop();
  await here.server.start();
  expect((await get<SavingList>('/cost/savings')).savings).toMatchObject([{ ruleId, predictedPerMonth: drop.savingPerMonth }]);
});

it('an event that is renamed is predicted and measured over the same traffic: each name while the rule catches it', async () => {
  const sent = await send(60);
  const { suggestions } = await get<SuggestionList>('/cost/suggestions');
  const drop = suggestions.find(({ durableId, kind }) => durableId === 'cart.debug' && kind === 'drop-debug')!;
  const { ruleId } = (await here.server.call('POST', `/api/v1/cost/suggestions/${drop.id}/rule`)).body as { ruleId: string };
  await here.server.call('POST', `/api/v1/rules/${ruleId}/deploy`, { version: 1 });
  const { deployment } = (await here.agent.untilConfig(({ rules }) => rules.length === 1)).rules[0]!;
  let [former, current, removed] = [sent.debug, 0, 0];
  const debug = (id: string, records: number): EventSeen => eventSeen(id, records, { bytes: records * debugBytes, lookedBytes: records * debugBytes, lastUnixMs: nowMs(), severities: { 5: { records, bytes: records * debugBytes } } });
  const run = async (seconds: number, name: 'former' | 'current', catches: boolean): Promise<void> => {
    for (let passed = 0; passed < seconds; passed += 2) {
      here.clock.advanceMs(2000);
      if (name === 'former') former += 100; else current += 100;
      if (catches) removed += 100;
      here.agent.sendCustom('events.report', eventReport(nowMs(), [debug('cart.debug', former), ...(current > 0 ? [debug('cart.trace', current)] : [])]));
      here.agent.sendCustom('status', statusReport(nowMs(), { rules: [ruleStats(ruleId, { deployment, matched: removed, removed, bytesRemoved: removed * debugBytes, bytesMade: 0, bytesShortened: 0 })] }));
      await eventually(async () => { expect((await get<{ rules: { effect: { removed: number } }[] }>('/rules')).rules[0]?.effect.removed).toBe(removed); });
    }
  };
  const saving = async () => (await get<SavingList>('/cost/savings')).savings[0]!;
  await run(60, 'former', true);
  expect((await saving()).agreement!).toBeCloseTo(1, 1);
  // Renamed: the rule catches nothing until somebody says that it is the same event.
  await run(40, 'current', false);
  expect((await saving()).agreement!).toBeCloseTo(1, 1);
  expect((await here.server.call('POST', '/api/v1/aliases', { kind: 'event', former: 'cart.debug', current: 'cart.trace', service: 'shop', reason: 'renamed' })).status).toBe(201);
  await run(60, 'current', true);
  const { agreement, atTrafficPerMonth, measuredPerMonth } = await saving();
  expect(agreement!).toBeCloseTo(1, 1);
  expect(measuredPerMonth! / drop.savingPerMonth).toBeCloseTo(120 / 160, 1);
  expect(atTrafficPerMonth!).toBeLessThan(drop.savingPerMonth);
  // Taken back: the new name is no longer caught.
  const alias = (await get<{ aliases: { id: string; current: string }[] }>('/aliases')).aliases.find(({ current: to }) => to === 'cart.trace')!;
  expect((await here.server.call('PUT', `/api/v1/aliases/${alias.id}`, { state: 'rejected' })).status).toBe(200);
  await run(40, 'current', false);
  expect((await saving()).agreement!).toBeCloseTo(1, 1);
});

it('what each request says once is money, in the report, by field and in the month; shares of an event\'s fields are at most all of it', async () => {
  for (let seconds = 2; seconds <= 20; seconds += 2) {
    here.clock.advanceMs(2000);
    const records = seconds * 5;
    const around = (key: string, each: number) => fieldSeen(key, records, { place: 'resource', bytes: records * each });
    here.agent.sendCustom('events.report', eventReport(nowMs(), [eventSeen('rev.fatres', records, { bytes: records * 85, firstUnixMs: nowMs() - seconds * 1000, lastUnixMs: nowMs(), fields: [around('big', 1016), around('service.name', 28), fieldSeen('', records, { place: 'body', bytes: records * 54 })] })]));
    await eventually(async () => { expect((await get<{ events: { records: number }[] }>('/events?search=rev.fatres')).events[0]?.records).toBe(records); });
  }
  const report = await get<CostReport>('/cost?by=field');
  expect(report.rows.find(({ field }) => field !== null)).toMatchObject({ label: 'Resource.big' });
  const [row] = (await get<CostReport>('/cost?by=event')).rows;
  expect(row!.bytesPerSecond / (5 * (87 + 1044))).toBeCloseTo(1, 1);
  expect(row!.aroundBytesPerSecond).toBeCloseTo(row!.recordsPerSecond * 1044, 6);
  expect(report.month.soFar / report.month.measuredSeconds).toBeCloseTo(report.totalPerMonth / (730 * 3600), 8);
  const { fieldRows } = await get<EventDetail>('/events/detail?signal=logs&service=shop&id=rev.fatres&peek=true');
  expect(fieldRows.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo((1044 + 54) / (1044 + 85), 3);
});
