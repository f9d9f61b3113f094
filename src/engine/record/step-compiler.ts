// Compiles operators that stream over lazy records, one after the other. `project` costs nothing (names are bound at compile
// time); only computed columns cost a slot and a call.
import type { Clock } from '../../base/index.ts';
import type { Expr, NamedExpr, Operator } from '../../kql/index.ts';
import { attributeKey, type Value } from '../../otlp/index.ts';
import { CompileError, compileExpr, type Compiled, type Frame } from '../expr/index.ts';
import { compileParse, parsedColumns } from '../operators/index.ts';
import { toText } from '../values/index.ts';
import { conjuncts, costOf, type Clause } from './clauses.ts';
import type { OncePerRecord } from './once-per-record.ts';
import { RecordScope, type Binding, type Bindings } from './record-scope.ts';
import { chainOf, type Computation, type PlannedTest, type Step } from './step-plan.ts';

const streaming: ReadonlySet<string> = new Set(['where', 'extend', 'project', 'project-away', 'project-keep', 'project-rename', 'parse']);
export const streams = (operator: Operator): boolean => streaming.has(operator.op);

type Parse = Extract<Operator, { op: 'parse' }>;

export class StepCompiler {
  readonly table: Bindings;
  readonly clauses: Clause[] = [];
  readonly removedAttributes = new Set<string>();
  readonly #clock: Clock;
  readonly #useBytes: boolean;
  readonly #once: OncePerRecord | null;
  readonly #computations: Computation[] = [];
  readonly #tests: PlannedTest[] = [];
  /** By slot: the computation that fills it, counted from 1; 0 when it is filled before. */
  readonly #madeBy: number[];
  bindings: Bindings;
  /** Operators seen. */
  operators = 0;

  /** `slotsInUse`: slots of the frame that somebody else has filled before these steps run. `once`: they run for each row of a record. */
  constructor(bindings: Bindings, clock: Clock, useBytes: boolean, slotsInUse = 0, once: OncePerRecord | null = null) {
    this.#once = once;
    this.bindings = this.table = bindings;
    this.#clock = clock;
    this.#useBytes = useBytes;
    this.#madeBy = Array.from({ length: slotsInUse }, () => 0);
  }

