// Beside the difference: which rule does what to the chosen record, and why; and a test made of it.
import { useEffect, useMemo, useState } from 'react';
import type { RuleOutcome } from '../../../../engine/index.ts';
import type { AgentRuleInput } from '../../../../model/index.ts';
import type { CompiledRule, DryRunSample } from '../../../../rules/index.ts';
import { Button, ErrorState, Explanation, IconButton, Pane, PaneHeader, SkeletonRows } from '../../../ui/index.ts';
import { useRulesWorker } from '../tests/index.ts';

export interface ExplainPaneProps {
  readonly sample: DryRunSample; readonly rule: CompiledRule; readonly ruleId: string;
  /** Deployed rules, when they are part of the dry run. */
  readonly others: readonly AgentRuleInput[];
  /** Attributes of the agent whose rules they are. */
  readonly agent: Readonly<Record<string, string>>;
  readonly onClose: () => void;
  /** Null when no test can be made; `testReason` says why. */
  readonly onTest: (() => void) | null; readonly testReason: string | null;
}

export function ExplainPane({ sample, rule, ruleId, others, agent, onClose, onTest, testReason }: ExplainPaneProps) {
  const { outcomes, failure } = useExplanation(sample, rule, ruleId, others, agent);
  return (
    <Pane label="Explanation" className="rules-explain grow">
      <PaneHeader title="Explain" meta={sample.before.durableId || sample.before.service}>
        <Button size="s" icon="plus" disabledReason={testReason} onClick={() => onTest?.()}>Make it a test</Button>
        <IconButton icon="x" size="s" variant="ghost" label="Close" kbd="Esc" onClick={onClose} />
      </PaneHeader>
      {failure !== null ? <ErrorState title="It could not be explained">{failure} Run the dry run again for a fresh record.</ErrorState>
        : outcomes === null ? <SkeletonRows rows={4} label="Asking the engine" />
        : <div className="scroll grow" tabIndex={0} role="region" aria-label="What each rule did to the record"><Explanation outcomes={outcomes} /></div>}
    </Pane>
  );
}

function useExplanation(sample: DryRunSample, rule: CompiledRule, ruleId: string, others: readonly AgentRuleInput[], agent: Readonly<Record<string, string>>): { readonly outcomes: readonly RuleOutcome[] | null; readonly failure: string | null } {
  const worker = useRulesWorker();
  const rules = useMemo(() => [...others.filter(other => other.id !== ruleId), ...ownRule(rule, ruleId)], [others, rule, ruleId]);
  const [told, setTold] = useState<{ readonly sample: DryRunSample; readonly outcomes: readonly RuleOutcome[] | null; readonly failure: string | null } | null>(null);
  useEffect(() => {
    let live = true;
    worker.explain(rules, sample.before.signal, sample.request, agent).then(
      outcomes => { if (live) setTold({ sample, outcomes, failure: null }); },
      (error: unknown) => { if (live) setTold({ sample, outcomes: null, failure: error instanceof Error ? error.message : String(error) }); },
    );
    return () => { live = false; };
  }, [worker, rules, sample, agent]);
  return told?.sample === sample ? told : { outcomes: null, failure: null };
}

/** As an agent would get it. A state machine changes no record: there is nothing to explain of one. */
function ownRule(rule: CompiledRule, id: string): readonly AgentRuleInput[] {
  if (rule.kind === 'redaction-policy') return [{ id, name: rule.name, version: 1, order: rule.order, plan: null, policy: rule.policy, targets: rule.targets }];
  return rule.kind === 'query' ? [{ id, name: rule.name, version: 1, order: rule.order, plan: rule.plan, targets: rule.targets }] : [];
}
