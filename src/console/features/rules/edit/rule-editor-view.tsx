// /rules/new and /rules/$ruleId: reads the rule, keeps it fresh once a second, and hands it to the editor.
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { RuleDetail } from '../../../../model/index.ts';
import { explainFailure, keys, useRule } from '../../../api/index.ts';
import { firstKey, newDraftKey, ruleEditorSearch, useDrafts, useUrlState, type RuleEditorSearch } from '../../../state/index.ts';
import { ErrorState, SkeletonRows, ViewBar } from '../../../ui/index.ts';
import { edited, freshDraftId, newLanguageText, newMachineText, newQueryText, policyFromLink } from '../draft/index.ts';
import { RuleEditor } from './rule-editor.tsx';
import { textOf } from './use-kept-text.ts';

/** The measured effect is fresh once a second. */
const effectPollMs = 1000;

export function RuleEditorView() {
  const { ruleId } = useParams({ strict: false });
  const [search] = useUrlState(ruleEditorSearch);
  const newKey = useNewDraft(ruleId === undefined);
  const id = useSavedId(ruleId, newKey);
  const { data: rule, error, refetch } = useRule(id ?? search.copyOf);
  useFreshRule(id, rule !== undefined);
  const draftKey = id ?? newKey;
  // One page for a new rule and for the rule it is saved as: undo, caret and focus live through the first save.
  const page = useDrafts(state => draftKey === null ? null : firstKey(state, draftKey));
  if (draftKey === null) return null;
  if (id === undefined && search.copyOf === undefined) return <RuleEditor key={page} draftKey={draftKey} rule={null} initial={textFromLink(search)} />;
  if (rule !== undefined) return <RuleEditor key={page} draftKey={draftKey} rule={id === undefined ? null : rule} initial={id === undefined ? copyOf(rule) : ''} />;
  return (
    <>
      <ViewBar title="Rule" />
      {error === null ? <SkeletonRows rows={10} label="Loading the rule" /> : <Failure error={error} retry={() => void refetch()} />}
    </>
  );
}

/** The rule in the address, or the one that the draft in the address was saved as: then the address follows. */
function useSavedId(ruleId: string | undefined, newKey: string | null): string | undefined {
  const navigate = useNavigate();
  const became = useDrafts(state => newKey === null ? undefined : state.became[newKey]);
  const follow = useEffectEvent((saved: string) => { void navigate({ to: '/rules/$ruleId', params: { ruleId: saved }, search: before => { const { view, tab } = ruleEditorSearch.parse(before); return { view, tab }; }, replace: true }); });
  const moves = ruleId === undefined && became !== undefined;
  useEffect(() => { if (moves) follow(became); }, [moves, became]);
  return ruleId ?? became;
}

/** Each start of a new rule is a draft of its own, named in the address, so that a reload and the way back find it. Null until it is named. */
function useNewDraft(isNew: boolean): string | null {
  const [{ draft }, setSearch] = useUrlState(ruleEditorSearch);
  const name = useEffectEvent(() => setSearch({ draft: freshDraftId() }, { replace: true }));
  const nameless = isNew && draft === undefined;
  useEffect(() => { if (nameless) name(); }, [nameless]);
  return draft === undefined ? null : newDraftKey(draft);
}

/** A rule may start from a record, a field or a talker: text and name come with the link. */
function textFromLink(search: RuleEditorSearch): string {
  const { kind, name, kql, description } = search;
  if (kind === 'redaction-policy') return policyFromLink(search);
  if (kind === 'language') return newLanguageText(name ?? 'new-script');
  return kind === 'state-machine' ? newMachineText(name ?? 'new-net') : newQueryText({ name: name ?? '', kql: kql ?? '', description: description ?? '' });
}

function copyOf(rule: RuleDetail): string {
  const text = textOf(rule);
  return edited(text, [{ path: ['name'], value: `${rule.name.slice(0, 58)}-copy` }]) ?? text;
}

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
