// Suggestions for all events, best first.
import type { PriceTable, SuggestionKind } from '../../model/index.ts';
import { eventKey, leaving, type MeasuredEvent } from '../measured-event.ts';
import { explainCost, isUnpriced } from '../prices/index.ts';
import { netOf, type NetSaving } from '../measured/index.ts';
import { costOf } from '../report/index.ts';
import { money } from '../words.ts';
import { isNameable, ruleText } from './event-kql.ts';
import { kinds } from './kinds/index.ts';
import { ruleName, suggestionId } from './names.ts';
import { scopeOf } from './scope.ts';
import type { DeployedSaving, Idea, Subject, SuggestionDraft, SuggestOptions } from './types.ts';

/** Kinds that decide whether records leave: one of them is enough for an event. */
export const recordKinds: ReadonlySet<SuggestionKind> = new Set<SuggestionKind>(['drop-debug', 'drop-unread', 'sample', 'dedup', 'to-metric', 'divert-to-recorder']);
const usual = { keepPerSecond: 1, leastShare: 0.001, limit: 200 };
/** An event of which rules take this much away has its rule. */
const alreadyTaken = 0.05;

/** Sorted by saving for its risk; equal ones by id, so that the same input gives the same list. */
export function suggest(events: readonly MeasuredEvent[], prices: PriceTable, options: SuggestOptions = {}): readonly SuggestionDraft[] {
  const { keepPerSecond, leastShare, limit, deployed = [] } = { ...usual, ...options };
  const done = deployedBy(deployed);
  const drafts = events.filter(isNameable).flatMap((event) => {
    const left = leaving(event);
    if (left.recordsPerSecond <= 0) return [];
    const subject: Subject = { event, left, scope: scopeOf(event, left), prices, keepPerSecond };
    return kinds.flatMap((kind) => kind(subject)).filter((idea) => !isDone(idea, event, done.get(eventKey(event)) ?? [])).map((idea) => draftOf(idea, subject));
  });
  const all = totals(events, prices);
  const isWorthIt = ({ savingPerMonth, savingBytesPerSecond }: SuggestionDraft): boolean => (all.perMonth > 0 ? savingPerMonth > leastShare * all.perMonth : savingBytesPerSecond > leastShare * all.bytes);
  const worth = (draft: SuggestionDraft): number => (all.perMonth > 0 ? draft.savingPerMonth : draft.savingBytesPerSecond) / (1 + draft.risk);
  return drafts.filter(isWorthIt).toSorted((a, b) => worth(b) - worth(a) || (a.id < b.id ? -1 : 1)).slice(0, limit);
}

function totals(events: readonly MeasuredEvent[], prices: PriceTable): { readonly perMonth: number; readonly bytes: number } {
  let perMonth = 0;
  let bytes = 0;
  for (const event of events) {
    bytes += leaving(event).bytesPerSecond;
    perMonth += costOf(event, prices).perMonth;
  }
  return { perMonth, bytes };
}

function deployedBy(deployed: readonly DeployedSaving[]): ReadonlyMap<string, readonly DeployedSaving[]> {
  const by = new Map<string, DeployedSaving[]>();
  for (const one of deployed) {
    const key = eventKey(one);
    const of = by.get(key);
    if (of === undefined) by.set(key, [one]); else of.push(one);
  }
  return by;
}

/** A rule does this already: the same field, or the fate of the event's records. */
function isDone({ kind, field }: Idea, { received, removed }: MeasuredEvent, deployed: readonly DeployedSaving[]): boolean {
  if (!recordKinds.has(kind)) return deployed.some((one) => one.field === field);
  return removed.recordsPerSecond > alreadyTaken * received.recordsPerSecond || deployed.some((one) => one.kind === null || recordKinds.has(one.kind));
}

function draftOf(idea: Idea, { event, prices }: Subject): SuggestionDraft {
  const { kind, title, field, effect, shorterBytes, because, lost, risk, description, where, tail } = idea;
  const id = suggestionId(event, kind, field);
  const net = netOf(effect, event.signal, prices);
  const made = effect.made[0];
  return {
    id, kind, title, signal: event.signal, service: event.service, durableId: event.id, label: event.label, field,
    savingPerMonth: net.perMonth, savingBytesPerSecond: net.bytesPerSecond, savingRecordsPerSecond: net.recordsPerSecond,
    because: [...because, ...moneyWords(idea, event, net, prices)], lost, risk,
    rule: { name: ruleName(kind, event, field, id), description: `${description} Suggested: ${money(net.perMonth, prices.currency)} a month less.`, kql: ruleText(event, where, tail) },
    expected: { madeBytesEach: made === undefined || made.recordsPerSecond === 0 ? 0 : made.bytesPerSecond / made.recordsPerSecond, shorterBytesEach: shorterBytes, series: made?.series ?? 0, removedSeries: effect.removed.series ?? 0 },
    basis: { received: event.received, ...effect },
  };
}

function moneyWords({ effect }: Idea, { signal }: MeasuredEvent, net: NetSaving, prices: PriceTable): readonly string[] {
  if (isUnpriced(prices, signal)) return ['The price table bills nothing of this signal.'];
  return [
    ...explainCost({ signal, ...effect.removed }, prices, true).map((line) => `Saved: ${line}`),
    ...effect.made.flatMap((made) => (isUnpriced(prices, made.signal) ? [] : explainCost(made, prices).map((line) => `Less what it makes: ${line}`))),
    `In all ${money(net.perMonth, prices.currency)} a month.`,
  ];
}

/** What all of them together could save: of suggestions that would do away with the same records, the best one; fields of records that go are not saved twice. */
export function totalSaving(drafts: readonly Pick<SuggestionDraft, 'signal' | 'service' | 'durableId' | 'kind' | 'field' | 'savingPerMonth'>[]): number {
  const events = new Map<string, { records: number; readonly fields: Map<string, number> }>();
  for (const { signal, service, durableId, kind, field, savingPerMonth } of drafts) {
    const key = eventKey({ signal, service, id: durableId });
    const best = events.get(key) ?? { records: 0, fields: new Map<string, number>() };
    if (recordKinds.has(kind)) best.records = Math.max(best.records, savingPerMonth);
    else best.fields.set(field ?? '', Math.max(best.fields.get(field ?? '') ?? 0, savingPerMonth));
    events.set(key, best);
  }
  let total = 0;
  for (const { records, fields } of events.values()) total += Math.max(records, [...fields.values()].reduce((sum, one) => sum + one, 0));
  return total;
}
