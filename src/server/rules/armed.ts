// Which kinds of rules agents can run. A kind that is not here can be written, checked and kept, but not deployed.
import type { Result } from '../../base/index.ts';
import type { RuleKind } from '../../model/index.ts';
import type { CompiledQuery, CompiledRule } from '../../rules/index.ts';
import { refuse, type Problem } from '../http/problem.ts';

const names: Readonly<Record<RuleKind, string>> = { query: 'query', 'state-machine': 'state-machine' };

export function armed(compiled: CompiledRule): Result<CompiledQuery, Problem> {
  if (compiled.kind === 'query') return { ok: true, value: compiled };
  return refuse('rule.kind-not-armed', `Rule ${compiled.name} is a ${names[compiled.kind]} rule, and the agents of this version run query rules only, so it was not deployed.`);
}
