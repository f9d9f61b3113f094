// The mock fleet: two agents that report, one that is away.
import type { AgentStatus, AgentSummary } from '../src/model/index.ts';
import type { MockBackend } from './backend.ts';
import { agentShares } from './rule-effects.ts';

export function mockAgents(backend: MockBackend): readonly AgentSummary[] {
  return [agent(backend, 1, 'shop-1', 'web-1.shop.local', agentShares['shop-1'] ?? 0, true), agent(backend, 2, 'shop-2', 'web-2.shop.local', agentShares['shop-2'] ?? 0, true), agent(backend, 3, 'payments-3', 'pay-3.shop.local', 0, false)];
}

function agent(backend: MockBackend, ordinal: number, name: string, host: string, share: number, connected: boolean): AgentSummary {
  const now = backend.clock();
  const intended = backend.configHash();
  const rules = backend.store.deployedRules();
  return {
    id: `0191f0c4a1b27c3e9d4f5a6b7c8d9e0${ordinal}`, ordinal, name, host, version: '0.1.0', kind: 'weir', connected,
    firstSeenAt: backend.iso(backend.startedMs - 3_600_000), lastSeenAt: backend.iso(connected ? now : backend.startedMs - 252_000), healthy: connected ? true : null, healthMessage: '',
    effectiveConfigHash: connected ? intended : 'c0ffee00c0ffee00', intendedConfigHash: intended, configStatus: connected ? 'applied' : 'unset', configError: '', configAppliedAt: connected ? backend.iso(backend.startedMs - 120_000) : null,
    attributes: { 'host.name': host, 'host.arch': 'amd64', 'os.type': 'linux', 'process.pid': String(4100 + ordinal), 'service.name': 'weir-agent', 'service.version': '0.1.0', 'weir.role': 'on-box' },
    effectiveConfig: JSON.stringify({ version: 1, revision: rules.length, rules: rules.filter(({ shape }) => shape.plan !== null).map(rule => ({ id: rule.id, name: rule.document.name, version: rule.version, order: rule.document.order, mode: rule.mode, plan: rule.shape.plan, targets: null })) }),
    status: connected ? status(backend, ordinal, share, now) : null,
  };
}

function status(backend: MockBackend, ordinal: number, share: number, now: number): AgentStatus {
  const seconds = (now - backend.startedMs) / 1000 + 3600;
  const point = backend.point(Math.floor(now / 1000) * 1000);
  const total = (perSecond: number) => Math.round(perSecond * share * seconds);
  const received = total(point.in);
  return {
    version: 1, startedUnixMs: backend.startedMs - 3_600_000, atUnixMs: now, pid: 4100 + ordinal,
    received: { logs: Math.round(received * 0.82), spans: Math.round(received * 0.17), metrics: received - Math.round(received * 0.82) - Math.round(received * 0.17), bytes: received * 310, requests: Math.round(received / 90) },
    refused: { requests: ordinal === 1 ? 3 : 0, malformed: ordinal === 1 ? 2 : 0, tooLarge: ordinal === 1 ? 1 : 0 },
    removed: { dropped: total(point.dropped), sampled: total(point.sampled), toMetric: total(point.toMetric), recorded: total(point.recorded), deduped: total(point.deduped ?? 0) }, changed: total(2.1), emitted: 0, lostAtCrash: 0,
    exporters: [ordinal === 1
      ? { name: 'otlp-main', url: 'http://127.0.0.1:4320/v1', state: 'ok', message: '', sentRecords: total(point.out), sentBytes: total(point.out) * 310, queuedRecords: 120, queuedBytes: 38_000, maxQueuedBytes: 64 * 2 ** 20, droppedQueueFull: 0, droppedRefused: 0, discardedNoDownstream: 0, retries: 2 }
      : { name: 'otlp-main', url: null, state: 'none', message: 'No downstream is configured; records are counted and discarded.', sentRecords: 0, sentBytes: 0, queuedRecords: 0, queuedBytes: 0, maxQueuedBytes: 64 * 2 ** 20, droppedQueueFull: 0, droppedRefused: 0, discardedNoDownstream: total(point.out), retries: 0 }],
    recorders: ordinal === 1 ? [{ name: 'checkout-verbose', records: 41_200, bytes: 9.2 * 2 ** 20, maxBytes: 16 * 2 ** 20, evicted: 0, oldestUnixMs: now - 312_000 }] : [],
    tail: { subscriptions: 1, sentRecords: total(40), shedRecords: 0 }, rules: [], talkers: [], otherRecords: 0,
    process: { cpuShare: point.cpuShare * share, rssBytes: (88 + ordinal * 7) * 2 ** 20, heapUsedBytes: 31 * 2 ** 20, eventLoopDelayP99Ms: 1.4 + ordinal * 0.3 },
  };
}
