// What counts are about, each with a small number: sources (a line of code, a key, a detector) and ways (the rule that hid it, or
// the exporter that it left by). Bounded: beyond, `other` stands for all the rest.
import { createHash } from 'node:crypto';
import type { RedactionAction, RedactionCell } from '../../../model/index.ts';
import { dayMs, maxSources, maxSourcesPerAgent, maxWays } from '../bounds.ts';

export interface Source extends Pick<RedactionCell, 'service' | 'durableId' | 'source' | 'signal' | 'place' | 'key' | 'detector' | 'context'> {
  readonly no: number;
  /** Stable: a hash of service, durable id, place, key and detector. */
  readonly id: string;
  readonly firstMs: number; readonly lastMs: number;
}
export interface Way { readonly no: number; readonly kind: 'rule' | 'exporter'; readonly ruleId: string; readonly name: string; readonly version: number; readonly action: RedactionAction }

type Place = Pick<Source, 'service' | 'durableId' | 'place' | 'key' | 'detector'>;
const sourceId = ({ service, durableId, place, key, detector }: Place): string => createHash('sha256').update(JSON.stringify([service, durableId, place, key, detector])).digest('hex').slice(0, 20);

/** The same text: whatever is found in it. */
const textOfRecord = ({ service, durableId, place, key }: Place): string => JSON.stringify([service, durableId, place, key]);

const rest = { service: 'other', durableId: 'other', source: '', signal: 'logs', place: 'other', key: 'other', detector: 'other', context: '' } as const;
export const otherSource = 0;

export class Sources {
  readonly #byNo = new Map<number, Source>();
  readonly #byId = new Map<string, number>();
  /** Numbers of all that were found in one text. */
  readonly #byText = new Map<string, Set<number>>();
  /** Sources of one agent's making, by its number. */
  readonly #made = new Map<number, number>();
  readonly dirty = new Set<number>();
  readonly gone = new Set<number>();
  #next = 1;

