// Which boxes a search finds, and how much of the axis: a found box on top of a found one adds nothing.
import type { FlameBoxes } from './boxes.ts';

/** `found[box]` is 1 where the box's function matches; `share`: 0..1 of the axis that lies under at least one found box. */
export interface BoxSearch { readonly found: Uint8Array; readonly share: number }

/** functionMatches: 1 by row of the profile's functions. Linear: each row is walked beside the one below it. */
export function searchBoxes(boxes: FlameBoxes, functionMatches: Uint8Array): BoxSearch {
  const found = new Uint8Array(boxes.function.length).map((_, box) => (boxes.function[box]! >= 0 ? functionMatches[boxes.function[box]!] ?? 0 : 0));
  /** 1 where the box or one below it is found. */
  const covered = found.slice();
  let sum = 0;
  for (let row = 0; row < boxes.rows; row++) {
    let below = row === 0 ? 0 : boxes.rowStart[row - 1]!;
    const belowEnd = row === 0 ? 0 : boxes.rowStart[row]!;
    for (let box = boxes.rowStart[row]!; box < boxes.rowStart[row + 1]!; box++) {
      while (below < belowEnd && boxes.end[below]! <= boxes.start[box]!) below++;
      const onFound = below < belowEnd && boxes.start[below]! <= boxes.start[box]! && covered[below] === 1;
      if (found[box] === 1 && !onFound) sum += boxes.end[box]! - boxes.start[box]!;
      if (onFound) covered[box] = 1;
    }
  }
  return { found, share: boxes.extent > 0 ? Math.min(1, sum / boxes.extent) : 0 };
}
