// Which part of a profile lies in a chosen time of the incident. Pure.
import type { Artifact } from '../../../../model/index.ts';
import type { OpenedProfile } from '../../../workers/profile/index.ts';
import type { Span } from '../timeline/axis.ts';

/** `whole`: nothing is chosen, or all of it lies in it. `outside`: none of it does. `unknown`: it cannot be told which samples are of that time. */
export type Overlap = { readonly kind: 'whole' | 'outside' | 'unknown' } | { readonly kind: 'part'; /** From its start. */ readonly fromNanos: number; readonly toNanos: number };

const nanosAMilli = 1e6;

/** The time that it is about: as the file says, else as the artifact does. Some formats have a clock of their own. */
export function profileSpan({ startUnixMs, durationNanos }: Pick<OpenedProfile, 'startUnixMs' | 'durationNanos'>, { fromUnixMs, toUnixMs, createdUnixMs }: Pick<Artifact, 'fromUnixMs' | 'toUnixMs' | 'createdUnixMs'>): Span {
  const durationMs = durationNanos === null ? null : durationNanos / nanosAMilli;
  const start = startUnixMs ?? fromUnixMs;
  if (start !== null) return { fromMs: start, toMs: durationMs === null ? Math.max(start, toUnixMs ?? start) : start + durationMs };
  const end = toUnixMs ?? createdUnixMs;
  return { fromMs: end - (durationMs ?? 0), toMs: end };
}

export function overlapOf(span: Span, hasTimes: boolean, part: Span | null): Overlap {
  if (part === null || (part.fromMs <= span.fromMs && part.toMs >= span.toMs)) return { kind: 'whole' };
  if (part.toMs < span.fromMs || part.fromMs > span.toMs) return { kind: 'outside' };
  if (!hasTimes) return { kind: 'unknown' };
  const nanos = (at: number) => Math.max(0, (at - span.fromMs) * nanosAMilli);
  return { kind: 'part', fromNanos: nanos(part.fromMs), toNanos: nanos(Math.min(part.toMs, span.toMs)) };
}
