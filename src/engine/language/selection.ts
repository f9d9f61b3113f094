// Which records a language rule is handed: its signals, its targets and its condition, asked after redaction.
import { failure, ok, type Clock, type Failure, type Result } from '../../base/index.ts';
import type { Expr } from '../../kql/index.ts';
import type { AgentRuleInput, Signal } from '../../model/index.ts';
import { codec, type RecordCursor, type RequestView, type Value } from '../../otlp/index.ts';
import { CompileError, compileExpr, newFrame, type Fn } from '../expr/index.ts';
import { compileTargets } from '../pipeline/targets.ts';
import { RecordScope, unionBindings, type Step } from '../record/index.ts';

/** Ordinals in ascending order; null when none is wanted. */
export type SelectRecords = (view: RequestView) => Uint32Array | null;

interface Asked { readonly targets: Step | null; readonly when: Fn | null }

/** Errors: `language-invalid`, when targets or condition cannot be run. */
export function compileSelection({ name, targets, language }: Pick<AgentRuleInput, 'name' | 'targets' | 'language'>, agent: Readonly<Record<string, Value>>, clock: Clock): Result<SelectRecords, Failure> {
  try {
    const bySignal = new Map<Signal, Asked>();
    for (const signal of language?.signals ?? []) {
      const meant = compileTargets(targets, signal, agent, clock);
      const when = (language?.when ?? null) as Expr | null;
      if (meant.possible) bySignal.set(signal, { targets: meant.test, when: when === null ? null : compileExpr(when, { scope: new RecordScope(unionBindings(signal), clock), clock }).run });
    }
    return ok(selector(bySignal));
  } catch (error) {
    if (error instanceof CompileError) return failure('language-invalid', `The condition of rule ${name} cannot be run: ${error.message}`, error.help);
    throw error;
  }
}

function selector(bySignal: ReadonlyMap<Signal, Asked>): SelectRecords {
  const cursor: RecordCursor = codec.cursor();
  const frame = { ...newFrame(), cursor };
  return (view) => {
    const asked = bySignal.get(view.signal);
    if (asked === undefined) return null;
    cursor.reset(view);
    const wanted: number[] = [];
    for (let i = 0; i < view.recordCount; i++) {
      cursor.moveTo(i);
      if (asked.targets?.(frame) === false || (asked.when !== null && asked.when(frame) !== true)) continue;
      wanted.push(i);
    }
    return wanted.length === 0 ? null : Uint32Array.from(wanted);
  };
}
