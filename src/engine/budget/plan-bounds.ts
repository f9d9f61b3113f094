// How large a Plan may be before it is even looked at: text that a rule holds lies in the memory of every agent and is compared
// with every record. Walks without recursion, so that depth cannot hurt.
import { failure, ok, type Failure, type Result } from '../../base/index.ts';
import { count } from './words.ts';

/** Characters of one text, and of all texts of a rule; a rule's own KQL has 64,000 at most, but `let` repeats what it names. */
export const maxLiteralText = 65_536;
export const maxPlanText = 524_288;

/** Code `plan-invalid`; the plan is still to be checked for its shape. */
export function boundPlanText(plan: unknown): Result<void, Failure> {
  let total = 0;
  const rest: unknown[] = [plan];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === 'string') {
      if (next.length > maxLiteralText) return tooLong(`A text in it has ${count(next.length)} characters; one may have ${count(maxLiteralText)}.`);
      if ((total += next.length) > maxPlanText) return tooLong(`Its texts have more than ${count(maxPlanText)} characters in all.`);
    } else if (typeof next === 'object' && next !== null) {
      for (const [key, value] of Object.entries(next)) if (value !== undefined) rest.push(key, value);
    }
  }
  return ok(undefined);
}

const tooLong = (what: string): Result<void, Failure> => failure('plan-invalid', what, 'Match a short part of the text, or split a long list into several rules.');
