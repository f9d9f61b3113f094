// The rules of an agent, each given to what runs it: scripts to the sandbox, all others to the pipeline; and flight recorders as they are defined.
import { ok, type Failure, type Result } from '../base/index.ts';
import type { DisabledRule, Pipeline, ReplaceManner } from '../engine/index.ts';
import type { AgentRecorder, AgentRuleInput, RuleStats } from '../model/index.ts';
import type { LanguageRunner } from './language/index.ts';

export interface RuleRunners {
  replaceRules(rules: readonly AgentRuleInput[], disabled?: readonly DisabledRule[], manner?: ReplaceManner): Result<void, Failure>;
  defineRecorders(recorders: readonly AgentRecorder[]): Result<void, Failure>;
  stats(): readonly RuleStats[];
}

/** `onDefined` is told whether it is known which recorders there are. */
export function ruleRunners(pipeline: Pick<Pipeline, 'replaceRules' | 'defineRecorders' | 'stats'>, language: Pick<LanguageRunner, 'replace' | 'stats'>, onDefined: (areDefined: boolean) => void = () => undefined): RuleRunners {
  const isScript = ({ language: script }: AgentRuleInput): boolean => script !== undefined && script !== null;
  return {
    replaceRules(rules, disabled = [], manner) {
      const replaced = pipeline.replaceRules(rules.filter((rule) => !isScript(rule)), disabled, manner);
      if (!replaced.ok) return replaced;
      language.replace(rules.filter(isScript), disabled);
      return ok(undefined);
    },
    defineRecorders(recorders) {
      const defined = pipeline.defineRecorders(recorders);
      onDefined(defined.ok);
      return defined;
    },
    stats: () => [...pipeline.stats(), ...language.stats()],
  };
}
