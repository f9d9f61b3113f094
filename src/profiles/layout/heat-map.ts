// When the work was done: per thread and column what its samples weigh, idle ones aside. Time that a sample stands for is spread over the
// columns it spans, so that a column is never fuller than it is long. Linear in samples plus cells.
import { idleStacks, isIdleSample } from '../idle/index.ts';
import { none, type Profile } from '../model.ts';

/** weight: row of `weights`; the profile's own choice when left out. */
export interface HeatMapRange { readonly columns: number; readonly fromNanos: number; readonly toNanos: number; readonly weight?: number }

/** `cells[thread * columns + column]` in the weight's unit; `max`: the greatest of them. All 0 when the profile has no times. */
export interface HeatMap { readonly columns: number; readonly threads: number; readonly fromNanos: number; readonly toNanos: number; readonly cells: Float64Array; readonly max: number }

export function heatMap(profile: Profile, range: HeatMapRange): HeatMap {
  const { samples } = profile;
  const columns = Math.max(1, Math.floor(range.columns));
  const threads = Math.max(1, profile.threads.length);
  const spread = new Spread(threads, columns, range);
  if (samples.time !== null && range.toNanos > range.fromNanos) fill(profile, range.weight ?? profile.defaultWeight, spread);
  const cells = spread.finish();
  let max = 0;
  for (const cell of cells) if (cell > max) max = cell;
  return { columns, threads, fromNanos: range.fromNanos, toNanos: range.toNanos, cells, max };
}

function fill(profile: Profile, weightRow: number, spread: Spread): void {
  const { stack, thread, time, count } = profile.samples;
  const { unit, values, each } = profile.weights[weightRow]!;
  const idle = idleStacks(profile);
  for (let row = 0; row < count; row++) {
    if (stack[row] === none || isIdleSample(idle, stack[row]!)) continue;
    const weight = values === null ? each : values[row]!;
    spread.add(thread === null ? 0 : thread[row]!, time![row]!, unit === 'nanoseconds' ? weight : 0, weight);
  }
}

/** Whole columns between a span's ends are added as one step up and one down, summed at the end. */
class Spread {
  readonly #columns: number;
  readonly #from: number;
  readonly #perColumn: number;
  readonly #cells: Float64Array;
  /** By thread and column, one column more: change of what each following column holds. */
  readonly #steps: Float64Array;

  constructor(threads: number, columns: number, { fromNanos, toNanos }: HeatMapRange) {
    this.#columns = columns;
    this.#from = fromNanos;
    this.#perColumn = (toNanos - fromNanos) / columns;
    this.#cells = new Float64Array(threads * columns);
    this.#steps = new Float64Array(threads * (columns + 1));
  }

  /** `weight` over [time, time + length); a length of 0 is a moment. */
  add(thread: number, time: number, length: number, weight: number): void {
    const at = (time - this.#from) / this.#perColumn;
    const to = Math.min(this.#columns, at + length / this.#perColumn);
    const from = Math.max(0, at);
    const first = Math.floor(from);
    if (at >= this.#columns || (length > 0 ? to <= 0 : at < 0) || !(to >= from)) return;
    const row = thread * this.#columns;
    if (!(length > 0)) { this.#cells[row + first]! += weight; return; }
    const full = (weight * this.#perColumn) / length;
    const last = Math.min(this.#columns - 1, Math.floor(to));
    if (first === last) { this.#cells[row + first]! += full * (to - from); return; }
    this.#cells[row + first]! += full * (first + 1 - from);
    this.#cells[row + last]! += full * (to - last);
    this.#steps[thread * (this.#columns + 1) + first + 1]! += full;
    this.#steps[thread * (this.#columns + 1) + last]! -= full;
  }

  finish(): Float64Array {
    const threads = this.#cells.length / this.#columns;
    for (let thread = 0; thread < threads; thread++) {
      let full = 0;
      for (let column = 0; column < this.#columns; column++) {
        full += this.#steps[thread * (this.#columns + 1) + column]!;
        // What is left of equal steps up and down is rounding.
        if (Math.abs(full) > this.#perColumn * 1e-9) this.#cells[thread * this.#columns + column]! += full;
      }
    }
    return this.#cells;
  }
}
