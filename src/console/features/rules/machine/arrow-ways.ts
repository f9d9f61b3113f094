// The ways an arrow could take from one box to another, the most natural first (least `cost`). Which of them it takes is decided in
// routes.ts, where all boxes and labels are known.
import { centreOf, type Curve, type Point, type Rect } from './geometry.ts';

export interface Way { readonly curve: Curve; /** Where on the curve the label stands, 0 to 1. */ readonly at: number; readonly cost: number }
type Kind = 'transition' | 'timer';

/** Room for the head in front of the box. */
const head = 3;
/** Less than this between two boxes and no straight arrow fits. */
const leastRoom = 28;
const places = [0.5, 0.4, 0.6], shifts = [0, -42, 42, -84, 84, -126, 126];

export function waysOf(from: Rect, to: Rect, kind: Kind): readonly Way[] {
  if (from === to) return along([...loops(from), ...sideLoops(from)]);
  return [...sideways(from, to, kind), ...upright(from, to, kind), ...along([...arcs(from, to, kind), ...brackets(from, to)])];
}

/** With the label further up or down the line as well. */
const along = (ways: readonly Way[]): readonly Way[] => ways.flatMap((way) => [way, ...[0.4, 0.6, 0.3, 0.7].map((at): Way => ({ ...way, at, cost: way.cost + 30 + Math.abs(at - 0.5) * 60 }))]);

/** From side to side; the way things go runs to the right. */
function sideways(from: Rect, to: Rect, kind: Kind): readonly Way[] {
  const rightwards = to.x >= from.x + from.width;
  const room = rightwards ? to.x - from.x - from.width : from.x - to.x - to.width;
  if (room < leastRoom) return [];
  const [a, b] = rightwards ? [{ x: from.x + from.width, y: centreOf(from).y }, { x: to.x - head, y: centreOf(to).y }] : [{ x: from.x, y: centreOf(from).y }, { x: to.x + to.width + head, y: centreOf(to).y }];
  const bend = Math.max(24, room / 2) * (rightwards ? 1 : -1);
  const base = (rightwards && kind === 'transition' ? 0 : 90) + Math.abs(b.y - a.y) / 20;
  return shifts.flatMap((shift) => places.map((at): Way => ({ curve: [a, { x: a.x + bend, y: a.y + shift }, { x: b.x - bend, y: b.y + shift }, b], at, cost: base + Math.abs(shift) / 4 + steepness(shift, room) + Math.abs(at - 0.5) * 60 })));
}

/** A line that bends far in little room looks like a tent; going over the boxes reads better then. */
const steepness = (shift: number, room: number): number => Math.max(0, Math.abs(shift) - room / 3) * 0.8;

/** Straight down or up between boxes that stand over one another. */
function upright(from: Rect, to: Rect, kind: Kind): readonly Way[] {
  const down = to.y >= from.y + from.height;
  const room = down ? to.y - from.y - from.height : from.y - to.y - to.height;
  if (room < leastRoom) return [];
  const [a, b] = down ? [{ x: centreOf(from).x, y: from.y + from.height }, { x: centreOf(to).x, y: to.y - head }] : [{ x: centreOf(from).x, y: from.y }, { x: centreOf(to).x, y: to.y + to.height + head }];
  const bend = (room / 2) * (down ? 1 : -1);
  const base = (down && kind === 'transition' ? 14 : 60) + Math.abs(b.x - a.x) / 8;
  return [0, -70, 70, -140, 140].flatMap((shift) => places.map((at): Way => ({ curve: [{ x: a.x + shift / 2.4, y: a.y }, { x: a.x + shift, y: a.y + bend }, { x: b.x + shift, y: b.y - bend }, { x: b.x + shift / 2.4, y: b.y }], at, cost: base + Math.abs(shift) / 4 + Math.abs(at - 0.5) * 60 })));
}

