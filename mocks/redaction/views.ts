// The answers of the mock's redaction audit, in the shapes of model/redaction-api.ts.
import type { RedactionOverview, RedactionSeries, RedactionSource, RedactionSourceDetail, RedactionSources, SourceAgent } from '../../src/model/index.ts';
import { mockAgents } from '../agents.ts';
import type { MockBackend } from '../backend.ts';
import { rateAt as talkerRate, shopTalkers } from '../shop.ts';
import { addCounts, agentNames, bucketsOn, rangeOf, type Counts, type Range } from './counts.ts';
import { coverOf, isBare, stoppedMs, type Cover } from './cover.ts';
import { shopSecrets, type ShopSecret } from './shop-secrets.ts';

interface Seen { readonly secret: ShopSecret; readonly cover: Cover | null; readonly byAgent: ReadonlyMap<string, readonly Counts[]>; readonly buckets: readonly Counts[]; readonly total: Counts }

function see(backend: MockBackend, secret: ShopSecret, range: Range): Seen {
  const cover = coverOf(backend, secret);
  const byAgent = new Map(agentNames.filter(agent => secret.shares[agent] !== undefined).map(agent => [agent, bucketsOn(backend, secret, cover, agent, range)]));
  const buckets = range.times.map((_, i) => addCounts([...byAgent.values()].map(each => each[i]!)));
  return { secret, cover, byAgent, buckets, total: addCounts(buckets) };
}

const seeAll = (backend: MockBackend, range: Range): readonly Seen[] =>
  shopSecrets.map(secret => see(backend, secret, range)).filter(({ total }) => total.masked + total.residual > 0);

/** When the last agent stopped; null while one has not, or when it was hidden from the first. */
function cleanSinceMs({ secret, cover, byAgent }: Seen, backend: MockBackend): number | null {
  const stops = [...byAgent.keys()].map(agent => stoppedMs(cover, agent));
  const last = isBare(cover) || stops.includes(null) ? null : Math.max(...stops.map(Number));
  return last === null || last <= firstMs(backend, secret) ? null : last;
}

const firstMs = (backend: MockBackend, secret: ShopSecret) => backend.startedMs - secret.sinceMinutes * 60_000;
const leaks = ({ secret, cover, byAgent }: Seen): boolean => secret.formerly === undefined && (isBare(cover) || [...byAgent.keys()].some(agent => stoppedMs(cover, agent) === null));
const stateOf = (seen: Seen): RedactionSource['state'] => (seen.secret.formerly !== undefined ? 'unproved' : leaks(seen) ? 'leaking' : 'clean');

/** It was hidden, and the rule was taken off. */
function againOf(backend: MockBackend, { secret, cover }: Seen): Pick<RedactionSource, 'againSince' | 'endedBy' | 'note'> {
  if (cover === null || cover.ended === null) return {};
  const endedBy = { rule: cover.rule.name, by: cover.ended.by, at: backend.iso(cover.ended.ms) };
  return secret.formerly === undefined ? { endedBy, againSince: backend.iso(cover.ended.ms + 1_400) } : { endedBy, note: `${cover.rule.name}, which hid it, no longer runs, and the residual scan does not see it: whether it leaves is not known.` };
}

function lastLeak(seen: Seen, range: Range, backend: MockBackend): string | null {
  const clean = cleanSinceMs(seen, backend);
  if (clean !== null) return backend.iso(clean - 800);
  const last = seen.buckets.findLastIndex(({ residual }) => residual > 0);
  return last === -1 ? null : backend.iso(Math.min(backend.clock(), range.times[last]! + range.bucketMs) - 700);
}

