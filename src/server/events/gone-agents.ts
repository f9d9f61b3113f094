// Agents that are away for a day do not come back as the same process: what they had reported is needed no more to tell what is new in their next
// report, and there may be many of them. What they saw stays.
import type { Agent, Fleet } from '../fleet/index.ts';

const goneMs = 24 * 3_600_000;
const lookEveryMs = 60_000;

export class GoneAgents {
  readonly #fleet: Pick<Fleet, 'agents'>;
  readonly #forget: (agent: string) => void;
  readonly #forgotten = new Set<string>();
  #waiting: Agent[] = [];
  #lookMs = -Infinity;

  constructor(fleet: Pick<Fleet, 'agents'>, forget: (agent: string) => void) {
    this.#fleet = fleet;
    this.#forget = forget;
  }

  /** One at a time: each is looked for in the whole catalogue. */
  tick(nowMs: number): void {
    if (this.#waiting.length === 0 && nowMs - this.#lookMs >= lookEveryMs) {
      this.#lookMs = nowMs;
      this.#waiting = this.#fleet.agents.filter((agent) => isGone(agent, nowMs) && !this.#forgotten.has(agent.id));
    }
    const agent = this.#waiting.pop();
    if (agent === undefined || !isGone(agent, nowMs)) return;
    this.#forgotten.add(agent.id);
    this.#forget(agent.id);
  }

  /** It is back. */
  met({ id }: Agent): void { this.#forgotten.delete(id); }
}

const isGone = ({ connection, lastSeenAt }: Agent, nowMs: number): boolean => connection === null && nowMs - Date.parse(lastSeenAt) > goneMs;
