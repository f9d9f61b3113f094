// What a suggestion predicts is what its rule does: each kind over the same traffic, through the agent's own engine, counted on the wire.
import { expect, test } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { agreement, eventsBetween, savingOf, startingPrices, suggest, type EventFacts, type EventTotals, type SuggestionDraft } from '../../cost/index.ts';
import { createPipeline, type OutBatch } from '../../engine/index.ts';
import type { EventUser, Signal, SuggestionKind } from '../../model/index.ts';
import { codec } from '../../otlp/index.ts';
import { loadKqlLanguage } from '../../server/index.ts';
import { CostCount } from './cost-count.ts';
import { costTraffic, trafficSeconds, trafficStartUnixNano } from '../testing/cost-traffic.ts';

const second = 1_000_000_000n;
const traffic = costTraffic();
const counted = new CostCount(0);
traffic.forEach((request, second) => { counted.add('logs', request, second * 1000); });
const seen = counted.result(Date.now()).events;
const facts = (event: EventTotals): EventFacts => ({ users: users[event.durableId] ?? [], unreadSince: users[event.durableId] === undefined ? '2026-01-01T00:00:00.000Z' : null, series: null });
const view = (name: string, fields: readonly string[]): EventUser => ({ kind: 'view', id: name, name, by: 'event', fields: [...fields], follows: false });
const users: Readonly<Record<string, readonly EventUser[]>> = { RequestDone: [view('slow requests', ['http.route'])], PayloadDump: [view('payloads', [])] };
const events = eventsBetween([], seen, trafficSeconds, facts);
const drafts = suggest(events, startingPrices, { leastShare: 0 });

interface Wire { readonly records: number; readonly bytes: number }

/** Records of a request with their tags and lengths. */
function wireOf(signal: Signal, bytes: Uint8Array): Wire {
  const walked = codec.walk(signal, bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  const view = walked.value;
  let sum = 0;
  for (let i = 0; i < view.recordCount; i++) {
    const body = view.recordEnd(i) - view.recordStart(i);
    sum += body + 1 + (body < 128 ? 1 : body < 16_384 ? 2 : 3);
  }
  return { records: view.recordCount, bytes: sum };
}

/** Of points, the metric around them counts, too: all but the resource and scope, which every batch has once. */
const madeBytes = ({ signal, bytes }: OutBatch): number => (signal === 'metrics' ? bytes.length - codec.encodeMetrics({ 'service.name': 'weir' }, 'io.weir.rules', []).length : wireOf(signal, bytes).bytes);

const runs = new Map<string, ReturnType<typeof runOnce>>();
/** Each rule once for all tests. */
function run(draft: SuggestionDraft): ReturnType<typeof runOnce> {
  const known = runs.get(draft.id) ?? runOnce(draft);
  runs.set(draft.id, known);
  return known;
}

/** What the rule takes off the wire over all of the traffic, less what it makes. */
async function runOnce(draft: SuggestionDraft) {
  const { plan, diagnostics } = (await loadKqlLanguage()).compile(draft.rule.kql, { mode: 'rule' });
  if (plan === null) throw new Error(`${draft.rule.kql}\n${diagnostics.map(({ message }) => message).join('\n')}`);
  const clock = new ManualClock(trafficStartUnixNano);
  const pipeline = createPipeline({ clock, resource: { 'service.name': 'weir' }, recorderBytes: 1e6, maxGroups: 10_000 });
  const set = pipeline.replaceRules([{ id: 'r', name: draft.rule.name, version: 1, order: 100, plan }]);
  if (!set.ok) throw new Error(set.error.message);
  let before = 0;
  let after = 0;
  for (const request of traffic) {
    const result = pipeline.process('logs', request, { in: false, out: false });
    if (!result.ok) throw new Error(result.error.message);
    before += wireOf('logs', request).bytes;
    after += result.value.out.reduce((sum, out) => sum + wireOf(out.signal, out.bytes).bytes, 0);
    clock.advanceMs(1000);
    after += pipeline.flush(clock.nowUnixNano()).reduce((sum, out) => sum + madeBytes(out), 0);
  }
  after += pipeline.flush(clock.nowUnixNano() + 10n * second, true).reduce((sum, out) => sum + madeBytes(out), 0);
  return { saved: before - after, stats: pipeline.stats()[0]! };
}

const kinds: readonly SuggestionKind[] = ['drop-debug', 'drop-unread', 'sample', 'dedup', 'to-metric', 'remove-field', 'truncate-field', 'divert-to-recorder'];

test('the traffic gives every kind of suggestion, for what has a name and for what goes by its text', () => {
  expect(drafts.filter(({ rule }) => /DurableId == "t-/.test(rule.kql)).map(({ label }) => label)).toContain('user <*> logged in from <*>');
  expect([...new Set(drafts.map(({ kind }) => kind))].toSorted()).toEqual([...kinds].toSorted());
});

test.each(kinds)('%s: predicted bytes are within a tenth of those that its rule saves on the wire', async (kind) => {
  for (const draft of drafts.filter((one) => one.kind === kind)) {
    const { saved, stats } = await run(draft);
    expect(stats).toMatchObject({ errors: 0, disabled: null });
    expect(saved / trafficSeconds / draft.savingBytesPerSecond, draft.rule.kql).toBeGreaterThan(0.9);
    expect(saved / trafficSeconds / draft.savingBytesPerSecond, draft.rule.kql).toBeLessThan(1.1);
  }
});

test.each(kinds)('%s: measured by the rule\'s counters, money and bytes agree, too', async (kind) => {
  for (const draft of drafts.filter((one) => one.kind === kind)) {
    const { saved, stats } = await run(draft);
    const measured = savingOf({
      signal: 'logs', makes: kind === 'to-metric' ? 'metrics' : 'logs', removed: stats.removed, bytesRemoved: stats.bytesRemoved, changed: stats.changed, made: stats.emitted, bytesMade: stats.bytesMade, bytesShortened: stats.bytesShortened, series: kind === 'to-metric' ? draft.expected.series : null,
    }, startingPrices, trafficSeconds, draft.expected)!;
    expect(measured.bytesPerSecond / (saved / trafficSeconds)).toBeCloseTo(1, 1);
    const agrees = agreement({ atTrafficPerMonth: draft.savingPerMonth, measuredPerMonth: measured.perMonth, atTrafficBytesPerSecond: draft.savingBytesPerSecond, measuredBytesPerSecond: measured.bytesPerSecond })!;
    expect(agrees, draft.rule.kql).toBeGreaterThan(0.9);
    expect(agrees, draft.rule.kql).toBeLessThan(1.1);
    expect(Math.abs(measured.recordsPerSecond - draft.savingRecordsPerSecond)).toBeLessThanOrEqual(0.1 * draft.savingRecordsPerSecond);
  }
});
