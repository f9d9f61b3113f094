// MachinePlan -> closures. A guard may meet records of any signal, so each is compiled once per signal, when the first such
// record comes; and once for no record at all, which is what the `if` of an action sees when a timer entered its state.
import { failure, ok, type Clock, type Failure, type Result } from '../../base/index.ts';
import type { Expr } from '../../kql/index.ts';
import { signals } from '../../model/index.ts';
import { compilePart, type ProbePart } from '../explain/index.ts';
import { CompileError, compileExpr, type Fn } from '../expr/index.ts';
import { unionBindings, type Bindings } from '../record/index.ts';
import { GuardScope, nameOf, trainedOf, type From, type GuardMemory } from './guard-scope.ts';
import type { LiveTraining } from './training.ts';
import { machinePlanVersion, type MachinePlan, type MachinePlanAction, type MachinePlanTransition } from './types.ts';

export interface LiveTransition { readonly plan: MachinePlanTransition; readonly test: (from: From) => Fn; /** The guard taken apart, compiled when somebody asks. */ readonly parts: (from: From) => ProbePart; readonly withinNanos: bigint | null }
export interface LiveAction { readonly plan: MachinePlanAction; readonly test: ((from: From) => Fn) | null }
export interface LiveState {
  readonly name: string; readonly on: readonly LiveTransition[]; readonly enter: readonly LiveAction[];
  /** Soonest first. */
  readonly after: readonly { readonly nanos: bigint; readonly to: string }[];
}
export interface LiveMachine {
  readonly initial: LiveState; readonly states: ReadonlyMap<string, LiveState>; readonly keys: readonly ((from: From) => Fn)[];
  /** Names that some guard asks since() about. */
  readonly tracked: ReadonlySet<string>;
  readonly training: readonly LiveTraining[];
}

/** A shorter timer would be nothing but work. */
export const leastTimerNanos = 1_000_000n;
/** Names that one machine remembers per key. */
const mostTracked = 200;

/** Errors: `machine-invalid` with the state and guard at fault. */
export function compileLiveMachine(plan: MachinePlan, clock: Clock, memory: GuardMemory): Result<LiveMachine, Failure> {
  try { return ok(new MachineCompiler(plan, clock, memory).compile()); } catch (error) {
    if (error instanceof CompileError) return failure('machine-invalid', error.message, error.help);
    throw error;
  }
}

class MachineCompiler {
  readonly #plan: MachinePlan;
  readonly #clock: Clock;
  readonly #memory: GuardMemory;
  readonly #tracked = new Set<string>();
  readonly #bindings = new Map<From, Bindings>();

  constructor(plan: MachinePlan, clock: Clock, memory: GuardMemory) { this.#plan = plan; this.#clock = clock; this.#memory = memory; }

  compile(): LiveMachine {
    const { version, states, initial, key } = this.#plan;
    if (version !== machinePlanVersion) throw new CompileError(`The machine is of version ${String(version)}; this program runs version ${machinePlanVersion}.`, 'Update the older of agent and server.');
    const names = new Set(states.map((state) => state.name));
    const known = (name: string): string => { if (!names.has(name)) throw new CompileError(`There is no state ${name}.`, `The states are ${[...names].join(', ')}.`); return name; };
    known(initial);
    const live = states.map((state): LiveState => ({
      name: state.name,
      on: state.on.map((plan) => ({ plan: { ...plan, to: known(plan.to) }, test: this.#perSignal(plan.when), parts: this.#partsPerSignal(plan.when), withinNanos: plan.withinNanos === null ? null : BigInt(plan.withinNanos) })),
      enter: state.enter.map((plan) => ({ plan, test: plan.if === null ? null : this.#perSignal(plan.if) })),
      after: state.after.map(({ nanos, to }) => ({ nanos: timerOf(nanos, state.name), to: known(to) })).sort((a, b) => (a.nanos < b.nanos ? -1 : 1)),
    }));
    const byName = new Map(live.map((state) => [state.name, state]));
    return { initial: byName.get(initial)!, states: byName, keys: key.map(({ expr }) => this.#perSignal(expr)), training: this.#training(), tracked: this.#tracked };
  }

  #training(): readonly LiveTraining[] {
    return (this.#plan.train ?? []).map((plan) => ({ plan, value: this.#perSignal(plan.value), by: plan.by.map(({ expr }) => this.#perSignal(expr)) }));
  }

  /** Compiles for logs at once, so that a fault is found before the first record. */
  #perSignal(expr: Expr): (from: From) => Fn {
    this.#track(expr);
    const made = new Map<From, Fn>([['logs', this.#compile(expr, 'logs')]]);
    return (from) => {
      let fn = made.get(from);
      if (fn === undefined) made.set(from, (fn = this.#compile(expr, from)));
      return fn;
    };
  }

  #partsPerSignal(expr: Expr): (from: From) => ProbePart {
    const made = new Map<From, ProbePart>();
    return (from) => {
      let parts = made.get(from);
      if (parts === undefined) made.set(from, (parts = compilePart(expr, this.#scope(from), this.#clock)));
      return parts;
    };
  }

  #compile(expr: Expr, from: From): Fn { return compileExpr(expr, { scope: this.#scope(from), clock: this.#clock }).run; }
  #scope(from: From): GuardScope { return new GuardScope(this.#bindingsOf(from), this.#clock, this.#memory, from); }

  #bindingsOf(from: From): Bindings {
    let bindings = this.#bindings.get(from);
    if (bindings === undefined) this.#bindings.set(from, (bindings = from === 'timer' ? noRecord() : unionBindings(from)));
    return bindings;
  }

  #track(expr: Expr): void {
    const name = nameOf(expr, 'since');
    if (name !== null) this.#tracked.add(name);
    if (this.#tracked.size > mostTracked) throw new CompileError(`Its guards ask since() about more than ${mostTracked} names.`, 'Split the machine into several.');
    const trained = trainedOf(expr);
    if (trained !== null && !(this.#plan.train ?? []).some((one) => one.name === trained.name)) throw new CompileError(`trained("${trained.name}") has nothing to go by.`, `Add under train: ${trained.name}: p99 over 7d by ServiceName.`);
    if (expr.k === 'call') expr.args.forEach((arg) => this.#track(arg));
    if (expr.k === 'member') { this.#track(expr.base); this.#track(expr.key); }
  }
}

function timerOf(text: string, state: string): bigint {
  const nanos = BigInt(text);
  if (nanos < leastTimerNanos) throw new CompileError(`A time after which ${state} is left is shorter than 1 ms.`, 'Write 1ms or more.');
  return nanos;
}

/** Every column is there and null. */
const noRecord = (): Bindings => new Map(signals.flatMap((signal) => [...unionBindings(signal)]).map(([name, { type }]) => [name, { kind: 'missing', type }]));
