// Where the records of a resource begin in a request; those of one lie together.
import type { RequestView } from '../../otlp/index.ts';

/** The first record whose resource is not before `resource`; the number of records when there is none. */
export function firstOfResource(view: RequestView, resource: number): number {
  let from = 0;
  let to = view.recordCount;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (view.resourceOf(middle) < resource) from = middle + 1;
    else to = middle;
  }
  return from;
}
