// Writes down what changed in the book, one transaction a second, and reads it at the start. A disk that is full or broken costs
// nothing but the writing: the book goes on in memory, says so, and everything is written once it can be.
import type { RedactionAction, RedactionPlace, Signal } from '../../model/index.ts';
import type { RedactionChanges, Store, StoredRedaction } from '../store/index.ts';
import type { RedactionBook } from './book/book.ts';
import type { SeenAgent } from './book/agents-seen.ts';
import type { Bucket } from './book/buckets.ts';
import type { Source } from './book/names.ts';
import type { Stand } from './book/stands.ts';

/** Pairs of source and agent in one transaction: a large fleet changes all of them every second, and nothing waits 10 ms. */
const maxStandsPerWrite = 1000;

export interface Writes { readonly failed: number; readonly lastError: string | null; readonly lastWrittenMs: number | null }

export class RedactionWriter {
  readonly #book: RedactionBook;
  readonly #store: Pick<Store, 'transaction' | 'redaction'>;
  readonly #onError: (error: unknown) => void;
  #writing: Promise<void> | null = null;
  #failed = 0;
  #lastError: string | null = null;
  #lastWrittenMs: number | null = null;

  constructor(book: RedactionBook, store: Pick<Store, 'transaction' | 'redaction'>, onError: (error: unknown) => void) { this.#book = book; this.#store = store; this.#onError = onError; }

  get writes(): Writes { return { failed: this.#failed, lastError: this.#lastError, lastWrittenMs: this.#lastWrittenMs }; }

  async load(): Promise<void> { fill(this.#book, await this.#store.redaction.load()); }

  /** What has changed by now; while an earlier writing is under way it waits for the next call. */
  write(nowMs: number): void { this.#writing ??= this.#write(nowMs).finally(() => { this.#writing = null; }); }

  /** Writes everything that is left. */
  async settle(nowMs: number): Promise<void> {
    do {
      await this.#writing;
      this.write(nowMs);
      await this.#writing;
    } while (this.#lastError === null && this.#book.stands.dirty.size > 0);
  }

  async #write(nowMs: number): Promise<void> {
    const { changes, restore } = take(this.#book);
    if (isEmpty(changes)) return;
    try {
      await this.#store.transaction((parts) => parts.redaction.apply(changes));
      this.#lastError = null;
      this.#lastWrittenMs = nowMs;
    } catch (error) {
      restore();
      this.#failed++;
      // Once per trouble: it goes on every second.
      if (this.#lastError === null) this.#onError(error);
      this.#lastError = error instanceof Error ? error.message : String(error);
    }
  }
}

const isEmpty = ({ gone, ...parts }: RedactionChanges): boolean => [...Object.values(parts), ...Object.values(gone)].every((list: readonly unknown[]) => list.length === 0);

/** What is not written down yet, taken as it is now; `restore` marks it again. */
function take(book: RedactionBook): { readonly changes: RedactionChanges; readonly restore: () => void } {
  const undo: (() => void)[] = [];
  const takeSet = <T>(set: Set<T>): T[] => {
    const taken = [...set];
    set.clear();
    undo.push(() => { for (const one of taken) set.add(one); });
    return taken;
  };
  const takeMap = <V>(map: Map<string, V>, most = Infinity): V[] => {
    const taken = [...map].slice(0, most);
    for (const [key] of taken) map.delete(key);
    undo.push(() => { for (const [key, value] of taken) if (!map.has(key)) map.set(key, value); });
    return taken.map(([, value]) => value);
  };
  const { sources, ways, buckets, distinct, stands, agents } = book;
  const touched = [...buckets.touched].map((bucket) => takeBucket(bucket, takeSet, undo));
  const touchedBuckets = [...buckets.touched];
  buckets.touched.clear();
  undo.push(() => { for (const bucket of touchedBuckets) buckets.touchAgain(bucket); });
  const periods = takeMap(distinct.dirty);
  const changes: RedactionChanges = {
    gone: { buckets: takeMap(buckets.gone), sources: takeSet(sources.gone), stands: takeMap(stands.gone), periods: takeMap(distinct.gone) },
    sources: takeSet(sources.dirty).flatMap((no) => { const one = sources.get(no); return one === undefined ? [] : [sourceRow(one)]; }),
    ways: takeSet(ways.dirty).flatMap((no) => { const way = ways.get(no); return way === undefined ? [] : [{ no, kind: way.kind, rule_id: way.ruleId, name: way.name, version: way.version, action: way.action }]; }),
    counts: touched.flatMap(({ counts }) => counts), flows: touched.flatMap(({ flows }) => flows), totals: touched.flatMap(({ totals }) => totals),
    stands: takeMap(stands.dirty, maxStandsPerWrite).map((stand) => ({ source: stand.source, agent: stand.agent, stand: JSON.stringify(stand) })),
    periods: periods.map(({ of }) => ({ source: of.source, period: of.period, folded: of.folded, first_ms: of.firstMs, last_ms: of.lastMs, more_ms: of.moreMs })),
    fingerprints: periods.flatMap(({ of, prints }) => [...prints].flatMap((fingerprint) => { const last = of.seen.get(fingerprint); return last === undefined ? [] : [{ source: of.source, period: of.period, fingerprint, last_ms: last }]; })),
    agents: takeSet(agents.dirty).map((agent) => ({ agent, seen: JSON.stringify(agents.of(agent)) })),
  };
  return { changes, restore: () => { for (const one of undo) one(); } };
}

function takeBucket(bucket: Bucket, takeSet: <T>(set: Set<T>) => T[], undo: (() => void)[]): Pick<RedactionChanges, 'counts' | 'flows' | 'totals'> {
  const { width, t } = bucket;
  const dirtyTotals = bucket.dirtyTotals;
  bucket.dirtyTotals = false;
  undo.push(() => { bucket.dirtyTotals ||= dirtyTotals; });
  return {
    counts: takeSet(bucket.dirtyRows).flatMap((key) => { const row = bucket.rows.get(key); return row === undefined ? [] : [{ width, t, ...row }]; }),
    flows: takeSet(bucket.dirtyFlows).flatMap((service) => {
      const flow = bucket.flows.get(service);
      return flow === undefined ? [] : [{ width, t, service, bytes: flow.bytes, covered_bytes: flow.coveredBytes, records: flow.records, covered_records: flow.coveredRecords }];
    }),
    totals: dirtyTotals ? [{ width, t, totals: JSON.stringify(bucket.totals) }] : [],
  };
}

const sourceRow = ({ durableId, firstMs, lastMs, ...same }: Source): RedactionChanges['sources'][number] => ({ ...same, durable_id: durableId, first_ms: firstMs, last_ms: lastMs });

/** The server wrote these rows itself. */
function fill(book: RedactionBook, stored: StoredRedaction): void {
  book.sources.load(stored.sources.map(({ durable_id: durableId, first_ms: firstMs, last_ms: lastMs, ...same }) => ({ ...same, durableId, firstMs, lastMs, signal: same.signal as Signal, place: same.place as RedactionPlace })), stored.counts.reduce((most, { source }) => Math.max(most, source), 0));
  book.ways.load(stored.ways.map(({ rule_id: ruleId, action, ...same }) => ({ ...same, ruleId, action: action as RedactionAction })));
  for (const { width, t, ...row } of stored.counts) book.buckets.load(width, t, { row });
  for (const { width, t, service, bytes, covered_bytes: coveredBytes, records, covered_records: coveredRecords } of stored.flows) book.buckets.load(width, t, { flow: { service, bytes, coveredBytes, records, coveredRecords } });
  for (const { width, t, totals } of stored.totals) book.buckets.load(width, t, { totals: JSON.parse(totals) as Bucket['totals'] });
  book.stands.load(stored.stands.map(({ stand }) => JSON.parse(stand) as Stand));
  book.agents.load(stored.agents.map(({ seen }) => JSON.parse(seen) as SeenAgent));
  const prints = Map.groupBy(stored.fingerprints, ({ source, period }) => `${source} ${period}`);
  for (const { source, period, folded, first_ms: firstMs, last_ms: lastMs, more_ms: moreMs } of stored.periods)
    book.distinct.load({ source, period, folded, firstMs, lastMs, moreMs }, new Map((prints.get(`${source} ${period}`) ?? []).map(({ fingerprint, last_ms: last }) => [fingerprint, last])));
}
