// What every program knows about rule documents. Pure data in and out: the BFF, the command line and the console's workers
// run the same code. Offsets are UTF-16 into the document's text unless said otherwise.
import type { Plan } from '../kql/index.ts';
import type { MachinePlan } from '../engine/index.ts';
import type { AgentLanguage, KqlDiagnostic, RedactionPolicy, RuleBounds, RuleDocument, RuleKind, RuleLocation } from '../model/index.ts';

export type RulePath = readonly (string | number)[];

/** A KqlDiagnostic placed in the document: `path` names the field, `start` and `end` the place in the YAML text. */
export interface RuleProblem extends KqlDiagnostic { readonly path: RulePath }

export interface ParsedRule {
  /** Null exactly when a problem is an error. */
  readonly document: RuleDocument | null;
  readonly problems: readonly RuleProblem[];
}

/** Sets the value at `path` (undefined removes it), or gives the field there another name. Comments, order and layout of everything
 *  else stay as they are. */
export type RuleEdit = { readonly path: RulePath; readonly value: unknown; readonly rename?: undefined } | { readonly path: RulePath; readonly rename: string; readonly value?: undefined };

/** A document whose KQL was compiled: plain JSON, what dry runs, tests, risk and conflicts work on, in any worker. */
export type CompiledRule = CompiledQuery | CompiledMachine | CompiledPolicyRule | CompiledLanguage;
interface CompiledCommon {
  readonly name: string; readonly kind: RuleKind; readonly location: RuleLocation; readonly order: number;
  /** A Plan of mode targets; null when the rule is for every record. */
  readonly targets: Plan | null; readonly bounds: RuleBounds; readonly expiresAfterMs: number | null;
}
export interface CompiledQuery extends CompiledCommon { readonly kind: 'query'; readonly plan: Plan }
export interface CompiledPolicyRule extends CompiledCommon { readonly kind: 'redaction-policy'; readonly policy: RedactionPolicy }
export interface CompiledMachine extends CompiledCommon { readonly kind: 'state-machine'; readonly machine: MachinePlan }

/** `language.when` is an Expr. */
export interface CompiledLanguage extends CompiledCommon { readonly kind: 'language'; readonly language: AgentLanguage }

export interface CheckedRule { readonly document: RuleDocument | null; readonly compiled: CompiledRule | null; readonly problems: readonly RuleProblem[] }

export interface TestResult {
  readonly name: string; readonly ok: boolean;
  /** One readable line or block per difference: what was expected, what came. */
  readonly failures: readonly string[];
  readonly milliseconds: number;
}
export interface TestReport { readonly rule: string; readonly results: readonly TestResult[] }

export const riskAxes = ['privacy', 'security', 'reliability', 'cost', 'performance'] as const;
export type RiskAxis = (typeof riskAxes)[number];
/** Five axes from 0 (none) to 10, each with its reasons in sentences; `overall` is the highest. `measured`: from what runs, not from the text. */
export interface RiskReport {
  readonly axes: Readonly<Record<RiskAxis, { readonly score: number; readonly reasons: readonly string[] }>>;
  readonly overall: number; readonly level: 'low' | 'medium' | 'high'; readonly measured: boolean;
}

/** Rule `id` loses records to rule `withId`. The names are for sentences only: those of the versions that were compared, and two rules may have one. */
export interface RuleConflict { readonly id: string; readonly withId: string; readonly rule: string; readonly withRule: string; readonly level: 'never' | 'some'; readonly message: string }
