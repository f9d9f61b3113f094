// A compiler whose plans the agents' engine takes, too. The parser knows neither RE2 nor the engine's bounds; a rule that
// only the agents refuse would hold up the configuration of the whole fleet, for it is taken all or not at all.
import type { Clock, Failure, Result } from '../../base/index.ts';
import { compileFilter, createPipeline } from '../../engine/index.ts';
import type { Plan } from '../../kql/index.ts';
import { defaultBounds, type KqlDiagnostic, type RuleBounds } from '../../model/index.ts';
import { placesOf, type CheckedRule } from '../../rules/index.ts';
import type { CompileMode, KqlCompiler } from '../ports/compiler.ts';

/** Nothing runs here, so the time does not matter. */
const noTime: Clock = { nowUnixNano: () => 0n, monotonicMs: () => 0 };

/** The same compiler; what the engine refuses becomes an error over the whole KQL, and no plan. */
export function engineChecked(compiler: KqlCompiler): KqlCompiler {
  return {
    async compile(text, mode) {
      const compiled = await compiler.compile(text, mode);
      const refused = compiled.plan === null ? null : refusal(compiled.plan, mode);
      return refused === null ? compiled : { plan: null, diagnostics: [...compiled.diagnostics, diagnosticOf(refused, text.length)] };
    },
    async check(text) { return engineChecks(await compiler.check(text), text); },
    conflicts: (rules, others) => compiler.conflicts(rules, others),
    stop: () => compiler.stop(),
  };
}

/** A state machine's plan is for another part of the engine, which checks it when it is armed. */
function engineChecks(checked: CheckedRule, text: string): CheckedRule {
  const { compiled, document } = checked;
  if (compiled?.kind !== 'query' || document?.kind !== 'query') return checked;
  const taken = takenAsRule(compiled.plan, compiled.targets, compiled.bounds);
  if (taken.ok) return checked;
  return { ...checked, compiled: null, problems: [...checked.problems, placesOf(text).place(['kql'], diagnosticOf(taken.error, document.kql.length))] };
}

const diagnosticOf = ({ message, help }: Failure, end: number): KqlDiagnostic =>
  ({ severity: 'error', code: 'weir/engine', message, start: 0, end, ...(help !== undefined && { help }) });

function refusal(plan: Plan, mode: CompileMode): Failure | null {
  const taken = mode === 'rule' ? takenAsRule(plan, null, defaultBounds) : takenAsFilter(plan);
  return taken.ok ? null : taken.error;
}

function takenAsRule(plan: Plan, targets: Plan | null, bounds: RuleBounds): Result<unknown, Failure> {
  const taken = createPipeline({ clock: noTime, resource: {}, recorderBytes: 1, maxGroups: 1 }).replaceRules([{ id: 'rule', name: 'rule', version: 1, order: 0, plan, targets, bounds }]);
  // The rule has no name yet as far as this text is concerned.
  return taken.ok ? taken : { ok: false, error: { ...taken.error, message: taken.error.message.replace(/^Rule rule: /, '') } };
}

const takenAsFilter = (plan: Plan): Result<unknown, Failure> =>
  (['logs', 'spans', 'metrics'] as const).map((signal) => compileFilter(plan, signal, noTime)).find(({ ok }) => !ok) ?? { ok: true, value: null };
