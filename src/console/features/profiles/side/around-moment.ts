// What else is known of the time of a profile: artifacts of its incident or process, recordings that hold its records, rules that
// were deployed shortly before. Pure.
import type { Artifact } from '../../../../model/index.ts';
import { takenAt } from '../list/profile-artifacts.ts';

export interface Span { readonly fromMs: number; readonly toMs: number }

const hourMs = 3_600_000;
const most = 5;

/** The time that it is about: as the file says, else as the artifact does, else the moment it was made. */
export function spanOf(artifact: Artifact | null, startUnixMs: number | null, durationNanos: number | null): Span | null {
  const durationMs = (durationNanos ?? 0) / 1e6;
  if (startUnixMs !== null) return { fromMs: startUnixMs, toMs: startUnixMs + durationMs };
  if (artifact === null) return null;
  const { fromUnixMs, toUnixMs, createdUnixMs } = artifact;
  return fromUnixMs !== null && toUnixMs !== null ? { fromMs: fromUnixMs, toMs: toUnixMs } : { fromMs: createdUnixMs - durationMs, toMs: createdUnixMs };
}

/** The part of it that is chosen on the heat map: nanoseconds from its start; null: all of it on that side. */
export function chosenSpan(span: Span, fromNanos: number | null, toNanos: number | null): Span {
  const at = (nanos: number) => Math.min(span.toMs, span.fromMs + nanos / 1e6);
  return { fromMs: fromNanos === null ? span.fromMs : at(fromNanos), toMs: toNanos === null ? span.toMs : at(toNanos) };
}

/** Of the same incident whenever, of the same service within an hour; the nearest first. Recordings that hold that time come before all. */
export function kindredArtifacts(shown: Artifact, all: readonly Artifact[], span: Span): readonly Artifact[] {
  const covers = ({ kind, fromUnixMs, toUnixMs }: Artifact) => kind === 'recorder' && fromUnixMs !== null && toUnixMs !== null && fromUnixMs <= span.toMs && toUnixMs >= span.fromMs;
  const near = (each: Artifact) => Math.abs(takenAt(each) - span.fromMs);
  return all.filter(each => each.id !== shown.id && each.state === 'stored' && ((shown.incident !== null && each.incident === shown.incident) || (shown.service !== null && each.service === shown.service && near(each) <= hourMs) || covers(each)))
    .toSorted((a, b) => Number(covers(b)) - Number(covers(a)) || near(a) - near(b)).slice(0, most);
}

/** A line of the audit, as far as it matters here. */
export interface AuditLine { readonly id: number; readonly at: string; readonly action: string; readonly subject: string }
export interface Deployment { readonly key: number; readonly rule: string; readonly atMs: number }

/** Rules deployed in the hour before the end of that time, the latest first. */
export function deploymentsBefore(audit: readonly AuditLine[], span: Span): readonly Deployment[] {
  return audit.flatMap(({ id, at, action, subject }) => {
    const atMs = Date.parse(at);
    return action === 'rule.deploy' && subject.startsWith('rule:') && atMs <= span.toMs && span.fromMs - atMs <= hourMs ? [{ key: id, rule: subject.slice('rule:'.length), atMs }] : [];
  }).toSorted((a, b) => b.atMs - a.atMs).slice(0, 3);
}