  get slots(): number { return this.#madeBy.length; }
  step(): Step { return chainOf(this.#computations, this.#tests); }
  /** The computations alone, for records that would have left. */
  computing(): Step { return chainOf(this.#computations, []); }

  add(operator: Operator): void {
    switch (operator.op) {
      case 'where': this.#where(operator.predicate); break;
      case 'extend': this.bindings = new Map([...this.bindings, ...this.#bindAll(operator.columns)]); break;
      case 'project': this.bindings = new Map(this.#bindAll(operator.columns)); break;
      case 'project-away': this.#away(operator.columns); break;
      case 'project-keep': this.keepOnly(new Set(operator.columns)); break;
      case 'project-rename': operator.columns.forEach(({ from, to }) => this.#rename(from, to)); break;
      case 'parse': this.#parse(operator); break;
      default: throw new CompileError(`${operator.op} does not stream over records.`, 'End the rule in a sink, or use summarize with to_metric.');
    }
    this.operators++;
  }

  compile(expr: Expr): Compiled {
    return compileExpr(expr, { scope: new RecordScope(this.bindings, this.#clock, this.#useBytes, this.#once), clock: this.#clock });
  }

  #where(predicate: Expr): void {
    conjuncts(predicate).forEach((expr, clause) => this.#test(expr, this.compile(expr), clause, this.#readyFor(expr), costOf(expr, this.bindings)));
  }

  #test(expr: Expr | null, { run }: Pick<Compiled, 'run'>, clause: number, after: number, cost: number): void {
    this.clauses.push({ operator: this.operators, clause, expr, bindings: this.bindings, run });
    this.#tests.push({ run, after, cost });
  }

  /** One computation fills all columns of the pattern, and one slot says whether the text was of its form. */
  #parse(operator: Parse): void {
    const { run, type } = this.compile(operator.source);
    const parse = compileParse(operator.parts, operator.mode, operator.flags);
    const columns = parsedColumns(operator.parts).map(({ name, type: columnType }) => [name, this.newSlot(columnType)] as const);
    const slots = columns.map(([, { slot }]) => slot);
    const parsed = this.newSlot('bool').slot;
    const read = (frame: Frame): readonly Value[] | null => parse(toText(run(frame), type));
    const readOnce = this.#once?.isFixed(operator.source, this.bindings) === true ? this.#once.memo(read) : read;
    this.compute((frame) => {
      const values = readOnce(frame);
      for (let i = 0; i < slots.length; i++) frame.slots[slots[i]!] = values?.[i] ?? null;
      frame.slots[parsed] = values !== null;
    }, [...slots, parsed]);
    if (operator.keepOnlyParsed) this.#test(null, { run: (frame) => frame.slots[parsed]! }, 0, this.#madeBy[parsed]!, 0);
    this.extend(columns);
  }

  /** How many computations an expression has to wait for. */
  #readyFor(expr: Expr): number {
    if (expr.k === 'column') { const binding = this.bindings.get(expr.name); return binding?.kind === 'slot' ? this.#madeBy[binding.slot]! : 0; }
    if (expr.k === 'member') return Math.max(this.#readyFor(expr.base), this.#readyFor(expr.key));
    return expr.k === 'call' ? expr.args.reduce((most, arg) => Math.max(most, this.#readyFor(arg)), 0) : 0;
  }

  /** Expressions of one operator all see the row as it was before it: each result goes to a fresh slot. */
  #bindAll(columns: readonly NamedExpr[]): readonly (readonly [string, Binding])[] {
    return columns.map(({ name, expr }) => {
      const known = expr.k === 'column' ? this.bindings.get(expr.name) : undefined;
      return [name, known ?? this.#fixed(this.#computed(this.compile(expr)), expr)] as const;
    });
  }

  /** A column that is the same in all rows of a record may be read by what is worked out once for them. */
  #fixed(binding: Extract<Binding, { kind: 'slot' }>, expr: Expr): Binding {
    if (this.#once?.isFixed(expr, this.bindings) === true) this.#once.fix(binding.slot);
    return binding;
  }

  #computed({ run, type }: Pick<Compiled, 'run' | 'type'>): Extract<Binding, { kind: 'slot' }> {
    const slot = this.newSlot(type);
    this.compute((frame) => { frame.slots[slot.slot] = run(frame); }, [slot.slot]);
    return slot;
  }

  newSlot(type: Binding['type']): Extract<Binding, { kind: 'slot' }> {
    return { kind: 'slot', slot: this.#madeBy.push(0) - 1, type };
  }

  /** A computation that fills these slots. */
  compute(run: Computation, slots: readonly number[]): void {
    const place = this.#computations.push(run);
    for (const slot of slots) this.#madeBy[slot] = place;
  }

  /** Names and values that a row gains here. */
  extend(columns: readonly (readonly [string, Binding])[]): void { this.bindings = new Map([...this.bindings, ...columns]); }

  keepOnly(names: ReadonlySet<string>): void { this.bindings = new Map([...this.bindings].filter(([name]) => names.has(name))); }

  /** A name that is no column is an attribute of the record. */
  #away(names: readonly string[]): void {
    const gone = new Set(names);
    for (const name of gone) if (!this.bindings.has(name) && !this.table.has(name)) this.removedAttributes.add(name);
    this.bindings = new Map([...this.bindings].filter(([name]) => !gone.has(name)));
  }

  #rename(from: string, to: string): void {
    let binding = this.bindings.get(from);
    if (binding === undefined) {
      const key = attributeKey(from);
      binding = this.#computed({ run: (frame) => frame.cursor.attribute(key), type: 'dynamic' });
      this.removedAttributes.add(from);
    }
    this.bindings = new Map([...[...this.bindings].filter(([name]) => name !== from), [to, binding]]);
  }
}
