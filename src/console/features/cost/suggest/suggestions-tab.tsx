// What could be saved: best for its risk first; the chosen one beside it, with what it is computed from and what would be lost.
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import type { SavingList, SuggestionList } from '../../../../model/index.ts';
import type { CostSearch } from '../../../state/index.ts';
import { EmptyState, Pane, PaneHeader, ResizablePanes, SkeletonRows, useDownInto } from '../../../ui/index.ts';
import type { SetSearch } from '../cost-view.tsx';
import { LoadFailure } from '../words/load-failure.tsx';
import { SuggestionPane } from './suggestion-pane.tsx';
import { SuggestionTable } from './suggestion-table.tsx';

export interface SuggestionsTabProps { readonly search: CostSearch; readonly set: SetSearch; readonly suggestions: UseQueryResult<SuggestionList>; readonly savings: SavingList | undefined; /** Nothing is sent at all. */ readonly silent: boolean }

export function SuggestionsTab({ search, set, suggestions, savings, silent }: SuggestionsTabProps) {
  const { data, error } = suggestions;
  const all = data?.suggestions ?? [];
  const chosen = all.find(({ id }) => id === search.suggestion) ?? (search.suggestion === undefined ? all[0] : undefined);
  const made = savings?.savings ?? [];
  const rows = useRef<HTMLDivElement>(null);
  useDownInto(() => rows.current?.querySelector<HTMLElement>('tr.pick[tabindex="0"]')?.focus());
  const list = (
    <Pane className="grow cost-table" label="Suggestions">
      <PaneHeader title="What could be saved" meta={<span className="cost-wide">largest saving for its risk first; each is a rule in KQL, made as a draft</span>} />
      {data === undefined && (error ? <LoadFailure error={error} onRetry={() => void suggestions.refetch()} /> : <SkeletonRows rows={8} label="Loading suggestions" />)}
      {data !== undefined && all.length === 0 && <Nothing silent={silent} />}
      {all.length > 0 && <div ref={rows} className="grow scroll"><SuggestionTable suggestions={all} currency={data!.currency} savings={made} chosen={chosen?.id ?? null} onPick={suggestion => set({ suggestion })} /></div>}
    </Pane>
  );
  const gone = search.suggestion !== undefined && chosen === undefined && data !== undefined;
  const side = chosen !== undefined ? <SuggestionPane key={chosen.id} suggestion={chosen} currency={data!.currency} savings={made} /> : gone ? <Pane className="grow"><Gone id={search.suggestion!} savings={savings} /></Pane> : null;
  return <ResizablePanes id="cost.suggestion" label="the chosen suggestion" defaultSize={400} minSize={300} maxSize={620} first={list} second={side} />;
}

const Nothing = ({ silent }: { readonly silent: boolean }) => silent
  ? <EmptyState title="Nothing was measured yet" actions={<Link className="btn s" to="/overview">How to send telemetry</Link>}>Suggestions are made of what each line of code sends over a minute or two.</EmptyState>
  : <EmptyState title="Nothing is suggested now" actions={<Link className="btn s" to="/cost">What costs</Link>}>No line of code sends enough for a rule to be worth it, or rules take away what is worth taking already.</EmptyState>;

/** A link to a suggestion that was taken, or no longer holds. */
function Gone({ id, savings }: { readonly id: string; readonly savings: SavingList | undefined }) {
  const taken = savings?.savings.find(({ suggestionId }) => suggestionId === id);
  if (taken !== undefined) return <EmptyState title={`It became the rule ${taken.ruleName}`} actions={<Link className="btn s" to="/rules/$ruleId" params={{ ruleId: taken.ruleId }}>Open the rule</Link>}>What it saves stands under What rules save.</EmptyState>;
  return <EmptyState title="This suggestion no longer holds">The line of code sends less by now, or a rule does it already.</EmptyState>;
}
