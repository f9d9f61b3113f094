// Answers to what the main thread asks of the worker.
import type { DryRunResult } from '../../../rules/index.ts';
import type { LiveField } from '../kql/types.ts';
import type { TailQueries, TailQueryName } from './protocol.ts';
import { TailDryRun } from './store/dry-run.ts';
import { explainRow } from './store/explain-row.ts';
import { computeFacets } from './store/facets.ts';
import { newestRequests } from './store/held-requests.ts';
import { computeHistogram } from './store/histogram.ts';
import { computeLiveFields, facetCandidates } from './store/live-fields.ts';
import { readRecord, readRow } from './store/rows.ts';
import type { TailService } from './tail-service.ts';
import type { TailDryRunOptions, TailRow, TailRows, TailRowsOptions } from './types.ts';

const maxRowsAsked = 1000;
/** Of records that leave this worker at once. */
const maxRequestBytes = 16 * 1024 * 1024;
const maxAttributeFacets = 3;
const liveFieldsFreshMs = 3000;
/** Progress is told at most this often. */
const progressEveryMs = 100;

/** Who asked: long work tells how far it is, and is ended by the id. */
export interface Asker { readonly id: number; progress(share: number): void }
const nobody: Asker = { id: 0, progress: () => undefined };

export class Queries {
  readonly #service: TailService;
  readonly #monotonicMs: () => number;
  #fields: { readonly atMs: number; readonly nextId: number; readonly value: readonly LiveField[] } | null = null;
  readonly #cancelled = new Set<number>();
  readonly #running = new Set<number>();

  constructor(service: TailService, monotonicMs: () => number) {
    this.#service = service;
    this.#monotonicMs = monotonicMs;
  }

  /** Work that runs under this id stops; its answer never comes. */
  cancel(id: number): void { if (this.#running.has(id)) this.#cancelled.add(id); }

  async answer<N extends TailQueryName>(name: N, args: TailQueries[N]['args'], asker: Asker = nobody): Promise<TailQueries[N]['answer']> {
    return this.#answer(name, args as readonly unknown[], asker) as Promise<TailQueries[N]['answer']>;
  }

  async #answer(name: TailQueryName, args: readonly unknown[], asker: Asker): Promise<unknown> {
    switch (name) {
      case 'rows': return this.#rows(...(args as TailQueries['rows']['args']));
      case 'record': return readRecord(this.#service.store, this.#service.store.codec.cursor(), ...(args as TailQueries['record']['args']));
      case 'histogram': { const end = this.#service.viewEnd; return computeHistogram(this.#service.store, this.#service.view.matches, end, ...(args as TailQueries['histogram']['args'])); }
      case 'facets': return this.#facets();
      case 'liveFields': return this.#liveFields();
      case 'dryRun': return this.#dryRun(...(args as TailQueries['dryRun']['args']), asker);
      case 'requests': return newestRequests(this.#service.store, ...(args as TailQueries['requests']['args']), maxRequestBytes);
      case 'explain': return explainRow(this.#service.store, ...(args as TailQueries['explain']['args']));
    }
  }

  #rows(from: number, count: number, options: TailRowsOptions): TailRows {
    const { store, view, viewEnd } = this.#service;
    const { matches } = view;
    const end = options.belowId === undefined ? viewEnd : Math.min(viewEnd, matches.lowerBound(options.belowId));
    const cursor = store.codec.cursor();
    const rows: TailRow[] = [];
    for (let i = end - 1 - Math.max(0, from); i >= 0 && rows.length < Math.min(count, maxRowsAsked); i--) {
      const row = readRow(store, cursor, matches.at(i), options.columns ?? []);
      if (row !== null) rows.push(row);
    }
    return { rows, matched: end, newer: viewEnd - end };
  }

  #facets() {
    const { store, view, viewEnd, facetFilters } = this.#service;
    return computeFacets(store, view.matches, viewEnd, facetFilters);
  }

  #liveFields(): readonly LiveField[] {
    const { store } = this.#service;
    const now = this.#monotonicMs();
    if (this.#fields !== null && (this.#fields.nextId === store.ring.nextId || now - this.#fields.atMs < liveFieldsFreshMs)) return this.#fields.value;
    const value = computeLiveFields(store, store.codec.cursor());
    this.#fields = { atMs: now, nextId: store.ring.nextId, value };
    this.#keepFacetAttributes(value);
    return value;
  }

  /** Facets over attributes choose themselves from what the records carry, and stay once chosen. */
  #keepFacetAttributes(fields: readonly LiveField[]): void {
    const { store } = this.#service;
    for (const name of facetCandidates(fields, maxAttributeFacets)) if (store.attributes.names.length < maxAttributeFacets) this.#service.keepAttribute(name);
  }

  #dryRun(options: TailDryRunOptions, asker: Asker): Promise<DryRunResult> {
    const run = new TailDryRun(this.#service.store, options, this.#monotonicMs);
    let toldMs = this.#monotonicMs();
    this.#running.add(asker.id);
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => { this.#running.delete(asker.id); end(); return true; };
      this.#service.work.add(`dry run ${asker.id}`, (deadline) => {
        try {
          if (this.#cancelled.delete(asker.id)) return settle(() => undefined);
          if (!run.step(deadline)) {
            if (this.#monotonicMs() - toldMs > progressEveryMs) { toldMs = this.#monotonicMs(); asker.progress(run.done); }
            return false;
          }
          const result = run.result();
          return settle(() => { if (result.ok) resolve(result.value); else reject(new Error([result.error.message, result.error.help].filter(Boolean).join(' '))); });
        } catch (error) { return settle(() => reject(error instanceof Error ? error : new Error(String(error)))); }
      });
    });
  }
}
