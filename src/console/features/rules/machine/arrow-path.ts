// Where an arrow runs and where its label stands, from the two boxes. Forward arrows go side to side, timers and arrows back
// arc over or under the boxes, and several between the same two keep apart.
import type { Point } from './graph-model.ts';

export interface Box extends Point { readonly width: number; readonly height: number }
export interface ArrowPath { readonly d: string; readonly label: Point }

const laneGap = 44;

export function arrowPath(from: Box, to: Box, kind: 'transition' | 'timer', lane: number): ArrowPath {
  if (from === to || (from.x === to.x && from.y === to.y)) return loop(from, lane);
  if (kind === 'transition' && to.x >= from.x + from.width) return forward(from, to, lane);
  // Timers between neighbours pass below; what spans further, or comes from below, passes above.
  const over = to.y > from.y + 8 || Math.abs(centre(from).x - centre(to).x) > 500;
  return arc(from, to, over ? -1 : 1, lane);
}

const centre = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });

function forward(from: Box, to: Box, lane: number): ArrowPath {
  const shift = lane * laneGap * (lane % 2 === 0 ? 1 : -1);
  const [a, b] = [{ x: from.x + from.width, y: from.y + from.height / 2 }, { x: to.x - 3, y: to.y + to.height / 2 }];
  const bend = Math.max(30, (b.x - a.x) / 2);
  const d = `M${a.x} ${a.y}C${a.x + bend} ${a.y + shift} ${b.x - bend} ${b.y + shift} ${b.x} ${b.y}`;
  return { d, label: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 + shift * 0.75 } };
}

/** `side` -1 above, 1 below. */
function arc(from: Box, to: Box, side: -1 | 1, lane: number): ArrowPath {
  const edge = (box: Box): number => (side < 0 ? box.y : box.y + box.height);
  const a = { x: centre(from).x - 18, y: edge(from) };
  const b = { x: centre(to).x + 18, y: edge(to) + side * 3 };
  const reach = side < 0 ? Math.min(a.y, b.y) - 74 - lane * laneGap : Math.max(a.y, b.y) + 74 + lane * laneGap;
  return { d: `M${a.x} ${a.y}C${a.x} ${reach} ${b.x} ${reach} ${b.x} ${b.y}`, label: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 8 + reach * 0.75 } };
}

function loop(box: Box, lane: number): ArrowPath {
  const { x } = centre(box);
  const [top, high] = [box.y, box.y - 84 - lane * laneGap];
  return { d: `M${x - 26} ${top}C${x - 60} ${high} ${x + 60} ${high} ${x + 26} ${top - 3}`, label: { x, y: (top + high * 3) / 4 } };
}
