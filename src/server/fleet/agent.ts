// One agent as the BFF knows it: what is remembered of it, and, while it is connected, how to reach it.
import type { AgentId, AgentStatus, AgentSummary } from '../../model/index.ts';
import { agentCapabilities, type Draft, type ServerToAgent } from '../../model/opamp/index.ts';
import type { StoredAgent } from '../store/index.ts';
import { keptStatuses } from './rule-rates.ts';
import { agentReport, emptyReport, type AgentReport } from './agent-report.ts';

/** The way to a connected agent. */
export interface AgentConnection {
  send(message: Draft<ServerToAgent>): void;
  close(why: string): void;
}

const maxClockJumpMs = 10_000;

export class Agent {
  readonly id: AgentId;
  /** Small and permanent; tail frames carry it in place of the id. */
  readonly ordinal: number;
  readonly firstSeenAt: string;
  lastSeenAt: string;
  report: AgentReport;
  connection: AgentConnection | null = null;
  /** The newest last; rates of rules need a few. */
  readonly statuses: AgentStatus[] = [];
  /** When the newest status was made, on this machine's clock, Unix milliseconds. */
  statusAtMs = 0;
  #clockOffsetMs: number | null = null;

  constructor(stored: Omit<StoredAgent, 'kind'>) {
    this.id = stored.id;
    this.ordinal = stored.ordinal;
    this.firstSeenAt = stored.firstSeenAt;
    this.lastSeenAt = stored.lastSeenAt;
    this.report = agentReport.safeParse(stored.report).data ?? emptyReport;
  }

  get status(): AgentStatus | null { return this.statuses.at(-1) ?? null; }
  get kind(): 'weir' | 'opamp' { return this.report.weir ? 'weir' : 'opamp'; }
  get takesConfig(): boolean { return this.report.weir && (this.report.capabilities & agentCapabilities.acceptsRemoteConfig) !== 0; }

  get name(): string {
    const attributes = this.report.attributes;
    const service = attributes['service.name'] ?? 'agent';
    return attributes['host.name'] === undefined ? `${service}-${this.id.slice(-6)}` : `${service}@${attributes['host.name']}`;
  }

  /** What to add to the agent's times to have them on this machine's clock; by this one message when it has sent no status yet. */
  offsetMs(sentUnixMs: number, arrivalMs: number): number {
    const known = this.#clockOffsetMs;
    return known === null || Math.abs(arrivalMs - sentUnixMs - known) > maxClockJumpMs ? arrivalMs - sentUnixMs : known;
  }

  /** When a status was made, on this machine's clock: by the agent's own clock and the quickest delivery so far, so that
   *  reports that were held up somewhere and come in a bunch keep their seconds. A clock that jumps starts anew. */
  placeStatus(status: AgentStatus, arrivalMs: number): number {
    const offset = arrivalMs - status.atUnixMs;
    const known = this.#clockOffsetMs;
    // Two milliseconds a report let the estimate follow clocks that drift apart.
    this.#clockOffsetMs = known === null || Math.abs(offset - known) > maxClockJumpMs ? offset : Math.min(offset, known + 2);
    return status.atUnixMs + this.#clockOffsetMs;
  }

  noteStatus(status: AgentStatus, atMs: number): void {
    this.statuses.push(status);
    if (this.statuses.length > keptStatuses) this.statuses.shift();
    this.statusAtMs = atMs;
  }

  toStored(): StoredAgent {
    return { id: this.id, ordinal: this.ordinal, kind: this.kind, firstSeenAt: this.firstSeenAt, lastSeenAt: this.lastSeenAt, report: this.report };
  }

  toSummary(intendedConfigHash: string): AgentSummary {
    const { attributes, healthy, healthMessage, effectiveConfig, effectiveConfigHash, configStatus, configError, configAppliedAt } = this.report;
    return {
      id: this.id, ordinal: this.ordinal, name: this.name, host: attributes['host.name'] ?? '', version: attributes['service.version'] ?? '', kind: this.kind,
      connected: this.connection !== null, firstSeenAt: this.firstSeenAt, lastSeenAt: this.lastSeenAt, healthy, healthMessage,
      effectiveConfigHash, intendedConfigHash: this.report.weir ? intendedConfigHash : '', configStatus, configError, configAppliedAt,
      attributes, effectiveConfig, status: this.status,
    };
  }
}
