// The tail inside the worker: connection, ring and view under one roof. Work is done in slices of a few milliseconds,
// so that scrolling and pausing answer at once while a million rows are being filtered.
import type { Clock } from '../../../base/index.ts';
import { namesUsed, noNames, resolveNames, type Plan } from '../../../kql/index.ts';
import type { TemplateBook } from '../../../mining/index.ts';
import { decodeTailFrame, type KqlDiagnostic, type NameBook, type TailNotice } from '../../../model/index.ts';
import type { Codec } from '../../../otlp/index.ts';
import { Connection, type ConnectionPorts, type ConnectionStatus } from './connection.ts';
import type { TailCommand, TailOpenOptions } from './protocol.ts';
import { Recording, type ReadFile } from './recording.ts';
import { RateWindow } from './rate-window.ts';
import { compileRowFilter } from './store/row-filter.ts';
import { FilteredView } from './store/filtered-view.ts';
import { TailStore, type TailLimits } from './store/tail-store.ts';
import type { TailFacetFilter, TailState } from './types.ts';
import { WorkQueue } from './work-queue.ts';

/** At most ten state messages a second. */
const stateIntervalMs = 100;
const rateIntervalMs = 1000;

export interface TailServicePorts extends ConnectionPorts {
  /** Monotonic milliseconds. */
  readonly monotonicMs: () => number;
  /** Runs soon, after messages that wait. */
  readonly soon: (run: () => void) => void;
  readonly readFile: ReadFile;
}

export class TailService {
  readonly store: TailStore;
  readonly view: FilteredView;
  readonly work: WorkQueue;
  facetFilters: readonly TailFacetFilter[] = [];
  readonly #ports: TailServicePorts;
  readonly #connection: Connection;
  readonly #rates = new RateWindow();
  readonly #publish: (state: TailState) => void;
  /** For now() and ago() in filters. */
  readonly #clock: Clock;
  #status: ConnectionStatus = 'off';
  #options: TailOpenOptions = { signals: ['logs'], stage: 'out', maxRecordsPerSecond: 20_000, recording: null };
  #url = '';
  #kql = '';
  #plan: Plan | null = null;
  #names: NameBook = noNames;
  #agents = { agents: 0, agentsTotal: 0 };
  #diagnostics: readonly KqlDiagnostic[] = [];
  #missed: { readonly fromMs: number; readonly toMs: number } | null = null;
  #malformed = 0;
  #behindMs = 0;
  #pausedAtId: number | null = null;
  /** Shown in place of what is live. */
  #recording: Recording | null = null;
  #stateWaits = false;

  constructor(codec: Codec, ports: TailServicePorts, publish: (state: TailState) => void, limits?: TailLimits) {
    this.store = new TailStore(codec, limits);
    this.view = new FilteredView(this.store);
    this.#ports = ports;
    this.#publish = publish;
    this.#clock = { nowUnixNano: () => BigInt(Math.round(ports.nowMs() * 1000)) * 1000n, monotonicMs: ports.monotonicMs };
    this.work = new WorkQueue(ports.monotonicMs, ports.soon);
    this.#connection = new Connection(ports, {
      status: (status) => { this.#status = status; this.#rates.restart(ports.nowMs()); this.#changed(); },
      frame: (bytes) => this.#frame(bytes),
      notice: (notice) => this.#notice(notice),
      recovered: (fromMs) => { this.#missed = { fromMs, toMs: ports.nowMs() }; this.#changed(); },
    });
  }

