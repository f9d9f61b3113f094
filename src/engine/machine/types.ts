// A state machine with its guards compiled: what a net is once its KQL is gone. Serialisable JSON, versioned. Decides
// purely: it says which actions to start, it starts none.
import type { Expr } from '../../kql/index.ts';

export const machinePlanVersion = 1;

export interface MachinePlan {
  readonly version: typeof machinePlanVersion;
  /** Expressions over the record (table `source`); one machine per combination of values. */
  readonly key: readonly { readonly text: string; readonly expr: Expr }[];
  readonly initial: string;
  readonly states: readonly MachinePlanState[];
  /** Actions started per sliding `perNanos`, and the least time between two starts of the same action; bigint as decimal text. */
  readonly limits: { readonly actions: number; readonly perNanos: string; readonly cooldownNanos: string; readonly maxKeys: number };
  /** Bounds that are measured; guards name them in trained("name", otherwise). */
  readonly train?: readonly MachinePlanTraining[] | undefined;
}
export interface MachinePlanState {
  readonly name: string;
  readonly enter: readonly MachinePlanAction[];
  readonly on: readonly MachinePlanTransition[];
  readonly after: readonly { readonly nanos: string; readonly to: string }[];
}
export interface MachinePlanTransition { readonly when: Expr; readonly text: string; readonly count: number; readonly withinNanos: string | null; readonly to: string }
/** `parameters` are those of an action request: durations in milliseconds, sizes in bytes. */
export interface MachinePlanAction { readonly action: string; readonly as: string | null; readonly if: Expr | null; readonly ifText: string | null; readonly parameters: Readonly<Record<string, unknown>> }
/** The nearest-rank percentile of `value` over the last `overNanos`, one per combination of `by`. Until `adopted`, guards go by the number written in them. */
export interface MachinePlanTraining {
  readonly name: string; readonly text: string; readonly value: Expr; readonly percentile: number; readonly overNanos: string;
  readonly by: readonly { readonly text: string; readonly expr: Expr }[]; readonly adopted: boolean;
}
