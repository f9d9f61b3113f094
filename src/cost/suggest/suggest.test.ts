import fc from 'fast-check';
import { expect, test } from 'vitest';
import { queryDocument, suggestion, type EventUser } from '../../model/index.ts';
import { startingPrices } from '../prices/index.ts';
import { anyEvent } from '../testing/any-event.test.ts';
import { event, field } from '../testing/events.ts';
import { eventCondition, suggest, toSuggestion, totalSaving, type DeployedSaving, type SuggestionDraft } from './index.ts';

const user = (kind: EventUser['kind'], fields: readonly string[] = []): EventUser => ({ kind, id: kind, name: `the ${kind}`, by: 'event', fields: [...fields], follows: false });
const of = (drafts: readonly SuggestionDraft[], kind: SuggestionDraft['kind']) => drafts.find((one) => one.kind === kind);

test('whatever comes: a valid suggestion with an id of its own, that saves what can be saved and no more', () => {
  fc.assert(fc.property(fc.uniqueArray(anyEvent, { maxLength: 5, selector: ({ signal, service, id }) => JSON.stringify([signal, service, id]) }), (events) => {
    const drafts = suggest(events, startingPrices, { leastShare: 0 });
    expect(new Set(drafts.map(({ id }) => id)).size).toBe(drafts.length);
    for (const draft of drafts) {
      const whole = toSuggestion(draft, (document) => { queryDocument.parse(document); return JSON.stringify(document); });
      expect(suggestion.safeParse(whole).success).toBe(true);
      const from = events.find(({ signal, service, id }) => signal === draft.signal && service === draft.service && id === draft.durableId)!;
      expect(draft.savingBytesPerSecond).toBeLessThanOrEqual(from.received.bytesPerSecond - from.removed.bytesPerSecond + 1e-6);
      // Bytes where nothing that came has a price.
      expect(draft.savingPerMonth > 0 || draft.savingBytesPerSecond > 0).toBe(true);
    }
    expect(suggest(events, startingPrices, { leastShare: 0 })).toEqual(drafts);
  }));
});

test('never of ERROR and worse without high risk: mixed events keep theirs, and one that is all errors is a risk of 7 or more', () => {
  const errors = { severity: 17, rate: { recordsPerSecond: 10, bytesPerSecond: 2000 } };
  const mixed = event('mixed', { received: { recordsPerSecond: 20, bytesPerSecond: 4000 }, severities: [errors, { ...errors, severity: 9 }] });
  for (const draft of suggest([mixed], startingPrices).filter(({ field: key, kind }) => key === null && kind !== 'drop-debug')) {
    expect(draft.rule.kql).toContain('| where SeverityNumber < 17');
    expect(draft.savingRecordsPerSecond).toBeLessThanOrEqual(10);
  }
  const drafts = suggest([event('all', { severities: [errors], fields: [field('stack', { share: 0.8, meanBytes: 2000, maxBytes: 2100 })], unreadSince: '2026-01-01' })], startingPrices);
  expect(drafts.length).toBeGreaterThan(0);
  for (const { risk } of drafts) expect(risk).toBeGreaterThanOrEqual(7);
});

test('a metric keeps what its users group by, and says what it cannot keep', () => {
  const fields = [field('route', { distinct: 30 }), field('region', { distinct: 4 }), field('order.id', { distinct: 9000 })];
  const given = event('Checkout', { received: { recordsPerSecond: 200, bytesPerSecond: 60_000 }, fields, users: [user('view', ['route', 'order.id'])] });
  const draft = of(suggest([given], { ...startingPrices, perSeriesMonth: 0.02 }), 'to-metric')!;
  expect(draft.rule.kql).toBe([
    'Logs', '| where event("Checkout") and ServiceName == "shop"', '| summarize Count = count() by ServiceName, route = tostring(Attributes["route"]), region = tostring(Attributes["region"]), bin(Timestamp, 10s)', '| invoke to_metric("checkout.count")',
  ].join('\n'));
  expect(draft.lost.join(' ')).toContain('order.id has too many values for a metric; view "the view" names it.');
});

test('an attribute that is called like a column of the metric is none of its groups, and who names it is told', () => {
  const fields = ['Count', 'ServiceName', 'Timestamp', 'route'].map((key) => field(key, { distinct: 4 }));
  const draft = of(suggest([event('Checkout', { received: { recordsPerSecond: 200, bytesPerSecond: 60_000 }, fields, users: [user('view', ['Count'])] })], startingPrices), 'to-metric')!;
  expect(draft.rule.kql).toContain('by ServiceName, route = tostring(Attributes["route"]), bin(Timestamp, 10s)');
  expect(draft.lost.join(' ')).toContain('Count is what a column of the metric is called; view "the view" names it.');
});

test('a field of which each record so far brought a new value is no group, however few values that are', () => {
  const given = event('Checkout', { looked: 40, received: { recordsPerSecond: 200, bytesPerSecond: 60_000 }, fields: [field('route', { distinct: 8 }), field('session.id', { distinct: 40 })] });
  expect(of(suggest([given], startingPrices), 'to-metric')!.rule.kql).toContain('by ServiceName, route = tostring(Attributes["route"]), bin(Timestamp, 10s)');
});

