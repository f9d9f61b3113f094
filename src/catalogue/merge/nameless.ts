// What is counted without a name, for want of room: the sum, and of each id the totals that agents told, so that nothing counts twice when it is told again
// or comes in. By hashes of names. Bounded: of the ids that were silent longest only the sum stays, and one of those counts twice should it come again.
import type { EventSeen } from '../../model/index.ts';
import type { AgentPart } from './agent-part.ts';

/** An agent's totals of one id. */
type Told = Pick<AgentPart, 'startedUnixMs' | 'atUnixMs' | 'records' | 'bytes'>;
export interface Nameless { records: number; bytes: number; readonly parts: Map<string, Told>; /** It had a name here before. */ readonly wasHeld: boolean }

/** Of memory, by measure. */
const idBytes = 300, toldBytes = 120;

export class NamelessBook {
  readonly #most: number;
  /** Those told last at the end. */
  readonly #ids = new Map<string, Nameless>();
  readonly sum = { ids: 0, records: 0, bytes: 0 };
  /** Bytes of memory, by estimate. */
  memory = 0;

  constructor(most: number) { this.#most = most; }

  get(hash: string): Nameless | null { return this.#ids.get(hash) ?? null; }

  /** One that had a name goes. */
  put(hash: string, records: number, bytes: number, parts: ReadonlyMap<string, AgentPart>): void {
    const told = new Map([...parts].map(([agent, part]) => [agent, toldOf(part.startedUnixMs, part.atUnixMs, part)] as const));
    this.#add(hash, { records, bytes, parts: told, wasHeld: true });
  }

  /** An agent tells of one that has no name here. */
  count(hash: string, agent: string, seen: EventSeen, startedUnixMs: number, atUnixMs: number): void {
    const known = this.#ids.get(hash) ?? { records: 0, bytes: 0, parts: new Map<string, Told>(), wasHeld: false };
    const before = known.parts.get(agent);
    const base = before === undefined || before.startedUnixMs !== startedUnixMs || seen.records < before.records ? { records: 0, bytes: 0 } : before;
    this.take(hash);
    known.records += seen.records - base.records;
    known.bytes += seen.bytes - base.bytes;
    known.parts.set(agent, toldOf(startedUnixMs, atUnixMs, seen));
    this.#add(hash, known);
  }

  /** It gets a name, or is counted anew. */
  take(hash: string): Nameless | null {
    const known = this.#ids.get(hash);
    if (known === undefined) return null;
    this.#ids.delete(hash);
    this.memory -= memoryOf(known);
    this.#sum(known, -1);
    return known;
  }

  /** What the agent had told of it, in this life, is counted elsewhere. */
  takeBack(hash: string, agent: string, startedUnixMs: number): void {
    const told = this.#ids.get(hash)?.parts.get(agent);
    if (told?.startedUnixMs !== startedUnixMs) return;
    const known = this.take(hash)!;
    known.records -= told.records;
    known.bytes -= told.bytes;
    known.parts.delete(agent);
    if (known.parts.size > 0 || known.records > 0) this.#add(hash, known);
  }

  #add(hash: string, known: Nameless): void {
    this.#ids.set(hash, known);
    this.memory += memoryOf(known);
    this.#sum(known, 1);
    if (this.#ids.size <= this.#most) return;
    const [oldest, { parts, ...rest }] = this.#ids.entries().next().value!;
    this.memory -= memoryOf({ parts, ...rest });
    this.#ids.delete(oldest);
  }

  #sum({ records, bytes }: Nameless, sign: 1 | -1): void {
    this.sum.ids += sign;
    this.sum.records += sign * records;
    this.sum.bytes += sign * bytes;
  }
}

const toldOf = (startedUnixMs: number, atUnixMs: number, { records, bytes }: Pick<Told, 'records' | 'bytes'>): Told => ({ startedUnixMs, atUnixMs, records, bytes });
const memoryOf = ({ parts }: Pick<Nameless, 'parts'>): number => idBytes + parts.size * toldBytes;
