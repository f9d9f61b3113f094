// Language rules on an agent: which records they are handed, and what becomes of what they hand out. Records and metrics go back through
// the pipeline, so that redaction sees them; actions go to whoever runs actions; a rule in shadow only counts.
import { ok, type Clock, type Failure, type Result } from '../../base/index.ts';
import { compileSelection, emittedLogs, languageScope, MetricBook, type DisabledRule, type LanguageOutputs, type LanguageStop, type NetFiring, type NetMemory, type SelectRecords } from '../../engine/index.ts';
import { defaultBounds, type AgentRuleInput, type ArmedNet, type BreachKind, type NetEvent, type RuleStats, type Signal } from '../../model/index.ts';
import { codec, type RequestView, type Value } from '../../otlp/index.ts';
import { unixMs } from '../ports/index.ts';
import { LanguageHost } from './host.ts';
import { armedLanguage, noteEvents } from './armed-language.ts';
import type { GiveBack, HostRule } from './types.ts';

export interface LanguageRunnerOptions {
  readonly clock: Clock;
  /** Attributes of the agent: targets may name them, and what a tick emits is its own. */
  readonly agent: Readonly<Record<string, Value>>;
  /** Through the rules, as records that rules made; before it returns, whoever sees requests has seen it. */
  readonly emit: (signal: Signal, request: Uint8Array) => void;
  readonly fire: (firing: NetFiring) => void;
  readonly onDisabled: (rules: readonly DisabledRule[]) => void;
}

interface Running { readonly rule: AgentRuleInput; readonly host: HostRule; readonly select: SelectRecords; /** Actions it asked for, oldest first. */ readonly events: NetEvent[] }

const maxSeries = 1000;
const flushEveryMs = 1000;
/** The sandbox's own share of a rule's memory bound. */
const leastMemoryBytes = 2 * 2 ** 20;

export class LanguageRunner {
  readonly #options: LanguageRunnerOptions;
  readonly #host: LanguageHost;
  readonly #metrics: MetricBook;
  #rules = new Map<string, Running>();
  /** What this agent could not run, or what turned itself off. */
  readonly #off = new Map<string, NonNullable<RuleStats['disabled']>>();
  #timer: NodeJS.Timeout | null = null;
  /** What is seen meanwhile is what language rules made: none of them is handed it, or they would feed each other for ever. Nothing in a
   *  request says so, for whoever sends one could write it there and be seen by no rule. */
  #emitting = false;

  constructor(options: LanguageRunnerOptions) {
    this.#options = options;
    this.#metrics = new MetricBook(maxSeries, options.clock.nowUnixNano());
    this.#host = new LanguageHost({ clock: options.clock, onOutputs: ({ id }, outputs, giveBack) => { this.#take(id, outputs, giveBack); }, onDisabled: ({ id }, stop) => { this.#stopped(id, stop); } });
  }

  start(): void { this.#timer = setInterval(() => { this.flush(); }, flushEveryMs); }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.flush();
    await this.#host.stop();
  }

