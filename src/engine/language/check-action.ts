// What a script may ask to be started: an action, untrusted text until it is checked, within the limits of its document.
import { actionNames, actionParameters, type ActionName } from '../../model/index.ts';
import type { LimitBounds } from '../limits/index.ts';
import type { ActionBounds, RequestedAction } from './types.ts';

export const limitBounds = ({ actions, perMs, cooldownMs }: ActionBounds): LimitBounds => ({ actions, perNanos: nanos(perMs), cooldownNanos: nanos(cooldownMs) });
const nanos = (ms: number): bigint => BigInt(Math.ceil(ms * 1e6));

/** A request as a script makes it, checked; or what is wrong with it. */
export function checkAction(name: unknown, parameters: unknown): RequestedAction | string {
  const action = actionNames.find((known) => known === name);
  if (action === undefined) return `there is no action ${JSON.stringify(String(name).slice(0, 60))}; there are ${actionNames.join(', ')}`;
  const parsed = actionParameters[action satisfies ActionName].safeParse(parameters);
  if (parsed.success) return { action, parameters: parsed.data };
  const { path, message } = parsed.error.issues[0]!;
  return `its parameters are wrong: ${path.length === 0 ? '' : `${path.map(String).join('.')}: `}${message}`.slice(0, 500);
}
