// mv-expand on a stream: one record becomes many rows for the summarize behind it. The rows are the frame's slots, copied; a
// query without mv-expand never comes here.
import type { Clock } from '../../base/index.ts';
import type { Operator } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { CompileError, constantOf, type Frame } from '../expr/index.ts';
import { conform, expandSideBySide, expandValue } from '../operators/index.ts';
import { OncePerRecord } from './once-per-record.ts';
import type { Bindings } from './record-scope.ts';
import { StepCompiler, streams } from './step-compiler.ts';

type Expand = Extract<Operator, { op: 'mv-expand' }>;

/** Rows that one record may be made into, those that a later step filters out included: what one sender can make an agent do for one record. */
const maxRows = 4096;

export interface Expansion {
  /** Makes the rows of the record in the frame; false when nothing is left of it. */
  readonly expand: (frame: Frame) => boolean;
  /** The rows that the last `expand` made, as slots of a frame. */
  readonly rows: () => readonly Value[][];
  /** Records so far that were not made into all of their rows. */
  readonly cut: () => number;
  /** For what is computed of the rows. */
  readonly once: OncePerRecord;
  readonly bindings: Bindings;
  readonly slots: number;
  readonly rest: readonly Operator[];
}

type Visit = (frame: Frame) => void;
/** Rows that may still be made of the record in hand. */
interface Allowance { left: number }

/** `rest` starts with mv-expand; `slots` are in use already. Throws CompileError. */
export function compileExpansion(rest: readonly Operator[], bindings: Bindings, slots: number, clock: Clock): Expansion {
  const allowance: Allowance = { left: 0 };
  const stretches: ((then: Visit) => Visit)[] = [];
  const once = new OncePerRecord(slots);
  let compiler = new StepCompiler(bindings, clock, true, slots, once);
  let at = 0;
  for (let operator = rest[at]; operator?.op === 'mv-expand'; operator = rest[at]) {
    compiler = new StepCompiler(compiler.bindings, clock, true, compiler.slots, once);
    const spread = compileSpread(operator, compiler, allowance);
    for (at++; rest[at] !== undefined && streams(rest[at]!); at++) compiler.add(rest[at]!);
    const step = compiler.step();
    stretches.push((then) => (frame) => spread(frame, () => { if (step(frame)) then(frame); }));
  }
  return { ...collector(stretches, allowance, once), once, bindings: compiler.bindings, slots: compiler.slots, rest: rest.slice(at) };
}

function collector(stretches: readonly ((then: Visit) => Visit)[], allowance: Allowance, once: OncePerRecord): Pick<Expansion, 'expand' | 'rows' | 'cut'> {
  let rows: Value[][] = [];
  let cut = 0;
  const walk = stretches.reduceRight<Visit>((then, stretch) => stretch(then), (frame) => { rows.push([...frame.slots]); });
  return {
    cut: () => cut,
    rows: () => rows,
    expand: (frame) => {
      rows = [];
      once.next();
      allowance.left = maxRows;
      walk(frame);
      if (allowance.left < 0) cut++;
      return rows.length > 0;
    },
  };
}

/** Fills the columns of each row in turn. */
function compileSpread(operator: Expand, compiler: StepCompiler, allowance: Allowance): (frame: Frame, each: () => void) => void {
  const limit = limitOf(operator, compiler);
  const sources = operator.columns.map(({ expr }) => compiler.compile(expr).run);
  const columns = operator.columns.map(({ name, type }) => [name, compiler.newSlot(type)] as const);
  const index = operator.indexColumn === null ? null : [operator.indexColumn, compiler.newSlot('long')] as const;
  compiler.extend(index === null ? columns : [...columns, index]);
  return (frame, each) => {
    const made = expandSideBySide(sources.map((source) => expandValue(source(frame), operator.bag)), Math.min(limit, maxRows + 1));
    for (let row = 0; row < made.length; row++) {
      if (--allowance.left < 0) return;
      columns.forEach(([, { slot, type }], i) => { frame.slots[slot] = conform(made[row]![i] ?? null, type); });
      if (index !== null) frame.slots[index[1].slot] = row;
      each();
    }
  };
}

function limitOf(operator: Expand, compiler: StepCompiler): number {
  if (operator.limit === null) return Infinity;
  const limit = compiler.compile(operator.limit);
  const value = limit.constant ? constantOf(limit) : null;
  if (typeof value !== 'number' || value < 1) throw new CompileError('The limit of mv-expand must be a constant number of at least 1.', 'Write limit 100.');
  return value;
}
