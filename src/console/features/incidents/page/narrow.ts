// An incident's detail, narrowed to a part of its time. Pure.
import type { IncidentDetail } from '../../../../model/index.ts';
import { within, type Span } from '../timeline/axis.ts';

/** Actions that were under way in it count; artifacts by the time they are about, else by when they came. */
export function narrowed(detail: IncidentDetail, part: Span | null): IncidentDetail {
  if (part === null) return detail;
  const overlaps = (from: number, to: number): boolean => from <= part.toMs && to >= part.fromMs;
  return {
    ...detail,
    timeline: detail.timeline.filter(({ at }) => within(Date.parse(at), part)),
    actions: detail.actions.filter(({ requestedUnixMs, finishedUnixMs }) => overlaps(requestedUnixMs, finishedUnixMs ?? Infinity)),
    artifacts: detail.artifacts.filter(({ fromUnixMs, toUnixMs, createdUnixMs }) => overlaps(fromUnixMs ?? createdUnixMs, toUnixMs ?? createdUnixMs)),
  };
}
