// The operators of a query that stream over lazy records: where, extend, project and its kin. `project` costs nothing
// (names are bound at compile time); only computed columns cost a slot and a call.
import { encodeUtf8, type Clock } from '../../base/index.ts';
import type { NamedExpr, Operator } from '../../kql/index.ts';
import { CompileError, compileExpr, type Compiled, type Fn, type Frame } from '../expr/index.ts';
import { RecordScope, type Binding, type Bindings } from './record-scope.ts';

/** False when the record leaves the query here. */
export type Step = (frame: Frame) => boolean;

export interface RecordSteps {
  readonly run: Step;
  /** The `where` predicates, for explanations, in order. */
  readonly tests: readonly Compiled[];
  readonly bindings: Bindings;
  readonly slots: number;
  /** Attributes that project-away or project-rename took out of the bag. */
  readonly removedAttributes: ReadonlySet<string>;
  /** Operators from the first that does not stream over records. */
  readonly rest: readonly Operator[];
}

const streaming: ReadonlySet<string> = new Set(['where', 'extend', 'project', 'project-away', 'project-keep', 'project-rename']);

export function compileRecordSteps(operators: readonly Operator[], start: Bindings, clock: Clock, useBytes = true): RecordSteps {
  const compiler = new StepCompiler(start, clock, useBytes);
  let taken = 0;
  for (; taken < operators.length && streaming.has(operators[taken]!.op); taken++) compiler.add(operators[taken]!);
  return { run: chain(compiler.steps), tests: compiler.tests, bindings: compiler.bindings, slots: compiler.slots, removedAttributes: compiler.removedAttributes, rest: operators.slice(taken) };
}

function chain(steps: readonly Step[]): Step {
  if (steps.length === 0) return () => true;
  return steps.reduceRight((rest, first) => (frame) => first(frame) && rest(frame));
}

class StepCompiler {
  readonly steps: Step[] = [];
  readonly tests: Compiled[] = [];
  readonly removedAttributes = new Set<string>();
  readonly #table: Bindings;
  readonly #clock: Clock;
  readonly #useBytes: boolean;
  bindings: Bindings;
  slots = 0;

  constructor(bindings: Bindings, clock: Clock, useBytes: boolean) { this.bindings = this.#table = bindings; this.#clock = clock; this.#useBytes = useBytes; }

  add(operator: Operator): void {
    switch (operator.op) {
      case 'where': return this.#where(this.#compile(operator.predicate));
      case 'extend': { this.bindings = new Map([...this.bindings, ...this.#bindAll(operator.columns)]); return; }
      case 'project': { this.bindings = new Map(this.#bindAll(operator.columns)); return; }
      case 'project-away': return this.#away(operator.columns);
      case 'project-keep': { const kept = new Set(operator.columns); this.bindings = new Map([...this.bindings].filter(([name]) => kept.has(name))); return; }
      case 'project-rename': return operator.columns.forEach(({ from, to }) => this.#rename(from, to));
      default: throw new CompileError(`${operator.op} does not stream over records.`, 'End the rule in a sink, or use summarize with to_metric.');
    }
  }

  #compile(expr: NamedExpr['expr']): Compiled {
    return compileExpr(expr, { scope: new RecordScope(this.bindings, this.#clock, this.#useBytes), clock: this.#clock });
  }

  #where(test: Compiled): void {
    const run = test.run;
    this.tests.push(test);
    this.steps.push((frame) => run(frame) === true);
  }

  /** Expressions of one operator all see the row as it was before it: each result goes to a fresh slot. */
  #bindAll(columns: readonly NamedExpr[]): (readonly [string, Binding])[] {
    return columns.map(({ name, expr }) => {
      const known = expr.k === 'column' ? this.bindings.get(expr.name) : undefined;
      if (known !== undefined) return [name, known] as const;
      const compiled = this.#compile(expr);
      return [name, this.#slot(compiled.run, compiled.type)] as const;
    });
  }

  #slot(run: Fn, type: Binding['type']): Binding {
    const slot = this.slots++;
    this.steps.push((frame) => { frame.slots[slot] = run(frame); return true; });
    return { kind: 'slot', slot, type };
  }

  /** A name that is no column is an attribute of the record. */
  #away(names: readonly string[]): void {
    const gone = new Set(names);
    for (const name of gone) if (!this.bindings.has(name) && !this.#table.has(name)) this.removedAttributes.add(name);
    this.bindings = new Map([...this.bindings].filter(([name]) => !gone.has(name)));
  }

  #rename(from: string, to: string): void {
    let binding = this.bindings.get(from);
    if (binding === undefined) {
      const key = encodeUtf8(from);
      binding = this.#slot((frame) => frame.cursor.attribute(key), 'dynamic');
      this.removedAttributes.add(from);
    }
    this.bindings = new Map([...[...this.bindings].filter(([name]) => name !== from), [to, binding]]);
  }
}