test('records that stand for several count as so many', () => {
  const given = event('Sampled', { received: { recordsPerSecond: 200, bytesPerSecond: 60_000 }, fields: [field('sampling.adjusted_count', { distinct: 1, isText: false })] });
  const drafts = suggest([given], startingPrices);
  expect(of(drafts, 'to-metric')!.rule.kql).toContain('Count = sum(coalesce(tolong(Attributes["sampling.adjusted_count"]), 1))');
  expect(of(drafts, 'sample')).toBeUndefined();
});

test('a field that somebody names stays; one that nobody names may go', () => {
  const fields = [field('payload', { share: 0.5, meanBytes: 300 }), field('route', { share: 0.3 })];
  const drafts = suggest([event('a', { fields, users: [user('rule', ['payload'])] })], startingPrices, { leastShare: 0 });
  expect(drafts.filter(({ kind }) => kind === 'remove-field').map(({ field: key }) => key)).toEqual(['route']);
});

test('no rule is suggested for an attribute that KQL would take for a column', () => {
  const fields = ['Body', 'EventName', 'Attributes', 'SeverityNumber', 'ServiceName', ''].map((key) => field(key, { share: 0.15, meanBytes: 20_000, maxBytes: 30_000, isText: true }));
  expect(suggest([event('a', { fields, users: [] })], startingPrices, { leastShare: 0 }).filter(({ kind }) => kind.endsWith('-field'))).toEqual([]);
});

test('what nobody reads may be dropped, what somebody reads may not; who relies on it makes it riskier', () => {
  expect(of(suggest([event('a', { unreadSince: '2026-01-01T00:00:00.000Z' })], startingPrices), 'drop-unread')?.because[0]).toContain('since 2026-01-01');
  expect(of(suggest([event('a', { users: null })], startingPrices), 'drop-unread')).toBeUndefined();
  const risk = (users: readonly EventUser[]) => of(suggest([event('a', { users })], startingPrices), 'sample')!.risk;
  expect(risk([user('net'), user('rule')])).toBeGreaterThan(risk([]));
});

test('nothing is suggested twice: not by a rule that came of a suggestion, nor of an event that rules take away', () => {
  const given = event('a', { fields: [field('payload', { share: 0.5, meanBytes: 100 })] });
  const ref = { signal: 'logs', service: 'shop', id: 'a' } as const;
  const kinds = (...deployed: readonly DeployedSaving[]) => suggest([given], startingPrices, { deployed }).map(({ kind }) => kind);
  expect(kinds({ ...ref, kind: 'sample', field: null })).toEqual(['remove-field']);
  expect(kinds({ ...ref, kind: 'remove-field', field: 'payload' })).not.toContain('remove-field');
  const half = event('a', { removed: { recordsPerSecond: 5, bytesPerSecond: 1000 } });
  expect(suggest([half], startingPrices)).toEqual([]);
});

test('the sum is of what is safe: one suggestion for the records of an event, no field of records that go, nothing that is a decision', () => {
  const debug = { severity: 5, rate: { recordsPerSecond: 9, bytesPerSecond: 1800 } };
  const events = [event('a', { severities: [debug], fields: [field('payload', { share: 0.5, meanBytes: 100 })] }), event('b', { fields: [field('payload', { share: 0.5, meanBytes: 100 }), field('more', { share: 0.2 })] }), event('c', { unreadSince: '2026-01-01' })];
  const drafts = suggest(events, startingPrices, { leastShare: 0 });
  const of = (id: string, ...kinds: readonly string[]) => drafts.filter(({ durableId, kind }) => durableId === id && kinds.includes(kind)).map(({ savingPerMonth }) => savingPerMonth);
  expect(of('c', 'drop-unread', 'divert-to-recorder').length).toBeGreaterThan(0);
  const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
  expect(totalSaving(drafts)).toBeCloseTo(sum(['a', 'b', 'c'].map((id) => Math.max(0, ...of(id, 'drop-debug', 'dedup'), sum(of(id, 'remove-field'))))), 9);
  expect(totalSaving(drafts.filter(({ kind }) => kind !== 'dedup'))).toBeCloseTo(of('a', 'drop-debug')[0]! + sum(of('b', 'remove-field')), 9);
});

test.each([
  [{ source: 'event-name', id: 'a"b', service: 's' }, 'event("a\\"b") and ServiceName == "s"'],
  [{ source: 'code-location', id: 'a.ts:1', service: '' }, 'event("a.ts:1") and isempty(ServiceName)'],
  [{ source: 'template', id: 't-0123456789abcdef', service: 's' }, 'DurableId == "t-0123456789abcdef" and ServiceName == "s"'],
  [{ source: 'none', id: '', service: 's' }, 'isempty(DurableId) and ServiceName == "s"'],
  [{ source: 'span-name', id: 'GET /', service: 's' }, 'event("GET /") and ServiceName == "s"'],
  [{ source: 'metric-name', id: 'm', service: 's' }, 'event("m") and ServiceName == "s"'],
] as const)('%o is %s', (ref, text) => { expect(eventCondition(ref)).toBe(text); });
