// Which marks of a chart get their label drawn: the newest first, one below another where
// they would meet, and none over another. The line of every mark is
// drawn all the same, and pointing at it names it. Pure.
import type { TimeChartMark } from './time-chart.tsx';

/** Width of a letter at 10.5 px, on the wide side; the gap between a line and its label; between two labels. */
const letterPx = 6;
const gapPx = 5;
const apartPx = 8;
/** Marks in the last part of the span are labelled to their left, so that the text stays inside. */
const leftFrom = 0.8;
const rows = 3;

export interface MarkLabel { readonly mark: TimeChartMark; readonly shown: boolean; readonly side: 'left' | 'right'; /** Line of text, 0 at the top. */ readonly row: number }

/** `widthPx`: of the plot, from `fromMs` to `toMs`. One answer per mark, in the order given. */
export function placeLabels(marks: readonly TimeChartMark[], fromMs: number, toMs: number, widthPx: number): readonly MarkLabel[] {
  const taken: (readonly [number, number])[][] = Array.from({ length: rows }, () => []);
  const newestFirst = marks.map((mark, index) => ({ mark, index })).toSorted((a, b) => b.mark.at - a.mark.at);
  const placed: MarkLabel[] = [];
  for (const { mark, index } of newestFirst) {
    const share = toMs > fromMs ? (mark.at - fromMs) / (toMs - fromMs) : 0;
    const side = share > leftFrom ? 'left' : 'right';
    const x = share * widthPx;
    const long = gapPx + mark.label.length * letterPx;
    const [start, end] = side === 'left' ? [x - long, x] : [x, x + long];
    const row = taken.findIndex(line => line.every(([from, to]) => end + apartPx <= from || start >= to + apartPx));
    taken[row]?.push([start, end]);
    placed[index] = { mark, shown: row >= 0, side, row: Math.max(0, row) };
  }
  return placed;
}