  do(command: TailCommand): void {
    if (command.type === 'open') this.#open(command.options, command.url);
    else if (command.type === 'close') { this.#connection.close(); this.#leaveRecording(); }
    else if (command.type === 'filter') this.#setFilter(command.kql, command.plan);
    else if (command.type === 'names') this.#know(command.names, command.templates);
    else if (command.type === 'facets') this.#setFacets(command.filters);
    else if (command.type === 'range') { this.view.setTimeRange(command.range); this.#advance(); }
    else this.#setPaused(command.paused);
    this.#changed();
  }

  /** How many matches the view shows: all, or those of before the pause. */
  get viewEnd(): number {
    this.view.trim();
    return this.#pausedAtId === null ? this.view.matches.length : this.view.matches.lowerBound(this.#pausedAtId);
  }

  state(): TailState {
    const { store, view } = this;
    const matched = this.viewEnd;
    const now = this.#ports.nowMs();
    const rates = this.#rates.rates(now);
    return {
      status: this.#status, ...this.#agents,
      firstId: store.ring.firstId, nextId: store.ring.nextId, buffered: store.ring.length, bufferedBytes: store.heldBytes,
      maxRows: store.limits.maxRows, maxBytes: store.limits.maxBytes, evicted: store.evicted,
      matched, newWhilePaused: view.matches.length - matched, paused: this.#pausedAtId !== null,
      ratio: rates.ratio, shed: this.#rates.shedInAll, perSecond: rates.perSecond, behindMs: this.#behindMs,
      missedWhileAway: this.#missed !== null, missed: this.#missed, malformed: this.#malformed, diagnostics: this.#diagnostics, recording: this.#recording?.state ?? null,
    };
  }

  #open(options: TailOpenOptions, url: string): void {
    const other = options.recording?.url !== this.#recording?.wish.url;
    const differs = other || options.stage !== this.#options.stage || options.signals.join() !== this.#options.signals.join();
    if ((this.#status !== 'off' || this.#recording !== null) && !differs && url === this.#url && options.maxRecordsPerSecond === this.#options.maxRecordsPerSecond) return;
    if (differs) this.#clear();
    this.#options = options;
    this.#url = url;
    this.#missed = null;
    if (other) this.#leaveRecording();
    if (options.recording === null) this.#subscribe();
    else if (this.#recording === null) this.#openRecording(new Recording(options.recording));
    else this.#fill(this.#recording);
  }

  #openRecording(recording: Recording): void {
    this.#connection.close();
    this.#recording = recording;
    this.#malformed = 0;
    this.#pausedAtId = null;
    this.store.agentNames = { 1: recording.wish.agent };
    void recording.read(this.#ports.readFile, () => {
      if (recording.state.status === 'read') this.#fill(recording); else this.#changed();
    });
  }

  #leaveRecording(): void {
    this.#recording?.end();
    this.#recording = null;
    this.#malformed = 0;
  }

  /** Slice by slice; a choice of other signals begins anew. */
  #fill(recording: Recording): void {
    const frames = recording.framesOf(this.#options.signals, this.#options.stage);
    this.work.add('recording', (deadline) => {
      do {
        const next = recording === this.#recording ? frames.next() : { done: true as const, value: undefined };
        if (next.done === true) { this.#advance(); return true; }
        if (!this.store.append(next.value).ok) this.#malformed += 1;
      } while (this.#ports.monotonicMs() < deadline);
      this.#advance();
      return false;
    });
  }

  #subscribe(): void {
    if (this.#url === '' || this.#recording !== null) return;
    this.#rates.restart(this.#ports.nowMs());
    const { recording: _, ...options } = this.#options;
    this.#connection.subscribe(this.#url, { type: 'subscribe', ...options, signals: [...options.signals], kql: this.#kql });
  }

  #clear(): void {
    this.store.clear();
    this.view.clear();
    if (this.#pausedAtId !== null) this.#pausedAtId = this.store.ring.nextId;
  }

  #setFilter(kql: string, plan: Plan | null): void {
    this.#plan = plan;
    const filter = plan === null ? null : compileRowFilter(resolveNames(plan, this.#names), this.store.ring, this.#clock);
    if (filter !== null && !filter.ok) {
      this.#diagnostics = [{ severity: 'error', code: filter.error.code, message: filter.error.message, start: 0, end: kql.length, help: filter.error.help }];
      return;
    }
    this.#diagnostics = [];
    this.view.setFilter(filter === null ? null : filter.value);
    this.#advance();
    if (kql === this.#kql) return;
    this.#kql = kql;
    if (this.#status !== 'off') this.#subscribe();
  }

  /** A filter that follows names looks at the buffer anew; the server sees to the agents. */
  #know(names: NameBook | null, templates: TemplateBook | null): void {
    if (templates !== null) this.store.templates.miner.learn(templates);
    if (names === null) return;
    this.#names = names;
    const { events, fields } = namesUsed(this.#plan);
    if (events.length + fields.length > 0) this.#setFilter(this.#kql, this.#plan);
  }

  #setFacets(filters: readonly TailFacetFilter[]): void {
    this.facetFilters = filters;
    for (const filter of filters) if (!['Severity', 'ServiceName', 'DurableId', 'Agent'].includes(filter.field)) this.keepAttribute(filter.field);
    this.view.setFacets(filters);
    this.#advance();
  }

  /** Keeps an attribute as a column of the ring, so that it can be a facet. */
  keepAttribute(name: string): void {
    this.store.attributes.add(name);
    const cursor = this.store.codec.cursor();
    this.work.add('attributes', (deadline) => {
      const done = this.store.attributes.fill(this.store.segments, cursor, deadline, this.#ports.monotonicMs);
      if (done && this.facetFilters.length > 0) { this.view.setFacets(this.facetFilters); this.#advance(); }
      return done;
    });
  }

  #setPaused(paused: boolean): void {
    if (paused === (this.#pausedAtId !== null)) return;
    this.#pausedAtId = paused ? this.store.ring.nextId : null;
  }

  #frame(bytes: Uint8Array): void {
    const frame = decodeTailFrame(bytes);
    if (frame === null) { this.#malformed += 1; this.#changed(); return; }
    if (frame.stage !== this.#options.stage || !this.#options.signals.includes(frame.signal)) return;
    const now = this.#ports.nowMs();
    const added = this.store.append(frame);
    if (!added.ok) { this.#malformed += 1; this.#changed(); return; }
    this.#rates.note(now, frame);
    this.#behindMs = Math.max(0, now - frame.sentUnixMs);
    this.#advance();
  }

  #advance(): void {
    this.work.add('filter', (deadline) => {
      const done = this.view.advance(deadline, this.#ports.monotonicMs);
      this.#changed();
      return done;
    });
  }

  #notice(notice: TailNotice): void {
    if (notice.type === 'subscribed' || notice.type === 'agents') {
      this.#agents = { agents: notice.agents, agentsTotal: notice.agentsTotal };
      this.store.agentNames = notice.names;
    } else if (notice.type === 'rejected') this.#diagnostics = notice.diagnostics;
    else this.#rates.noteShed(this.#ports.nowMs(), notice.records);
    this.#changed();
  }

  /** State goes out at most every tenth of a second, and once a second while live, for rates also fall in silence. */
  #changed(): void {
    if (this.#stateWaits) return;
    this.#stateWaits = true;
    this.#ports.later(() => {
      this.#stateWaits = false;
      this.#publish(this.state());
    }, stateIntervalMs);
  }

  /** To be called once, by the worker's entry. */
  startTicking(): void {
    const tick = () => { if (this.#status !== 'off') this.#changed(); this.#ports.later(tick, rateIntervalMs); };
    tick();
  }
}
