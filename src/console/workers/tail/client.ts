// The tail client: what the console's main thread holds. It keeps the last state and asks the worker for the rest.
import type { Endpoint, FromTailWorker, TailCommand, TailQueries, TailQueryName, ToTailWorker } from './protocol.ts';
import type { TailClient, TailState, WorkOptions } from './types.ts';

export interface TailClientOptions {
  /** The far end; by default a new worker, started at the first use. */
  readonly connect?: () => Endpoint<ToTailWorker, FromTailWorker>;
  readonly url?: () => string;
}

/** A TailClient that can take its frames from a MessagePort instead of the BFF. */
export interface TailClientWithSource extends TailClient { useSource(port: MessagePort): void }

export const idleTailState: TailState = {
  status: 'off', agents: 0, agentsTotal: 0, firstId: 0, nextId: 0, buffered: 0, bufferedBytes: 0, maxRows: 1_000_000, maxBytes: 256 * 1024 * 1024,
  evicted: 0, matched: 0, newWhilePaused: 0, paused: false, ratio: 1, shed: 0, perSecond: 0, behindMs: 0, missedWhileAway: false, missed: null, malformed: 0, diagnostics: [], recording: null,
};
const defaultRecordsPerSecond = 20_000;

export function createTailClient(options: TailClientOptions = {}): TailClientWithSource {
  const listeners = new Set<(state: TailState) => void>();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void; progress?: ((share: number) => void) | undefined }>();
  let state = idleTailState;
  let nextQuery = 1;
  let endpoint: Endpoint<ToTailWorker, FromTailWorker> | null = null;

  const receive = (message: FromTailWorker) => {
    if (message.kind === 'state') {
      state = message.state;
      for (const listener of listeners) listener(state);
      return;
    }
    const query = waiting.get(message.id);
    if (message.kind === 'progress') { query?.progress?.(message.share); return; }
    waiting.delete(message.id);
    if (message.kind === 'answer') query?.resolve(message.value); else query?.reject(new Error(message.message));
  };
  const end = () => {
    if (endpoint === null) { endpoint = (options.connect ?? startWorker)(); endpoint.listen(receive); }
    return endpoint;
  };
  const command = (body: TailCommand) => end().post({ kind: 'command', command: body });
  const followed = <N extends TailQueryName>(work: WorkOptions, name: N, ...args: TailQueries[N]['args']) => new Promise<TailQueries[N]['answer']>((resolve, reject) => {
    const id = nextQuery++;
    const { signal, progress } = work;
    if (signal?.aborted === true) { reject(signal.reason); return; }
    waiting.set(id, { resolve: resolve as (value: unknown) => void, reject, progress });
    signal?.addEventListener('abort', () => { if (waiting.delete(id)) { end().post({ kind: 'cancel', id }); reject(signal.reason); } }, { once: true });
    end().post({ kind: 'query', id, name, args });
  });
  const query = <N extends TailQueryName>(name: N, ...args: TailQueries[N]['args']) => followed({}, name, ...args);

  return {
    subscribe(listener) { listeners.add(listener); return () => { listeners.delete(listener); }; },
    getState: () => state,
    open: ({ signals, stage, maxRecordsPerSecond = defaultRecordsPerSecond, recording = null }) => command({ type: 'open', options: { signals, stage, maxRecordsPerSecond, recording }, url: (options.url ?? defaultUrl)() }),
    close: () => command({ type: 'close' }),
    setFilter: (kql, plan) => command({ type: 'filter', kql, plan }),
    know: ({ names = null, templates = null }) => command({ type: 'names', names, templates }),
    setFacetFilters: (filters) => command({ type: 'facets', filters }),
    setTimeRange: (range) => command({ type: 'range', range }),
    setPaused: (paused) => command({ type: 'pause', paused }),
    rows: (from, count, rowsOptions = {}) => query('rows', from, count, rowsOptions),
    record: (id) => query('record', id),
    histogram: (buckets) => query('histogram', buckets),
    facets: () => query('facets'),
    liveFields: () => query('liveFields'),
    dryRun: (options, work = {}) => followed(work, 'dryRun', options),
    requests: (span) => query('requests', span),
    explain: (id, rules, agent = {}) => query('explain', id, rules, agent),
    useSource: (port) => end().post({ kind: 'source', port }, [port]),
  };
}

function startWorker(): Endpoint<ToTailWorker, FromTailWorker> {
  const worker = new Worker(new URL('./tail.worker.ts', import.meta.url), { type: 'module', name: 'tail' });
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    listen: (receive) => { worker.onmessage = (event: MessageEvent<FromTailWorker>) => receive(event.data); },
  };
}

function defaultUrl(): string {
  const url = new URL('/api/v1/tail', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
