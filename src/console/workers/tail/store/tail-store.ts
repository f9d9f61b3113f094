// The ring: frames come in, rows and bytes are bounded, whatever leaves is counted. No clock, no socket, no timers.
import type { Failure, Result } from '../../../../base/index.ts';
import { ok } from '../../../../base/index.ts';
import { BodyTemplates } from '../../../../engine/index.ts';
import { isMinedId } from '../../../../kql/index.ts';
import { tailFrameHeaderBytes, type TailFrame } from '../../../../model/index.ts';
import type { Codec, RequestView } from '../../../../otlp/index.ts';
import { AttributeColumns } from './attribute-columns.ts';
import { ByteDictionary } from './byte-dictionary.ts';
import { RowReader } from './row-reader.ts';
import { RowRing } from './row-ring.ts';
import { SegmentDeque, type Segment } from './segments.ts';

export interface TailLimits { readonly maxRows: number; readonly maxBytes: number }
export const defaultLimits: TailLimits = { maxRows: 1_000_000, maxBytes: 256 * 1024 * 1024 };

/** What a view keeps beside the payload: seven 32-bit numbers a record. */
const viewBytesPerRecord = 28;

export class TailStore {
  readonly codec: Codec;
  readonly limits: TailLimits;
  readonly ring = new RowRing();
  readonly segments = new SegmentDeque();
  readonly services = new ByteDictionary();
  readonly durables = new ByteDictionary();
  readonly attributes = new AttributeColumns(this.ring);
  /** Agent names by the ordinal in frames; the BFF tells them. */
  agentNames: Readonly<Record<string, string>> = {};
  /** Names records by their body; knows what the fleet's agents know once somebody says. */
  readonly templates = new BodyTemplates({ maxTemplates: 50_000, maxBytes: 32 * 2 ** 20 });
  /** Rows that left to keep the bounds. */
  evicted = 0;
  readonly #reader: RowReader;

  constructor(codec: Codec, limits: TailLimits = defaultLimits) {
    this.codec = codec;
    this.limits = limits;
    this.#reader = new RowReader(codec, this.services, this.durables);
  }

  /** Bytes held: payloads, views and columns. */
  get heldBytes(): number { return this.segments.heldBytes + this.ring.byteLength; }

  /** Adds a frame's records and evicts past the bounds; malformed payloads change nothing. Returns the rows added. */
  append(frame: TailFrame): Result<number, Failure> {
    const walked = this.codec.walk(frame.signal, frame.payload);
    if (!walked.ok) return walked;
    const view = walked.value;
    view.templates = this.templates;
    if (view.recordCount === 0) return ok(0);
    this.#push(frame, view);
    this.#evict();
    return ok(view.recordCount);
  }

  /** The segment of a row that is still here. */
  segmentOf(id: number): Segment | undefined { return this.segments.at(this.segments.indexOf(id)); }

  /** The template of a mined durable id; undefined for others. */
  templateText(id: string): string | undefined {
    const number = isMinedId(id) ? this.templates.miner.find(id) : -1;
    return number < 0 ? undefined : this.templates.describe(number).template;
  }

  agentName(ordinal: number): string { return this.agentNames[String(ordinal)] ?? `agent ${ordinal}`; }

  /** Forgets every row; ids go on, so that a row of before is never mistaken for another. Not counted as evicted. */
  clear(): void {
    while (this.segments.shift() !== undefined);
    this.ring.evictTo(this.ring.nextId);
  }

  #push(frame: TailFrame, view: RequestView): void {
    const { ring } = this;
    const reader = this.#reader;
    const agent = Math.min(frame.agentOrdinal, 0xffff);
    const firstId = ring.nextId;
    this.segments.push({
      firstId, endId: firstId + view.recordCount, signal: frame.signal, view, agent, sentUnixMs: frame.sentUnixMs,
      heldBytes: view.bytes.byteLength + tailFrameHeaderBytes + view.recordCount * viewBytesPerRecord,
    });
    reader.open(view);
    for (let i = 0; i < view.recordCount; i++) {
      reader.read(i, frame.sentUnixMs);
      const slot = ring.push();
      ring.timeMs[slot] = reader.timeMs;
      ring.severity[slot] = reader.severity;
      ring.service[slot] = reader.service;
      ring.durable[slot] = reader.durable;
      ring.agent[slot] = agent;
      ring.adjusted[slot] = reader.adjusted;
      ring.accepted[slot] = 0;
      this.attributes.write(reader.cursor, slot);
    }
  }

  #evict(): void {
    const before = this.ring.firstId;
    this.ring.evictTo(this.ring.nextId - Math.min(this.ring.length, this.limits.maxRows));
    while (this.segments.length > 1 && this.heldBytes > this.limits.maxBytes) this.ring.evictTo(this.segments.shift()!.endId);
    while (this.segments.length > 0 && this.segments.first!.endId <= this.ring.firstId) this.segments.shift();
    this.evicted += this.ring.firstId - before;
  }
}
