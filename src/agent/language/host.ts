// The host of all language rules of an agent: one worker thread, fed with copies of redacted requests and never waited for. A rule that
// does not return costs itself, its thread, and the state of the others; they go on in a new one. See the README for what is counted where.
import { copyOf } from '../../base/index.ts';
import { codec } from '../../otlp/index.ts';
import type { Signal } from '../../model/index.ts';
import { MachineClock, type LanguageStop, type LimitFigures, type NetMemory } from '../../engine/index.ts';
import { BatchQueue, wantedOf } from './batch-queue.ts';
import { Ledger, type Entry } from './ledger.ts';
import type { FromWorker, RuleDelta } from './protocol.ts';
import { Thread, type ThreadEnd } from './thread.ts';
import { defaultHostLimits, type HostLimits, type HostOptions, type HostRule, type LanguageStats, type Want } from './types.ts';

/** Threads that end with no rule at work, in a row, before the host gives up. */
const mostFailures = 3;

export class LanguageHost {
  readonly #options: HostOptions;
  readonly #limits: HostLimits;
  readonly #ledger = new Ledger();
  readonly #clock = new MachineClock();
  readonly #queue: BatchQueue;
  readonly #ticker: NodeJS.Timeout;
  #thread: Thread | null = null;
  #batches = 0;
  #tickAsked = false;
  #failures = 0;
  #stopped = false;

  constructor(options: HostOptions) {
    this.#options = options;
    this.#limits = { ...defaultHostLimits, ...options.limits };
    this.#queue = new BatchQueue(this.#limits.queueBytes, this.#limits.queueRecords);
    this.#ticker = setInterval(() => this.#tick(), 1000);
    this.#ticker.unref();
  }

  /** These rules from now on. One with the id and revision of before goes on as it was. A script that does not load is told by onDisabled. */
  replace(rules: readonly HostRule[]): void {
    this.#ledger.replace(rules, this.#now);
    if (this.#stopped) return;
    if (this.#ledger.running().length === 0) { this.#dropThread(); this.#queue.clear(); }
    else this.#sendRules();
  }

  /** Gives rules what they want to see of a request that redaction has passed. The bytes are copied; nothing waits. */
  offer(signal: Signal, bytes: Uint8Array, wants: readonly Want[]): void {
    const live = wants.map(({ rule, records }) => ({ entry: this.#ledger.of(rule), records })).filter(({ entry, records }) => entry !== undefined && !entry.isOff && records?.length !== 0) as readonly { entry: Entry; records: Uint32Array | null }[];
    if (live.length === 0 || this.#thread === null) return;
    const walked = codec.walk(signal, bytes);
    if (!walked.ok) return;
    const batch = { id: ++this.#batches, signal, bytes, wants: live.map(({ entry: { number }, records }) => ({ number, records })), records: walked.value.recordCount };
    if (!this.#queue.hasRoom(bytes.length, batch.records)) { this.#skip(wantedOf(batch)); return; }
    this.#queue.add({ ...batch, bytes: copyOf(bytes) });
    this.#feed();
  }

  stats(): readonly LanguageStats[] { return [...this.#ledger.all()].map(({ stats }) => ({ ...stats })); }

  /** How much of a rule's limits is used; null when it does not run here. */
  limitsOf(id: string): LimitFigures | null { return this.#ledger.of(id)?.limits.figures(this.#seen) ?? null; }
  /** Limits of all rules, for the next process; to be handed to its `remember` before its rules come. */
  memories(): readonly NetMemory[] { return this.#ledger.memories(this.#now); }
  remember(memories: readonly NetMemory[]): void { this.#ledger.remember(memories); }
  /** Of rules that `remember` does not name nobody knows what they started. */
  loseOthers(atUnixNano: bigint): void { this.#ledger.loseOthers(atUnixNano); }
  unknownAt(): bigint | null { return this.#ledger.unknownAt(this.#now); }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#ticker);
    const thread = this.#thread;
    this.#thread = null;
    await thread?.stop();
  }

  /** The time of limits: it goes with the wall clock, and goes on when that is set back. */
  get #now(): bigint {
    this.#clock.wall(this.#options.clock.nowUnixNano());
    return this.#clock.wallUnixNano;
  }

  /** The same to look at only: it is not moved by that. */
  get #seen(): bigint {
    const [now, seen] = [this.#options.clock.nowUnixNano(), this.#clock.wallUnixNano];
    return now > seen ? now : seen;
  }

  #sendRules(): void {
    this.#thread ??= new Thread({ limits: this.#limits, monotonicMs: () => this.#options.clock.monotonicMs(), onMessage: (message) => this.#receive(message), onEnd: (end) => this.#lostThread(end) });
    this.#thread.post({ kind: 'rules', rules: this.#ledger.running().map(({ number, rule }) => ({ number, rule })) });
  }

  #feed(): void {
    for (let batch = this.#queue.next(); batch !== null; batch = this.#queue.next()) {
      const { id, signal, bytes, wants } = batch;
      this.#thread?.post({ kind: 'batch', batch: { id, signal, bytes, wants } }, [bytes.buffer as ArrayBuffer]);
    }
  }

  #tick(): void {
    if (this.#thread === null || this.#tickAsked) return;
    this.#tickAsked = true;
    this.#thread.post({ kind: 'tick', unixNano: this.#options.clock.nowUnixNano() });
  }

  #receive({ kind, batch, rules }: FromWorker): void {
    this.#failures = 0;
    if (kind === 'tick') this.#tickAsked = false;
    if (batch !== null) this.#queue.answered(batch);
    for (const delta of rules) this.#take(delta);
    this.#feed();
  }

  #take(delta: RuleDelta): void {
    const entry = this.#ledger.numbered(delta.number);
    if (entry === undefined) return;
    entry.add(delta);
    const now = this.#now;
    for (const outputs of delta.outputs) this.#options.onOutputs(entry.rule, entry.admit(outputs, now), (action) => { entry.limits.giveBack(action, now); });
    if (delta.stop !== null) this.#disable(entry, delta.stop);
  }

  /** The thread lets go of a rule that is off with the next set of rules. */
  #disable(entry: Entry, stop: LanguageStop): void {
    if (!entry.disable(stop)) return;
    this.#options.onDisabled(entry.rule, stop);
    if (this.#thread !== null && !this.#stopped) this.#sendRules();
  }

  #skip(counts: ReadonlyMap<number, number>): void {
    for (const [number, records] of counts) { const entry = this.#ledger.numbered(number); if (entry !== undefined) entry.stats.skipped += records; }
  }

  #dropThread(): void {
    const thread = this.#thread;
    this.#thread = null;
    this.#tickAsked = false;
    for (const batch of this.#queue.lose()) this.#skip(wantedOf(batch));
    void thread?.stop();
  }

  #lostThread({ rule, kind, why }: ThreadEnd): void {
    this.#dropThread();
    const guilty = this.#ledger.numbered(rule);
    if (guilty !== undefined) this.#disable(guilty, { kind, reason: why });
    else if (++this.#failures >= mostFailures) for (const entry of this.#ledger.running()) this.#disable(entry, { kind, reason: `${why} It did so ${mostFailures} times.` });
    const others = this.#ledger.running();
    for (const entry of others) entry.loseState();
    if (others.length === 0 || this.#stopped) return;
    this.#options.onRestart?.(others.map((entry) => entry.rule), why);
    this.#sendRules();
    this.#feed();
  }
}
