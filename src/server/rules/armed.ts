// Which kinds of rules agents can run, and where. What is not here can be written, checked and kept, but not deployed.
import type { Result } from '../../base/index.ts';
import type { RuleKind, RuleLocation } from '../../model/index.ts';
import type { CompiledPolicyRule, CompiledQuery, CompiledRule } from '../../rules/index.ts';
import { refuse, type Problem } from '../http/problem.ts';

const names: Readonly<Record<RuleKind, string>> = { query: 'query', 'state-machine': 'state-machine', 'redaction-policy': 'redaction-policy' };

const places: Readonly<Record<RuleLocation, string>> = { 'in-process': 'in the process', 'on-box': 'on the agent', 'off-box': 'on the gateway' };

export function armed(compiled: CompiledRule): Result<CompiledQuery | CompiledPolicyRule, Problem> {
  if (compiled.location !== 'on-box') return refuse('rule.location-not-armed', `Rule ${compiled.name} asks to run ${places[compiled.location]} (location ${compiled.location}), and this version runs rules on agents only, so it was not deployed.`);
  if (compiled.kind !== 'state-machine') return { ok: true, value: compiled };
  return refuse('rule.kind-not-armed', `Rule ${compiled.name} is a ${names[compiled.kind]} rule, and the agents of this version run query rules and redaction policies only, so it was not deployed.`);
}
