// Answers to what the main thread asks of the worker.
import type { Plan } from '../../../kql/index.ts';
import type { LiveField } from '../kql/types.ts';
import type { TailQueries, TailQueryName } from './protocol.ts';
import { DryRun } from './store/dry-run.ts';
import { computeFacets } from './store/facets.ts';
import { computeHistogram } from './store/histogram.ts';
import { computeLiveFields, facetCandidates } from './store/live-fields.ts';
import { readRecord, readRow } from './store/rows.ts';
import type { TailService } from './tail-service.ts';
import type { DryRunResult, TailRow, TailRows, TailRowsOptions } from './types.ts';

const maxRowsAsked = 1000;
const maxAttributeFacets = 3;
const liveFieldsFreshMs = 3000;

export class Queries {
  readonly #service: TailService;
  readonly #monotonicMs: () => number;
  #fields: { readonly atMs: number; readonly nextId: number; readonly value: readonly LiveField[] } | null = null;
  #dryRuns = 0;

  constructor(service: TailService, monotonicMs: () => number) {
    this.#service = service;
    this.#monotonicMs = monotonicMs;
  }

  async answer<N extends TailQueryName>(name: N, args: TailQueries[N]['args']): Promise<TailQueries[N]['answer']> {
    return this.#answer(name, args as readonly unknown[]) as Promise<TailQueries[N]['answer']>;
  }

  async #answer(name: TailQueryName, args: readonly unknown[]): Promise<unknown> {
    switch (name) {
      case 'rows': return this.#rows(...(args as TailQueries['rows']['args']));
      case 'record': return readRecord(this.#service.store, this.#service.store.codec.cursor(), ...(args as TailQueries['record']['args']));
      case 'histogram': { const end = this.#service.viewEnd; return computeHistogram(this.#service.store, this.#service.view.matches, end, ...(args as TailQueries['histogram']['args'])); }
      case 'facets': return this.#facets();
      case 'liveFields': return this.#liveFields();
      case 'dryRun': return this.#dryRun(...(args as TailQueries['dryRun']['args']));
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

  #dryRun(plan: Plan, maxSamples: number): Promise<DryRunResult> {
    const run = new DryRun(this.#service.store, plan, maxSamples, this.#monotonicMs);
    return new Promise((resolve, reject) => {
      this.#service.work.add(`dry run ${this.#dryRuns++}`, (deadline) => {
        try {
          if (!run.step(deadline)) return false;
          resolve(run.result());
        } catch (error) { reject(error instanceof Error ? error : new Error(String(error))); }
        return true;
      });
    });
  }
}
