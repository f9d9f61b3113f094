// What the mock fleet's rules do to its records: which rule takes a line's records, a rule's figures, its history.
import type { RuleEffect, RuleHistory } from '../src/model/index.ts';
import type { MockBackend } from './backend.ts';
import { outline, type RuleShape } from './outline.ts';
import { latestOf, type DeployedRule, type StoredRule } from './rules-store.ts';
import { rateAt, shopTalkers, type ShopTalker } from './shop.ts';

export type RemovedPart = 'dropped' | 'sampled' | 'toMetric' | 'recorded' | 'deduped';
/** Sinks that take records; what is routed leaves all the same, and the rest changes records or copies them. */
const partOf: Readonly<Partial<Record<string, RemovedPart>>> = { drop: 'dropped', sample: 'sampled', to_metric: 'toMetric', record: 'recorded', dedup: 'deduped' };
export const removedPart = ({ sink, keeps }: RuleShape): RemovedPart | null => (keeps ? null : partOf[sink] ?? null);
/** Of a dedup's records: the mock's lines repeat themselves nine times in ten. */
const repeated = 0.9;

/** Of the shop's records, by agent. */
export const agentShares: Readonly<Record<string, number>> = { 'shop-1': 0.7, 'shop-2': 0.3 };

/** The share of records that a sink takes from those it matches. */
const takenShare = (shape: RuleShape): number => (removedPart(shape) === null ? 0 : shape.sink === 'sample' ? 1 - shape.ratio : shape.sink === 'dedup' ? repeated : 1);
/** Where the rule still runs, as a share of the records. */
const activeShare = (rule: Pick<DeployedRule, 'offOn'>): number => 1 - rule.offOn.reduce((sum, agent) => sum + (agentShares[agent] ?? 0), 0);

/** What happens to one line's records at a moment: the first live rule that names it takes its share. */
export function fate(rules: readonly DeployedRule[], talker: ShopTalker, unixMs: number): { readonly in: number; readonly removed: number; readonly part: RemovedPart | null; readonly by: string | null } {
  const rate = rateAt(talker, unixMs);
  const rule = rules.find(({ shape, sinceMs, mode }) => shape.durableId === talker.durableId && mode === 'live' && unixMs >= sinceMs && removedPart(shape) !== null);
  if (rule === undefined) return { in: rate, removed: 0, part: null, by: null };
  return { in: rate, removed: rate * takenShare(rule.shape) * activeShare(rule), part: removedPart(rule.shape), by: rule.id };
}

interface Flow { readonly matched: number; readonly removed: number; readonly wouldRemove: number; readonly bytesEach: number }

/** What reaches a rule and what it takes, per second. */
function flowOf(backend: MockBackend, rule: DeployedRule, unixMs: number): Flow {
  const talker = shopTalkers.find(({ durableId }) => durableId === rule.shape.durableId);
  if (talker === undefined || unixMs < rule.sinceMs) return { matched: 0, removed: 0, wouldRemove: 0, bytesEach: 0 };
  const { in: rate, removed, by } = fate(backend.store.deployedRules(), talker, unixMs);
  const own = by === rule.id;
  const matched = own || by === null ? rate * activeShare(rule) : Math.max(0, rate - removed);
  return { matched, removed: own ? removed : 0, wouldRemove: matched * takenShare(rule.shape), bytesEach: talker.bytesEach };
}

const cpuOf = (matchedPerSecond: number): number => 0.00008 + matchedPerSecond * 1.1e-6;

/** Records that a deployed rule has matched by then. */
export function matchedBy(backend: MockBackend, rule: StoredRule, unixMs: number): number {
  const running = backend.store.deployedRules().find(({ id }) => id === rule.id);
  return running === undefined ? 0 : Math.round(flowOf(backend, running, unixMs).matched * Math.max(0, unixMs - running.sinceMs) / 1000);
}

export function effectOf(backend: MockBackend, rule: StoredRule): RuleEffect {
  const now = Math.floor(backend.clock() / 1000) * 1000;
  const running = backend.store.deployedRules().find(({ id }) => id === rule.id);
  if (running === undefined) return { ...unmeasured, ...endTotals(rule) };
  const seconds = Math.max(0, (now - running.sinceMs) / 1000);
  const { matched, removed, wouldRemove, bytesEach } = flowOf(backend, running, now);
  const { in: all, out } = backend.point(now);
  const metric = running.shape.sink === 'to_metric' && removed > 0;
  const total = (perSecond: number) => Math.round(perSecond * seconds);
  return {
    matchedPerSecond: matched, removedPerSecond: removed, emittedPerSecond: metric ? 0.1 : 0, cpuShare: cpuOf(matched), bytesRemovedPerSecond: removed * bytesEach,
    fleetInPerSecond: seconds > 3 ? all : null, fleetOutPerSecond: seconds > 3 ? out : null,
    matched: total(matched), removed: total(removed), changed: running.shape.sink === 'redact' || running.shape.sink === 'update' ? total(0.4) : 0, emitted: metric ? total(0.1) : 0, errors: 0, lastError: null,
    bytesRemoved: total(removed * bytesEach), groups: metric ? 2 : 0, stateBytes: metric ? 1900 : 0, overflowed: 0,
    ...(running.mode === 'shadow' && { would: {
      removed: total(wouldRemove), changed: 0, emitted: 0, bytesRemoved: total(wouldRemove * bytesEach),
      removedPerSecond: wouldRemove, changedPerSecond: 0, emittedPerSecond: 0, bytesRemovedPerSecond: wouldRemove * bytesEach,
    } }),
  };
}

const unmeasured: RuleEffect = {
  matchedPerSecond: null, removedPerSecond: null, emittedPerSecond: null, cpuShare: null, fleetInPerSecond: null, fleetOutPerSecond: null, bytesRemovedPerSecond: null,
  matched: 0, removed: 0, changed: 0, emitted: 0, errors: 0, lastError: null, bytesRemoved: 0, groups: 0, stateBytes: 0, overflowed: 0,
};

const endTotals = (rule: StoredRule): Partial<RuleEffect> =>
  ({ matched: rule.matchedAtEnd, removed: Math.round(rule.matchedAtEnd * takenShare(outline(latestOf(rule).document))) });

/** One point a second; null while the rule did not run. */
export function historyOf(backend: MockBackend, rule: StoredRule, seconds: number): RuleHistory {
  const end = Math.floor(backend.clock() / 1000) * 1000;
  const running = backend.store.deployedRules().find(({ id }) => id === rule.id);
  const points = Array.from({ length: seconds }, (_, i): RuleHistory['points'][number] => {
    const t = end - (seconds - i) * 1000;
    if (running === undefined || t < running.sinceMs) return { t, matched: null, removed: null, emitted: null, cpuShare: null };
    const { matched, removed } = flowOf(backend, running, t);
    return { t, matched, removed, emitted: running.shape.sink === 'to_metric' && removed > 0 ? 0.1 : 0, cpuShare: cpuOf(matched) };
  });
  return { points, marks: rule.marks.filter(({ t }) => t >= end - seconds * 1000).toSorted((a, b) => a.t - b.t) };
}
