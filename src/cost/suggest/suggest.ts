// Suggestions for all events, best first.
import type { PriceTable, SuggestionKind } from '../../model/index.ts';
import { eventKey, leaving, type MeasuredEvent } from '../measured-event.ts';
import { allSteps, eachOf, type Steps } from '../steps.ts';
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

/** Events that are looked at for suggestions, those that cost most: what the others could save is not what a bill is made of. */
const mostJudged = 300;

/** Sorted by saving for its risk; equal ones by id, so that the same input gives the same list. */
export const suggest = (events: readonly MeasuredEvent[], prices: PriceTable, options: SuggestOptions = {}): readonly SuggestionDraft[] => allSteps(suggestSteps(events, prices, options));

/** The same a step at a time. */
export function* suggestSteps(events: readonly MeasuredEvent[], prices: PriceTable, options: SuggestOptions = {}): Steps<readonly SuggestionDraft[]> {
  const { keepPerSecond, leastShare, limit, deployed = [], unreadBefore } = { ...usual, ...options };
  const done = deployedBy(deployed);
  const { costliest, all, isPriced } = yield* judgedOf(events, prices, leastShare);
  const drafts: SuggestionDraft[] = [];
  for (const measured of costliest) {
    const event = unreadBefore !== undefined && measured.unreadSince !== null && measured.unreadSince > unreadBefore ? { ...measured, unreadSince: null } : measured;
    const left = leaving(event);
    const subject: Subject = { event, left, scope: scopeOf(event, left), prices, keepPerSecond };
    for (const kind of kinds) for (const idea of kind(subject)) if (!isDone(idea, event, done.get(eventKey(event)) ?? [])) drafts.push(draftOf(idea, subject));
    yield;
  }
  const savingOf = (draft: SuggestionDraft): number => (isPriced ? draft.savingPerMonth : draft.savingBytesPerSecond);
  const worth = (draft: SuggestionDraft): number => savingOf(draft) / (1 + draft.risk);
  return drafts.filter((draft) => savingOf(draft) > leastShare * all).toSorted((a, b) => worth(b) - worth(a) || (a.id < b.id ? -1 : 1)).slice(0, limit);
}

/** Those of which a suggestion could be worth it: none saves more than its event costs. Money; bytes while nothing has a price. */
function* judgedOf(events: readonly MeasuredEvent[], prices: PriceTable, leastShare: number): Steps<{ readonly costliest: readonly MeasuredEvent[]; readonly all: number; readonly isPriced: boolean }> {
  const costs: { readonly event: MeasuredEvent; readonly perMonth: number; readonly bytes: number }[] = [];
  let perMonth = 0;
  let bytes = 0;
  yield* eachOf(events, (event) => {
    const cost = costOf(event, prices);
    perMonth += cost.perMonth;
    bytes += cost.rate.bytesPerSecond;
    if (cost.rate.recordsPerSecond > 0 && isNameable(event)) costs.push({ event, perMonth: cost.perMonth, bytes: cost.rate.bytesPerSecond });
  });
  const isPriced = perMonth > 0;
  const all = isPriced ? perMonth : bytes;
  const of = (cost: (typeof costs)[number]): number => (isPriced ? cost.perMonth : cost.bytes);
  let dear: typeof costs = [];
  yield* eachOf(costs, (cost) => {
    if (of(cost) < leastShare * all * (1 - 1e-9)) return;
    dear.push(cost);
    if (dear.length >= 4 * mostJudged) dear = dear.sort((a, b) => of(b) - of(a)).slice(0, mostJudged);
  });
  return { costliest: dear.sort((a, b) => of(b) - of(a)).slice(0, mostJudged).map(({ event }) => event), all, isPriced };
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

/** Kinds after which nothing is gone that anybody is known to look at: debug records, equal ones beyond the first, fields that nobody names. */
const safeKinds: ReadonlySet<SuggestionKind> = new Set<SuggestionKind>(['drop-debug', 'dedup', 'remove-field', 'truncate-field']);
const mostSafeRisk = 3;
export const isSafe = ({ kind, risk }: Pick<SuggestionDraft, 'kind' | 'risk'>): boolean => safeKinds.has(kind) && risk <= mostSafeRisk;

/** What could be saved safely, all together. Of suggestions that would do away with the same records, the best one; fields of records that go are not
 *  saved twice. Sampling, counting, dropping and putting away all of an event are each a decision, so that they are no part of a sum. */
export function totalSaving(drafts: readonly Pick<SuggestionDraft, 'signal' | 'service' | 'durableId' | 'kind' | 'field' | 'savingPerMonth' | 'risk'>[]): number {
  const events = new Map<string, { records: number; readonly fields: Map<string, number> }>();
  for (const { signal, service, durableId, kind, field, savingPerMonth, risk } of drafts) {
    if (!isSafe({ kind, risk })) continue;
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
