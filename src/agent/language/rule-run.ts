// One rule in the worker thread: its calls, what they cost, and when it has to rest or end. The host watches `progress` from outside, for a
// native call that never returns cannot be stopped in here.
import { broken, type LanguageOutputs, type LanguageRule, type LanguageState, type LanguageStop } from '../../engine/language/index.ts';
import type { RecordCursor } from '../../otlp/index.ts';
import { progressPlaces, type RuleDelta } from './protocol.ts';
import { SecondBudget } from './second-budget.ts';
import type { HostLimits } from './types.ts';

/** Calls between two looks at the clocks, which take a microsecond or two each. */
const callsPerLook = 32;

const cpuMs = (): number => { const { user, system } = process.threadCpuUsage(); return (user + system) / 1000; };
const lineOf = ({ message, line, column }: NonNullable<LanguageOutputs['error']>): string => (line === null ? message : `${message} (line ${line}, column ${column ?? 1})`);
const thingsOf = ({ emit, metrics, actions, notRun }: LanguageOutputs): number => emit.length + metrics.length + actions.length + notRun.length;

interface Counts { records: number; skipped: number; errors: number; lastError: string | null; cpuMs: number; ticks: number; refused: number; overSeconds: number; outputs: LanguageOutputs[] }
const newCounts = (): Counts => ({ records: 0, skipped: 0, errors: 0, lastError: null, cpuMs: 0, ticks: 0, refused: 0, overSeconds: 0, outputs: [] });

export class RuleRun {
  readonly number: number;
  readonly #rule: LanguageRule;
  readonly #progress: Int32Array;
  readonly #limits: HostLimits;
  readonly #budget: SecondBudget;
  #counts = newCounts();
  #errorsInARow = 0;
  #stop: LanguageStop | null = null;
  #stopTold = false;

  constructor(number: number, rule: LanguageRule, cpuShare: number, limits: HostLimits, progress: Int32Array) {
    this.number = number;
    this.#rule = rule;
    this.#progress = progress;
    this.#limits = limits;
    this.#budget = new SecondBudget(limits, cpuShare);
  }

  /** Records by ordinal; null: all. */
  run(cursor: RecordCursor, records: Uint32Array | null): void {
    const count = records?.length ?? cursor.view.recordCount;
    for (let from = 0; from < count; from += callsPerLook) {
      const to = Math.min(count, from + callsPerLook);
      if (this.#stop !== null || !this.#budget.mayRun(performance.now())) { this.#counts.skipped += count - from; return; }
      this.#measured(() => {
        for (let i = from; i < to; i++) {
          if (this.#stop !== null) { this.#counts.skipped += to - i; return; }
          cursor.moveTo(records === null ? i : records[i]!);
          this.#call(() => this.#rule.record(cursor));
          this.#counts.records++;
        }
      });
    }
  }

  tick(unixNano: bigint): void {
    if (!this.#rule.hasTick || this.#stop !== null || !this.#budget.mayRun(performance.now())) return;
    this.#measured(() => this.#call(() => this.#rule.tick(unixNano)));
  }

  /** What happened since the last time. `withState`: looking costs a call. */
  take(withState: boolean): RuleDelta | null {
    const counts = this.#counts;
    const tellStop = this.#stop !== null && !this.#stopTold;
    if (!withState && !tellStop && counts.records === 0 && counts.skipped === 0 && counts.cpuMs === 0) return null;
    this.#counts = newCounts();
    this.#stopTold ||= tellStop;
    return { number: this.number, ...counts, stop: tellStop ? this.#stop : null, state: withState ? this.#state() : null };
  }

  #state(): LanguageState | null {
    if (this.#stop !== null) return null;
    try { return this.#watched(() => this.#rule.state()); } catch (cause) { this.#stop = broken(cause); return null; }
  }

  #measured(work: () => void): void {
    const cpuBefore = cpuMs();
    const ticksBefore = this.#rule.ticks;
    const overBefore = this.#budget.overSeconds;
    work();
    const cpu = cpuMs() - cpuBefore;
    const ticks = this.#rule.ticks - ticksBefore;
    this.#counts.cpuMs += cpu;
    this.#counts.ticks += ticks;
    this.#stop ??= this.#budget.use(cpu, ticks);
    this.#counts.overSeconds += this.#budget.overSeconds - overBefore;
  }

  #watched<T>(work: () => T): T {
    Atomics.add(this.#progress, progressPlaces.call, 1);
    Atomics.store(this.#progress, progressPlaces.rule, this.number);
    try { return work(); } finally { Atomics.store(this.#progress, progressPlaces.rule, 0); }
  }

  #call(run: () => LanguageOutputs | null): void {
    let outputs: LanguageOutputs | null = null;
    try { outputs = this.#watched(run); } catch (cause) { this.#stop ??= broken(cause); return; }
    if (outputs !== null) this.#took(outputs);
    if (outputs?.error == null) this.#errorsInARow = 0;
  }

  #took(outputs: LanguageOutputs): void {
    this.#counts.refused += outputs.refused;
    if (outputs.error !== null) {
      this.#counts.errors++;
      this.#counts.lastError = lineOf(outputs.error);
      if (++this.#errorsInARow >= this.#limits.errorsInARow) this.#stop ??= { kind: 'errors', reason: `It failed ${this.#errorsInARow} times in a row, last with: ${this.#counts.lastError}` };
    }
    this.#stop ??= outputs.stop;
    const things = thingsOf(outputs);
    if (things === 0) return;
    if (this.#budget.mayHandOut(things, outputs.chars)) this.#counts.outputs.push(outputs);
    else this.#counts.refused += things;
  }
}
