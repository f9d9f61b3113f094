// Which deployed rule does what to the record, and why: asked of the engine in the tail's worker, with the rules that an
// agent reports as running.
import { useEffect, useMemo, useState } from 'react';
import type { RuleOutcome } from '../../../../engine/index.ts';
import type { AgentRule, TailStage } from '../../../../model/index.ts';
import { useRedactionSources, useRunningRules } from '../../../api/index.ts';
import { EmptyState, ErrorState, Explanation, OffRules, SkeletonRows } from '../../../ui/index.ts';
import type { TailRecord } from '../../../workers/tail/index.ts';
import { useTailClient } from '../services.tsx';
import { hiddenBefore, maskedFields, outcomesBefore, type HiddenField } from './hidden-before.ts';
import { HiddenInRecord } from './hidden-list.tsx';

export interface ExplainTabProps {
  readonly id: number;
  /** Name of the agent that sent the record, and where on its way the tail shows it. */
  readonly agent: string; readonly stage: TailStage;
  /** The record in full; null while it is read. */
  readonly record: TailRecord | null;
}

export function ExplainTab({ record, ...about }: ExplainTabProps) {
  const fields = useMemo(() => (record === null ? [] : maskedFields(record)), [record]);
  return record === null || fields.length === 0 ? <Outcomes {...about} hidden={none} /> : <Masked {...about} record={record} fields={fields} />;
}
const none: readonly HiddenField[] = [];
const auditSeconds = 3600;

/** Asks the audit only for a record that has a mask. */
function Masked({ record, fields, ...about }: Omit<ExplainTabProps, 'record'> & { readonly record: TailRecord; readonly fields: ReturnType<typeof maskedFields> }) {
  const { data, isPending } = useRedactionSources(auditSeconds);
  if (isPending) return <SkeletonRows rows={4} label="Asking the audit" />;
  return <Outcomes {...about} hidden={hiddenBefore(fields, record, data?.sources ?? [])} />;
}

function Outcomes({ id, agent, stage, hidden }: Omit<ExplainTabProps, 'record'> & { readonly hidden: readonly HiddenField[] }) {
  const { agent: teller, attributes, acting, off } = useRunningRules(agent);
  const { outcomes, failure } = useOutcomes(id, acting, attributes);
  const who = <HiddenInRecord hidden={hidden} candidates={(outcomes ?? []).filter((one) => one.stage === 'redaction' && !one.shadow).map(({ name }) => name)} />;
  if (teller === null) return <EmptyState title="No agent told its rules">Which rule does what is known as soon as an agent is connected. Look at Fleet for why none is.</EmptyState>;
  if (acting.length + off.length === 0) return hidden.length > 0 ? who : <EmptyState title="No rule is deployed">The record leaves as it came. Deploy a rule, and this says what it does to the record and why.</EmptyState>;
  if (acting.length === 0) return <>{who}<p className="pad t2 meta">No rule acts on {teller}: the record leaves as it came there.</p><OffRules rules={off} agent={teller} /></>;
  if (failure !== null) return <ErrorState title="It could not be explained">{failure}</ErrorState>;
  if (outcomes === undefined) return <SkeletonRows rows={4} label="Asking the engine" />;
  if (outcomes === null) return <EmptyState title="The record has left the buffer">Choose a newer one, or pause earlier.</EmptyState>;
  return <>{who}<p className="pad t2 meta">{stageWords(stage, teller)}</p><Explanation outcomes={outcomesBefore(outcomes, hidden)} /><OffRules rules={off} agent={teller} /></>;
}

/** What the record has been through when the tail shows it: redaction runs before the tail sees anything. */
function stageWords(stage: TailStage, agent: string): string {
  if (stage === 'in') return `The record is shown as it came to ${agent}, before its rules; only redaction had run, for nothing reaches the tail before it. So a redaction rule may find nothing left to do; every other rule is told as it decides.`;
  return `The record is shown as it left ${agent}: these rules have had their turn. One that changed or masked it may find nothing left to do, and one that would drop it was deployed later or keeps a share. “Before rules”, above the list, shows records as they come.`;
}

/** Undefined while it is worked out, null when the record has left. */
function useOutcomes(id: number, rules: readonly AgentRule[], attributes: Readonly<Record<string, string>>): { readonly outcomes: readonly RuleOutcome[] | null | undefined; readonly failure: string | null } {
  const client = useTailClient();
  const [told, setTold] = useState<{ readonly id: number; readonly rules: unknown; readonly outcomes: readonly RuleOutcome[] | null; readonly failure: string | null } | null>(null);
  useEffect(() => {
    if (rules.length === 0) return;
    let live = true;
    client.explain(id, rules, attributes).then(
      (outcomes) => { if (live) setTold({ id, rules, outcomes, failure: null }); },
      (error: unknown) => { if (live) setTold({ id, rules, outcomes: null, failure: error instanceof Error ? error.message : String(error) }); },
    );
    return () => { live = false; };
  }, [client, id, rules, attributes]);
  return told?.id === id && told.rules === rules ? told : { outcomes: undefined, failure: null };
}
