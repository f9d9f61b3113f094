// A state machine over records: one small machine per key, timers, counted guards, limits. It decides and remembers; it
// reads no clock and starts nothing. A record takes at most one transition, the first in the order of the document whose
// guard and count hold; it is not looked at again in the state it leads to. Counts begin anew when a state is entered.
import type { Clock, Failure, Result } from '../../base/index.ts';
import { clearShortfall, cutText, ok, shortfall } from '../../base/index.ts';
import { attributeKey, codec, columnId, type RecordCursor, type RequestView, type Value } from '../../otlp/index.ts';
import { partOf, verdict, type ClausePart } from '../explain/index.ts';
import { newFrame, noClock, type Frame } from '../expr/index.ts';
import { ActionLimits, durationWords, type LimitFigures, type LimitsState } from '../limits/index.ts';
import { compileLiveMachine, type LiveMachine, type LiveState } from './compile-machine.ts';
import type { GuardCount, GuardLook, MachineEvent, MachineFigures, MachineKeyState, MachineLook, RecordOrigin } from './events.ts';
import type { From, GuardMemory } from './guard-scope.ts';
import { Instances, type Instance } from './instances.ts';
import { idOf, keptId, textOf } from './key-text.ts';
import type { MatchWindow } from './match-window.ts';
import type { TrainedState } from './trained-bound.ts';
import { recordTime } from './record-time.ts';
import { Training, type TrainingReport } from './training.ts';
import type { MachinePlan } from './types.ts';

interface Tally { isTrue: number; isFalse: number; isNull: number; late: number }

/** What outlives a restart and a new version of the rule: limits and measured bounds. In which state a key was, what it had counted and its
 *  timers do not: nobody knows what came meanwhile. Plain JSON. */
export interface MachineMemory { readonly limits: LimitsState; readonly training: readonly TrainedState[] }

const nothing: readonly MachineEvent[] = [];
const defaultMaxBytes = 16 * 1024 * 1024;
/** Timers that fire at their own time before none is due any more. What is behind by more fires now: a chain of short ones cannot hold up the caller. */
const mostFirings = 10_000;
/** Keys that moved last, which reports show. */
const mostRecent = 64;
const processId = attributeKey('process.pid');
const hostName = attributeKey('host.name');

/** Errors: `machine-invalid`. The clock serves now() and ago() in guards only; machine time is what `feed` and `advance` are given.
 *  `maxBytes`: about how much memory its keys may take; past it the least recently used go. */
export function createMachine(plan: MachinePlan, clock: Clock = noClock, maxBytes = defaultMaxBytes): Result<Machine, Failure> {
  const memory: GuardMemory = { atUnixNano: 0n, limitUnixNano: 0n, seen: null, startedAt: () => null, trained: () => null };
  const live = compileLiveMachine(plan, clock, memory);
  return live.ok ? ok(new Machine(plan, live.value, memory, maxBytes)) : live;
}

export class Machine {
  readonly plan: MachinePlan;
  readonly #live: LiveMachine;
  readonly #memory: GuardMemory;
  #limits: ActionLimits;
  readonly #training: Training;
  readonly #instances: Instances;
  readonly #tallies: ReadonlyMap<LiveState, readonly Tally[]>;
  #cursor: RecordCursor = codec.cursor();
  #isShared = false;
  readonly #frame: Frame = { ...newFrame(), cursor: this.#cursor };
  /** Most recent last. */
  readonly #recent = new Map<string, Instance>();
  #view: RequestView | null = null;
  #now = 0n;
  /** When what is in hand happened: a record, by its own time, or a timer. Never after #now. */
  #at = 0n;
  /** Where the caller has a wall clock: limits go by it, and what is too late is so by it. */
  #wall: bigint | null = null;
  /** Timers that fired since none was due. */
  #chained = 0;
  #events: MachineEvent[] = [];
  /** Transitions that records took. */
  moved = 0;
  errors = 0;
  lastError: string | null = null;

