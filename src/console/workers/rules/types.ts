// Rules over records that are not the tail's: files, pasted text, tests, explanations. A worker does the work; the main
// thread holds a client and shows what comes back.
import type { RuleOutcome } from '../../../engine/index.ts';
import type { AgentRuleInput, KqlDiagnostic, QueryTest, Signal } from '../../../model/index.ts';
import type { CompiledRule, DryRunRequest, DryRunResult, NamedScript, RuleExpectation, RuleTest, TelemetryInput, TestReport } from '../../../rules/index.ts';

/** How long work is followed, and ended: an aborted call rejects with the signal's reason. `progress` gets shares from 0 to 1. */
export interface WorkOptions { readonly signal?: AbortSignal; readonly progress?: (share: number) => void }

/** Of the agent whose rules are looked at, as it reports them. */
export type AgentAttributes = Readonly<Record<string, string>>;

/** Records that the worker holds, by number. */
export interface TelemetrySource extends Omit<TelemetryInput, 'requests'> { readonly id: number; readonly name: string }

export interface FileDryRunOptions { readonly rule: CompiledRule; readonly others?: readonly AgentRuleInput[]; readonly ruleId?: string; readonly maxSamples: number; /** What targets may ask for as Agent. */ readonly agent?: AgentAttributes }

/** Every call rejects with an Error whose message is for a person. Scripts run in a worker of their own, which is ended when one does not come
 *  back: the page and what the other worker holds stay. */
export interface RulesClient {
  /** OTLP as protobuf, JSON or JSON lines, records by column, or plain lines; gzip or not. The worker keeps what it read until released. */
  readFile(file: Blob, name: string, work?: WorkOptions): Promise<TelemetrySource>;
  readText(text: string, name: string, work?: WorkOptions): Promise<TelemetrySource>;
  release(source: number): void;
  dryRun(source: number, options: FileDryRunOptions, work?: WorkOptions): Promise<DryRunResult>;
  /** Of a language rule over requests that the caller has. */
  dryRunScript(requests: readonly DryRunRequest[], options: FileDryRunOptions, work?: WorkOptions): Promise<DryRunResult>;
  /** Why the script does not load, placed in it; null when it does. */
  checkScript(script: NamedScript): Promise<KqlDiagnostic | null>;
  /** What each rule does to the one record that the request holds, and why. */
  explain(rules: readonly AgentRuleInput[], signal: Signal, request: Uint8Array, agent?: AgentAttributes): Promise<readonly RuleOutcome[]>;
  /** What the rule makes of given records, as a test would expect it. */
  expect(rule: CompiledRule, given: QueryTest['given']): Promise<RuleExpectation>;
  test(rule: CompiledRule, tests: readonly RuleTest[], work?: WorkOptions): Promise<TestReport>;
  /** Ends the worker and forgets what it holds; the next call starts another. */
  close(): void;
}
