// What each rule did, over all threads that it ran in. A rule keeps its line for as long as its revision is deployed, and its limits beyond that.
import { ActionLimits, limitBounds, NetMemories, type LanguageOutputs, type LanguageStop, type NetMemory, type Remembering } from '../../engine/index.ts';
import type { RuleDelta } from './protocol.ts';
import type { HostRule, LanguageStats } from './types.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class Entry implements Remembering {
  readonly number: number;
  readonly rule: HostRule;
  readonly limits: ActionLimits;
  readonly stats: Mutable<LanguageStats>;

  constructor(number: number, rule: HostRule) {
    this.number = number;
    this.rule = rule;
    this.limits = new ActionLimits(limitBounds(rule.actions));
    this.stats = {
      id: rule.id, name: rule.name, records: 0, skipped: 0, errors: 0, lastError: null, cpuMs: 0, ticks: 0, stateKeys: 0, stateBytes: 0, stateEvicted: 0, stateLost: 0,
      emitted: 0, metrics: 0, actions: 0, actionsNotRun: 0, refused: 0, cut: 0, overSeconds: 0, disabled: null,
    };
  }

  get mode(): Remembering['mode'] { return this.rule.mode ?? 'live'; }
  /** What outlives it is its limits. */
  get machine(): Remembering['machine'] { return { save: () => ({ limits: this.limits.state(), training: [] }), restore: ({ limits }, now) => { this.limits.restore(limits, now); } }; }

  get isOff(): boolean { return this.stats.disabled !== null; }

  /** True the first time. */
  disable(stop: LanguageStop): boolean {
    if (this.isOff) return false;
    this.stats.disabled = stop;
    this.stats.lastError ??= stop.reason;
    return true;
  }

  add(delta: RuleDelta): void {
    const { stats } = this;
    for (const name of ['records', 'skipped', 'errors', 'cpuMs', 'ticks', 'refused', 'overSeconds'] as const) stats[name] += delta[name];
    stats.lastError = delta.lastError ?? stats.lastError;
    if (delta.state === null) return;
    stats.stateKeys = delta.state.keys;
    stats.stateBytes = delta.state.bytes;
    stats.stateEvicted = delta.state.evicted;
  }

  /** The outputs with the actions that may start by the agent's clock. */
  admit(given: LanguageOutputs, unixNano: bigint): LanguageOutputs {
    const notRun = [...given.notRun];
    const actions = given.actions.filter(({ action }) => {
      const because = this.limits.start(action, unixNano);
      if (because !== null) notRun.push({ action, because });
      return because === null;
    });
    this.#count(given, actions.length, notRun.length);
    return { ...given, actions, notRun };
  }

  loseState(): void {
    this.stats.stateLost++;
    this.stats.stateKeys = 0;
    this.stats.stateBytes = 0;
  }

  #count({ emit, metrics, cut }: LanguageOutputs, actions: number, notRun: number): void {
    this.stats.emitted += emit.length;
    this.stats.metrics += metrics.length;
    this.stats.actions += actions;
    this.stats.actionsNotRun += notRun;
    this.stats.cut += cut;
  }
}

export class Ledger {
  #byId = new Map<string, Entry>();
  #byNumber = new Map<number, Entry>();
  #numbers = 0;
  readonly #memories = new NetMemories();

  /** Rules of the same revision go on, off or not; limits of actions go on by id, also when the rule was away. */
  replace(rules: readonly HostRule[], unixNano: bigint): void {
    const entries = rules.map((rule) => {
      const held = this.#byId.get(rule.id);
      return held?.rule.revision === rule.revision ? held : new Entry(++this.#numbers, rule);
    });
    this.#memories.change([...this.#byId.values()], entries, unixNano);
    this.#byId = new Map(entries.map((entry) => [entry.rule.id, entry]));
    this.#byNumber = new Map(entries.map((entry) => [entry.number, entry]));
  }

  memories(unixNano: bigint): readonly NetMemory[] { return this.#memories.limits([...this.#byId.values()], unixNano); }
  remember(memories: readonly NetMemory[]): void { this.#memories.remember(memories); }
  loseOthers(atUnixNano: bigint): void { this.#memories.loseOthers(atUnixNano); }
  unknownAt(unixNano: bigint): bigint | null { return this.#memories.unknownAt(unixNano); }

  of(id: string): Entry | undefined { return this.#byId.get(id); }
  numbered(number: number): Entry | undefined { return this.#byNumber.get(number); }
  running(): readonly Entry[] { return [...this.#byId.values()].filter(({ isOff }) => !isOff); }
  all(): Iterable<Entry> { return this.#byId.values(); }
}
