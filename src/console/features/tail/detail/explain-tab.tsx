// Which deployed rule does what to the record, and why: asked of the engine in the tail's worker, with the rules that an
// agent reports as running.
import { useEffect, useMemo, useState } from 'react';
import type { RuleOutcome } from '../../../../engine/index.ts';
import { agentConfig, type AgentRule, type AgentSummary, type TailStage } from '../../../../model/index.ts';
import { useAgents } from '../../../api/index.ts';
import { EmptyState, ErrorState, Explanation, SkeletonRows } from '../../../ui/index.ts';
import { useTailClient } from '../services.tsx';

export interface ExplainTabProps {
  readonly id: number;
  /** Name of the agent that sent the record, and where on its way the tail shows it. */
  readonly agent: string; readonly stage: TailStage;
}

export function ExplainTab({ id, agent, stage }: ExplainTabProps) {
  const agents = useAgents().data;
  const reporting = useMemo(() => reportingAgent(agents ?? [], agent), [agents, agent]);
  const [effective, attributes] = [reporting?.effectiveConfig ?? '', JSON.stringify(reporting?.attributes ?? {})];
  const rules = useMemo(() => effective === '' ? null : rulesOf(effective), [effective]);
  const { outcomes, failure } = useOutcomes(id, rules, attributes);
  if (rules === null) return <EmptyState title="No agent told its rules">Which rule does what is known as soon as an agent is connected. Look at Fleet for why none is.</EmptyState>;
  if (rules.length === 0) return <EmptyState title="No rule is deployed">The record leaves as it came. Deploy a rule, and this says what it does to the record and why.</EmptyState>;
  if (failure !== null) return <ErrorState title="It could not be explained">{failure}</ErrorState>;
  if (outcomes === undefined) return <SkeletonRows rows={4} label="Asking the engine" />;
  if (outcomes === null) return <EmptyState title="The record has left the buffer">Choose a newer one, or pause earlier.</EmptyState>;
  return <><p className="pad t2 meta">{stageWords(stage, reporting?.name ?? '')}</p><Explanation outcomes={outcomes} /></>;
}

/** What the record has been through when the tail shows it: redaction runs before the tail sees anything. */
function stageWords(stage: TailStage, agent: string): string {
  if (stage === 'in') return `The record is shown as it came to ${agent}, before its rules; only redaction had run, for nothing reaches the tail before it. So a redaction rule may find nothing left to do; every other rule is told as it decides.`;
  return `The record is shown as it left ${agent}: these rules have had their turn. One that changed or masked it may find nothing left to do, and one that would drop it was deployed later or keeps a share. “Before rules”, above the list, shows records as they come.`;
}

/** The agent that sent the record, where it tells its rules; else the first that does: agents differ only while a change is on its way. */
function reportingAgent(agents: readonly AgentSummary[], name: string): AgentSummary | null {
  const telling = agents.filter((agent) => agent.kind === 'weir' && agent.connected && rulesOf(agent.effectiveConfig) !== null);
  return telling.find((agent) => agent.name === name) ?? telling[0] ?? null;
}

function rulesOf(text: string): readonly AgentRule[] | null {
  try {
    const parsed = agentConfig.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.rules : null;
  } catch { return null; }
}

/** Undefined while it is worked out, null when the record has left.
 *  @param attributes of the agent, as JSON: the same text from poll to poll while they are the same */
function useOutcomes(id: number, rules: readonly AgentRule[] | null, attributes: string): { readonly outcomes: readonly RuleOutcome[] | null | undefined; readonly failure: string | null } {
  const client = useTailClient();
  const [told, setTold] = useState<{ readonly id: number; readonly rules: unknown; readonly outcomes: readonly RuleOutcome[] | null; readonly failure: string | null } | null>(null);
  useEffect(() => {
    if (rules === null || rules.length === 0) return;
    let live = true;
    client.explain(id, rules, JSON.parse(attributes) as Readonly<Record<string, string>>).then(
      (outcomes) => { if (live) setTold({ id, rules, outcomes, failure: null }); },
      (error: unknown) => { if (live) setTold({ id, rules, outcomes: null, failure: error instanceof Error ? error.message : String(error) }); },
    );
    return () => { live = false; };
  }, [client, id, rules, attributes]);
  return told?.id === id && told.rules === rules ? told : { outcomes: undefined, failure: null };
}
