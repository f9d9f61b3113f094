// The redaction audit at work: takes what agents say, keeps and stores it, and sends them keys, scans and canaries.
import type { z } from 'zod';
import { ok, type Result } from '../../base/index.ts';
import type { AgentConfig, CanaryRun, canaryStatus, residualScanMessage, residualScanStarted } from '../../model/index.ts';
import { record, weirItself, type Actor } from '../audit/index.ts';
import type { Agent, Fleet } from '../fleet/index.ts';
import type { Problem } from '../http/problem.ts';
import type { Store } from '../store/index.ts';
import { RedactionBook } from './book/book.ts';
import { Canary, outcomes, readStoredCanary, requestOf } from './canary/canary.ts';
import { readStoredScans } from './book/full-scans.ts';
import type { KeyPeriods } from './key-periods.ts';
import { jsonOf } from './report/json-of.ts';
import { secondLook } from './report/second-look.ts';
import { RuleHistory } from './rule-history.ts';
import { redacting, redactingOn } from './redacting-rules.ts';
import type { AuditAgent, FleetView } from './views/fleet-view.ts';
import type { NamedThing } from './told-names.ts';
import { RedactionWriter } from './writer.ts';

export interface RedactionOptions {
  readonly fleet: Fleet; readonly store: Store; readonly keys: KeyPeriods; readonly nowMs: () => number; readonly onError: (error: unknown) => void;
  readonly newId: () => string; readonly u32: () => number;
}

const canaryKey = 'redaction.canary';
/** Five seconds without a leak are the proof; a deployment takes some to reach every agent. */
const proofScanMs = 20_000;
const scanKey = 'redaction.full-scan-until';
const scansKey = 'redaction.full-scans';
/** What a running scan has seen is written this often. */
const scansEveryMs = 5000;
/** A proof scan goes on while a source that a rule hides is not yet proved to have stopped, so often at most. */
const mostExtensions = 5;

export class RedactionService {
  readonly book: RedactionBook;
  readonly writer: RedactionWriter;
  readonly history: RuleHistory;
  #canary = new Canary(readStoredCanary(null));
  readonly #options: RedactionOptions;
  #fullUntilMs = 0;
  #auditing: Promise<void> = Promise.resolve();
  /** The scan after a deployment: its end, and how often it was prolonged. */
  #proof = { untilMs: 0, extended: 0, rule: '' };
  #scansWrittenMs = 0;

