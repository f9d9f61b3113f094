// A state machine over requests: it takes no action and changes no record, it says what it would have done. Machine time
// is the time of the records, as far as it goes forward.
import { ok, type Clock, type Failure, type Result } from '../../base/index.ts';
import { compileFilter, createMachine, type Machine, type MachineEvent } from '../../engine/index.ts';
import { codec, columnId, type RequestView } from '../../otlp/index.ts';
import type { CompiledMachine } from '../types.ts';
import { CpuMeter, CpuSample } from './cpu-meter.ts';
import { MachineReplay } from './machine-replay.ts';
import { explained } from './query-dry-run.ts';
import type { DryRun, DryRunOptions, DryRunRequest, MachineDryRunResult } from './types.ts';

const maxEvents = 2000;
const maxStates = 200;

type Wanted = (view: RequestView, index: number) => boolean;

export function createMachineDryRun(rule: CompiledMachine, options: DryRunOptions): Result<DryRun, Failure> {
  const time = { nano: 0n };
  const clock: Clock = { nowUnixNano: () => time.nano, monotonicMs: options.now };
  const machine = createMachine(rule.machine, clock);
  if (!machine.ok) return machine;
  const timed = createMachine(rule.machine, clock);
  if (!timed.ok) return timed;
  const targets = rule.targets;
  if (targets === null) return ok(new MachineDryRun(options, machine.value, timed.value, time, null));
  const filters = (['logs', 'spans', 'metrics'] as const).map((signal) => [signal, compileFilter({ ...targets, table: 'source' }, signal, clock)] as const);
  for (const [, filter] of filters) if (!filter.ok) return filter;
  const bySignal = new Map(filters.flatMap(([signal, filter]) => (filter.ok ? [[signal, filter.value] as const] : [])));
  return ok(new MachineDryRun(options, machine.value, timed.value, time, (view, index) => bySignal.get(view.signal)!(view, index)));
}

class MachineDryRun implements DryRun {
  readonly #machine: Machine;
  /** Another like it, for the CPU estimate only. */
  readonly #timed: Machine;
  readonly #replay: MachineReplay;
  readonly #cpuSample = new CpuSample<RequestView>();
  readonly #time: { nano: bigint };
  readonly #wanted: Wanted | null;
  readonly #cpu: CpuMeter;
  readonly #events: MachineEvent[] = [];
  readonly #counts = { 'transition': 0, 'action': 0, 'action-not-run': 0, 'key-evicted': 0 };
  #scanned = 0; #reached = 0; #malformed = 0; #bytes = 0;
  #from: bigint | null = null; #to: bigint | null = null;
  #error: string | null = null;

  constructor(options: DryRunOptions, machine: Machine, timed: Machine, time: { nano: bigint }, wanted: Wanted | null) {
    this.#machine = machine;
    this.#timed = timed;
    this.#replay = new MachineReplay(machine);
    this.#time = time;
    this.#wanted = wanted;
    this.#cpu = new CpuMeter(options.now);
  }

  feed({ signal, bytes, sentAtMs }: DryRunRequest): void {
    const walked = codec.walk(signal, bytes);
    if (!walked.ok) { this.#malformed++; this.#error ??= explained(walked.error); return; }
    this.#scanned += walked.value.recordCount;
    this.#bytes += bytes.length;
    this.#records(walked.value, sentAtMs);
    this.#cpuSample.add(walked.value, walked.value.recordCount);
  }

  #records(view: RequestView, sentAtMs: number): void {
    const cursor = codec.cursor();
    const column = columnId(view.signal, 'Timestamp');
    cursor.reset(view);
    for (let i = 0; i < view.recordCount; i++) {
      if (this.#wanted !== null && !this.#wanted(view, i)) continue;
      cursor.moveTo(i);
      const time = cursor.column(column);
      this.#record(view, i, typeof time === 'bigint' && time > 0n ? time : BigInt(Math.round(sentAtMs)) * 1_000_000n);
    }
  }

  #record(view: RequestView, index: number, at: bigint): void {
    this.#reached++;
    if (this.#from === null || at < this.#from) this.#from = at;
    if (this.#to === null || at > this.#to) this.#to = at;
    if (at > this.#time.nano) this.#time.nano = at;
    this.#note(this.#replay.feed(view, index, this.#time.nano));
  }

  #note(events: readonly MachineEvent[]): void {
    for (const event of events) {
      this.#counts[event.event]++;
      if (this.#events.length < maxEvents) this.#events.push(event);
    }
  }

  settle(deadline: number): boolean {
    const { requests, records } = this.#cpuSample;
    const rule = () => { for (const view of requests) for (let i = 0; i < view.recordCount; i++) if (this.#wanted === null || this.#wanted(view, i)) this.#timed.feed(view, i, this.#time.nano); };
    return this.#cpu.measure({ records, rule, baseline: () => undefined }, deadline);
  }

  result(): MachineDryRunResult {
    const keys = this.#machine.keys();
    return {
      kind: 'state-machine', scanned: this.#scanned, reached: this.#reached, bytesBefore: this.#bytes, fromMs: millis(this.#from), toMs: millis(this.#to),
      cpu: this.#cpu.estimate(), malformed: this.#malformed, errors: this.#machine.errors, error: this.#error ?? this.#machine.lastError,
      transitions: this.#counts['transition'], actions: this.#counts['action'], actionsNotRun: this.#counts['action-not-run'], keysEvicted: this.#counts['key-evicted'],
      events: this.#events, steps: this.#replay.steps, passedOver: this.#replay.passedOverAtEnd, guards: this.#machine.guardCounts(), keys: keys.length, states: keys.slice(0, maxStates),
    };
  }
}

const millis = (nano: bigint | null): number => (nano === null ? 0 : Number(nano / 1000n) / 1000);
