// How often a rule may start actions: so many in any `perMs`, and a pause between two of a kind. In the sandbox on the records' clock, so
// that a dry run says what the agent would; in the agent once more on its own clock, for records may claim any time.
import { actionNames, actionParameters, type ActionName } from '../../model/index.ts';
import type { ActionBounds, RequestedAction } from './types.ts';

export interface ActionStart { readonly action: string; readonly atUnixMs: number }

export class ActionGate {
  readonly #bounds: ActionBounds;
  #starts: ActionStart[];
  #now = Number.NEGATIVE_INFINITY;

  /** `before`: starts that count already. */
  constructor(bounds: ActionBounds, before: readonly ActionStart[] = []) { this.#bounds = bounds; this.#starts = [...before]; }

  /** Null when it may start, and then it has; else why not. Time never goes back. */
  start(action: string, unixMs: number): string | null {
    this.#now = Math.max(this.#now, unixMs);
    const { actions, perMs, cooldownMs } = this.#bounds;
    this.#starts = this.#starts.filter(({ atUnixMs }) => this.#now - atUnixMs < Math.max(perMs, cooldownMs));
    if (this.#starts.filter(({ atUnixMs }) => this.#now - atUnixMs < perMs).length >= actions) return `the limit of ${actions} actions per ${seconds(perMs)} is used up`;
    const last = this.#starts.findLast((one) => one.action === action);
    if (last !== undefined && this.#now - last.atUnixMs < cooldownMs) return `in cooldown for another ${seconds(cooldownMs - (this.#now - last.atUnixMs))}`;
    this.#starts.push({ action, atUnixMs: this.#now });
    return null;
  }

  /** To go on from later. */
  starts(): readonly ActionStart[] { return this.#starts; }
}

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;

/** A request as a script makes it, checked; or what is wrong with it. */
export function checkAction(name: unknown, parameters: unknown): RequestedAction | string {
  const action = actionNames.find((known) => known === name);
  if (action === undefined) return `there is no action ${JSON.stringify(String(name).slice(0, 60))}; there are ${actionNames.join(', ')}`;
  const parsed = actionParameters[action satisfies ActionName].safeParse(parameters);
  if (parsed.success) return { action, parameters: parsed.data };
  const { path, message } = parsed.error.issues[0]!;
  return `its parameters are wrong: ${path.length === 0 ? '' : `${path.map(String).join('.')}: `}${message}`.slice(0, 500);
}
