// What names and the two functions of a guard mean: the record's columns, since("EventName") and last("action").
import type { Expr } from '../../kql/index.ts';
import type { Clock } from '../../base/index.ts';
import { CompileError, type Compiled, type Scope } from '../expr/index.ts';
import { RecordScope, type Bindings } from '../record/index.ts';

/** What a machine remembers while a guard is evaluated; set before each evaluation. */
export interface GuardMemory {
  nowUnixNano: bigint;
  /** When the key's machine last saw a record of this name; null when never. */
  seenAt: (name: string) => bigint | null;
  /** When this rule last started such an action; null when never. */
  startedAt: (action: string) => bigint | null;
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

export class GuardScope implements Scope {
  readonly #record: RecordScope;
  readonly #memory: GuardMemory;

  constructor(bindings: Bindings, clock: Clock, memory: GuardMemory) { this.#record = new RecordScope(bindings, clock); this.#memory = memory; }

  column(name: string): Compiled | null { return this.#record.column(name); }
  shortcut(expr: Expr): Compiled | null { return this.#remembered(expr) ?? this.#record.shortcut(expr); }

  #remembered(expr: Expr): Compiled | null {
    const memory = this.#memory;
    const event = nameOf(expr, 'since');
    if (event !== null) return { type: 'timespan', constant: false, run: () => { const at = memory.seenAt(event); return at === null ? null : memory.nowUnixNano - at; } };
    const action = nameOf(expr, 'last');
    if (action === null) return null;
    return { type: 'timespan', constant: false, run: () => { const at = memory.startedAt(action); return at === null ? longAgoNanos : memory.nowUnixNano - at; } };
  }
}