function sourceView(backend: MockBackend, seen: Seen, range: Range, isFull = false): RedactionSource {
  const { secret: { perSecond: _, shares: _shares, sinceMinutes: _since, burst: _burst, formerly: _formerly, ...place }, secret, cover, total, buckets } = seen;
  const clean = cleanSinceMs(seen, backend);
  const all = total.masked + total.residual;
  return {
    ...place, rules: cover === null || total.masked === 0 ? [] : [cover.rule], masked: total.masked, residual: total.residual, residualIsFloor: !isFull, distinct: Math.min(64, 1 + Math.floor(all / 40)), distinctIsFloor: all > 2560, ignored: 0,
    spark: [...buckets], firstSeenAt: backend.iso(firstMs(backend, secret)), lastSeenAt: backend.iso(backend.clock() - 1000), lastLeakAt: lastLeak(seen, range, backend),
    state: stateOf(seen), ...(clean !== null && { scannedSince: { records: Math.round((backend.clock() - clean) / 100), ofRecords: Math.round((backend.clock() - clean) / 5) } }), cleanSince: clean === null ? null : backend.iso(clean), agents: seen.byAgent.size, ...againOf(backend, seen),
  };
}

/** Of a bucket of the chart only what was found in it. */
export function sourcesView(backend: MockBackend, seconds: number, part: { readonly from: number; readonly to: number } | null = null): RedactionSources {
  const range = rangeOf(backend.clock(), seconds);
  const within = (seen: Seen): Seen => {
    const buckets = part === null ? seen.buckets : seen.buckets.map((counts, i) => (range.times[i]! >= part.from && range.times[i]! < part.to ? counts : { masked: 0, residual: 0 }));
    return { ...seen, buckets, total: addCounts(buckets) };
  };
  return { sources: seeAll(backend, range).map(within).filter(({ total }) => total.masked + total.residual > 0).map(seen => sourceView(backend, seen, range)), more: 0, fromUnixMs: range.fromMs, toUnixMs: range.toMs, bucketMs: range.bucketMs };
}

export function sourceDetailView(backend: MockBackend, secret: ShopSecret, seconds: number): RedactionSourceDetail {
  const range = rangeOf(backend.clock(), seconds);
  const seen = see(backend, secret, range);
  return { source: sourceView(backend, seen, range), agents: [...seen.byAgent].map(([agent, buckets]) => agentView(backend, seen, agent, addCounts(buckets))), deployedAt: seen.cover === null || isBare(seen.cover) ? null : backend.iso(seen.cover.sinceMs) };
}

function agentView(backend: MockBackend, { cover, secret }: Seen, name: string, counts: Counts): SourceAgent {
  const { id = name, connected = false, lastSeenAt = backend.iso(backend.startedMs) } = mockAgents(backend).find(agent => agent.name === name) ?? {};
  const stop = isBare(cover) ? null : stoppedMs(cover, name);
  const before = stop !== null && stop <= firstMs(backend, secret) ? firstMs(backend, secret) : stop;
  return {
    agent: { id, name, connected, lastSeenAt }, masked: counts.masked, rules: cover === null || stoppedMs(cover, name) === null ? [] : [{ id: cover.rule.id, name: cover.rule.name, version: cover.rule.version }],
    exporters: [{ name: 'otlp-main', residual: counts.residual }], appliedAt: stop === null ? null : backend.iso(stop - 412), firstMaskedAt: before === null ? null : backend.iso(before + 90),
    lastLeakAt: secret.formerly !== undefined ? null : stop === null ? lastSeenAt : before === stop ? backend.iso(stop - 800) : null, stoppedAt: stop === null ? null : backend.iso(stop),
  };
}

const keysOf = { detector: ({ secret }: Seen) => secret.detector, service: ({ secret }: Seen) => secret.service, key: ({ secret }: Seen) => secret.key, rule: ({ cover }: Seen) => cover?.rule.name ?? 'no rule' } as const;

