// The one time axis of an incident's lanes: where a moment lies, which ticks are named, and what stretch of time is shown. Pure.
import type { IncidentDetail, IncidentRates } from '../../../../model/index.ts';

export interface Span { readonly fromMs: number; readonly toMs: number }
export interface Axis extends Span { readonly leftPx: number; readonly widthPx: number }

const minuteMs = 60_000;
/** A recorder may reach back for days, and what was deployed for an hour; the axis reaches so far that the rates, which begin five minutes
 *  before, still fill half of it. What is older stands in the lists. */
const reachMs = 10 * minuteMs;
/** What was taken before, and belongs here, has its place on the axis. */
const takenMs = 60 * minuteMs;

/** From before it was opened until now, or until a minute after it was closed; everything that has a time is in it. */
export function wholeSpan({ incident, timeline, actions, artifacts }: Pick<IncidentDetail, 'incident' | 'timeline' | 'actions' | 'artifacts'>, rates: Pick<IncidentRates, 'times' | 'stepMs'> | null, nowMs: number): Span {
  const opened = Date.parse(incident.openedAt);
  const end = incident.closedAt === null ? (incident.imported === null ? nowMs : opened) : Date.parse(incident.closedAt) + minuteMs;
  const moments = [
    ...timeline.filter(({ kind }) => kind !== 'imported').map(({ at, kind }) => (kind === 'deployment' ? Math.max(Date.parse(at), opened - reachMs) : Date.parse(at))), ...actions.flatMap(({ requestedUnixMs, finishedUnixMs }) => [requestedUnixMs, finishedUnixMs ?? requestedUnixMs]),
    ...artifacts.flatMap(({ kind, fromUnixMs, toUnixMs }) => [fromUnixMs, toUnixMs].filter(at => at !== null && at <= nowMs).map(at => Math.max(at ?? opened, opened - (kind === 'recorder' ? reachMs : takenMs)))),
    ...(rates === null || rates.times.length === 0 ? [] : [rates.times[0] ?? opened, (rates.times.at(-1) ?? opened) + rates.stepMs]),
  ];
  const fromMs = moments.reduce((least, t) => Math.min(least, t), opened - minuteMs);
  const toMs = moments.reduce((most, t) => Math.max(most, t), Math.max(end, opened + minuteMs));
  return { fromMs, toMs };
}

/** A chosen part, when it is one: in order, and not outside the whole. */
export function partOf(whole: Span, fromMs: number | undefined, toMs: number | undefined): Span | null {
  if (fromMs === undefined || toMs === undefined || toMs <= fromMs || toMs <= whole.fromMs || fromMs >= whole.toMs) return null;
  return { fromMs: Math.max(fromMs, whole.fromMs), toMs: Math.min(toMs, whole.toMs) };
}

export const within = (at: number, span: Span | null): boolean => span === null || (at >= span.fromMs && at <= span.toMs);
export const xOf = ({ fromMs, toMs, leftPx, widthPx }: Axis, t: number): number => leftPx + ((t - fromMs) / Math.max(1, toMs - fromMs)) * widthPx;
export const timeAt = ({ fromMs, toMs, leftPx, widthPx }: Axis, x: number): number => Math.round(fromMs + (Math.min(widthPx, Math.max(0, x - leftPx)) / Math.max(1, widthPx)) * (toMs - fromMs));

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400, 604_800].map(seconds => seconds * 1000);
const tickPx = 96;

/** Round times, about a hundred pixels apart. */
export function ticksOf(axis: Axis): readonly number[] {
  const most = Math.max(2, axis.widthPx / tickPx);
  const step = steps.find(each => (axis.toMs - axis.fromMs) / each <= most) ?? Math.ceil((axis.toMs - axis.fromMs) / most);
  const first = Math.ceil(axis.fromMs / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((axis.toMs - first) / step) + 1) }, (_, i) => first + i * step);
}
