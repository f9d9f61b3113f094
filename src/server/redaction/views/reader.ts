// What every answer is made from: the book, the fleet and the rules' history as they are at one moment.
import type { RedactionBook } from '../book/book.ts';
import { evidenceIn } from '../book/agents-seen.ts';
import type { AgentView } from '../book/standing-terms.ts';
import type { RuleEnds } from '../rule-history.ts';
import type { FleetView } from './fleet-view.ts';

export interface Reader {
  readonly book: RedactionBook; readonly fleet: FleetView; readonly nowMs: number; readonly ends: RuleEnds;
  /** An agent as the judges of a source of that service need it. */
  readonly agentOf: (agent: number, service: string) => AgentView;
}

export function readerOf(book: RedactionBook, fleet: FleetView, nowMs: number, ends: RuleEnds): Reader {
  const known = new Map<number, Omit<AgentView, 'passedMs'>>();
  const agentOf = (no: number, service: string): AgentView => {
    const agent = known.get(no) ?? agentView(book, fleet, no, nowMs);
    known.set(no, agent);
    return { ...agent, passedMs: book.agents.passedMs(no, service) };
  };
  return { book, fleet, nowMs, ends, agentOf };
}

/** An agent that the fleet has forgotten is away. */
function agentView(book: RedactionBook, fleet: FleetView, no: number, nowMs: number): Omit<AgentView, 'passedMs'> {
  const [agent, seen] = [fleet.find(no), book.agents.of(no)];
  return {
    name: agent?.name ?? `agent ${no}`, connected: agent?.connected === true && !book.agents.isComing(no, nowMs), lastSeenMs: agent === null ? seen.lastReportMs : Math.max(seen.lastReportMs, Date.parse(agent.lastSeenAt)),
    ...evidenceIn(seen),
    backMs: (ruleId, version) => seen.applied.find((one) => one.wasOff === true && one.ruleId === ruleId && one.version === version)?.atMs ?? null,
    runs: (ruleId, version) => seen.applied.some((one) => one.ruleId === ruleId && (version === undefined || one.version === version)),
  };
}
