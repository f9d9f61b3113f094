// From a request to something that can run: parameters that are understood, an action that this machine allows, one process.
import { failure, ok, type Result } from '../../../base/index.ts';
import { actionParameters, type ActionName, type ActionTarget } from '../../../model/index.ts';
import { type ProcessTable, resolveTarget } from '../../processes/index.ts';
import type { Action, ActionTable, Ask } from '../contract.ts';
import { words, type ActionPolicy } from '../limits/index.ts';

export interface Prepared { readonly action: Action; readonly ask: Ask; readonly maxBytes: number }

/** The same for a run and for its preview. */
export async function prepare(table: ActionTable, processes: Pick<ProcessTable, 'list' | 'look' | 'toldStart' | 'proc'>, policy: ActionPolicy, request: { readonly action: ActionName; readonly target: ActionTarget | null; readonly parameters: Record<string, unknown>; readonly force: boolean }): Promise<Result<Prepared>> {
  // The parameters below are those of this very action, which the table's type cannot say.
  const [action, limits] = [table[request.action] as Action, policy.actions[request.action]];
  if (!limits.allowed) return failure('action.not-allowed', `This machine does not allow ${request.action}.`, 'Whoever owns the machine allows it in actions-policy.json, in the data folder of its agent.');
  const parsed = actionParameters[request.action].safeParse(request.parameters);
  if (!parsed.success) return failure('action.bad-parameters', `${request.action}: ${parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'parameters'}: ${message}`).join('; ')}.`, 'Correct the parameters.');
  const durationMs = 'durationMs' in parsed.data ? parsed.data.durationMs : undefined;
  if (durationMs !== undefined && durationMs > limits.maxDurationMs) return failure('action.limit', `${words(durationMs)} are asked for; this machine allows ${words(limits.maxDurationMs)}.`, 'Ask for less; the bound is maxDurationMs in actions-policy.json on that machine.');
  const target = await targetFor(action, processes, request.target);
  if (!target.ok) return target;
  const maxBytes = 'maxBytes' in parsed.data && parsed.data.maxBytes !== undefined ? Math.min(parsed.data.maxBytes, limits.maxBytes) : limits.maxBytes;
  return ok({ action, maxBytes, ask: { parameters: parsed.data, process: target.value, policy, force: request.force } });
}

async function targetFor({ about }: Action, processes: Pick<ProcessTable, 'list' | 'look' | 'toldStart' | 'proc'>, target: ActionTarget | null): Promise<Result<Ask['process']>> {
  const named = target !== null && (target.pid ?? target.service ?? target.match) !== undefined;
  if (about === 'machine' || (about === 'maybe' && !named)) return ok(null);
  return resolveTarget(processes, target ?? {});
}
