// Where rules can run: on agents, and in processes that were started with `--import weir/register`. What is elsewhere can be written, checked and kept, but not deployed.
import type { Result } from '../../base/index.ts';
import type { Plan } from '../../kql/index.ts';
import type { RuleLocation } from '../../model/index.ts';
import type { CompiledRule } from '../../rules/index.ts';
import { refuse, type Problem } from '../http/problem.ts';

const places: Readonly<Record<RuleLocation, string>> = { 'in-process': 'in the process', 'on-box': 'on the agent', 'off-box': 'on the gateway' };

/** What processes under `weir/register` can do with a record; everything else needs the agent's windows, rings or exporters. */
const inProcessSinks: readonly string[] = ['drop', 'sample', 'update', 'redact'];

export function armed(compiled: CompiledRule): Result<CompiledRule, Problem> {
  if (compiled.location === 'on-box') return { ok: true, value: compiled };
  if (compiled.location === 'in-process') return runsInProcess(compiled) ? { ok: true, value: compiled }
    : refuse('rule.location-not-armed', `Rule ${compiled.name} asks to run in the process (location in-process), where records can only be dropped, sampled, changed and redacted, so it was not deployed.`);
  return refuse('rule.location-not-armed', `Rule ${compiled.name} asks to run ${places[compiled.location]} (location ${compiled.location}), and this version runs rules on agents only, so it was not deployed.`);
}

function runsInProcess(compiled: CompiledRule): boolean {
  if (compiled.kind === 'redaction-policy') return true;
  return compiled.kind === 'query' && inProcessSinks.includes((compiled.plan as Plan | null)?.sink?.sink ?? 'update');
}
