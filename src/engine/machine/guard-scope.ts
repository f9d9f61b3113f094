// What names and the functions of a guard mean: the record's columns, since("EventName"), last("action") and trained("name", otherwise).
import type { Expr } from '../../kql/index.ts';
import type { Clock } from '../../base/index.ts';
import type { Signal } from '../../model/index.ts';
import { CompileError, type Compiled, type Frame, type Scope } from '../expr/index.ts';
import { RecordScope, type Bindings } from '../record/index.ts';

/** What an expression looks at: a record of a signal, or none, when a timer entered a state. */
export type From = Signal | 'timer';

/** What a machine remembers while a guard is evaluated; set before each evaluation. */
export interface GuardMemory {
  /** When the record in hand happened, or the timer was due. */
  atUnixNano: bigint;
  /** What time it is for limits. */
  limitUnixNano: bigint;
  /** When the key's machine last saw a record of each name; null for a key that is new. */
  seen: ReadonlyMap<string, bigint> | null;
  /** When this rule last started such an action; null when never. */
  startedAt: (action: string) => bigint | null;
  /** The measured bound for the record in hand, when it is adopted and known. */
  trained: (name: string, from: From, frame: Frame) => number | null;
}

/** The largest timespan of KQL (2^63 - 1 ticks of 100 ns): an action that never ran is longer ago than any bound. */
export const longAgoNanos = (2n ** 63n - 1n) * 100n;

/** The name inside `since("name")`; null when the expression is none. */
export function nameOf(expr: Expr, fn: 'since' | 'last'): string | null {
  if (expr.k !== 'call' || expr.fn !== fn) return null;
  const [name] = expr.args;
  if (expr.args.length === 1 && name?.k === 'literal' && typeof name.value === 'string') return name.value;
  throw new CompileError(`${fn} takes one name in quotes.`, fn === 'since' ? 'Write since("QueueStart") > 200ms.' : 'Write last("memory-dump") > 1h.');
}

/** The parts of `trained("name", otherwise)`; null when the expression is none. */
export function trainedOf(expr: Expr): { readonly name: string; readonly otherwise: number } | null {
  if (expr.k !== 'call' || expr.fn !== 'trained') return null;
  const [name, otherwise] = expr.args;
  const number = otherwise?.k === 'literal' ? Number(otherwise.value) : Number.NaN;
  if (expr.args.length === 2 && name?.k === 'literal' && typeof name.value === 'string' && Number.isFinite(number)) return { name: name.value, otherwise: number };
  throw new CompileError('trained takes a name in quotes and a number.', 'Write toint(Attributes.depth) > trained("depth", 200), and the name under train.');
}

/** Records come out of order: nothing was less than no time ago. */
const gap = (now: bigint, at: bigint): bigint => (now > at ? now - at : 0n);

export class GuardScope implements Scope {
  readonly #record: RecordScope;
  readonly #memory: GuardMemory;
  readonly #from: From;

  constructor(bindings: Bindings, clock: Clock, memory: GuardMemory, from: From) {
    this.#record = new RecordScope(bindings, clock);
    this.#memory = memory;
    this.#from = from;
  }

  column(name: string): Compiled | null { return this.#record.column(name); }
  shortcut(expr: Expr): Compiled | null { return this.#remembered(expr) ?? this.#record.shortcut(expr); }

  #remembered(expr: Expr): Compiled | null {
    const memory = this.#memory;
    const event = nameOf(expr, 'since');
    if (event !== null) return { type: 'timespan', constant: false, run: () => { const at = memory.seen?.get(event); return at === undefined ? null : gap(memory.atUnixNano, at); } };
    const action = nameOf(expr, 'last');
    if (action !== null) return { type: 'timespan', constant: false, run: () => { const at = memory.startedAt(action); return at === null ? longAgoNanos : gap(memory.limitUnixNano, at); } };
    const trained = trainedOf(expr);
    if (trained === null) return null;
    const { name, otherwise } = trained;
    return { type: 'real', constant: false, run: (frame) => memory.trained(name, this.#from, frame) ?? otherwise };
  }
}
