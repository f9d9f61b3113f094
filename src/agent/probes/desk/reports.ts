// Reports of probes that are not there: refused before they were, or left by an agent that was killed.
import type { ActionProblem, ProbeReport, ProbeRequest } from '../../../model/index.ts';
import type { LedgerEntry } from '../governed/index.ts';

type Standing = Pick<ProbeReport, 'state' | 'end' | 'why' | 'endedUnixMs'>;

const reportOf = ({ id, name, what, target, limits, owner, reason, createdUnixMs }: ProbeRequest, standing: Standing): ProbeReport =>
  ({ id, name, what, target, limits, owner, reason, createdUnixMs, ...standing, expiresUnixMs: null, hits: 0, emitted: 0, suppressed: 0, places: [], notes: [] });

export const refused = (request: ProbeRequest, why: ActionProblem, unixMs: number): ProbeReport => reportOf(request, { state: 'refused', end: 'refused', why, endedUnixMs: unixMs });

/** Its counts went with the agent that was killed; the server has those of its last second. */
export function crashed({ request, lefts }: LedgerEntry, unixMs: number): ProbeReport {
  const why: ActionProblem = lefts.length === 0
    ? { code: 'probe.agent-crashed', message: 'The agent ended without taking it out. It was taken out when the agent started again.' }
    : { code: 'probe.not-removed', message: 'The agent ended without taking it out, and it cannot be taken out now.', help: 'The agent tries again; ending the process removes it for certain.' };
  return reportOf(request, { state: 'ended', end: 'agent-crashed', why, endedUnixMs: unixMs });
}
