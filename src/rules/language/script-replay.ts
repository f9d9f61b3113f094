// A script over records, one after the other, as an agent would call it: which records it gets, and a tick for each second that passes on
// their clock. The same records give the same calls.
import { ok, type Clock, type Failure, type Result } from '../../base/index.ts';
import { compileFilter, type RecordFilter } from '../../engine/index.ts';
import type { LanguageOutputs, LanguageRule, LanguageState, LanguageStop, VmModule } from '../../engine/language/index.ts';
import type { Expr, Plan } from '../../kql/index.ts';
import { signals, type Signal } from '../../model/index.ts';
import { codec, type RequestView } from '../../otlp/index.ts';
import type { CompiledLanguage } from '../types.ts';
import { whenPlan } from './compile-language.ts';
import { loadScript } from './script.ts';

/** One call that came to something. */
export interface ScriptCall { readonly cause: 'record' | 'tick'; readonly outputs: LanguageOutputs }

/** Seconds without a record that are ticked one by one; of a longer gap only so many. */
const maxTicksAtOnce = 120;
const second = 1_000_000_000n;

type Wanted = Readonly<Record<Signal, readonly RecordFilter[] | null>>;

export class ScriptReplay {
  readonly #rule: LanguageRule;
  readonly #wanted: Wanted;
  readonly #time: { nano: bigint };
  readonly #cursor = codec.cursor();
  #view: RequestView | null = null;
  #nextTick: bigint | null = null;
  /** Why it runs no more. */
  stop: LanguageStop | null = null;
  /** Seconds of long gaps that had no tick. */
  ticksLeftOut = 0;

  private constructor(rule: LanguageRule, wanted: Wanted, time: { nano: bigint }) {
    this.#rule = rule;
    this.#wanted = wanted;
    this.#time = time;
  }

  /** Fails when the script does not load, or a condition cannot run. `vm` is this run's alone. */
  static create(rule: CompiledLanguage, vm: VmModule): Result<ScriptReplay, Failure> {
    const time = { nano: 0n };
    const wanted = filtersOf(rule, { nowUnixNano: () => time.nano, monotonicMs: () => 0 });
    if (!wanted.ok) return wanted;
    const loaded = loadScript(rule, vm);
    return loaded.ok ? ok(new ScriptReplay(loaded.value, wanted.value, time)) : loaded;
  }

  get ticks(): number { return this.#rule.ticks; }
  /** Null once it was stopped. */
  state(): LanguageState | null { return this.stop === null ? this.#rule.state() : null; }

  /** Whether the record is one that the script gets. */
  wants(view: RequestView, index: number): boolean {
    const filters = this.#wanted[view.signal];
    return filters !== null && filters.every((filter) => filter(view, index));
  }

  /** Time goes forward to `unixNano`: the ticks that are due. */
  advance(unixNano: bigint): readonly ScriptCall[] {
    if (unixNano > this.#time.nano) this.#time.nano = unixNano;
    if (!this.#rule.hasTick) return [];
    this.#nextTick ??= unixNano + second;
    const calls: ScriptCall[] = [];
    for (let most = maxTicksAtOnce; this.#nextTick <= unixNano && this.stop === null; this.#nextTick += second) {
      if (most-- === 0) { const left = (unixNano - this.#nextTick) / second + 1n; this.ticksLeftOut += Number(left); this.#nextTick += left * second; break; }
      const at = this.#nextTick;
      this.#took('tick', this.#rule.tick(at), calls);
    }
    return calls;
  }

  /** One record that it `wants`. */
  feed(view: RequestView, index: number): readonly ScriptCall[] {
    if (this.stop !== null) return [];
    if (view !== this.#view) { this.#cursor.reset(view); this.#view = view; }
    this.#cursor.moveTo(index);
    const calls: ScriptCall[] = [];
    this.#took('record', this.#rule.record(this.#cursor), calls);
    return calls;
  }

  #took(cause: ScriptCall['cause'], outputs: LanguageOutputs | null, calls: ScriptCall[]): void {
    if (outputs === null) return;
    this.stop ??= outputs.stop;
    calls.push({ cause, outputs });
  }
}

/** By signal: what a record must pass; null where the rule has nothing to do with the signal. */
function filtersOf({ targets, language: { signals: wanted, when } }: CompiledLanguage, clock: Clock): Result<Wanted, Failure> {
  const plans: readonly Plan[] = [...(targets === null ? [] : [{ ...targets, table: 'source' as const }]), ...(when === null ? [] : [whenPlan(when as Expr)])];
  const entries: (readonly [Signal, readonly RecordFilter[] | null])[] = [];
  for (const signal of signals) {
    const filters: RecordFilter[] = [];
    for (const plan of wanted.includes(signal) ? plans : []) {
      const made = compileFilter(plan, signal, clock);
      if (!made.ok) return made;
      filters.push(made.value);
    }
    entries.push([signal, wanted.includes(signal) ? filters : null]);
  }
  return ok(Object.fromEntries(entries) as Record<Signal, readonly RecordFilter[] | null>);
}
