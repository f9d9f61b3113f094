// The mock backend: rules, faults and audit in memory, and a fleet whose rates follow the deployed rules, so that numbers add up.
import type { AuditEntryView, MockClock } from './types.ts';
import { ruleDocument } from '../src/model/index.ts';
import type { FleetPoint, Overview, RuleDetail, RuleDocument, RuleSummary } from '../src/model/index.ts';
import { digest, outline, RulesStore } from './rules-store.ts';
import type { StoredRule } from './rules-store.ts';
import { rateAt, shopTalkers } from './shop.ts';
import type { ShopTalker } from './shop.ts';

const windowMs = 15 * 60_000;

export class MockBackend {
  readonly clock: MockClock;
  readonly store = new RulesStore();
  readonly audit: AuditEntryView[] = [];
  readonly startedMs: number;
  /** Seconds that were played; the past does not change when rules do. */
  readonly #points = new Map<number, FleetPoint>();
  faults = [
    { name: 'chatty-log', label: 'Chatty log', description: 'frontend writes LogLaunch eight times per page view: most of the volume, read by nobody.', on: true },
    { name: 'leaking-token', label: 'Leaking token and e-mail', description: 'cart logs the source-control token and the customer’s e-mail address when a catalogue sync fails.', on: false },
    { name: 'growing-queue', label: 'Growing queue', description: 'checkout takes orders faster than it works them off; QueueDepth climbs.', on: false },
    { name: 'hot-loop', label: 'Hot loop', description: 'payments solves a Tower of Hanoi for every charge and burns CPU.', on: false },
  ];

  constructor(clock: MockClock) {
    this.clock = clock;
    this.startedMs = clock();
    const seed = (name: string, description: string, kql: string, minutesAgo: number | null) => {
      const rule = this.store.create(ruleDocument.parse({ name, description, kql }), 'First version.', this.iso(this.startedMs - 30 * 60_000));
      if (minutesAgo !== null) this.store.deploy(rule, 1, this.iso(this.startedMs - minutesAgo * 60_000));
    };
    seed('sample-cart-added', 'One in four is enough to see trends.', 'Logs\n| where EventName == "CartItemAdded"\n| invoke sample(0.25)', 11);
    seed('redact-github-tokens', 'Catalogue sync logs its URL with the token in it.', 'Logs\n| where ServiceName == "cart"\n| invoke redact("*", "mask")', 9);
    seed('drop-render', 'Nobody reads these.', 'Logs\n| where DurableId == "frontend/src/ssr/render.ts:212"\n| invoke drop()', 2);
    seed('launch-log-to-metric', '3,500 rows an hour nobody reads; keep the count.', 'Logs\n| where EventName == "LogLaunch"\n| summarize Launches = count() by ServiceName, bin(Timestamp, 10s)\n| invoke to_metric("app.launches")', null);
  }

  iso(unixMs: number): string { return new Date(unixMs).toISOString(); }
  note(action: string, subject: string): void { this.audit.unshift({ id: this.audit.length + 1, at: this.iso(this.clock()), actor: 'you', action, subject, detail: {} }); }

  /** What happens to one talker's records at a moment, by the first deployed rule that names it. */
  fate(talker: ShopTalker, unixMs: number): { readonly in: number; readonly removed: number; readonly part: 'dropped' | 'sampled' | 'toMetric' | 'recorded' | null } {
    const rate = rateAt(talker, unixMs);
    for (const { shape: rule, sinceMs } of this.store.deployedDocuments()) {
      if (rule.durableId !== talker.durableId || unixMs < sinceMs) continue;
      if (rule.sink === 'drop') return { in: rate, removed: rate, part: 'dropped' };
      if (rule.sink === 'sample') return { in: rate, removed: rate * (1 - rule.ratio), part: 'sampled' };
      if (rule.sink === 'to_metric') return { in: rate, removed: rate, part: 'toMetric' };
      if (rule.sink === 'record') return { in: rate, removed: rate, part: 'recorded' };
    }
    return { in: rate, removed: 0, part: null };
  }

