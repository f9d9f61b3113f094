// How much a static probe handed over and dropped, over all agents that ran it: kept beside its position, so that it goes on where the position does. After a
// kill the last seconds are missing from it.
import { z } from 'zod';
import { decodeUtf8, encodeUtf8 } from '../../../base/index.ts';
import type { StaticPorts } from '../contract.ts';

const count = z.number().int().min(0);
const countsFile = z.object({ version: z.literal(1), records: count, dropped: count, firstUnixMs: z.number().nullable(), lastUnixMs: z.number().nullable() });
export type StaticCounts = Omit<z.infer<typeof countsFile>, 'version'>;

const name = 'counts.json';
const betweenMs = 5000;
const none: StaticCounts = { records: 0, dropped: 0, firstUnixMs: null, lastUnixMs: null };

export class KeptCounts {
  readonly #positions: StaticPorts['positions'];
  /** Of the agents before this one. */
  before: StaticCounts = none;
  #written = '';
  #writtenMs = -Infinity;
  #writing: Promise<void> = Promise.resolve();

  constructor(positions: StaticPorts['positions']) { this.#positions = positions; }

  /** What cannot be read counts from nothing. */
  async read(): Promise<void> {
    const bytes = await this.#positions.read(name).catch(() => null);
    const read = bytes === null ? null : countsFile.safeParse(jsonOf(decodeUtf8(bytes)));
    this.before = read?.success === true ? read.data : none;
  }

  /** With those of this agent. */
  total({ records, dropped, lastUnixMs }: Pick<StaticCounts, 'records' | 'dropped' | 'lastUnixMs'>): StaticCounts {
    const { before } = this;
    return { records: before.records + records, dropped: before.dropped + dropped, firstUnixMs: before.firstUnixMs ?? lastUnixMs, lastUnixMs: lastUnixMs ?? before.lastUnixMs };
  }

  /** On disk at most every few seconds, and when it `isLast`; what cannot be written is tried again with the next. */
  keep(counts: StaticCounts, nowMs: number, isLast: boolean): Promise<void> {
    const text = JSON.stringify({ version: 1, ...counts });
    if (text === this.#written || (!isLast && nowMs - this.#writtenMs < betweenMs)) return this.#writing;
    [this.#written, this.#writtenMs] = [text, nowMs];
    return (this.#writing = this.#writing.then(() => this.#positions.write(name, encodeUtf8(text))).catch(() => { this.#written = ''; }));
  }
}

function jsonOf(text: string): unknown {
  try { return JSON.parse(text); } catch { return undefined; }
}
