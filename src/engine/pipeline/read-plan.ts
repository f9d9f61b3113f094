import { failure, ok, type Failure, type Result } from '../../base/index.ts';
import type { Plan } from '../../kql/index.ts';
export function parsePlan(value: unknown): Result<Plan, Failure> {
  const plan = value as Plan | null;
  return typeof plan === 'object' && plan !== null && plan.version === 1 && Array.isArray(plan.operators) ? ok(plan) : failure('plan-invalid', 'The rule has no plan of version 1.', 'Compile the rule again.');
}
