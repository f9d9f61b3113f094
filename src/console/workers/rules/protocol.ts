// Messages between the main thread and the rules worker. A call carries an id that its answer repeats.
import type { RuleOutcome } from '../../../engine/index.ts';
import type { AgentRuleInput, KqlDiagnostic, QueryTest, Signal } from '../../../model/index.ts';
import type { CompiledRule, DryRunRequest, DryRunResult, NamedScript, RuleExpectation, RuleTest, TestReport } from '../../../rules/index.ts';
import type { AgentAttributes, FileDryRunOptions, TelemetrySource } from './types.ts';

/** What can be asked: name to arguments and answer. */
export interface RulesCalls {
  readonly read: { readonly args: readonly [input: Blob | string, name: string]; readonly answer: TelemetrySource };
  readonly dryRun: { readonly args: readonly [source: number, options: FileDryRunOptions]; readonly answer: DryRunResult };
  /** Copies of what the source holds. */
  readonly requests: { readonly args: readonly [source: number]; readonly answer: readonly DryRunRequest[] };
  readonly dryRunOver: { readonly args: readonly [requests: readonly DryRunRequest[], options: FileDryRunOptions]; readonly answer: DryRunResult };
  readonly script: { readonly args: readonly [script: NamedScript]; readonly answer: KqlDiagnostic | null };
  readonly explain: { readonly args: readonly [rules: readonly AgentRuleInput[], signal: Signal, request: Uint8Array, agent: AgentAttributes]; readonly answer: readonly RuleOutcome[] };
  readonly expect: { readonly args: readonly [rule: CompiledRule, given: QueryTest['given']]; readonly answer: RuleExpectation };
  readonly test: { readonly args: readonly [rule: CompiledRule, tests: readonly RuleTest[]]; readonly answer: TestReport };
}
export type RulesCallName = keyof RulesCalls;

export type ToRulesWorker =
  | { readonly kind: 'call'; readonly id: number; readonly name: RulesCallName; readonly args: readonly unknown[] }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'release'; readonly source: number };

export type FromRulesWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'progress'; readonly id: number; readonly share: number }
  /** A script is about to be called: what was called before it came back. */
  | { readonly kind: 'beat'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

/** Either end of a worker or message channel. */
export interface RulesEndpoint<Out, In> { post(message: Out, transfer?: Transferable[]): void; listen(receive: (message: In) => void): void; end?(): void }
