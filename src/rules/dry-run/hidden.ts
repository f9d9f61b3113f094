// What a rule hid in a dry run, by detector, key, place and action: counts and a masked context, never a value.
import type { Pipeline } from '../../engine/index.ts';
import type { RedactionCell } from '../../model/index.ts';
import type { HiddenCount } from './types.ts';

/** Keys are the senders' to choose: more than so many kinds are counted together. */
const mostKinds = 1000;
/** The pipeline's books are bounded: they are emptied after so many requests. */
const everyRequests = 32;

export class HiddenBook {
  readonly #kinds = new Map<string, { count: number; records: number; readonly cell: RedactionCell }>();
  #requests = 0;
  /** Findings that had no room. */
  leftOut = 0;

  /** After each request. */
  add(pipeline: Pipeline): void { if (++this.#requests % everyRequests === 0) this.close(pipeline); }

  close(pipeline: Pipeline): void {
    const { cells, overflow } = pipeline.takeRedactions();
    this.leftOut += overflow.findings;
    for (const cell of cells) this.#note(cell);
  }

  #note(cell: RedactionCell): void {
    const name = JSON.stringify([cell.detector, cell.key, cell.place, cell.action]);
    const kind = this.#kinds.get(name);
    if (kind !== undefined) { kind.count += cell.count; kind.records += cell.records; } else if (this.#kinds.size < mostKinds) this.#kinds.set(name, { count: cell.count, records: cell.records, cell });
    else this.leftOut += cell.count;
  }

  /** The most frequent first. */
  counts(): readonly HiddenCount[] {
    return [...this.#kinds.values()].map(({ count, records, cell: { detector, key, place, action, context } }) => ({ detector, key, place, action, count, records, context })).toSorted((a, b) => b.count - a.count);
  }
}
