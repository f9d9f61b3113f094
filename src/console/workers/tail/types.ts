// The tail as the console's main thread sees it: a worker owns the WebSocket, decodes frames into a columnar ring,
// filters, counts and dry-runs there; the main thread asks for the few rows it shows.
import type { Plan } from '../../../kql/index.ts';
import type { RuleOutcome } from '../../../engine/index.ts';
import type { TemplateBook } from '../../../mining/index.ts';
import type { AgentRuleInput, KqlDiagnostic, NameBook, Signal, TailStage } from '../../../model/index.ts';
import type { Value } from '../../../otlp/index.ts';
import type { CompiledRule, DryRunRequest, DryRunResult } from '../../../rules/index.ts';
import type { LiveField } from '../kql/types.ts';
import type { HeldSpan } from './store/held-requests.ts';
import type { RecordingState, RecordingWish } from './recording.ts';

/** A row id is a number that grows for ever; ids below `TailState.firstId` have left the ring. */
export interface TailRow {
  readonly id: number; readonly signal: Signal; readonly timeUnixNano: bigint; readonly severity: number; readonly severityText: string; readonly service: string;
  readonly durableId: string; readonly durableSource: 'event' | 'code' | 'name' | 'template' | 'none'; /** Of a durable id that was mined from the body. */ readonly template?: string; readonly summary: string; readonly agent: string; readonly adjustedCount: number;
  /** The first attributes as text, for the row; and the values of the columns asked for, in their order. */
  readonly fields?: readonly (readonly [name: string, text: string])[]; readonly cells?: readonly string[];
}
export interface TailRecord extends TailRow { readonly columns: Readonly<Record<string, Value>>; readonly attributes: Readonly<Record<string, Value>>; readonly resource: Readonly<Record<string, Value>>; readonly bytes: number }

export interface TailRowsOptions { readonly columns?: readonly string[]; readonly belowId?: number }
export interface TailRows { readonly rows: readonly TailRow[]; readonly matched: number; readonly newer?: number }

export interface TailState {
  readonly status: 'connecting' | 'live' | 'reconnecting' | 'off'; readonly agents: number; readonly agentsTotal: number;
  readonly firstId: number; readonly nextId: number; readonly buffered: number; readonly bufferedBytes: number; readonly maxRows: number; readonly maxBytes: number; readonly evicted: number;
  /** Rows that match the filter and facets now, and how many arrived while paused. */
  readonly matched: number; readonly newWhilePaused: number; readonly paused: boolean;
  /** Smallest share sent by any agent in the last 5 s (1: complete), records shed, and the true rate of matching records per second. */
  readonly ratio: number; readonly shed: number; readonly perSecond: number; readonly behindMs: number; readonly missedWhileAway: boolean;
  /** The last gap in the connection: records of that time never came. */
  readonly missed?: { readonly fromMs: number; readonly toMs: number } | null;
  /** Frames that were not OTLP and were left out. */
  readonly malformed?: number;
  readonly diagnostics: readonly KqlDiagnostic[];
  /** The collected recorder that is shown; null: what is live. */
  readonly recording: RecordingState | null;
}
export interface TailHistogram { readonly startMs: number; readonly bucketMs: number; /** counts[severityBand][bucket], bands T D I W E F none */ readonly counts: readonly (readonly number[])[] }
export interface TailFacet { readonly field: string; readonly values: readonly { readonly value: string; /** What a person reads in its place. */ readonly label?: string; readonly count: number; readonly selected: boolean }[]; readonly other: number }
/** `only`, when there, goes before `excluded`: every value that is not in it is hidden, also one that is not known yet. */
export interface TailFacetFilter { readonly field: string; readonly excluded: readonly string[]; readonly only?: readonly string[] }

/** Of the records' own times, Unix milliseconds, both ends included. */
export interface TailTimeRange { readonly fromMs: number; readonly toMs: number }

/** A dry run over the buffer, by the agent's own engine; the time range is of the records, Unix milliseconds, both ends included. */
export interface TailDryRunOptions {
  readonly rule: CompiledRule;
  /** Deployed rules: those before the rule see the records first. */
  readonly others?: readonly AgentRuleInput[]; readonly ruleId?: string;
  readonly fromMs?: number; readonly toMs?: number; readonly maxSamples: number;
  /** Attributes of the agent whose rules are looked at: what targets may ask for. */
  readonly agent?: Readonly<Record<string, string>>;
}
/** How long work is followed, and ended: an aborted run rejects with the signal's reason. `progress` gets shares from 0 to 1. */
export interface WorkOptions { readonly signal?: AbortSignal; readonly progress?: (share: number) => void }

export interface TailClient {
  subscribe(listener: (state: TailState) => void): () => void;
  getState(): TailState;
  open(options: { readonly signals: readonly Signal[]; readonly stage: TailStage; readonly maxRecordsPerSecond?: number; /** A collected recorder, shown in place of what is live. */ readonly recording?: RecordingWish | null }): void;
  close(): void;
  /** `plan` null clears. Applied to the buffer at once and pushed to the agents as text through the BFF. */
  setFilter(kql: string, plan: Plan | null): void;
  /** What names that survive renames mean now, for event() and field() in filters; and the fleet's templates, so that records without a name have
   *  here the id that they have there. */
  know(known: { readonly names?: NameBook; readonly templates?: TemplateBook }): void;
  setFacetFilters(filters: readonly TailFacetFilter[]): void;
  /** Only records of that time are in the view, whatever else filters it; null: of any time. */
  setTimeRange(range: TailTimeRange | null): void;
  setPaused(paused: boolean): void;
  /** Rows of the filtered view, newest first, `from` counted from the newest. `columns`: extra columns or attributes wanted as cells.
   *  `belowId`: look at rows below this id only, so that a scrolled list stands still; `newer` counts the matches at or above it. */
  rows(from: number, count: number, options?: TailRowsOptions): Promise<TailRows>;
  record(id: number): Promise<TailRecord | null>;
  histogram(buckets: number): Promise<TailHistogram>;
  facets(): Promise<readonly TailFacet[]>;
  liveFields(): Promise<readonly LiveField[]>;
  /** Rejects with why the rule cannot run. */
  dryRun(options: TailDryRunOptions, work?: WorkOptions): Promise<DryRunResult>;
  /** The newest records of the buffer as requests, for a dry run elsewhere: a script runs in a worker that may be ended. */
  requests(span: HeldSpan): Promise<readonly DryRunRequest[]>;
  /** What the rules would do to a row as it is in the buffer, and why; null when it has left. `agent`: the attributes that targets may ask for. */
  explain(id: number, rules: readonly AgentRuleInput[], agent?: Readonly<Record<string, string>>): Promise<readonly RuleOutcome[] | null>;
}
