// A part of the time that is dragged or stepped out on the heat map. Pure; everything in nanoseconds from the profile's start.
export interface TimeRange { readonly from: number; readonly to: number }

/** In order and within the profile; null when it is no wider than `least`, which is a click. */
export function rangeBetween(a: number, b: number, whole: number, least: number): TimeRange | null {
  const [from, to] = [Math.max(0, Math.min(a, b)), Math.min(whole, Math.max(a, b))];
  return to - from <= least ? null : { from, to };
}

/** One end moved by a step of a key; the ends stay a step apart. Null: the key is not for it. */
export function stepped(range: TimeRange, end: 'from' | 'to', key: { readonly key: string; readonly shiftKey: boolean }, whole: number, step: number): TimeRange | null {
  const by = key.shiftKey ? step * 10 : step;
  const to = key.key === 'ArrowLeft' || key.key === 'ArrowDown' ? range[end] - by : key.key === 'ArrowRight' || key.key === 'ArrowUp' ? range[end] + by : key.key === 'Home' ? 0 : key.key === 'End' ? whole : null;
  if (to === null) return null;
  return end === 'from' ? { from: Math.min(Math.max(0, to), range.to - step), to: range.to } : { from: range.from, to: Math.max(Math.min(whole, to), range.from + step) };
}

/** Round steps of an axis, at most `most` of them: nanoseconds. */
export function ticksOf(whole: number, most: number): readonly number[] {
  if (whole <= 0) return [];
  const rough = whole / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(times => times * power).find(each => each >= rough) ?? rough;
  return Array.from({ length: Math.floor(whole / step) + 1 }, (_, at) => at * step);
}