  constructor(options: RedactionOptions) {
    this.#options = options;
    this.book = new RedactionBook(secondLook(), (service) => this.#canary.isCanary(service));
    this.writer = new RedactionWriter(this.book, options.store, options.onError);
    this.history = new RuleHistory(options.store.rules, options.nowMs);
  }

  async load(): Promise<void> {
    const { fleet, store, nowMs, keys } = this.#options;
    await this.writer.load();
    this.#canary = new Canary(readStoredCanary(await store.settings.get(canaryKey)));
    this.#fullUntilMs = Number(await store.settings.get(scanKey) ?? 0);
    this.book.fullScans.load(readStoredScans(await store.settings.get(scansKey)));
    keys.begins(nowMs());
    fleet.onReady((agent) => { this.#greet(agent); });
    fleet.onCustom((agent, type, data) => { this.#receive(agent, type, data); });
    const deployed = await store.rules.lastDeployments();
    this.book.deployments.add([...deployed].map(([ruleId, { revision, at }]) => ({ ruleId, revision, atMs: Date.parse(at) })));
    fleet.onPublish((config) => { this.#deployed(config); });
    fleet.onApplied((agent, config) => { this.#runs(agent, redactingOn(config, { acknowledged: true, status: agent.status, known: [] })); });
    // An agent that took a part of a configuration, or turned a rule off by itself, says so in its status alone.
    fleet.onStatus((agent, status) => {
      const { config, hash } = fleet.intended;
      const acknowledged = agent.report.configStatus === 'applied' && agent.report.configHash === hash;
      this.#runs(agent, redactingOn(config, { acknowledged, status, known: this.book.agents.of(agent.ordinal).applied }));
    });
  }

  /** Other policies are deployed: sources are called as they may be told now. */
  renameSources(tell: (name: string, service: string | null, as: NamedThing) => string): void {
    this.book.sources.rename(({ service, durableId, source, key, context }) => ({ durableId: tell(durableId, service, 'event'), source: tell(source, service, 'key'), key: tell(key, service, 'key'), context: tell(context, service, 'key') }));
  }

  /** Once a second or more often: keys, ends, folding, writing. */
  tick(): void {
    const { fleet, nowMs, keys } = this.#options;
    const now = nowMs();
    if (keys.begins(now)) for (const agent of fleet.connectedWeirAgents) fleet.sendCustom(agent, 'redaction.key', keys.message(now));
    this.#settleCanary();
    for (const { ordinal } of fleet.connectedWeirAgents) if (!this.book.agents.isComing(ordinal, now)) this.book.settle(ordinal, now);
    this.#prolong(now);
    this.book.tidy(now);
    if (now - this.#scansWrittenMs >= scansEveryMs) void this.#writeScans(now);
    this.writer.write(now);
  }

  async stop(): Promise<void> {
    await this.#auditing;
    await this.#writeScans(this.#options.nowMs());
    await this.writer.settle(this.#options.nowMs());
  }

  /** The last run as it is now, and whether it goes on. */
  canaryStatus(): z.infer<typeof canaryStatus> {
    this.#settleCanary();
    return { last: this.#canary.lastAmong(this.#rulesNow), running: this.#canary.running };
  }

  /** Until when everything is scanned on request; null when it is not. */
  get fullUntilMs(): number | null { return this.#fullUntilMs > this.#options.nowMs() ? this.#fullUntilMs : null; }

  /** Whether the rule redacts in the fleet's configuration as it is now: deployed and live. */
  runs(ruleId: string): boolean { return redacting(this.#options.fleet.intended.config).some(({ id }) => id === ruleId); }

  /** What runs of the redacting rules, by id. */
  get #rulesNow(): ReadonlyMap<string, string> { return new Map(redacting(this.#options.fleet.intended.config).map(({ id, version, deployment }) => [id, `${version}@${deployment}`])); }

  get fleet(): FleetView {
    const { fleet } = this.#options;
    const seen = ({ ordinal, id, name, connection, lastSeenAt, status }: Agent): AuditAgent =>
      ({ no: ordinal, id, name, connected: connection !== null, lastSeenAt, ...(status !== null && { downstream: status.exporters.some(({ url }) => url !== null) }) });
    const all = fleet.agents.filter(({ report }) => report.weir).map(seen);
    const byNo = new Map(all.map((agent) => [agent.no, agent]));
    return { all, find: (no) => byNo.get(no) ?? null };
  }

  /** `seconds` 0 ends it. */
  async scanFully(seconds: number, actor: Actor): Promise<z.infer<typeof residualScanStarted>> {
    const { fleet, store, nowMs } = this.#options;
    const before = this.fullUntilMs;
    const untilMs = seconds === 0 ? 0 : nowMs() + seconds * 1000;
    const until = (ms: number | null) => ({ until: ms === null || ms === 0 ? null : new Date(ms).toISOString() });
    await store.transaction(async (parts) => {
      await parts.settings.set(scanKey, String(untilMs));
      await record(parts, actor, new Date(nowMs()).toISOString(), { action: seconds === 0 ? 'redaction.scan-end' : 'redaction.scan', subject: 'redaction:residual-scan', before: until(before), after: until(untilMs) });
    });
    this.#fullUntilMs = untilMs;
    this.#proof = { ...this.#proof, untilMs: 0 };
    if (untilMs === 0) this.book.fullScans.cut(nowMs());
    else this.book.fullScans.begin({ fromMs: nowMs(), toMs: untilMs, by: actor.user, agents: fleet.connectedWeirAgents.map(({ ordinal }) => ordinal) });
    const agents = fleet.connectedWeirAgents.filter((agent) => fleet.sendCustom(agent, 'redaction.residual-scan', scanMessage(untilMs)));
    return { ...until(untilMs), agents: agents.length };
  }

  async runCanary(actor: Actor): Promise<Result<CanaryRun, Problem>> {
    const { fleet, nowMs, newId, u32 } = this.#options;
    this.#settleCanary();
    const begun = this.#canary.begin(newId(), actor.user, { agents: this.fleet.all, rules: this.#rulesNow }, nowMs());
    if (!begun.ok) return begun;
    const { id, startedAt, agents } = begun.value;
    await this.#noteCanary(actor, startedAt, 'redaction.canary', { before: null, after: { run: id, agents: agents.map(({ name, state }) => ({ name, state })) } });
    const request = requestOf(id, u32());
    for (const agent of fleet.connectedWeirAgents) fleet.sendCustom(agent, 'redaction.canary', request);
    return ok(begun.value);
  }

  /** Written down that somebody took a proof away, and which. */
  async noteExport(actor: Actor, facts: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#options.store.transaction((parts) => record(parts, actor, new Date(this.#options.nowMs()).toISOString(), { action: 'redaction.export', subject: 'redaction:audit', before: null, after: facts }));
  }

  /** Leaks are counted from here; and for the proof that they stopped, everything that leaves is scanned for a while. */
  #deployed(config: AgentConfig): void {
    const { nowMs } = this.#options;
    const rules = redacting(config);
    const isNew = this.book.deployments.add(rules.map(({ id, deployment }) => ({ ruleId: id, revision: deployment, atMs: nowMs() })));
    if (isNew) this.#scanForProof(rules.toSorted((a, b) => b.deployment - a.deployment)[0]?.name ?? '', 0);
  }

  /** `rule`: whose deployment is to be proved. A longer scan on request proves as much. */
  #scanForProof(rule: string, extended: number): void {
    const { fleet, nowMs } = this.#options;
    const untilMs = nowMs() + proofScanMs;
    if (untilMs <= this.#fullUntilMs) return;
    this.#proof = { untilMs, extended, rule };
    const agents = fleet.connectedWeirAgents.filter((agent) => fleet.sendCustom(agent, 'redaction.residual-scan', scanMessage(untilMs)));
    if (extended === 0) this.book.fullScans.begin({ fromMs: nowMs(), toMs: untilMs, by: weirItself.user, rule, agents: agents.map(({ ordinal }) => ordinal) });
    else this.book.fullScans.prolong(untilMs);
  }

  /** Before a proof scan ends with its proof missing: hidden since the last leak, and no time yet to see that none follows. */
  #prolong(now: number): void {
    const { untilMs, extended, rule } = this.#proof;
    if (untilMs === 0 || now < untilMs - 3000) return;
    const { fleet } = this.#options;
    const isMissing = fleet.connectedWeirAgents.some(({ ordinal }) => this.book.stands.open(ordinal).some(({ stop }) => stop != null));
    if (isMissing && extended < mostExtensions) this.#scanForProof(rule, extended + 1);
    else if (now >= untilMs) this.#proof = { untilMs: 0, extended: 0, rule: '' };
  }

  async #writeScans(now: number): Promise<void> {
    const { fullScans } = this.book;
    if (!fullScans.isDirty) return;
    fullScans.isDirty = false;
    this.#scansWrittenMs = now;
    const text = JSON.stringify(fullScans.all);
    try {
      await this.#options.store.transaction((parts) => parts.settings.set(scansKey, text));
    } catch {
      // The writer tells of a disk that fails; this is tried again.
      fullScans.isDirty = true;
    }
  }

  #runs(agent: Agent, rules: Parameters<RedactionBook['agents']['applies']>[1]): void { this.book.agents.applies(agent.ordinal, rules, this.#options.nowMs()); }

  #greet(agent: Agent): void {
    const { fleet, nowMs, keys } = this.#options;
    fleet.sendCustom(agent, 'redaction.key', keys.message(nowMs()));
    this.book.agents.came(agent.ordinal, nowMs());
    const untilMs = Math.max(this.#fullUntilMs, this.#proof.untilMs);
    if (untilMs > nowMs()) fleet.sendCustom(agent, 'redaction.residual-scan', scanMessage(untilMs));
  }

  #receive(agent: Agent, type: string, data: Uint8Array): void {
    const now = this.#options.nowMs();
    if (type === 'redaction.report') this.book.take(data, { agent: agent.ordinal, offsetMs: (sentUnixMs) => agent.offsetMs(sentUnixMs, now) }, now);
    if (type === 'redaction.canary-result' && this.#canary.take(agent.id, jsonOf(data))) this.#settleCanary();
  }

  #settleCanary(): void {
    const { fleet, nowMs } = this.#options;
    if (!this.#canary.settle((id) => fleet.find(id)?.connection != null, nowMs())) return;
    const run = this.#canary.last;
    if (run !== null) this.#noteCanary(weirItself, run.finishedAt ?? '', 'redaction.canary-end', { before: { run: run.id }, after: { run: run.id, ...outcomes(run) } }).catch(this.#options.onError);
  }

  #noteCanary(actor: Actor, at: string, action: string, { before, after }: { readonly before: unknown; readonly after: Readonly<Record<string, unknown>> & { readonly run: string } }): Promise<void> {
    const stored = JSON.stringify(this.#canary.stored);
    const done = this.#options.store.transaction(async (parts) => {
      await parts.settings.set(canaryKey, stored);
      await record(parts, actor, at, { action, subject: `canary:${after.run}`, before, after });
    });
    this.#auditing = this.#auditing.then(() => done).catch(() => undefined);
    return done;
  }
}

const scanMessage = (untilUnixMs: number): z.infer<typeof residualScanMessage> => ({ untilUnixMs });
