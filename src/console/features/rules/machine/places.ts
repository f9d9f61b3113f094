// Where boxes stand that the document gives no place: in columns by their distance from the first state, with room between the
// columns for the labels of the arrows that cross, and never on top of a box that has a place of its own.
import { overlap, type Point, type Rect, type Size } from './geometry.ts';

const left = 40, top = 120, leastGap = 150, aroundLabel = 56, rowGap = 84, apart = 24;

interface Given {
  readonly names: readonly string[];
  readonly sizes: ReadonlyMap<string, Size>;
  readonly depths: ReadonlyMap<string, number>;
  readonly arrows: readonly ({ readonly from: string; readonly to: string; readonly kind: 'transition' | 'timer' } & Size)[];
  readonly layout: Readonly<Record<string, Point>>;
}

/** A place for every name. */
export function placesOf(given: Given): ReadonlyMap<string, Point> {
  const { names, sizes, layout } = given;
  const fixed = names.filter((name) => name in layout);
  const places = new Map<string, Point>(fixed.map((name) => [name, { x: layout[name]!.x, y: layout[name]!.y }]));
  const taken: Rect[] = fixed.map((name) => ({ ...layout[name]!, ...sizes.get(name)! }));
  const column = columnOf(given);
  const xs = columnStarts(given, column);
  for (const name of names) {
    if (places.has(name)) continue;
    const place = freePlace({ x: xs[column(name)]!, y: top, ...sizes.get(name)! }, taken);
    places.set(name, { x: place.x, y: place.y });
    taken.push(place);
  }
  return places;
}

/** States that nothing leads to stand behind all others. */
function columnOf({ depths }: Given): (name: string) => number {
  const last = Math.max(-1, ...depths.values());
  return (name) => depths.get(name) ?? last + 1;
}

/** The left side of each column: as far from the one before as the widest label between the two needs. */
function columnStarts({ names, sizes, arrows }: Given, column: (name: string) => number): readonly number[] {
  const starts = [left];
  const count = Math.max(...names.map(column)) + 1;
  for (let at = 1; at < count; at++) {
    const crossing = arrows.filter(({ from, to, kind }) => kind === 'transition' && column(from) < at && column(to) >= at);
    const widest = Math.max(0, ...names.filter((name) => column(name) === at - 1).map((name) => sizes.get(name)!.width));
    starts.push(starts[at - 1]! + widest + Math.max(leastGap, ...crossing.map(({ width }) => width + aroundLabel)));
  }
  return starts;
}

/** The place itself, or the next one below it where nothing stands. */
export function freePlace(wanted: Rect, taken: readonly Rect[]): Rect {
  for (let place = wanted; ;) {
    const hit = taken.find((rect) => overlap(rect, place, apart));
    if (hit === undefined) return place;
    place = { ...place, y: hit.y + hit.height + rowGap };
  }
}
