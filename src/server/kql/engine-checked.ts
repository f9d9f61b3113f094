// Plans that the agents' engine takes, too. The parser knows neither RE2 nor the engine's bounds; a rule that only the agents
// refuse would hold up the configuration of the whole fleet, for it is taken all or not at all. Compiling a hostile pattern
// can take long, so this runs in the compile worker.
import type { Clock, Failure, Result } from '../../base/index.ts';
import { compileFilter, createPipeline } from '../../engine/index.ts';
import type { Compiled, Plan } from '../../kql/index.ts';
import type { KqlDiagnostic } from '../../model/index.ts';
import type { CompileMode } from '../ports/compiler.ts';

/** Nothing runs here, so the time does not matter. */
const noTime: Clock = { nowUnixNano: () => 0n, monotonicMs: () => 0 };

/** The same; what the engine refuses becomes an error over the whole KQL (of `length` characters), and no plan. */
export function engineChecked(compiled: Compiled, mode: CompileMode, length: number): Compiled {
  const refused = compiled.plan === null ? null : refusal(compiled.plan, mode);
  return refused === null ? compiled : { plan: null, diagnostics: [...compiled.diagnostics, diagnosticOf(refused, length)] };
}

const diagnosticOf = ({ message, help }: Failure, end: number): KqlDiagnostic =>
  ({ severity: 'error', code: 'weir/engine', message, start: 0, end, ...(help !== undefined && { help }) });

function refusal(plan: Plan, mode: CompileMode): Failure | null {
  const taken = mode === 'rule' ? takenAsRule(plan) : takenAsFilter(plan);
  return taken.ok ? null : taken.error;
}

function takenAsRule(plan: Plan): Result<unknown, Failure> {
  const taken = createPipeline({ clock: noTime, resource: {}, recorderBytes: 1, maxGroups: 1 }).replaceRules([{ id: 'rule', name: 'rule', version: 1, order: 0, plan }]);
  // The rule has no name yet as far as this text is concerned.
  return taken.ok ? taken : { ok: false, error: { ...taken.error, message: taken.error.message.replace(/^Rule rule: /, '') } };
}

const takenAsFilter = (plan: Plan): Result<unknown, Failure> =>
  (['logs', 'spans', 'metrics'] as const).map((signal) => compileFilter(plan, signal, noTime)).find(({ ok }) => !ok) ?? { ok: true, value: null };
