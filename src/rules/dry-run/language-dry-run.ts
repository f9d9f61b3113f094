// A language rule over requests: it takes no action and changes no record; it says what its script would have handed out. Machine-made loops
// end in the sandbox; the time of all calls together is bounded here, for a script may be slow without ever being stopped.
import { ok, type Failure, type Result } from '../../base/index.ts';
import type { EmittedMetric, VmModule } from '../../engine/language/index.ts';
import { codec, columnId, type RequestView } from '../../otlp/index.ts';
import { ScriptReplay, type ScriptCall } from '../language/index.ts';
import type { CompiledLanguage } from '../types.ts';
import { CallTimes } from './call-times.ts';
import { explained } from './query-dry-run.ts';
import { readRecord, timeOf } from './record.ts';
import type { DryRun, DryRunOptions, DryRunRequest, LanguageDryRunCall, LanguageDryRunMetric, LanguageDryRunResult } from './types.ts';

const maxCalls = 200;
const maxMetrics = 100;
/** Of the script, over the whole run. */
const budgetMs = 10_000;

export function createLanguageDryRun(rule: CompiledLanguage, vm: VmModule, options: DryRunOptions): Result<DryRun, Failure> {
  const replay = ScriptReplay.create(rule, vm);
  return replay.ok ? ok(new LanguageDryRun(replay.value, options)) : replay;
}

class LanguageDryRun implements DryRun {
  readonly #replay: ScriptReplay;
  readonly #times: CallTimes;
  readonly #beat: () => void;
  readonly #cursor = codec.cursor();
  readonly #calls: LanguageDryRunCall[] = [];
  readonly #metrics = new Map<string, { -readonly [K in keyof LanguageDryRunMetric]: LanguageDryRunMetric[K] }>();
  readonly #counts = { scanned: 0, reached: 0, leftOut: 0, bytes: 0, malformed: 0, errors: 0, emitted: 0, points: 0, actions: 0, actionsNotRun: 0, refused: 0, cut: 0, callsLeftOut: 0, pointsLeftOut: 0 };
  #from: bigint | null = null; #to: bigint | null = null;
  #error: string | null = null;

  constructor(replay: ScriptReplay, { now, beat = () => undefined }: DryRunOptions) {
    this.#replay = replay;
    this.#times = new CallTimes(now);
    this.#beat = beat;
  }

  feed(request: DryRunRequest): void {
    const walked = codec.walk(request.signal, request.bytes);
    if (!walked.ok) { this.#counts.malformed++; this.#error ??= explained(walked.error); return; }
    const view = walked.value;
    this.#counts.scanned += view.recordCount;
    this.#counts.bytes += request.bytes.length;
    this.#cursor.reset(view);
    const column = columnId(view.signal, 'Timestamp');
    for (let i = 0; i < view.recordCount; i++) {
      this.#cursor.moveTo(i);
      const time = timeOf(this.#cursor.column(column), request.sentAtMs);
      if (this.#from === null || time < this.#from) this.#from = time;
      if (this.#to === null || time > this.#to) this.#to = time;
      this.#note(this.#replay.advance(time), null);
      if (this.#replay.wants(view, i)) this.#call(view, i, request);
    }
  }

  #call(view: RequestView, index: number, { sentAtMs, idOf }: DryRunRequest): void {
    if (this.#replay.stop !== null || this.#times.spentMs > budgetMs) { this.#counts.leftOut++; return; }
    this.#beat();
    this.#counts.reached++;
    const calls = this.#times.of(() => this.#replay.feed(view, index));
    this.#note(calls, () => ({ record: readRecord(this.#cursor, idOf?.(index) ?? -1, sentAtMs), request: codec.rewrite(view, Array.from({ length: view.recordCount }, (_, i) => (i === index ? null : false))) }));
  }

  #note(calls: readonly ScriptCall[], of: (() => Pick<LanguageDryRunCall, 'record' | 'request'>) | null): void {
    for (const { cause, outputs } of calls) {
      this.#count(outputs);
      for (const metric of outputs.metrics) this.#metric(metric);
      if (this.#calls.length >= maxCalls) { this.#counts.callsLeftOut++; continue; }
      const { emit, metrics, actions, notRun, logs, error } = outputs;
      this.#calls.push({ cause, atUnixNano: outputs.atUnixNano, number: this.#counts.reached, ...(of === null ? { record: null, request: null } : of()), emit, metrics, actions, notRun, logs, error });
    }
  }

  #count({ emit, metrics, actions, notRun, refused, cut, error }: ScriptCall['outputs']): void {
    const counts = this.#counts;
    counts.emitted += emit.length; counts.points += metrics.length; counts.actions += actions.length; counts.actionsNotRun += notRun.length; counts.refused += refused; counts.cut += cut;
    if (error === null) return;
    counts.errors++;
    this.#error = error.line === null ? error.message : `${error.message} (line ${error.line}, column ${error.column ?? 1})`;
  }

  #metric({ name, unit, kind, attributes, value }: EmittedMetric): void {
    const key = JSON.stringify([name, unit, kind, Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
    const known = this.#metrics.get(key);
    if (known !== undefined) { known.calls++; known.value = kind === 'sum' ? known.value + value : value; }
    else if (this.#metrics.size < maxMetrics) this.#metrics.set(key, { name, unit, kind, attributes, value, calls: 1 });
    else this.#counts.pointsLeftOut++;
  }

  settle(): boolean { return true; }

  result(): LanguageDryRunResult {
    const { scanned, reached, leftOut, bytes, malformed, errors, emitted, points, actions, actionsNotRun, refused, cut, callsLeftOut, pointsLeftOut } = this.#counts;
    return {
      kind: 'language', scanned, reached, bytesBefore: bytes, fromMs: millis(this.#from), toMs: millis(this.#to), cpu: this.#times.estimate(), malformed, errors, error: this.#error,
      emitted, points, actions, actionsNotRun, refused, cut, calls: this.#calls, callsLeftOut, metrics: [...this.#metrics.values()].toSorted((a, b) => b.calls - a.calls), pointsLeftOut,
      stop: this.#replay.stop?.reason ?? null, leftOut, tooSlow: this.#replay.stop === null && leftOut > 0, ticksLeftOut: this.#replay.ticksLeftOut, state: this.#replay.state(),
    };
  }
}

const millis = (nano: bigint | null): number => (nano === null ? 0 : Number(nano / 1000n) / 1000);
