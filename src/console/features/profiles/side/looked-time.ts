// The time on the clock that is looked at: the chosen part of the profile's, with the service that it is of.
import type { Artifact } from '../../../../model/index.ts';
import type { Scene } from '../model/use-scene.ts';
import { chosenSpan, spanOf } from './around-moment.ts';
import type { TimeOf } from './tail-questions.ts';

/** Null where nobody knows when it was: a file of this machine without a clock. */
export function lookedTime({ profile, selection }: Pick<Scene, 'profile' | 'selection'>, artifact: Artifact | null): TimeOf | null {
  const span = spanOf(artifact, profile.startUnixMs, profile.durationNanos);
  return span === null ? null : { ...chosenSpan(span, selection.fromNanos, selection.toNanos), service: artifact?.service ?? null };
}

/** For a probe: which process was sampled, as far as the artifact says. */
export const processOf = (artifact: Artifact | null): { readonly agent?: string; readonly pid?: number; readonly service?: string } => ({
  ...(artifact?.agent != null && { agent: artifact.agent.id }), ...(artifact?.process != null && { pid: artifact.process.pid }), ...(artifact?.service != null && { service: artifact.service }),
});