  point(unixMs: number): FleetPoint {
    const known = this.#points.get(unixMs);
    if (known) return known;
    const point = this.#play(unixMs);
    this.#points.set(unixMs, point);
    if (this.#points.size > 2 * windowMs / 1000) this.#points.delete(this.#points.keys().next().value ?? 0);
    return point;
  }

  #play(unixMs: number): FleetPoint {
    const point = { t: unixMs, in: 0, out: 0, dropped: 0, sampled: 0, toMetric: 0, recorded: 0, emitted: 0, lost: 0, noDownstream: 0, cpuShare: 0, rssBytes: 96 * 2 ** 20, tailShed: 0 };
    for (const talker of shopTalkers) {
      const fate = this.fate(talker, unixMs);
      point.in += fate.in;
      point.out += fate.in - fate.removed;
      if (fate.part) point[fate.part] += fate.removed;
    }
    point.cpuShare = 0.0018 + point.in * 3.6e-6;
    return point;
  }

  overview(): Overview {
    const now = this.clock();
    const end = Math.floor(now / 1000) * 1000;
    const points: FleetPoint[] = [];
    for (let t = end - windowMs; t <= end; t += 1000) points.push(this.point(t));
    const all = points.at(-1)?.in ?? 0;
    const talkers = shopTalkers.slice(0, 10).map(talker => this.talker(talker, end, all));
    return {
      now, points, talkers, otherPerSecond: all - talkers.reduce((sum, each) => sum + each.perSecond, 0),
      agents: { connected: 2, known: 3 }, cpuBudgetShare: 0.01,
      exporters: [{ agent: 'shop-1', name: 'otlp-main', url: 'http://127.0.0.1:4320/v1', state: 'ok', message: '' }, { agent: 'shop-2', name: 'otlp-main', url: null, state: 'none', message: '' }],
      marks: this.store.deployedDocuments().map(({ document, sinceMs }) => ({ t: sinceMs, label: `${document.name} on`, kind: 'deploy' as const })),
    };
  }

  private talker(talker: ShopTalker, end: number, all: number): Overview['talkers'][number] {
    const history = Array.from({ length: 60 }, (_, i) => rateAt(talker, end - (59 - i) * 5000));
    const rules = this.store.deployedDocuments().filter(rule => rule.shape.durableId === talker.durableId).map(rule => ({ id: rule.id, name: rule.document.name, sink: rule.shape.sink }));
    const perSecond = rateAt(talker, end);
    return { durableId: talker.durableId, service: talker.service, signal: talker.signal, perSecond, bytesPerSecond: perSecond * talker.bytesEach, share: all > 0 ? perSecond / all : 0, history, rules };
  }

  summary(rule: StoredRule): RuleSummary {
    const latest = rule.versions.at(-1);
    const document = (rule.versions.find(each => each.version === rule.deployedVersion) ?? latest)?.document as RuleDocument;
    const shape = outline(document.kql);
    const now = Math.floor(this.clock() / 1000) * 1000;
    const target = shopTalkers.find(talker => talker.durableId === shape.durableId);
    const deployed = rule.state === 'deployed' && rule.deployedAt !== null;
    const seconds = deployed ? Math.max(0, (now - Date.parse(rule.deployedAt ?? '')) / 1000) : 0;
    const fate = target ? this.fate(target, now) : { in: 0, removed: 0 };
    const out = this.point(now).out;
    return {
      id: rule.id, name: document.name, description: document.description, state: rule.state, order: document.order, latestVersion: rule.versions.length, deployedVersion: rule.deployedVersion, sink: shape.sink, table: shape.table,
      createdAt: rule.createdAt, updatedAt: rule.updatedAt, deployedAt: rule.deployedAt, appliedAgents: deployed ? 2 : 0, targetAgents: deployed ? 2 : 0,
      effect: {
        matchedPerSecond: deployed ? fate.in : null, removedPerSecond: deployed ? fate.removed : null, emittedPerSecond: deployed ? (shape.sink === 'to_metric' ? 0.1 : 0) : null, cpuShare: deployed ? 0.0002 : null,
        outBeforePerSecond: deployed && seconds > 5 ? out + fate.removed : null, outAfterPerSecond: deployed && seconds > 5 ? out : null,
        matched: Math.round(fate.in * seconds), removed: Math.round(fate.removed * seconds), changed: 0, emitted: 0, errors: 0, lastError: null,
      },
    };
  }

  detail(rule: StoredRule): RuleDetail {
    return { ...this.summary(rule), document: rule.versions.at(-1)?.document as RuleDocument, versions: [...rule.versions].reverse() };
  }

  configHash(): string { return digest(JSON.stringify(this.store.deployedDocuments().map(rule => rule.document))).repeat(4); }
}
