// A recorder's frames in memory: one ring per key. Past its bytes the greediest key gives its oldest; past its keys the one that
// was quiet longest goes as a whole.
import { FairShare } from './fair-share.ts';
import { largest } from './largest.ts';
import { LeastUsed } from './least-used.ts';
import { Ring, ringOverhead, sizeOf, type Held } from './ring.ts';
import { breathBytes, type FramesAsked, type FrameStore, type KeyState, type RecorderFrame, type Renewed } from './store.ts';

export class MemoryStore implements FrameStore {
  readonly #rings = new LeastUsed<Ring>();
  readonly #fair = new FairShare<string>();
  #maxBytes: number;
  #maxKeys: number;
  #bytes = 0;
  #records = 0;
  evicted = 0;
  evictedKeys = 0;
  readonly problem = null;

  constructor(maxBytes: number, maxKeys: number) {
    this.#maxBytes = maxBytes;
    this.#maxKeys = maxKeys;
  }

  get bytes(): number { return this.#bytes; }
  get records(): number { return this.#records; }
  get keyCount(): number { return this.#rings.size; }
  get oldestUnixMs(): number | null {
    let oldest: number | null = null;
    for (const [, { oldestUnixMs }] of this.#rings) if (oldestUnixMs !== null && (oldest === null || oldestUnixMs < oldest)) oldest = oldestUnixMs;
    return oldest;
  }
  get newestUnixMs(): number | null { return this.#rings.newest?.value.newestUnixMs ?? null; }

  push(frame: RecorderFrame): boolean {
    const size = sizeOf(frame);
    if (size + ringOverhead > this.#maxBytes) { this.evicted += frame.records; return false; }
    const known = this.#rings.size;
    this.#rings.use(frame.key, () => new Ring(frame.key)).push(frame);
    if (this.#rings.size > known) this.#bytes += ringOverhead;
    this.#bytes += size;
    this.#records += frame.records;
    this.#trim();
    return true;
  }

  evictOne(): boolean {
    const key = this.#fair.pick(this.#rings, (id) => this.#rings.get(id)?.bytes ?? 0, this.#bytes / Math.max(1, this.#rings.size) - ringOverhead);
    const ring = key === null ? undefined : this.#rings.get(key);
    if (ring === undefined) return false;
    this.#shift(ring);
    return true;
  }

  expire(beforeUnixMs: number): void {
    for (const [, ring] of this.#rings) while (ring.length > 0 && (ring.oldestUnixMs ?? 0) < beforeUnixMs) this.#shift(ring);
  }

  *frames(renewed: Renewed, { key, sinceUnixMs = 0 }: FramesAsked = {}): Iterable<RecorderFrame | null> {
    let looked = 0;
    for (const { ring, held } of this.#inOrder(key)) {
      if (held.frame === null || held.frame.atUnixMs < sinceUnixMs) continue;
      looked += held.frame.bytes.length;
      const left = renewed(held.frame);
      if (left !== held.frame) this.#records -= ring.put(held, left);
      if (left === null && looked < breathBytes) continue;
      looked = 0;
      yield left;
    }
  }

  #inOrder(key: string | undefined): readonly { readonly ring: Ring; readonly held: Held }[] {
    const rings = key === undefined ? [...this.#rings].map(([, ring]) => ring) : [this.#rings.get(key)].filter((ring) => ring !== undefined);
    const all = rings.flatMap((ring) => [...ring].map((held) => ({ ring, held })));
    return rings.length > 1 ? all.sort((a, b) => (a.held.frame?.atUnixMs ?? 0) - (b.held.frame?.atUnixMs ?? 0)) : all;
  }

  keys(limit: number): readonly KeyState[] { return largest(this.#rings, limit, ([, { bytes }]) => bytes).map(([, ring]) => ring.state()); }

  resize(maxBytes: number, maxKeys: number): void {
    this.#maxBytes = maxBytes;
    this.#maxKeys = maxKeys;
    this.#trim();
  }

  close(): void { this.clear(); }
  clear(): void { this.#rings.clear(); this.#bytes = this.#records = 0; }

  #trim(): void {
    while (this.#rings.size > this.#maxKeys) this.#dropQuietest();
    while (this.#bytes > this.#maxBytes && this.evictOne()) { /* until it fits */ }
  }

  #dropQuietest(): void {
    const ring = this.#rings.oldest?.value;
    if (ring === undefined) return;
    this.evictedKeys++;
    while (ring.length > 0) this.#shift(ring);
  }

  #shift(ring: Ring): void {
    const gone = ring.shift();
    if (gone === null) return;
    this.#bytes -= gone.size;
    this.#records -= gone.records;
    this.evicted += gone.records;
    if (ring.length > 0) return;
    this.#rings.delete(ring.key);
    this.#bytes -= ringOverhead;
  }
}
