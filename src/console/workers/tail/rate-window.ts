// True rates from what frames say about themselves, over the last five seconds: a stream that is sampled or shed is
// shown with the rate it really has. Per agent, because each agent sheds on its own.
import type { TailFrameHeader } from '../../../model/index.ts';

const windowMs = 5000;

interface Seen { readonly atMs: number; readonly agent: number; readonly records: number; readonly matching: number; readonly shed: number }

export interface Rates { /** Smallest share sent by any agent; 1 is complete. */ readonly ratio: number; /** Matching records per second, sent or not. */ readonly perSecond: number; /** Records shed in the window. */ readonly shed: number }

export class RateWindow {
  #seen: Seen[] = [];
  #head = 0;
  #sinceMs = 0;
  /** Records shed since the start. */
  shedInAll = 0;

  /** Forgets everything; rates start over at `nowMs`. */
  restart(nowMs: number): void { this.#seen = []; this.#head = 0; this.#sinceMs = nowMs; }

  note(nowMs: number, frame: TailFrameHeader): void {
    const shed = frame.shedByAgent + frame.shedByServer;
    const ratio = frame.ratio > 0 && frame.ratio <= 1 ? frame.ratio : 1;
    const matching = Math.max(frame.records / ratio, frame.records + frame.shedByAgent) + frame.shedByServer;
    this.shedInAll += shed;
    this.#seen.push({ atMs: nowMs, agent: frame.agentOrdinal, records: frame.records, matching, shed });
    this.#forget(nowMs);
  }

  /** The BFF dropped records before they could be framed for this browser. */
  noteShed(nowMs: number, records: number): void {
    this.shedInAll += records;
    this.#seen.push({ atMs: nowMs, agent: -1, records: 0, matching: records, shed: records });
  }

  rates(nowMs: number): Rates {
    this.#forget(nowMs);
    const agents = new Map<number, { records: number; matching: number }>();
    let matching = 0;
    let shed = 0;
    for (let i = this.#head; i < this.#seen.length; i++) {
      const one = this.#seen[i]!;
      const agent = agents.get(one.agent) ?? { records: 0, matching: 0 };
      agent.records += one.records;
      agent.matching += one.matching;
      agents.set(one.agent, agent);
      matching += one.matching;
      shed += one.shed;
    }
    const shares = [...agents].map(([id, agent]) => (id < 0 ? 1 - agent.matching / matching : agent.records / agent.matching));
    const seconds = Math.max(1, Math.min(windowMs, nowMs - this.#sinceMs) / 1000);
    return { ratio: Math.min(1, ...shares.filter((share) => Number.isFinite(share))), perSecond: matching / seconds, shed };
  }

  #forget(nowMs: number): void {
    while (this.#head < this.#seen.length && this.#seen[this.#head]!.atMs < nowMs - windowMs) this.#head += 1;
    if (this.#head > 256 && this.#head * 2 > this.#seen.length) { this.#seen = this.#seen.slice(this.#head); this.#head = 0; }
  }
}
