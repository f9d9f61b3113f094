// The lanes of an incident as shapes: the line of rates, marks with labels that have room, and actions as bars in rows. Computed apart
// from drawing, with the widths of texts estimated.
import type { ActionRun, IncidentDetail, IncidentEntry, IncidentRates } from '../../../../model/index.ts';
import { xOf, type Axis } from './axis.ts';

const charPx = 6.1;
const gapPx = 10;
export const actionRowPx = 18;
export const mostActionRows = 7;
const leastBarPx = 5;

export interface Label { readonly text: string; readonly side: 'left' | 'right' }
export interface LaneMark { readonly id: string; readonly kind: IncidentEntry['kind']; readonly at: number; readonly x: number; readonly says: string; /** Null where there is no room. */ readonly label: Label | null }
export interface ActionBar { readonly id: string; readonly x: number; readonly endX: number; readonly row: number; readonly state: ActionRun['state']; readonly label: Label | null; readonly says: string }
export interface ActionLane { readonly bars: readonly ActionBar[]; readonly rows: number; /** Those that had no row left. */ readonly more: number }

export const textPx = (text: string): number => text.length * charPx;

/** The text to the right when it ends before `limit`, else to the left when it starts after `least`, else none. */
function labelAt(text: string, x: number, endX: number, least: number, limit: number): Label | null {
  const need = textPx(text) + gapPx;
  if (endX + need <= limit) return { text, side: 'right' };
  return x - need >= least ? { text, side: 'left' } : null;
}

/** Marks in order of time; a label never covers a mark or another label. */
export function marksOf(entries: readonly IncidentEntry[], axis: Axis, shortOf: (entry: IncidentEntry) => string): readonly LaneMark[] {
  const right = axis.leftPx + axis.widthPx;
  const shown = entries.map(entry => ({ entry, at: Date.parse(entry.at) })).filter(({ at }) => at >= axis.fromMs && at <= axis.toMs).toSorted((a, b) => a.at - b.at);
  let taken = axis.leftPx;
  return shown.map(({ entry, at }, i): LaneMark => {
    const x = xOf(axis, at);
    const next = shown[i + 1];
    const label = labelAt(shortOf(entry), x, x, taken + gapPx, next === undefined ? right : xOf(axis, next.at) - gapPx);
    taken = label?.side === 'right' ? x + gapPx + textPx(label.text) : x + gapPx;
    return { id: entry.id, kind: entry.kind, at, x, says: entry.text, label };
  });
}

/** Bars that overlap with their labels are put in rows of their own. An action that did not start is a moment. */
export function actionLane(actions: readonly ActionRun[], axis: Axis, nowMs: number, wordsOf: (run: ActionRun) => string, mostRows: number = mostActionRows): ActionLane {
  const ends: number[] = [];
  let more = 0;
  const bars = actions.toSorted((a, b) => a.requestedUnixMs - b.requestedUnixMs).flatMap((run): readonly ActionBar[] => {
    const bar = barOf(run, axis, nowMs, wordsOf(run));
    if (bar === null) return [];
    const [start, end] = [bar.label?.side === 'left' ? bar.x - gapPx - textPx(bar.label.text) : bar.x, bar.label?.side === 'right' ? bar.endX + gapPx + textPx(bar.label.text) : bar.endX];
    const free = ends.findIndex(taken => taken + gapPx <= start);
    const row = free >= 0 ? free : ends.length;
    if (row >= mostRows) { more += 1; return []; }
    ends[row] = end;
    return [{ ...bar, row }];
  });
  return { bars, rows: Math.max(1, ends.length), more };
}

function barOf(run: ActionRun, axis: Axis, nowMs: number, text: string): Omit<ActionBar, 'row'> | null {
  const from = run.startedUnixMs ?? run.requestedUnixMs;
  const to = run.finishedUnixMs ?? (run.state === 'refused' ? from : nowMs);
  if (to < axis.fromMs || from > axis.toMs) return null;
  const right = axis.leftPx + axis.widthPx;
  const x = Math.max(axis.leftPx, xOf(axis, from));
  const endX = Math.min(right, Math.max(x + leastBarPx, xOf(axis, to)));
  return { id: run.id, x: Math.min(x, right - leastBarPx), endX, state: run.state, label: labelAt(text, x, endX, axis.leftPx, right), says: text };
}

export interface RateShape { readonly line: string; readonly area: string; readonly most: number }

/** The line of records a second: a gap in the reports is a gap in the line. */
export function rateShape({ times, received, stepMs }: IncidentRates, axis: Axis, top: number, height: number): RateShape {
  const shown = times.map((t, i) => ({ t, value: received[i] ?? null })).filter(({ t }) => t + stepMs >= axis.fromMs && t <= axis.toMs);
  const most = shown.reduce((max, { value }) => Math.max(max, value ?? 0), 0);
  const base = top + height;
  const point = (t: number, value: number): string => `${Math.max(axis.leftPx, xOf(axis, t)).toFixed(1)} ${(base - (value / Math.max(1e-9, most)) * (height - 8)).toFixed(1)}`;
  const runs = runsOf(shown);
  const line = runs.map(run => `M${run.map(({ t, value }) => point(t, value)).join('L')}`).join('');
  const area = runs.map(run => `M${point(run[0]?.t ?? 0, 0)}L${run.map(({ t, value }) => point(t, value)).join('L')}L${point(run.at(-1)?.t ?? 0, 0)}Z`).join('');
  return { line, area, most };
}

function runsOf(points: readonly { readonly t: number; readonly value: number | null }[]): readonly (readonly { readonly t: number; readonly value: number }[])[] {
  const runs: { t: number; value: number }[][] = [[]];
  for (const { t, value } of points) {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push({ t, value });
  }
  return runs.filter(run => run.length > 0);
}

/** The rate that was measured around a moment; null in a gap. */
export function rateAt({ times, received, stepMs }: IncidentRates, t: number): number | null {
  const index = times.findIndex(start => t >= start && t < start + stepMs);
  return index < 0 ? null : received[index] ?? null;
}

export type LaneKind = 'trigger' | 'artifact' | 'deployment' | 'note';
export const laneEntries = (detail: Pick<IncidentDetail, 'timeline'>, kind: LaneKind): readonly IncidentEntry[] => detail.timeline.filter(entry => entry.kind === kind);
