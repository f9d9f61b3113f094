// Which deployed rule does what to the record, and why: asked of the engine in the tail's worker, with the rules that an
// agent reports as running.
import { useEffect, useMemo, useState } from 'react';
import type { RuleOutcome } from '../../../../engine/index.ts';
import { agentConfig, type AgentRule, type AgentSummary } from '../../../../model/index.ts';
import { useAgents } from '../../../api/index.ts';
import { EmptyState, ErrorState, Explanation, SkeletonRows } from '../../../ui/index.ts';
import { useTailClient } from '../services.tsx';

export function ExplainTab({ id }: { readonly id: number }) {
  const agents = useAgents().data;
  const effective = useMemo(() => configOf(agents ?? []), [agents]);
  const rules = useMemo(() => effective === '' ? null : rulesOf(effective), [effective]);
  const { outcomes, failure } = useOutcomes(id, rules);
  if (rules === null) return <EmptyState title="No agent told its rules">Which rule does what is known as soon as an agent is connected. Look at Fleet for why none is.</EmptyState>;
  if (rules.length === 0) return <EmptyState title="No rule is deployed">The record leaves as it came. Deploy a rule, and this says what it does to the record and why.</EmptyState>;
  if (failure !== null) return <ErrorState title="It could not be explained">{failure}</ErrorState>;
  if (outcomes === undefined) return <SkeletonRows rows={4} label="Asking the engine" />;
  if (outcomes === null) return <EmptyState title="The record has left the buffer">Choose a newer one, or pause earlier.</EmptyState>;
  return <><p className="pad t3 meta">What each deployed rule does to the record as it stands here. The tail shows records as they leave, so a rule that changed it already may find nothing left to do.</p><Explanation outcomes={outcomes} /></>;
}

/** As text, which stays the same from poll to poll while the rules do. */
function configOf(agents: readonly Pick<AgentSummary, 'kind' | 'connected' | 'effectiveConfig'>[]): string {
  return agents.find((agent) => agent.kind === 'weir' && agent.connected && rulesOf(agent.effectiveConfig) !== null)?.effectiveConfig ?? '';
}

function rulesOf(text: string): readonly AgentRule[] | null {
  try {
    const parsed = agentConfig.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.rules : null;
  } catch { return null; }
}

/** Undefined while it is worked out, null when the record has left. */
function useOutcomes(id: number, rules: readonly AgentRule[] | null): { readonly outcomes: readonly RuleOutcome[] | null | undefined; readonly failure: string | null } {
  const client = useTailClient();
  const [told, setTold] = useState<{ readonly id: number; readonly rules: unknown; readonly outcomes: readonly RuleOutcome[] | null; readonly failure: string | null } | null>(null);
  useEffect(() => {
    if (rules === null || rules.length === 0) return;
    let live = true;
    client.explain(id, rules).then(
      (outcomes) => { if (live) setTold({ id, rules, outcomes, failure: null }); },
      (error: unknown) => { if (live) setTold({ id, rules, outcomes: null, failure: error instanceof Error ? error.message : String(error) }); },
    );
    return () => { live = false; };
  }, [client, id, rules]);
  return told?.id === id && told.rules === rules ? told : { outcomes: undefined, failure: null };
}
