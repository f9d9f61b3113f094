// Points, rectangles and curves of the picture, in its own units: one is a pixel at full size. y grows downwards.
export interface Point { readonly x: number; readonly y: number }
export interface Size { readonly width: number; readonly height: number }
export interface Rect extends Point, Size {}
/** A cubic Bézier: start, two control points, end. */
export type Curve = readonly [Point, Point, Point, Point];

/** True when they share ground, or come nearer than `gap`. */
export const overlap = (a: Rect, b: Rect, gap = 0): boolean =>
  a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap;

export const inside = ({ x, y }: Point, rect: Rect): boolean => x > rect.x && x < rect.x + rect.width && y > rect.y && y < rect.y + rect.height;

export const centreOf = ({ x, y, width, height }: Rect): Point => ({ x: x + width / 2, y: y + height / 2 });

export const centredAt = ({ x, y }: Point, { width, height }: Size): Rect => ({ x: x - width / 2, y: y - height / 2, width, height });

export function pointAt([a, b, c, d]: Curve, t: number): Point {
  const s = 1 - t;
  const mix = (axis: 'x' | 'y') => s * s * s * a[axis] + 3 * s * s * t * b[axis] + 3 * s * t * t * c[axis] + t * t * t * d[axis];
  return { x: mix('x'), y: mix('y') };
}

/** As an SVG path. */
export const pathOf = ([a, b, c, d]: Curve): string => `M${a.x} ${a.y}C${b.x} ${b.y} ${c.x} ${c.y} ${d.x} ${d.y}`;

/** The least rectangle around all of them; of nothing, an empty one at the origin. */
export function boundsOf(rects: readonly Rect[]): Rect {
  if (rects.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const [left, top] = [Math.min(...rects.map(({ x }) => x)), Math.min(...rects.map(({ y }) => y))];
  const [right, bottom] = [Math.max(...rects.map(({ x, width }) => x + width)), Math.max(...rects.map(({ y, height }) => y + height))];
  return { x: left, y: top, width: right - left, height: bottom - top };
}
