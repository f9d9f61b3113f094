// pprof and OTLP profiles name code by location: an address in a mapping with one line per function that was inlined there, the
// innermost first. A location under a stack is expanded once however often samples repeat it.
import { PairIndex, IntColumn, type ProfileBuilder } from '../../build/index.ts';

/** Lines of one location that are kept; compilers inline some dozen deep. Bounds what a small hostile file can expand to. */
const maxInlined = 128;

export interface LocationTables {
  /** The mapping's file: a program, a library; '' when not known. */
  readonly mappingFile: (mapping: number) => string;
  readonly functionOf: (row: number) => { readonly name: string; readonly file: string; readonly line: number } | null;
}

/** Locations by row, in columns: mapping, address and lines (function row and line number, innermost first). */
export interface LocationColumns {
  readonly count: number;
  readonly mapping: IntColumn;
  /** Exact: a number below 2^53, a bigint above. */
  readonly address: (number | bigint)[];
  /** Lines of location r are `lineStart[r] .. lineStart[r + 1]`, or to the end. */
  readonly lineStart: IntColumn;
  readonly lineFunction: IntColumn;
  readonly lineNumber: IntColumn;
}

export const noLocations = () => ({ count: 0, mapping: new IntColumn(), address: [] as (number | bigint)[], lineStart: new IntColumn(), lineFunction: new IntColumn(), lineNumber: new IntColumn() });

/** Frames of a location, outermost first: the order in which they go onto a stack. */
export function locationFrames(builder: ProfileBuilder, tables: LocationTables, locations: LocationColumns, row: number): readonly number[] {
  const from = locations.lineStart.at(row);
  const end = row + 1 < locations.lineStart.count ? locations.lineStart.at(row + 1) : locations.lineFunction.count;
  const binary = tables.mappingFile(locations.mapping.at(row));
  if (end === from) return [builder.frame(builder.function(`0x${locations.address[row]!.toString(16)}`, binary))];
  if (end - from > maxInlined) builder.leaveOut(`Functions inlined more than ${maxInlined} deep, left out`, end - from - maxInlined);
  const frames: number[] = [];
  for (let line = Math.min(end, from + maxInlined) - 1; line >= from; line--) {
    const of = tables.functionOf(locations.lineFunction.at(line));
    if (of === null) builder.leaveOut('Lines that name a function that is not there');
    const called = of === null ? builder.function('(unknown)', binary) : builder.function(of.name || '(unknown)', of.file || binary, of.line);
    frames.push(builder.frame(called, locations.lineNumber.at(line)));
  }
  return frames;
}

/** Stacks out of locations; `framesOf` is asked once a location. */
export class LocationStacks {
  readonly #builder: ProfileBuilder;
  readonly #framesOf: (location: number) => readonly number[];
  readonly #frames: (readonly number[])[] = [];
  readonly #steps = new PairIndex();
  readonly #after = new IntColumn();

  constructor(builder: ProfileBuilder, framesOf: (location: number) => readonly number[]) {
    this.#builder = builder;
    this.#framesOf = framesOf;
  }

  /** The stack of `parent` with a location's functions on top. */
  step(parent: number, location: number): number {
    const row = this.#steps.row(parent, location);
    if (row < this.#after.count) return this.#after.at(row);
    let stack = parent;
    for (const frame of this.#frames[location] ??= this.#framesOf(location)) stack = this.#builder.stack(stack, frame);
    this.#after.push(stack);
    return stack;
  }
}
