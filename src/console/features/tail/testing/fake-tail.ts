// A tail client over an array of rows, for component tests: what was asked of it is there to be looked at.
import type { DryRunResult } from '../../../../rules/index.ts';
import { idleTailState, type TailClient, type TailFacet, type TailRecord, type TailState } from '../../../workers/tail/index.ts';

export interface FakeTail extends TailClient {
  /** What dry runs say; null: they fail. */
  result: DryRunResult | null;
  readonly calls: { readonly name: string; readonly args: readonly unknown[] }[];
  add(...records: TailRecord[]): void;
  set(state: Partial<TailState>): void;
}

export function fakeRecord(id: number, more: Partial<TailRecord> = {}): TailRecord {
  return {
    id, signal: 'logs', timeUnixNano: BigInt(1_767_323_045_000 + id) * 1_000_000n, severity: 9, severityText: 'INFO', service: 'cart', durableId: 'CartItemAdded', durableSource: 'event',
    summary: `item ${id} added`, agent: 'cart-1', adjustedCount: 1, fields: [['sku', 'MUG']], cells: [], columns: { Body: `item ${id} added`, ServiceName: 'cart' }, attributes: { sku: 'MUG' }, resource: { 'service.name': 'cart' }, bytes: 120, ...more,
  };
}

export function fakeTail(facets: readonly TailFacet[] = []): FakeTail {
  let records: readonly TailRecord[] = [];
  let state: TailState = { ...idleTailState, status: 'live', agents: 2, agentsTotal: 3 };
  const listeners = new Set<(state: TailState) => void>();
  const calls: FakeTail['calls'] = [];
  const note = (name: string, ...args: unknown[]) => { calls.push({ name, args }); };
  const set = (patch: Partial<TailState>) => { state = { ...state, ...patch }; for (const listener of listeners) listener(state); };
  const tail: FakeTail = {
    result: null, calls, set,
    add(...more) { records = [...records, ...more]; set({ buffered: records.length, matched: records.length, nextId: (records.at(-1)?.id ?? -1) + 1 }); },
    subscribe(listener) { listeners.add(listener); return () => { listeners.delete(listener); }; },
    getState: () => state,
    open: (options) => note('open', options),
    close: () => note('close'),
    setFilter: (kql, plan) => note('setFilter', kql, plan),
    know: (known) => note('know', known),
    setFacetFilters: (filters) => note('setFacetFilters', filters),
    setTimeRange: (range) => note('setTimeRange', range),
    setPaused: (paused) => { note('setPaused', paused); set({ paused }); },
    async rows(from, count, options = {}) {
      const below = records.filter((record) => options.belowId === undefined || record.id < options.belowId);
      return { rows: below.toReversed().slice(from, from + count), matched: below.length, newer: records.length - below.length };
    },
    record: async (id) => records.find((record) => record.id === id) ?? null,
    histogram: async () => ({ startMs: 0, bucketMs: 1000, counts: Array.from({ length: 7 }, (_, band) => [band === 2 ? records.length : 0]) }),
    facets: async () => facets,
    liveFields: async () => [{ name: 'sku', column: 'Attributes', type: 'string', presence: 1, distinct: 1, examples: ['MUG'] }],
    dryRun: async (options) => { note('dryRun', options); const { result } = tail; if (result === null) throw new Error('not in this test'); return result; },
    requests: async () => [],
    explain: async (id, rules) => { note('explain', id, rules); return null; },
  };
  return tail;
}
