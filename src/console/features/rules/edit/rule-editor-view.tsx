// /rules/new and /rules/$ruleId: reads the rule, keeps it fresh once a second, and hands it to the editor.
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { explainFailure, keys, useRule } from '../../../api/index.ts';
import { ruleEditorSearch, useUrlState, type RuleEditorSearch } from '../../../state/index.ts';
import { ErrorState, SkeletonRows, ViewBar } from '../../../ui/index.ts';
import { draftOf, emptyDraft, type Draft } from '../draft/index.ts';
import { effectPollMs } from '../effect/index.ts';
import '../rules.css';
import { RuleEditor } from './rule-editor.tsx';

export function RuleEditorView() {
  const { ruleId } = useParams({ strict: false });
  const [search] = useUrlState(ruleEditorSearch);
  const { data: rule, error, refetch, dataUpdatedAt } = useRule(ruleId);
  useFreshRule(ruleId, rule !== undefined);
  if (ruleId === undefined) return <RuleEditor key="new" rule={null} initial={draftFromLink(search)} updatedAtMs={0} />;
  if (rule !== undefined && search.tab === 'duplicate') return <RuleEditor key="duplicate" rule={null} initial={{ ...draftOf(rule.document), name: `${rule.name.slice(0, 58)}-copy` }} updatedAtMs={0} />;
  if (rule !== undefined) return <RuleEditor key={rule.id} rule={rule} initial={draftOf(rule.document)} updatedAtMs={dataUpdatedAt} />;
  return (
    <>
      <ViewBar title="Rule" />
      {error === null ? <SkeletonRows rows={10} label="Loading the rule" /> : <Failure error={error} retry={() => void refetch()} />}
    </>
  );
}

/** A rule may start from a record, a field or a talker: text and name come with the link. */
const draftFromLink = ({ name, kql, description }: RuleEditorSearch): Draft => ({ ...emptyDraft, name: name ?? '', kql: kql ?? '', description: description ?? '' });

function useFreshRule(id: string | undefined, known: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (id === undefined || !known) return;
    const timer = setInterval(() => { if (!document.hidden) void client.invalidateQueries({ queryKey: keys.rule(id), exact: true }); }, effectPollMs);
    return () => clearInterval(timer);
  }, [client, id, known]);
}

function Failure({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const { title, help, details } = explainFailure(error);
  return <ErrorState title={title} details={details} onRetry={retry} actions={<Link className="btn s" to="/rules">All rules</Link>}>{help || 'The rule may have been deleted. Agents are not affected by this page.'}</ErrorState>;
}
