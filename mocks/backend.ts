// The mock backend: rules, faults, settings and audit in memory, and a fleet whose rates follow the deployed rules, so that numbers add up.
import type { AuditEntryView, MockClock } from './types.ts';
import type { BreachKind, FleetPoint, Overview, RuleNotice } from '../src/model/index.ts';
import { digest, latestOf, RulesStore, type StoredRule } from './rules-store.ts';
import { fate, matchedBy } from './rule-effects.ts';
import { MockActions, seedActions } from './actions/index.ts';
import { MockArtifacts, seedArtifacts } from './artifacts/index.ts';
import { seedRules } from './seed-rules.ts';
import { rateAt, shopTalkers, type ShopTalker } from './shop.ts';

const windowMs = 15 * 60_000;
const noticeMs = 10 * 60_000;

export class MockBackend {
  readonly clock: MockClock;
  readonly store = new RulesStore();
  readonly audit: AuditEntryView[] = [];
  readonly startedMs: number;
  readonly artifacts: MockArtifacts;
  readonly actions: MockActions;
  /** Artifacts are made of real bytes, and that takes a moment. */
  readonly ready: Promise<void>;
  #notices: readonly RuleNotice[] = [];
  #nextNotice = 1;
  /** Seconds that were played; the past does not change when rules do. */
  readonly #points = new Map<number, FleetPoint>();
  faults = [
    { name: 'chatty-log', label: 'Chatty log', description: 'frontend writes LogLaunch eight times per page view: most of the volume, read by nobody.', on: true },
    { name: 'leaking-token', label: 'Leaking token and e-mail', description: 'cart logs the source-control token and the customer’s e-mail address when a catalogue sync fails.', on: false },
    { name: 'growing-queue', label: 'Growing queue', description: 'checkout takes orders faster than it works them off; QueueDepth climbs.', on: false },
    { name: 'hot-loop', label: 'Hot loop', description: 'payments solves a Tower of Hanoi for every charge and burns CPU.', on: false },
    { name: 'renamed-event', label: 'Renamed event', description: 'checkout 4.13.0 is released: CheckoutStarted is called checkout.started there, and order.total order.amount.', on: false },
    { name: 'drifting-field', label: 'Drifting field', description: 'cart writes cart.items as text, leaves cart.region out and adds a cart.promo that is never the same.', on: false },
  ];

  constructor(clock: MockClock) {
    this.clock = clock;
    this.startedMs = clock();
    seedRules(this);
    this.artifacts = new MockArtifacts(clock);
    this.actions = new MockActions(this);
    this.ready = seedArtifacts(this.artifacts, this.startedMs).then(() => seedActions(this));
  }

  iso(unixMs: number): string { return new Date(unixMs).toISOString(); }
  note(action: string, subject: string, actor = 'you', at = this.iso(this.clock())): void { this.audit.unshift({ id: this.audit.length + 1, at, actor, action, subject, detail: {} }); }

  /** An agent turned the rule off. */
  breach(rule: StoredRule, agent: string, kind: BreachKind, reason: string, at = this.iso(this.clock())): void {
    this.store.breach(rule, { agent, kind, reason, at });
    this.note('rule.breach', `rule:${rule.id}`, `agent:${agent}`, at);
    this.#tell('breach', rule, agent, reason, at);
  }

  disable(rule: StoredRule): void { this.store.end(rule, 'disable', this.iso(this.clock()), matchedBy(this, rule, this.clock())); }

  /** Ends rules whose time has come; every answer begins with it. */
  expireDue(): void {
    for (const rule of this.store.rules.values()) {
      const { expiresAt } = rule;
      if (expiresAt === null || Date.parse(expiresAt) > this.clock()) continue;
      this.store.end(rule, 'expire', expiresAt, matchedBy(this, rule, Date.parse(expiresAt)));
      this.note('rule.expire', `rule:${rule.id}`, 'weir', expiresAt);
      this.#tell('expired', rule, null, 'Its time was over, so it was disabled on the whole fleet.', expiresAt);
    }
  }

  #tell(kind: RuleNotice['kind'], rule: StoredRule, agent: string | null, message: string, at: string): void {
    this.#notices = [...this.#notices, { id: `notice-${this.#nextNotice++}`, at, kind, ruleId: rule.id, ruleName: latestOf(rule).document.name, agent, message }];
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
    const point = { t: unixMs, in: 0, out: 0, dropped: 0, sampled: 0, toMetric: 0, recorded: 0, deduped: 0, emitted: 0, lost: 0, noDownstream: 0, cpuShare: 0, rssBytes: 96 * 2 ** 20, tailShed: 0 };
    for (const talker of shopTalkers) {
      const { in: rate, removed, part } = fate(this.store.deployedRules(), talker, unixMs);
      point.in += rate;
      point.out += rate - removed;
      if (part) point[part] += removed;
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
    const talkers = shopTalkers.slice(0, 10).map(talker => this.#talker(talker, end, all));
    return {
      now, points, talkers, otherPerSecond: all - talkers.reduce((sum, each) => sum + each.perSecond, 0),
      agents: { connected: 2, known: 3 }, cpuBudgetShare: 0.01,
      exporters: [{ agent: 'shop-1', name: 'otlp-main', url: 'http://127.0.0.1:4320/v1', state: 'ok', message: '' }, { agent: 'shop-2', name: 'otlp-main', url: null, state: 'none', message: '' }],
      marks: this.store.deployedRules().map(({ document, sinceMs, mode }) => ({ t: sinceMs, label: `${document.name} ${mode === 'shadow' ? 'in shadow' : 'on'}`, kind: 'deploy' as const })),
      notices: this.#notices.filter(({ at }) => Date.parse(at) >= now - noticeMs).toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    };
  }

  #talker(talker: ShopTalker, end: number, all: number): Overview['talkers'][number] {
    const history = Array.from({ length: 60 }, (_, i) => rateAt(talker, end - (59 - i) * 5000));
    const rules = this.store.deployedRules().filter(rule => rule.shape.durableId === talker.durableId).map(rule => ({ id: rule.id, name: rule.document.name, sink: rule.shape.sink }));
    const perSecond = rateAt(talker, end);
    return { durableId: talker.durableId, service: talker.service, signal: talker.signal, perSecond, bytesPerSecond: perSecond * talker.bytesEach, share: all > 0 ? perSecond / all : 0, history, rules };
  }

  configHash(): string { return digest(JSON.stringify(this.store.deployedRules().map(({ document, mode }) => [document, mode]))).repeat(4); }
}
