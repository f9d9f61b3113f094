// Behind mv-expand a record is many rows, and what reads nothing that differs between them is worked out once for all: a
// Body that is parsed 4,096 times would hold an agent up. Lazily, so that nothing is computed that no row asks for.
import type { Expr } from '../../kql/index.ts';
import type { Compiled, Fn, Frame } from '../expr/index.ts';
import type { Bindings } from './record-scope.ts';

export class OncePerRecord {
  /** Slots from here on are filled for each row. */
  readonly #firstOfRows: number;
  /** Those of them that get the same value in every row. */
  readonly #fixedSlots = new Set<number>();
  #record = 0;

  constructor(firstOfRows: number) { this.#firstOfRows = firstOfRows; }

  /** Another record is in the frame. */
  next(): void { this.#record++; }

  /** Whether all rows of a record have the same value here. A constant is none of this one's business. */
  isFixed(expr: Expr, bindings: Bindings): boolean { return readsColumn(expr) && this.#sameInAll(expr, bindings); }

  #sameInAll(expr: Expr, bindings: Bindings): boolean {
    switch (expr.k) {
      case 'literal': return true;
      case 'column': { const binding = bindings.get(expr.name); return binding?.kind !== 'slot' || binding.slot < this.#firstOfRows || this.#fixedSlots.has(binding.slot); }
      case 'member': return this.#sameInAll(expr.base, bindings) && this.#sameInAll(expr.key, bindings);
      default: return expr.args.every((arg) => this.#sameInAll(arg, bindings));
    }
  }

  fix(slot: number): void { this.#fixedSlots.add(slot); }

  /** The same for the first row that asks, and its answer for the others. What throws throws for each. */
  memo<T>(run: (frame: Frame) => T): (frame: Frame) => T {
    let of = -1;
    let value: T;
    return (frame) => {
      if (of !== this.#record) { value = run(frame); of = this.#record; }
      return value;
    };
  }

  compiled({ run, type }: Compiled): Compiled { return { type, constant: false, run: this.memo(run) satisfies Fn }; }
}

function readsColumn(expr: Expr): boolean {
  if (expr.k === 'member') return readsColumn(expr.base) || readsColumn(expr.key);
  return expr.k === 'column' || (expr.k === 'call' && expr.args.some(readsColumn));
}
