// A rule's query per signal. `union` joins tables, and a record is of one table, so it goes through the operators of its own
// leg and then those behind the union; columns that only other legs have are null to it.
import type { Clock } from '../../base/index.ts';
import type { Operator, PlanTable, SubQuery } from '../../kql/index.ts';
import { signals, type Signal } from '../../model/index.ts';
import { CompileError } from '../expr/index.ts';
import { recordBindings, type Binding, type Bindings } from './record-scope.ts';
import { stepsOf, type RecordSteps } from './record-steps.ts';
import { StepCompiler, streams } from './step-compiler.ts';
import { unionBindings } from './union-bindings.ts';

type Union = Extract<Operator, { op: 'union' }>;
type Legs = ReadonlyMap<Signal, { readonly compiler: StepCompiler; readonly table: PlanTable }>;

const bySignal: Readonly<Record<PlanTable, readonly Signal[]>> = { Logs: ['logs'], Spans: ['spans'], Metrics: ['metrics'], source: signals };

/** `source` is whatever table is in hand, so it stands for all of them. */
export const tableSignals = (table: PlanTable): readonly Signal[] => bySignal[table];
export const bindingsFor = (table: PlanTable, signal: Signal): Bindings => (table === 'source' ? unionBindings(signal) : recordBindings(signal));

/** Nesting of unions that no person writes. */
const maxNesting = 20;

/** The steps for each signal that the query reads, up to the first operator that does not stream. Throws CompileError. */
export function compileQuerySteps(query: SubQuery, clock: Clock, useBytes = true): ReadonlyMap<Signal, RecordSteps> {
  const { legs, rest } = new QueryCompiler(clock, useBytes).query(query, 0);
  return new Map([...legs].map(([signal, { compiler }]) => [signal, stepsOf(compiler, rest)]));
}

class QueryCompiler {
  readonly #clock: Clock;
  readonly #useBytes: boolean;
  constructor(clock: Clock, useBytes: boolean) { this.#clock = clock; this.#useBytes = useBytes; }

  query({ table, operators }: SubQuery, depth: number): { readonly legs: Legs; readonly rest: readonly Operator[] } {
    if (depth > maxNesting) throw new CompileError(`Unions nest deeper than ${maxNesting} levels.`, 'Write one union of all tables.');
    let legs: Legs = new Map(tableSignals(table).map((signal) => [signal, { table, compiler: new StepCompiler(bindingsFor(table, signal), this.#clock, this.#useBytes) }]));
    let taken = 0;
    for (; taken < operators.length; taken++) {
      const operator = operators[taken]!;
      if (operator.op === 'union') legs = this.#union(legs, operator, depth);
      else if (streams(operator)) for (const { compiler } of legs.values()) compiler.add(operator);
      else break;
    }
    return { legs, rest: operators.slice(taken) };
  }

  #union(own: Legs, union: Union, depth: number): Legs {
    const all = new Map(own);
    for (const input of union.inputs) for (const [signal, leg] of this.#leg(input, depth)) {
      const other = all.get(signal);
      if (other !== undefined) throw new CompileError(`Two legs of this union read ${other.table === 'source' || leg.table === 'source' ? `${signal} (source is every table)` : leg.table}: a rule meets each record once.`, 'Join the two conditions with or in one where, or make two rules.');
      all.set(signal, leg);
    }
    join(all, union);
    return all;
  }

  #leg(input: SubQuery, depth: number): Legs {
    const { legs, rest } = this.query(input, depth + 1);
    if (rest[0] !== undefined) throw new CompileError(`${rest[0].op} does not stream, so a leg of a union cannot use it.`, 'Put it behind the union.');
    return legs;
  }
}

/** Outer: every leg gains the columns of the others, null. Inner: only what all have stays. */
function join(legs: Legs, { kind, sourceColumn }: Union): void {
  const before = [...legs.values()].map(({ compiler }) => compiler.bindings);
  for (const { compiler, table } of legs.values()) {
    if (kind === 'inner') compiler.keepOnly(new Set([...compiler.bindings.keys()].filter((name) => before.every((bindings) => bindings.has(name)))));
    else compiler.extend(before.flatMap((bindings) => [...bindings]).filter(([name]) => !compiler.bindings.has(name)).map(([name, { type }]): [string, Binding] => [name, { kind: 'missing', type }]));
    if (sourceColumn !== null) compiler.extend([[sourceColumn, constant(compiler, table)]]);
    compiler.operators++;
  }
}

function constant(compiler: StepCompiler, text: string): Binding {
  const slot = compiler.newSlot('string');
  compiler.compute((frame) => { frame.slots[slot.slot] = text; }, [slot.slot]);
  return slot;
}
