// A state machine over records: one small machine per key, timers, counted guards, limits. It decides and remembers; it
// reads no clock and starts nothing. A record takes at most one transition, the first in the order of the document whose
// guard and count hold; it is not looked at again in the state it leads to. Counts begin anew when a state is entered.
import type { Clock, Failure, Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import { codec, columnId, type RecordCursor, type RequestView, type Value } from '../../otlp/index.ts';
import { partOf, verdict, type ClausePart } from '../explain/index.ts';
import { newFrame, noClock, type Frame } from '../expr/index.ts';
import { groupKey, toText } from '../values/index.ts';
import { ActionLimits } from './action-limits.ts';
import { compileLiveMachine, type From, type LiveMachine, type LiveState } from './compile-machine.ts';
import { durationWords } from './duration-words.ts';
import type { GuardCount, GuardLook, MachineEvent, MachineKeyState, MachineLook } from './events.ts';
import type { GuardMemory } from './guard-scope.ts';
import { MatchWindow } from './match-window.ts';
import type { MachinePlan } from './types.ts';

interface Instance {
  readonly id: string; readonly text: string; readonly values: readonly Value[];
  state: LiveState; sinceUnixNano: bigint; lastRecordUnixNano: bigint; dueUnixNano: bigint | null;
  windows: readonly MatchWindow[];
  readonly seen: Map<string, bigint>;
}
interface Tally { isTrue: number; isFalse: number; isNull: number }

/** Errors: `machine-invalid`. The clock serves now() and ago() in guards only; machine time is what `feed` and `advance` are given. */
export function createMachine(plan: MachinePlan, clock: Clock = noClock): Result<Machine, Failure> {
  const memory: GuardMemory = { nowUnixNano: 0n, seenAt: () => null, startedAt: () => null };
  const live = compileLiveMachine(plan, clock, memory);
  return live.ok ? ok(new Machine(plan, live.value, memory)) : live;
}

export class Machine {
  readonly #live: LiveMachine;
  readonly #memory: GuardMemory;
  readonly #limits: ActionLimits;
  readonly #maxKeys: number;
  /** Least recently used first. */
  readonly #instances = new Map<string, Instance>();
  readonly #tallies: ReadonlyMap<LiveState, readonly Tally[]>;
  readonly #cursor: RecordCursor = codec.cursor();
  readonly #frame: Frame = { ...newFrame(), cursor: this.#cursor };
  #view: RequestView | null = null;
  #nextDue: bigint | null = null;
  #now = 0n;
  #events: MachineEvent[] = [];
  errors = 0;
  lastError: string | null = null;

  constructor(plan: MachinePlan, live: LiveMachine, memory: GuardMemory) {
    this.#live = live;
    this.#memory = memory;
    this.#limits = new ActionLimits(plan.limits);
    this.#maxKeys = plan.limits.maxKeys;
    this.#tallies = new Map([...live.states.values()].map((state) => [state, state.on.map(() => ({ isTrue: 0, isFalse: 0, isNull: 0 }))]));
    memory.startedAt = (action) => this.#limits.lastStart(action);
  }

  /** One record at a machine time, which never goes back: an earlier one counts as the latest seen. Due timers run first. */
  feed(view: RequestView, index: number, nowUnixNano: bigint): readonly MachineEvent[] {
    this.#begin(nowUnixNano);
    this.#runTimers();
    if (view !== this.#view) { this.#cursor.reset(view); this.#view = view; }
    this.#cursor.moveTo(index);
    try { this.#look(view.signal); } catch (error) {
      this.errors++;
      this.lastError = error instanceof Error ? error.message : String(error);
    }
    return this.#take();
  }

  /** Lets time pass: timers that are due by then. */
  advance(nowUnixNano: bigint): readonly MachineEvent[] {
    this.#begin(nowUnixNano);
    this.#runTimers();
    return this.#take();
  }

  /** What the record would meet: its key's state, and each guard of it by itself. Nothing changes; to be asked after `advance` to the
   *  record's time and before `feed`. */
  look(view: RequestView, index: number): MachineLook {
    const { values, known, state } = this.#meeting(view, index);
    const guards = state.on.map(({ plan, test, parts, withinNanos }, i): GuardLook => {
      const outcome = verdict(test(view.signal), this.#frame);
      const near = outcome !== true && parts(view.signal).parts.some((part) => verdict(part.run, this.#frame) === true);
      return { to: plan.to, text: plan.text, outcome, near, have: known?.windows[i]?.have(this.#now) ?? 0, need: plan.count, withinNanos };
    });
    return { key: textOf(values), state: state.name, guards };
  }

  /** The guards of `look` taken apart, with what each part read; secrets masked. */
  say(view: RequestView, index: number): readonly ClausePart[] {
    return this.#meeting(view, index).state.on.map(({ parts }) => partOf(parts(view.signal), this.#frame));
  }

  #meeting(view: RequestView, index: number): { readonly values: readonly Value[]; readonly known: Instance | undefined; readonly state: LiveState } {
    if (view !== this.#view) { this.#cursor.reset(view); this.#view = view; }
    this.#cursor.moveTo(index);
    const values = this.#live.keys.map((key) => key(view.signal)(this.#frame));
    const known = this.#instances.get(values.map(groupKey).join('|'));
    this.#memory.nowUnixNano = this.#now;
    this.#memory.seenAt = (name) => known?.seen.get(name) ?? null;
    return { values, known, state: known?.state ?? this.#live.initial };
  }

  #begin(now: bigint): void { if (now > this.#now) this.#now = now; }
  #take(): readonly MachineEvent[] { const events = this.#events; this.#events = []; return events; }

  #look(from: From): void {
    const values = this.#live.keys.map((key) => key(from)(this.#frame));
    const id = values.map(groupKey).join('|');
    const known = this.#instances.get(id);
    const name = this.#nameOf();
    const tracked = name !== null && this.#live.tracked.has(name);
    const next = this.#matching(known ?? this.#fresh(id, values), from, known !== undefined || tracked);
    if (next === null) return;
    next.lastRecordUnixNano = this.#now;
    if (tracked) next.seen.set(name, this.#now);
  }

  /** Evaluates the guards of the instance's state; null when nothing matched and nobody has to remember the key. */
  #matching(instance: Instance, from: From, remember: boolean): Instance | null {
    const { state } = instance;
    let matched = false;
    for (let i = 0; i < state.on.length; i++) {
      if (!this.#holds(instance, i, from)) continue;
      matched = true;
      const { plan } = state.on[i]!;
      if (!instance.windows[i]!.add(this.#now)) continue;
      this.#keep(instance);
      this.#enter(instance, this.#live.states.get(plan.to)!, from, becauseOf(plan.text, plan.count, instance.windows[i]!));
      return instance;
    }
    if (!matched && !remember) return null;
    this.#keep(instance);
    return instance;
  }

  #holds(instance: Instance, index: number, from: From): boolean {
    this.#memory.nowUnixNano = this.#now;
    this.#memory.seenAt = (name) => instance.seen.get(name) ?? null;
    const value = instance.state.on[index]!.test(from)(this.#frame);
    const tally = this.#tallies.get(instance.state)![index]!;
    tally[value === true ? 'isTrue' : value === null ? 'isNull' : 'isFalse']++;
    return value === true;
  }

  #enter(instance: Instance, to: LiveState, from: From, because: string): void {
    this.#events.push({ event: 'transition', key: instance.text, from: instance.state.name, to: to.name, atUnixNano: this.#now, because });
    this.#stand(instance, to);
    for (const { plan, test } of to.enter) {
      this.#memory.nowUnixNano = this.#now;
      this.#memory.seenAt = (name) => instance.seen.get(name) ?? null;
      const why = test !== null && test(from)(this.#frame) !== true ? `its condition did not hold: ${plan.ifText ?? ''}` : this.#limits.start(plan.action, this.#now);
      const common = { key: instance.text, state: to.name, action: plan.action, atUnixNano: this.#now };
      this.#events.push(why === null ? { event: 'action', ...common, as: plan.as, parameters: plan.parameters } : { event: 'action-not-run', ...common, because: why });
    }
  }

  #stand(instance: Instance, state: LiveState): void {
    instance.state = state;
    instance.sinceUnixNano = this.#now;
    instance.windows = state.on.map(({ plan, withinNanos }) => new MatchWindow(plan.count, withinNanos));
    const first = state.after[0];
    instance.dueUnixNano = first === undefined ? null : this.#now + first.nanos;
    if (instance.dueUnixNano !== null && (this.#nextDue === null || instance.dueUnixNano < this.#nextDue)) this.#nextDue = instance.dueUnixNano;
  }

  /** A timer fires at its own time, so that a chain of them is not stretched by how rarely somebody looks. */
  #runTimers(): void {
    const until = this.#now;
    while (this.#nextDue !== null && this.#nextDue <= until) {
      const due = this.#nextDue;
      this.#now = due;
      for (const instance of this.#instances.values()) if (instance.dueUnixNano === due) this.#fire(instance);
      this.#nextDue = soonest(this.#instances.values());
    }
    this.#now = until;
  }

  #fire(instance: Instance): void {
    const { nanos, to } = instance.state.after[0]!;
    this.#enter(instance, this.#live.states.get(to)!, 'timer', `${durationWords(nanos)} in ${instance.state.name}`);
  }

  #fresh(id: string, values: readonly Value[]): Instance {
    const instance: Instance = { id, text: textOf(values), values, state: this.#live.initial, sinceUnixNano: 0n, lastRecordUnixNano: this.#now, dueUnixNano: null, windows: [], seen: new Map() };
    this.#stand(instance, this.#live.initial);
    return instance;
  }

  /** Makes the instance the most recently used; past the bound the least recently used one goes. */
  #keep(instance: Instance): void {
    this.#instances.delete(instance.id);
    this.#instances.set(instance.id, instance);
    if (this.#instances.size <= this.#maxKeys) return;
    const [oldest] = this.#instances.values();
    this.#instances.delete(oldest!.id);
    this.#events.push({ event: 'key-evicted', key: oldest!.text, state: oldest!.state.name, atUnixNano: this.#now });
  }

  /** EventName of a log, Name of a span, MetricName of a point. */
  #nameOf(): string | null {
    if (this.#live.tracked.size === 0) return null;
    const { signal } = this.#cursor.view;
    const name = this.#cursor.column(columnId(signal, signal === 'logs' ? 'EventName' : signal === 'spans' ? 'Name' : 'MetricName'));
    return typeof name === 'string' ? name : null;
  }

  /** Every machine that left its first state or matched something, least recently used first. */
  keys(): readonly MachineKeyState[] { return [...this.#instances.values()].map((instance) => this.#keyState(instance)); }

  #keyState(instance: Instance): MachineKeyState {
    const { text: key, values, state, sinceUnixNano, lastRecordUnixNano } = instance;
    const matches = state.on.map(({ plan, withinNanos }, i) => ({ on: 'matches' as const, text: plan.text, to: plan.to, have: instance.windows[i]!.have(this.#now), need: plan.count, withinNanos, oldestUnixNano: instance.windows[i]!.oldestUnixNano }));
    const timers = state.after.slice(0, 1).map(({ nanos, to }) => ({ on: 'time' as const, to, dueUnixNano: sinceUnixNano + nanos }));
    return { key, values, state: state.name, sinceUnixNano, lastRecordUnixNano, waits: [...matches, ...timers] };
  }

  guardCounts(): readonly GuardCount[] {
    return [...this.#live.states.values()].flatMap((state) => state.on.map(({ plan }, index) => ({ state: state.name, index, text: plan.text, to: plan.to, ...this.#tallies.get(state)![index]! })));
  }
}

const textOf = (values: readonly Value[]): string => values.map((value) => (value === null ? 'null' : toText(value, 'dynamic'))).join(' / ');

function soonest(instances: Iterable<Instance>): bigint | null {
  let least: bigint | null = null;
  for (const { dueUnixNano } of instances) if (dueUnixNano !== null && (least === null || dueUnixNano < least)) least = dueUnixNano;
  return least;
}

function becauseOf(text: string, count: number, { withinNanos }: MatchWindow): string {
  if (count === 1) return text;
  return `${text}, ${count} times${withinNanos === null ? '' : ` within ${durationWords(withinNanos)}`}`;
}
