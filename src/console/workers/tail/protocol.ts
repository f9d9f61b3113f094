// Messages between the main thread and the tail worker. Requests carry an id that their answer repeats.
import type { Plan } from '../../../kql/index.ts';
import type { TemplateBook } from '../../../mining/index.ts';
import type { AgentRuleInput, NameBook, Signal, TailStage } from '../../../model/index.ts';
import type { HeldSpan } from './store/held-requests.ts';
import type { RecordingWish } from './recording.ts';
import type { TailClient, TailDryRunOptions, TailFacetFilter, TailRows, TailRowsOptions, TailState, TailTimeRange } from './types.ts';

export interface TailOpenOptions { readonly signals: readonly Signal[]; readonly stage: TailStage; readonly maxRecordsPerSecond: number; /** Shown in place of what is live; null: live. */ readonly recording: RecordingWish | null }

export type TailCommand =
  | { readonly type: 'open'; readonly options: TailOpenOptions; readonly url: string }
  | { readonly type: 'close' }
  | { readonly type: 'filter'; readonly kql: string; readonly plan: Plan | null }
  /** What names that survive renames mean, and what the fleet knows of templates; null: nothing new. */
  | { readonly type: 'names'; readonly names: NameBook | null; readonly templates: TemplateBook | null }
  | { readonly type: 'facets'; readonly filters: readonly TailFacetFilter[] }
  | { readonly type: 'range'; readonly range: TailTimeRange | null }
  | { readonly type: 'pause'; readonly paused: boolean };

/** What can be asked: name to arguments and answer. */
export interface TailQueries {
  readonly rows: { readonly args: readonly [from: number, count: number, options: TailRowsOptions]; readonly answer: TailRows };
  readonly record: { readonly args: readonly [id: number]; readonly answer: Awaited<ReturnType<TailClient['record']>> };
  readonly histogram: { readonly args: readonly [buckets: number]; readonly answer: Awaited<ReturnType<TailClient['histogram']>> };
  readonly facets: { readonly args: readonly []; readonly answer: Awaited<ReturnType<TailClient['facets']>> };
  readonly liveFields: { readonly args: readonly []; readonly answer: Awaited<ReturnType<TailClient['liveFields']>> };
  readonly dryRun: { readonly args: readonly [options: TailDryRunOptions]; readonly answer: Awaited<ReturnType<TailClient['dryRun']>> };
  readonly requests: { readonly args: readonly [span: HeldSpan]; readonly answer: Awaited<ReturnType<TailClient['requests']>> };
  readonly explain: { readonly args: readonly [id: number, rules: readonly AgentRuleInput[], agent: Readonly<Record<string, string>>]; readonly answer: Awaited<ReturnType<TailClient['explain']>> };
}
export type TailQueryName = keyof TailQueries;

export type ToTailWorker =
  | { readonly kind: 'command'; readonly command: TailCommand }
  | { readonly kind: 'query'; readonly id: number; readonly name: TailQueryName; readonly args: readonly unknown[] }
  /** Ends the query's work; it is not answered. */
  | { readonly kind: 'cancel'; readonly id: number }
  /** A port that stands in for the WebSocket (mock traffic): see frame-source.ts. */
  | { readonly kind: 'source'; readonly port: MessagePort };

export type FromTailWorker =
  | { readonly kind: 'state'; readonly state: TailState }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'progress'; readonly id: number; readonly share: number }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

/** Either end of a worker or message channel, as far as the tail needs it. */
export interface Endpoint<Out, In> { post(message: Out, transfer?: Transferable[]): void; listen(receive: (message: In) => void): void }
