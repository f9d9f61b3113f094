// Where every arrow runs and where its label stands, from all boxes at once: each arrow takes the way on which its label covers
// nothing and its line crosses the fewest boxes and labels. The same picture always gives the same routes.
import { waysOf, type Way } from './arrow-ways.ts';
import { boundsOf, centredAt, inside, overlap, pathOf, pointAt, type Point, type Rect } from './geometry.ts';
import type { StateArrow, StateBox } from './graph-model.ts';

export interface Route { readonly d: string; readonly label: Rect; /** The line, point by point. */ readonly points: readonly Point[] }

/** Between a label and what stands beside it. */
const around = 5;
const samples = 20;
/** What a way pays for a label over something, and for each point of its line inside a box, inside a label, under its label. */
const price = { covered: 600, throughBox: 70, throughLabel: 24 };

/** @returns a route for each arrow by its id; arrows whose boxes are not there have none. */
export function routesOf(boxes: readonly Pick<StateBox, 'name' | keyof Rect>[], arrows: readonly StateArrow[]): ReadonlyMap<string, Route> {
  const byName = new Map(boxes.map((box) => [box.name, box]));
  const routes = new Map<string, Route>();
  for (const arrow of nearestFirst(arrows, byName)) {
    const [from, to] = [byName.get(arrow.from), byName.get(arrow.to)];
    if (from === undefined || to === undefined) continue;
    routes.set(arrow.id, bestRoute(arrow, waysOf(from, to, arrow.kind), boxes, [...routes.values()]));
  }
  return routes;
}

/** All that is drawn: boxes, lines and labels. */
export function extentOf(boxes: readonly Rect[], routes: ReadonlyMap<string, Route>): Rect {
  const lines = [...routes.values()].flatMap(({ points, label }): readonly Rect[] => [label, ...points.map((point) => ({ ...point, width: 0, height: 0 }))]);
  return boundsOf([...boxes, ...lines]);
}

/** Short ways have the fewest choices; among equals, conditions come before timers. */
function nearestFirst(arrows: readonly StateArrow[], byName: ReadonlyMap<string, Rect>): readonly StateArrow[] {
  const distance = ({ from, to, kind }: StateArrow): number => {
    const [a, b] = [byName.get(from), byName.get(to)];
    return a === undefined || b === undefined ? 0 : Math.abs(a.x - b.x) + Math.abs(a.y - b.y) + (kind === 'timer' ? 40 : 0);
  };
  return arrows.toSorted((a, b) => distance(a) - distance(b));
}

function bestRoute(arrow: StateArrow, ways: readonly Way[], boxes: readonly Rect[], taken: readonly Route[]): Route {
  let best: { readonly route: Route; readonly cost: number } | null = null;
  // Cheap ways first: once one is free of faults, dearer ones cannot win.
  for (const way of ways.toSorted((a, b) => a.cost - b.cost)) {
    if (best !== null && way.cost >= best.cost) break;
    const route = routeOf(arrow, way);
    const cost = way.cost + faults(route, boxes, taken);
    if (best === null || cost < best.cost) best = { route, cost };
  }
  return best!.route;
}

function routeOf(arrow: StateArrow, { curve, at }: Way): Route {
  const points = Array.from({ length: samples - 1 }, (_, i) => pointAt(curve, (i + 1) / samples));
  return { d: pathOf(curve), label: centredAt(pointAt(curve, at), arrow), points };
}

function faults({ label, points }: Route, boxes: readonly Rect[], taken: readonly Route[]): number {
  const covered = boxes.filter((box) => overlap(label, box, around)).length + taken.filter((other) => overlap(label, other.label, around)).length;
  const throughBoxes = points.filter((point) => boxes.some((box) => inside(point, box))).length;
  const throughLabels = points.filter((point) => taken.some((other) => inside(point, other.label))).length;
  const under = taken.reduce((sum, other) => sum + other.points.filter((point) => inside(point, label)).length, 0);
  return covered * price.covered + throughBoxes * price.throughBox + (throughLabels + under) * price.throughLabel;
}