  /** One that cannot run costs itself only, and says so in its stats. `disabled`: deployments that stay off. */
  replace(rules: readonly AgentRuleInput[], disabled: readonly DisabledRule[]): Result<void, Failure> {
    this.#off.clear();
    const running = new Map<string, Running>();
    for (const rule of rules) {
      const select = compileSelection(rule, this.#options.agent, this.#options.clock);
      const gone = disabled.find((one) => one.id === rule.id && one.version === rule.version && one.deployment === (rule.deployment ?? 0));
      if (!select.ok) this.#off.set(rule.id, { kind: 'refused', reason: select.error.message, atUnixMs: unixMs(this.#options.clock) });
      else if (gone !== undefined) this.#off.set(rule.id, gone.disabled);
      running.set(rule.id, { rule, host: hostRule(rule), select: select.ok ? select.value : () => null, events: this.#rules.get(rule.id)?.events ?? [] });
    }
    this.#rules = running;
    this.#host.replace([...running.values()].filter(({ rule }) => !this.#off.has(rule.id)).map(({ host }) => host));
    return ok(undefined);
  }

  /** Each request after redaction. Copies what it wants; waits for nothing. */
  see(view: RequestView): void {
    if (this.#rules.size === 0 || this.#emitting) return;
    const wants = [...this.#rules.values()].flatMap(({ rule, select }) => {
      const records = this.#off.has(rule.id) ? null : select(view);
      return records === null ? [] : [{ rule: rule.id, records }];
    });
    if (wants.length > 0) this.#host.offer(view.signal, view.bytes, wants);
  }

  /** Metrics that rules made since the last time go on their way. */
  flush(): void {
    for (const { resource, points } of this.#metrics.flush(this.#options.clock.nowUnixNano())) this.#emit('metrics', codec.encodeMetrics(resource ?? this.#options.agent, languageScope, points));
  }

  #emit(signal: Signal, request: Uint8Array): void {
    this.#emitting = true;
    try { this.#options.emit(signal, request); } finally { this.#emitting = false; }
  }

  stats(): readonly RuleStats[] {
    const byId = new Map(this.#host.stats().map((stats) => [stats.id, stats]));
    return [...this.#rules.values()].map(({ rule }): RuleStats => {
      const stats = byId.get(rule.id);
      const made = (stats?.emitted ?? 0) + (stats?.metrics ?? 0);
      const isShadow = rule.mode === 'shadow';
      return {
        id: rule.id, version: rule.version, deployment: rule.deployment ?? 0, matched: stats?.records ?? 0, removed: 0, changed: 0, emitted: isShadow ? 0 : made, errors: stats?.errors ?? 0, cpuMs: stats?.cpuMs ?? 0, bytesRemoved: 0,
        lastError: stats?.lastError ?? null, groups: stats?.stateKeys ?? 0, stateBytes: stats?.stateBytes ?? 0, overflowed: stats?.skipped ?? 0, disabled: this.#off.get(rule.id) ?? null,
        ...(isShadow && { would: { removed: 0, changed: 0, emitted: made, bytesRemoved: 0 } }),
      };
    });
  }

  /** As they stand among the armed nets: those that may start actions. */
  armed(): readonly ArmedNet[] {
    const byId = new Map(this.#host.stats().map((stats) => [stats.id, stats]));
    return [...this.#rules.values()].filter(({ rule }) => !this.#off.has(rule.id)).map(({ rule, events }) => armedLanguage(rule, byId.get(rule.id), this.#host.limitsOf(rule.id), events));
  }

  /** What they may start, beyond this process; see NetMemories. */
  memories(): readonly NetMemory[] { return this.#host.memories(); }
  remember(memories: readonly NetMemory[]): void { this.#host.remember(memories); }
  loseOthers(atUnixNano: bigint): void { this.#host.loseOthers(atUnixNano); }
  unknownAt(): bigint | null { return this.#host.unknownAt(); }

  #take(id: string, outputs: LanguageOutputs, giveBack: GiveBack): void {
    const running = this.#rules.get(id);
    if (running === undefined || running.rule.mode === 'shadow') return;
    const records = emittedLogs(outputs, running.rule.name, this.#options.agent);
    if (records !== null) this.#emit('logs', records);
    this.#metrics.add(outputs);
    if (outputs.actions.length > 0 || outputs.notRun.length > 0) this.#fire(running, outputs, giveBack);
  }

  #fire({ rule, events }: Running, outputs: LanguageOutputs, giveBack: GiveBack): void {
    const firing = firingOf(rule, outputs, giveBack);
    noteEvents(events, [...firing.actions.map(({ event }) => event), ...firing.notRun.map(({ action, because }): NetEvent => ({ event: 'action-not-run', atUnixMs: firing.atUnixMs, key: '', action, because }))]);
    this.#options.fire(firing);
  }

  #stopped(id: string, { kind, reason }: LanguageStop): void {
    const rule = this.#rules.get(id)?.rule;
    if (rule === undefined) return;
    const disabled = { kind: breachOf(kind), reason, atUnixMs: unixMs(this.#options.clock) };
    this.#off.set(id, disabled);
    this.#options.onDisabled([{ id, version: rule.version, deployment: rule.deployment ?? 0, disabled }]);
  }
}

const breachOf = (kind: LanguageStop['kind']): BreachKind => (kind === 'cpu' || kind === 'memory' ? kind : kind === 'load' ? 'refused' : 'sandbox');

function hostRule({ id, name, version, deployment = 0, mode = 'live', language, bounds = defaultBounds }: AgentRuleInput): HostRule {
  const limits = language?.limits ?? { actions: 0, perMs: 3_600_000, cooldownMs: 0 };
  return { id, name, mode, revision: `${version}#${deployment}#${mode}`, javascript: language?.javascript ?? '', actions: limits, cpuShare: bounds.cpuShare, limits: { memoryBytes: Math.max(leastMemoryBytes, Math.min(bounds.memoryBytes, 64 * 2 ** 20)) } };
}

function firingOf({ id, name, version, deployment = 0 }: AgentRuleInput, { actions, notRun, resource, atUnixNano }: LanguageOutputs, giveBack: GiveBack): NetFiring {
  const atUnixMs = Number(atUnixNano / 1_000_000n);
  const because = 'its script asked for it';
  return {
    rule: { id, name, version, deployment }, key: '', from: 'onRecord', to: 'onRecord', atUnixMs, because, notRun,
    origin: resource === null ? null : { service: text(resource['service.name']), pid: number(resource['process.pid']), host: text(resource['host.name']) },
    actions: actions.map(({ action, parameters }) => ({ action, as: null, parameters, event: { event: 'action', atUnixMs, key: '', action, because }, giveBack: () => { giveBack(action); } })),
  };
}

const text = (value: Value | undefined): string | null => (typeof value === 'string' ? value : null);
const number = (value: Value | undefined): number | null => (value === undefined || value === null || !Number.isSafeInteger(Number(value)) ? null : Number(value));