/** Over or under both boxes. Timers of neighbours pass below, what spans further passes above. */
function arcs(from: Rect, to: Rect, kind: Kind): readonly Way[] {
  const span = Math.abs(centreOf(from).x - centreOf(to).x);
  const forward = to.x >= from.x + from.width;
  const above = kind === 'transition' && forward ? true : span > 500;
  return [0, 1, 2, 3, 4, 5, 6].flatMap((step) => ([-1, 1] as const).map((side) => arc(from, to, side, { step, cost: 40 + step * 12 + ((side < 0) === above ? 0 : 22) })));
}

/** `side` -1 above, 1 below. */
function arc(from: Rect, to: Rect, side: -1 | 1, { step, cost }: { readonly step: number; readonly cost: number }): Way {
  const edge = (box: Rect): number => (side < 0 ? box.y : box.y + box.height);
  const towards = Math.sign(centreOf(to).x - centreOf(from).x) || 1;
  // Arrows there and back keep apart where they meet the boxes, and outer ones meet them further out.
  const inset = Math.max(-70, (towards > 0 ? 44 : 28) - step * 18);
  const a = { x: centreOf(from).x + towards * inset, y: edge(from) };
  const b = { x: centreOf(to).x - towards * inset, y: edge(to) + side * head };
  const reach = (side < 0 ? Math.min(a.y, b.y) : Math.max(a.y, b.y)) + side * (64 + step * 40);
  return { curve: [a, { x: a.x, y: reach }, { x: b.x, y: reach }, b], at: 0.5, cost };
}

/** Around the right or left side, for boxes that stand over one another. */
function brackets(from: Rect, to: Rect): readonly Way[] {
  if (from.x + from.width < to.x || to.x + to.width < from.x) return [];
  return [0, 1, 2, 3].flatMap((step) => ([1, -1] as const).map((side) => bracket(from, to, side, step)));
}

function bracket(from: Rect, to: Rect, side: -1 | 1, step: number): Way {
  const edge = (box: Rect): number => (side > 0 ? box.x + box.width : box.x);
  const down = centreOf(to).y > centreOf(from).y ? 1 : -1;
  const a = { x: edge(from), y: centreOf(from).y + down * 8 };
  const b = { x: edge(to) + side * head, y: centreOf(to).y - down * 8 };
  const reach = (side > 0 ? Math.max(a.x, b.x) : Math.min(a.x, b.x)) + side * (80 + step * 50);
  return { curve: [a, { x: reach, y: a.y }, { x: reach, y: b.y }, b], at: 0.5, cost: 50 + step * 14 };
}

/** Back into the same box: above it, below when that is taken. */
function loops(box: Rect): readonly Way[] {
  return [0, 1, 2, 3, 4, 5].flatMap((step) => ([-1, 1] as const).map((side) => loop(box, side, step)));
}

function loop(box: Rect, side: -1 | 1, step: number): Way {
  const { x } = centreOf(box);
  const edge = side < 0 ? box.y : box.y + box.height;
  const far = edge + side * (72 + step * 40);
  const wide: Point = { x: 26, y: 62 + step * 12 };
  return { curve: [{ x: x - wide.x, y: edge }, { x: x - wide.y, y: far }, { x: x + wide.y, y: far }, { x: x + wide.x, y: edge + side * head }], at: 0.5, cost: step * 12 + (side < 0 ? 0 : 16) };
}

/** Beside the box, where others stand over and under it. */
function sideLoops(box: Rect): readonly Way[] {
  const { y } = centreOf(box);
  return [0, 1, 2, 3, 4].flatMap((step) => ([1, -1] as const).map((side): Way => {
    const edge = side > 0 ? box.x + box.width : box.x;
    const far = edge + side * (90 + step * 60);
    return { curve: [{ x: edge, y: y - 14 }, { x: far, y: y - 48 - step * 10 }, { x: far, y: y + 48 + step * 10 }, { x: edge + side * head, y: y + 14 }], at: 0.5, cost: 44 + step * 14 };
  }));
}