  get size(): number { return this.#byNo.size; }
  get all(): Iterable<Source> { return this.#byNo.values(); }
  get(no: number): Source | undefined { return this.#byNo.get(no); }
  /** Others that were found in the same text. */
  beside(no: number): readonly number[] {
    const source = this.#byNo.get(no);
    return source === undefined || no === otherSource ? [] : [...this.#byText.get(textOfRecord(source)) ?? []].filter((one) => one !== no);
  }
  find(id: string): Source | undefined { return this.#byNo.get(this.#byId.get(id) ?? -1); }

  /** `used`: the highest number that counts still name, though its source may be forgotten. */
  load(sources: readonly Source[], used: number): void {
    for (const source of sources) this.#put(source);
    this.dirty.clear();
    this.#next = Math.max(this.#next, used + 1);
  }

  /** Seen between two times, Unix milliseconds. Its number; `otherSource` when there is no room. */
  seen(cell: Omit<Source, 'no' | 'id' | 'firstMs' | 'lastMs'>, agent: number, firstMs: number, lastMs: number): number {
    const id = sourceId(cell);
    const known = this.find(id);
    if (known === undefined && !this.#hasRoom(agent)) return this.#touch(this.get(otherSource) ?? { ...rest, no: otherSource, id: sourceId(rest), firstMs, lastMs }, firstMs, lastMs);
    if (known === undefined) this.#made.set(agent, (this.#made.get(agent) ?? 0) + 1);
    const { service, durableId, source, signal, place, key, detector, context } = cell;
    return this.#touch(known === undefined ? { no: this.#next, id, service, durableId, source, signal, place, key, detector, context, firstMs, lastMs } : { ...known, source: source || known.source, context: context || known.context }, firstMs, lastMs);
  }

  /** For counts that lost their source to the bound. */
  other(nowMs: number): number { return this.#touch(this.get(otherSource) ?? { ...rest, no: otherSource, id: sourceId(rest), firstMs: nowMs, lastMs: nowMs }, nowMs, nowMs); }

  forget(no: number): void {
    const source = this.#byNo.get(no);
    if (source === undefined) return;
    this.#byNo.delete(no);
    this.#byId.delete(source.id);
    const beside = this.#byText.get(textOfRecord(source));
    beside?.delete(no);
    if (beside?.size === 0) this.#byText.delete(textOfRecord(source));
    this.dirty.delete(no);
    this.gone.add(no);
  }

  /** Names of things, as they may be told now: counts stay where they are. */
  rename(told: (source: Source) => Pick<Source, 'durableId' | 'source' | 'key' | 'context'>): void {
    for (const source of this.#byNo.values()) {
      const now = { ...source, ...told(source) };
      if (now.durableId === source.durableId && now.source === source.source && now.key === source.key && now.context === source.context) continue;
      this.#byText.get(textOfRecord(source))?.delete(source.no);
      this.#byText.set(textOfRecord(now), (this.#byText.get(textOfRecord(now)) ?? new Set<number>()).add(source.no));
      this.#byNo.set(source.no, now);
      this.dirty.add(source.no);
    }
  }

  #touch(source: Source, firstMs: number, lastMs: number): number {
    this.#put({ ...source, firstMs: Math.min(source.firstMs, firstMs), lastMs: Math.max(source.lastMs, lastMs) });
    return source.no;
  }

  #put(source: Source): void {
    if (!this.#byNo.has(source.no)) {
      const text = textOfRecord(source);
      this.#byText.set(text, (this.#byText.get(text) ?? new Set<number>()).add(source.no));
    }
    this.#byNo.set(source.no, source);
    this.#byId.set(source.id, source.no);
    this.#next = Math.max(this.#next, source.no + 1);
    this.dirty.add(source.no);
    this.gone.delete(source.no);
  }

  #hasRoom(agent: number): boolean {
    return this.#byNo.size < maxSources && (this.#made.get(agent) ?? 0) < maxSourcesPerAgent;
  }

  /** Sources that nobody has seen for this long may make room. */
  unseenSince(ms: number): readonly number[] { return [...this.#byNo.values()].filter(({ no, lastMs }) => no !== otherSource && lastMs < ms).map(({ no }) => no); }
  /** When it is full, a day without a finding is reason enough to go. */
  idleMs(retentionMs: number): number { return this.#byNo.size < maxSources ? retentionMs : dayMs; }
}

export class Ways {
  readonly #byNo = new Map<number, Way>();
  readonly #byText = new Map<string, number>();
  readonly dirty = new Set<number>();

  get(no: number): Way | undefined { return this.#byNo.get(no); }
  load(ways: readonly Way[]): void { for (const way of ways) this.#put(way); this.dirty.clear(); }

  rule({ id, name, version }: RedactionCell['rule'], action: RedactionAction): number { return this.#no({ kind: 'rule', ruleId: id, name, version, action }); }
  exporter(name: string): number { return this.#no({ kind: 'exporter', ruleId: '', name, version: 0, action: 'ignore' }); }

  #no(way: Omit<Way, 'no'>): number {
    const known = this.#byText.get(textOf(way));
    if (known !== undefined) return known;
    // Two places are kept: what was hidden and what leaked are never mixed.
    if (this.#byNo.size >= maxWays - 2) return this.#last({ ...way, ruleId: '', name: 'other', version: 0, action: 'ignore' });
    return this.#put({ no: this.#byNo.size, ...way });
  }

  #last(way: Omit<Way, 'no'>): number { return this.#byText.get(textOf(way)) ?? this.#put({ no: this.#byNo.size, ...way }); }

  #put(way: Way): number {
    this.#byNo.set(way.no, way);
    this.#byText.set(textOf(way), way.no);
    this.dirty.add(way.no);
    return way.no;
  }
}

const textOf = ({ kind, ruleId, name, version, action }: Omit<Way, 'no'>): string => JSON.stringify([kind, ruleId, name, version, action]);