export function seriesView(backend: MockBackend, seconds: number, by: string, source: string | null): RedactionSeries {
  const range = rangeOf(backend.clock(), seconds);
  const seen = seeAll(backend, range).filter(({ secret }) => source === null || secret.id === source);
  const groups = new Map<string, number[]>();
  const add = (name: string, counts: readonly number[]) => groups.set(name, counts.map((count, i) => count + (groups.get(name)?.[i] ?? 0)));
  for (const each of seen) {
    if (by in keysOf) add(keysOf[by as keyof typeof keysOf](each), each.buckets.map(({ masked, residual }) => masked + residual));
    else { add('masked', each.buckets.map(({ masked }) => masked)); add('residual', each.buckets.map(({ residual }) => residual)); }
  }
  return { bucketMs: range.bucketMs, times: [...range.times], series: [...groups].map(([name, counts]) => ({ name, counts })).toSorted((a, b) => sum(b.counts) - sum(a.counts)) };
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

/** Part of a service's bytes that passes under a redaction in the mock shop. */
const coveredShares: Readonly<Record<string, number>> = { frontend: 1, cart: 1, checkout: 0.42, payments: 0.931 };
const sampleShare = 0.05;
const coverageSeconds = 60;

export function overviewView(backend: MockBackend, seconds: number, fullUntilMs: number | null): RedactionOverview {
  const now = backend.clock();
  const range = rangeOf(now, seconds);
  const seen = seeAll(backend, range);
  const total = addCounts(seen.map(each => each.total));
  const clean = seen.filter(each => stateOf(each) === 'clean');
  const unproved = seen.filter(each => stateOf(each) === 'unproved').length;
  const stops = clean.flatMap(each => { const at = cleanSinceMs(each, backend); return at === null ? [] : [{ detector: each.secret.detector, ms: at }]; }).toSorted((a, b) => b.ms - a.ms);
  const worst = seen.filter(leaks).toSorted((a, b) => b.total.residual - a.total.residual)[0];
  const coverage = coverageOf(now, seconds);
  const [records, bytes] = [sum(coverage.map(each => each.records)), sum(coverage.map(each => each.bytes))];
  const part = fullUntilMs === null ? sampleShare : Math.min(1, sampleShare * 4);
  const distinct = sum(seen.map(each => Math.min(64, 1 + Math.floor((each.total.masked + each.total.residual) / 40))));
  return {
    now, seconds, leaking: seen.length - clean.length - unproved, unproved, clean: clean.length, ignored: 0, lastStopped: stops[0] === undefined ? null : { detector: stops[0].detector, at: backend.iso(stops[0].ms) },
    worstLeak: worst === undefined ? null : { detector: worst.secret.detector, service: worst.secret.service, residual: worst.total.residual },
    masked: total.masked, maskedPerSecond: total.masked / seconds, distinct, distinctIsFloor: seen.some(each => each.total.masked + each.total.residual > 2560), dropped: 0,
    scanned: { records: Math.round(records * part), ofRecords: records, bytes: Math.round(bytes * part), ofBytes: bytes, found: total.residual, fullUntil: fullUntilMs === null ? null : backend.iso(fullUntilMs) },
    coverageSeconds, coverage: coverageOf(now, coverageSeconds), overflow: { findings: 0, residual: 0, services: 0, fingerprints: 0 }, period: { name: backend.iso(now).slice(0, 10), endsAt: `${backend.iso(now + 86_400_000).slice(0, 10)}T00:00:00.000Z` },
  };
}

function coverageOf(now: number, seconds: number): RedactionOverview['coverage'] {
  return [...new Set(shopTalkers.map(({ service }) => service))].map(service => {
    const lines = shopTalkers.filter(talker => talker.service === service);
    const records = Math.round(sum(lines.map(line => talkerRate(line, Math.floor(now / 60_000) * 60_000))) * seconds);
    const bytes = Math.round(sum(lines.map(line => line.perSecond * line.bytesEach)) * seconds);
    const share = coveredShares[service] ?? 0;
    return { service, bytes, coveredBytes: Math.round(bytes * share), records, coveredRecords: Math.round(records * share) };
  });
}
