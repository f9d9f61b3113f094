// Where agents can run rules. What is elsewhere can be written, checked and kept, but not deployed.
import type { Result } from '../../base/index.ts';
import type { RuleLocation } from '../../model/index.ts';
import type { CompiledRule } from '../../rules/index.ts';
import { refuse, type Problem } from '../http/problem.ts';

const places: Readonly<Record<RuleLocation, string>> = { 'in-process': 'in the process', 'on-box': 'on the agent', 'off-box': 'on the gateway' };

export function armed(compiled: CompiledRule): Result<CompiledRule, Problem> {
  if (compiled.location === 'on-box') return { ok: true, value: compiled };
  return refuse('rule.location-not-armed', `Rule ${compiled.name} asks to run ${places[compiled.location]} (location ${compiled.location}), and this version runs rules on agents only, so it was not deployed.`);
}