  constructor(plan: MachinePlan, live: LiveMachine, memory: GuardMemory, maxBytes: number) {
    this.plan = plan;
    this.#live = live;
    this.#memory = memory;
    const { actions, perNanos, cooldownNanos } = plan.limits;
    this.#limits = new ActionLimits({ actions, perNanos: BigInt(perNanos), cooldownNanos: BigInt(cooldownNanos) });
    this.#training = new Training(live.training);
    this.#instances = new Instances(plan.limits.maxKeys, maxBytes);
    this.#tallies = new Map([...live.states.values()].map((state) => [state, state.on.map(() => ({ isTrue: 0, isFalse: 0, isNull: 0, late: 0 }))]));
    memory.startedAt = (action) => this.#limits.lastStart(action);
    memory.trained = (name, from, frame) => this.#training.adopted(name, from, frame, this.#now);
  }

  /** When the next timer fires; null when none runs. */
  get nextDueUnixNano(): bigint | null { return this.#instances.timers.first?.dueUnixNano ?? null; }
  get nowUnixNano(): bigint { return this.#now; }
  /** Whether timers are due that did not fire yet: there were more than the caller allowed. */
  get isBehind(): boolean { const due = this.nextDueUnixNano; return due !== null && due <= this.#now; }
  get #limitNow(): bigint { return this.#wall ?? this.#at; }
  /** From where windows reach back. */
  get #windowNow(): bigint { return this.#wall !== null && this.#wall < this.#now ? this.#wall : this.#now; }

  /** Reads records by the cursor of whoever feeds it, so that many machines read one record once, and none keeps it. */
  readFrom(cursor: RecordCursor): void {
    this.#cursor = cursor;
    this.#frame.cursor = cursor;
    this.#isShared = true;
  }

  /** One record at a machine time, which never goes back: an earlier one counts as the latest seen. `at`: when the record happened, where that is
   *  not what it says itself; `wall`: the wall clock, by which limits then go. Due timers run first, `most` of them at most and those of the record's key. */
  feed(view: RequestView, index: number, nowUnixNano: bigint, at: bigint | null = null, wall: bigint | null = null, most = Number.POSITIVE_INFINITY): readonly MachineEvent[] {
    this.#begin(nowUnixNano, wall, most);
    this.#moveTo(view, index);
    this.#happened(at ?? recordTime(this.#cursor) ?? nowUnixNano);
    try { this.#look(view.signal); } catch (error) { this.#fault(error); }
    return this.#take();
  }

  /** Lets time pass: timers that are due by then, `most` of them at most; `isBehind` says whether there are others. */
  advance(nowUnixNano: bigint, wall: bigint | null = null, most = Number.POSITIVE_INFINITY): readonly MachineEvent[] {
    this.#begin(nowUnixNano, wall, most);
    return this.#take();
  }

  /** What the record would meet: its key's state, and each guard of it by itself. Nothing changes; to be asked after `advance` to the
   *  record's time and before `feed`. */
  look(view: RequestView, index: number): MachineLook {
    const { values, known, state } = this.#meeting(view, index);
    const guards = state.on.map(({ plan, test, parts, withinNanos }, i): GuardLook => {
      const outcome = verdict(test(view.signal), this.#frame);
      const near = outcome !== true && parts(view.signal).parts.some((part) => verdict(part.run, this.#frame) === true);
      return { to: plan.to, text: plan.text, outcome, near, have: known?.windows?.[i]?.have(this.#windowNow) ?? 0, need: plan.count, withinNanos };
    });
    return { key: textOf(values), state: state.name, guards };
  }

  /** The key of a record, as text; empty where it cannot be computed. */
  keyText(view: RequestView, index: number): string {
    let text = '';
    this.#guarded(() => { text = textOf(this.#meeting(view, index).values); });
    return text;
  }

  /** The guards of `look` taken apart, with what each part read; secrets masked. */
  say(view: RequestView, index: number): readonly ClausePart[] {
    return this.#meeting(view, index).state.on.map(({ parts }) => partOf(parts(view.signal), this.#frame));
  }

  #meeting(view: RequestView, index: number): { readonly values: readonly Value[]; readonly known: Instance | undefined; readonly state: LiveState } {
    this.#moveTo(view, index);
    const values = this.#live.keys.map((key) => key(view.signal)(this.#frame));
    const known = this.#instances.get(idOf(values));
    this.#remember(known);
    return { values, known, state: known?.state ?? this.#live.initial };
  }

  #happened(at: bigint): void { this.#at = at < this.#now ? at : this.#now; }

  #moveTo(view: RequestView, index: number): void {
    if (this.#isShared && this.#cursor.view === view) {
      if (this.#cursor.index !== index) this.#cursor.moveTo(index);
      return;
    }
    if (view !== this.#view) { this.#cursor.reset(view); this.#view = view; }
    this.#cursor.moveTo(index);
  }

  #begin(now: bigint, wall: bigint | null, most: number): void {
    this.#wall = wall;
    if (now > this.#now) this.#now = now;
    const due = this.nextDueUnixNano;
    if (due !== null && due <= this.#now) this.#runTimers(most); else this.#chained = 0;
    this.#at = this.#now;
  }

  #take(): readonly MachineEvent[] {
    const events = this.#events;
    if (events.length === 0) return nothing;
    this.#events = [];
    return events;
  }

  #guarded(work: () => void): void { try { work(); } catch (error) { this.#fault(error); } }

  /** A guard that cannot be evaluated costs its record, and is counted. */
  #fault(error: unknown): void {
    this.errors++;
    this.lastError = cutText(error instanceof Error ? error.message : String(error), 500);
  }

  #remember(instance: Instance | undefined): void {
    this.#memory.atUnixNano = this.#at;
    this.#memory.limitUnixNano = this.#limitNow;
    this.#memory.seen = instance?.seen ?? null;
  }

  #look(from: From): void {
    const values = this.#live.keys.map((key) => key(from)(this.#frame));
    const id = idOf(values);
    const name = this.#trackedName();
    let instance = this.#instances.get(id);
    if (instance !== undefined) this.#runTimersOf(instance);
    const state = instance?.state ?? this.#live.initial;
    let taken = false;
    let matched = name !== null;
    for (let i = 0; i < state.on.length && !taken; i++) {
      if (!this.#holds(instance, state, i, from)) continue;
      matched = true;
      instance ??= this.#fresh(id, values);
      taken = this.#match(instance, i, from);
    }
    if (matched) this.#touch(instance ?? this.#fresh(id, values), name);
    if (!this.#training.isEmpty) this.#training.learn(from, this.#frame, this.#now);
  }

  #holds(instance: Instance | undefined, state: LiveState, index: number, from: From): boolean {
    this.#remember(instance);
    clearShortfall();
    let value = state.on[index]!.test(from)(this.#frame);
    const short = shortfall();
    // What the guard could not read whole may be wrong: nobody starts an action for it.
    if (short !== null) { this.errors++; this.lastError = short; value = null; }
    const tally = this.#tallies.get(state)![index]!;
    tally[value === true ? 'isTrue' : value === null ? 'isNull' : 'isFalse']++;
    return value === true;
  }

  /** One match of a guard. True when it took the transition. */
  #match(instance: Instance, index: number, from: From): boolean {
    const { plan } = instance.state.on[index]!;
    const window = plan.count === 1 ? null : this.#instances.windowOf(instance, index);
    const matched = window === null ? 'complete' : window.add(this.#at, this.#windowNow);
    if (matched === 'late') this.#tallies.get(instance.state)![index]!.late++;
    if (matched !== 'complete') { this.#instances.weigh(instance); return false; }
    instance.origin = this.#originOf();
    this.moved++;
    this.#keep(instance);
    this.#enter(instance, this.#live.states.get(plan.to)!, from, becauseOf(plan.text, plan.count, window), this.#now);
    return true;
  }

  #touch(instance: Instance, name: string | null): void {
    instance.lastRecordUnixNano = this.#now;
    if (name !== null) { instance.seen.set(name, later(this.#at, instance.seen.get(name))); this.#instances.weigh(instance); }
    this.#keep(instance);
  }

  #enter(instance: Instance, to: LiveState, from: From, because: string, atUnixNano: bigint): void {
    const { text: key, origin } = instance;
    this.#events.push({ event: 'transition', key, from: instance.state.name, to: to.name, atUnixNano, because, origin });
    this.#instances.stand(instance, to, atUnixNano);
    this.#noteRecent(instance);
    for (const { plan, test } of to.enter) {
      this.#remember(instance);
      const why = this.#whyNot(plan.action, test === null ? null : test(from), plan.ifText);
      const common = { key, state: to.name, action: plan.action, atUnixNano };
      this.#events.push(why === null ? { event: 'action', ...common, as: plan.as, parameters: plan.parameters } : { event: 'action-not-run', ...common, because: why });
    }
  }

  /** Null when the action starts; then it counts. A condition that cannot be evaluated does not hold. */
  #whyNot(action: string, condition: ((frame: Frame) => Value) | null, text: string | null): string | null {
    let holds = condition === null;
    if (condition !== null) this.#guarded(() => { holds = condition(this.#frame) === true; });
    return holds ? this.#limits.start(action, this.#limitNow) : `its condition did not hold: ${text ?? ''}`;
  }

  #runTimers(most: number): void {
    const { timers } = this.#instances;
    let left = most;
    for (let next = timers.first; next !== undefined && next.dueUnixNano! <= this.#now; next = timers.first) {
      if (left-- <= 0) return;
      this.#fireTimer(next);
    }
    this.#chained = 0;
  }

  /** A record meets its key where that is by now, however many timers of others wait. */
  #runTimersOf(instance: Instance): void {
    const at = this.#at;
    while (instance.dueUnixNano !== null && instance.dueUnixNano <= this.#now) this.#fireTimer(instance);
    this.#at = at;
  }

  /** A timer fires at its own time, so that a chain of them is not stretched by how rarely somebody looks. */
  #fireTimer(instance: Instance): void {
    this.#at = this.#chained++ < mostFirings ? instance.dueUnixNano! : this.#now;
    const { nanos, to } = instance.state.after[0]!;
    this.#enter(instance, this.#live.states.get(to)!, 'timer', `${durationWords(nanos)} in ${instance.state.name}`, this.#at);
  }

  #fresh(id: string, values: readonly Value[]): Instance {
    const instance: Instance = {
      id: keptId(id), text: textOf(values), state: this.#live.initial, sinceUnixNano: 0n, lastRecordUnixNano: this.#now, windows: null, seen: new Map(), origin: null,
      dueUnixNano: null, heapPlace: -1, isKept: false, bytes: 0,
    };
    this.#instances.stand(instance, this.#live.initial, this.#now);
    return instance;
  }

  #keep(instance: Instance): void {
    this.#instances.keep(instance, (gone) => {
      this.#recent.delete(gone.id);
      this.#events.push({ event: 'key-evicted', key: gone.text, state: gone.state.name, atUnixNano: this.#now });
    });
  }

  #noteRecent(instance: Instance): void {
    this.#recent.delete(instance.id);
    this.#recent.set(instance.id, instance);
    if (this.#recent.size > mostRecent) this.#recent.delete(this.#recent.keys().next().value!);
  }

  /** EventName of a log, Name of a span, MetricName of a point, when some guard asks since() about it. */
  #trackedName(): string | null {
    if (this.#live.tracked.size === 0) return null;
    const { signal } = this.#cursor.view;
    const name = this.#cursor.column(columnId(signal, signal === 'logs' ? 'EventName' : signal === 'spans' ? 'Name' : 'MetricName'));
    return typeof name === 'string' && this.#live.tracked.has(name) ? name : null;
  }

  #originOf(): RecordOrigin {
    const pid = Number(this.#cursor.resourceAttribute(processId) ?? 0);
    return {
      service: named(this.#cursor.column(columnId(this.#cursor.view.signal, 'ServiceName'))), host: named(this.#cursor.resourceAttribute(hostName)),
      pid: Number.isSafeInteger(pid) && pid > 0 ? pid : null,
    };
  }

  /** Every machine that left its first state or matched something, least recently used first. */
  keys(): readonly MachineKeyState[] { return [...this.#instances.all()].map((instance) => this.#keyState(instance)); }

  /** Those that moved last, the most recent first. */
  recentKeys(limit: number): readonly MachineKeyState[] { return [...this.#recent.values()].slice(-limit).reverse().map((instance) => this.#keyState(instance)); }

  #keyState(instance: Instance): MachineKeyState {
    const { text: key, state, sinceUnixNano, lastRecordUnixNano, windows } = instance;
    const matches = state.on.map(({ plan, withinNanos }, i) => ({ on: 'matches' as const, text: plan.text, to: plan.to, have: windows?.[i]?.have(this.#windowNow) ?? 0, need: plan.count, withinNanos, oldestUnixNano: windows?.[i]?.oldestUnixNano ?? null, ...lateOf(windows?.[i]?.late ?? 0) }));
    const timers = state.after.slice(0, 1).map(({ nanos, to }) => ({ on: 'time' as const, to, dueUnixNano: sinceUnixNano + nanos }));
    return { key, state: state.name, sinceUnixNano, lastRecordUnixNano, waits: [...matches, ...timers] };
  }

  guardCounts(): readonly GuardCount[] {
    return [...this.#live.states.values()].flatMap((state) => state.on.map(({ plan }, index) => {
      const { late, ...tally } = this.#tallies.get(state)![index]!;
      return { state: state.name, index, text: plan.text, to: plan.to, ...tally, ...lateOf(late) };
    }));
  }

  figures(): MachineFigures {
    const { size: instances, evicted } = this.#instances;
    return { instances, maxKeys: this.plan.limits.maxKeys, evicted, bytes: this.bytes, states: Object.fromEntries([...this.#live.states.values()].map((state) => [state.name, this.#instances.count(state)])) };
  }

  get instances(): number { return this.#instances.size; }
  get bytes(): number { return this.#instances.bytes + this.#training.bytes; }

  limits(): LimitFigures { return this.#limits.figures(this.#limitNow); }
  /** An action that was let start, by the wall clock of then, was not started after all. */
  giveBack(action: string, wallUnixNano: bigint): void { this.#limits.giveBack(action, wallUnixNano); }

  training(limit: number): readonly TrainingReport[] { return this.#training.report(this.#now, limit); }

  save(what: 'all' | 'limits' = 'all'): MachineMemory { return { limits: this.#limits.state(), training: what === 'all' ? this.#training.state() : [] }; }
  /** Whether it measures bounds. */
  get isMeasuring(): boolean { return !this.#training.isEmpty; }

  /** Goes on where another machine of the same document was, of which the guards say the same by other names: every key with its state, counts and
   *  timers, the tallies, the limits themselves and the measured bounds. The other is not used any more. */
  takeUp(before: Machine): void {
    this.#now = before.#now;
    this.#limits = before.#limits;
    this.#training.takeUp(before.#training);
    this.#instances.takeUp(before.#instances, this.#live.states);
    for (const id of before.#recent.keys()) { const one = this.#instances.get(id); if (one !== undefined) this.#recent.set(id, one); }
    for (const [{ name }, tallies] of before.#tallies) this.#tallies.get(this.#live.states.get(name)!)?.forEach((tally, i) => { Object.assign(tally, tallies[i]); });
    [this.moved, this.errors, this.lastError] = [before.moved, before.errors, before.lastError];
  }

  /** Takes up what another machine of this rule wrote down, at the time of now. */
  restore({ limits, training }: MachineMemory, nowUnixNano: bigint): void {
    this.#limits.restore(limits, nowUnixNano);
    this.#training.restore(training);
  }
}

const named = (value: Value): string | null => (typeof value === 'string' && value !== '' ? cutText(value, 255) : null);
const later = (at: bigint, before: bigint | undefined): bigint => (before === undefined || before < at ? at : before);
const lateOf = (late: number): { readonly late?: number } => (late === 0 ? {} : { late });

function becauseOf(text: string, count: number, window: MatchWindow | null): string {
  return window === null ? text : `${text}, ${count} times${window.withinNanos === null ? '' : ` within ${durationWords(window.withinNanos)}`}`;
}
