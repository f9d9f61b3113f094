// The rules of an agent while its rip cord is pulled: those that redact run, all others are off, whatever arrives meanwhile. What was meant
// last is in force again when it is released.
import { ok, type Failure, type Result } from '../../base/index.ts';
import type { DisabledRule, ReplaceManner } from '../../engine/index.ts';
import type { AgentRuleInput } from '../../model/index.ts';

interface Rules { replaceRules(rules: readonly AgentRuleInput[], disabled?: readonly DisabledRule[], manner?: ReplaceManner): Result<void, Failure> }
export interface PassThrough {
  /** Resolves nothing: it is in force when this returns. Gives what is off now. */
  pull(): { readonly rulesOff: number; readonly netsDisarmed: number; readonly problem: string };
  /** Empty when all is in force again. */
  release(): string;
}

/** The same target of rules, with a cord on it. */
export function ripCordRules<T extends Rules>(inner: T, isPulled: boolean): { readonly rules: T; readonly cord: PassThrough } {
  let meant: { readonly rules: readonly AgentRuleInput[]; readonly disabled: readonly DisabledRule[] } = { rules: [], disabled: [] };
  let pulled = isPulled;
  const replace = (rules: readonly AgentRuleInput[], disabled: readonly DisabledRule[] = [], manner?: ReplaceManner): Result<void, Failure> => {
    const replaced = inner.replaceRules(pulled ? rules.filter(isRedacting) : rules, disabled, manner);
    if (replaced.ok) meant = { rules, disabled };
    return replaced;
  };
  const again = (): Result<void, Failure> => (meant.rules.length === 0 ? ok(undefined) : replace(meant.rules, meant.disabled, 'rule-by-rule'));
  return {
    rules: new Proxy(inner, { get: (of, name) => (name === 'replaceRules' ? replace : bound(of, name)) }),
    cord: {
      pull() {
        pulled = true;
        const off = meant.rules.filter((rule) => !isRedacting(rule));
        return { rulesOff: off.length, netsDisarmed: off.filter(isNet).length, problem: problemOf(again()) };
      },
      release() { pulled = false; return problemOf(again()); },
    },
  };
}

function bound<T extends object>(of: T, name: string | symbol): unknown {
  const value = Reflect.get(of, name) as unknown;
  return typeof value === 'function' ? (value as (...all: unknown[]) => unknown).bind(of) : value;
}

const problemOf = (done: Result<void, Failure>): string => (done.ok ? '' : done.error.message);
const isNet = ({ machine, language }: AgentRuleInput): boolean => (machine !== undefined && machine !== null) || (language !== undefined && language !== null);

/** A plan that cannot be read is asked in plain text: rather one rule too many than a secret in clear. */
function isRedacting({ plan, policy }: AgentRuleInput): boolean {
  if (policy !== null && policy !== undefined) return true;
  if (plan === null || plan === undefined) return false;
  const sink = (plan as { readonly sink?: { readonly sink?: unknown } }).sink;
  return typeof sink?.sink === 'string' ? sink.sink === 'redact' : JSON.stringify(plan).includes('"redact"');
}
