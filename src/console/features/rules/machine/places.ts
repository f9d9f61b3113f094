// Where boxes stand that the document gives no place: in columns by their distance from the first state, each column around the same
// middle, with room between columns for any label, so that no box moves when a label changes. Long machines go on in a further band
// below. No box comes on top of one that has a place of its own.
import { overlap, type Point, type Rect, type Size } from './geometry.ts';

const left = 40, top = 120, rowGap = 84, apart = 24;
/** Between columns: the widest label of graph-model.ts and an arrow on both sides of it. */
const columnGap = 200;
const columnsPerBand = 5, bandGap = 170;

interface Given {
  readonly names: readonly string[];
  readonly sizes: ReadonlyMap<string, Size>;
  readonly depths: ReadonlyMap<string, number>;
  readonly layout: Readonly<Record<string, Point>>;
}

/** A place for every name. */
export function placesOf(given: Given): ReadonlyMap<string, Point> {
  const { names, sizes, layout } = given;
  const taken: Rect[] = names.flatMap((name) => (name in layout ? [{ ...layout[name]!, ...sizes.get(name)! }] : []));
  const automatic = inBands(given);
  return new Map(names.map((name): [string, Point] => {
    const fixed = layout[name];
    if (fixed !== undefined) return [name, { x: fixed.x, y: fixed.y }];
    const place = freePlace({ ...automatic.get(name)!, ...sizes.get(name)! }, taken);
    taken.push(place);
    return [name, { x: place.x, y: place.y }];
  }));
}

function inBands(given: Given): ReadonlyMap<string, Point> {
  const columns = columnsOf(given);
  const places = new Map<string, Point>();
  let y = top;
  for (let at = 0; at < columns.length; at += columnsPerBand) {
    const band = columns.slice(at, at + columnsPerBand);
    const height = Math.max(...band.map((names) => columnHeight(names, given.sizes)));
    placeBand(band, given, y, height, places);
    y += height + bandGap;
  }
  return places;
}

/** By steps from the first state; states that nothing leads to stand behind all others. */
function columnsOf({ names, depths }: Given): readonly (readonly string[])[] {
  const last = Math.max(-1, ...depths.values());
  const columns: string[][] = Array.from({ length: last + 2 }, () => []);
  for (const name of names) columns[depths.get(name) ?? last + 1]!.push(name);
  return columns.filter((column) => column.length > 0);
}

const columnHeight = (names: readonly string[], sizes: Given['sizes']): number => names.reduce((sum, name) => sum + sizes.get(name)!.height + rowGap, -rowGap);

function placeBand(band: readonly (readonly string[])[], { sizes }: Given, bandTop: number, height: number, places: Map<string, Point>): void {
  let x = left;
  for (const names of band) {
    let y = bandTop + (height - columnHeight(names, sizes)) / 2;
    for (const name of names) { places.set(name, { x: Math.round(x), y: Math.round(y) }); y += sizes.get(name)!.height + rowGap; }
    x += Math.max(...names.map((name) => sizes.get(name)!.width)) + columnGap;
  }
}

/** The place itself, or the next one below it where nothing stands. */
export function freePlace(wanted: Rect, taken: readonly Rect[]): Rect {
  for (let place = wanted; ;) {
    const hit = taken.find((rect) => overlap(rect, place, apart));
    if (hit === undefined) return place;
    place = { ...place, y: hit.y + hit.height + rowGap };
  }
}
