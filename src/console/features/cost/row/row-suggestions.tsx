// What could be saved of one row, with its button.
import { Link } from '@tanstack/react-router';
import type { CostRow, Saving, Suggestion } from '../../../../model/index.ts';
import { formatMoney, PaneHeader } from '../../../ui/index.ts';
import { MakeRuleButton } from '../suggest/make-rule-button.tsx';
import { kindWords } from '../words/kinds.ts';
import { Risk } from '../words/risk.tsx';

const mostSuggestions = 4;

/** Of the row's event; of a field the suggestions about it, wherever it is. */
export const suggestionsOf = (row: CostRow, all: readonly Suggestion[]): readonly Suggestion[] => all.filter(one =>
  row.durableId !== null ? one.durableId === row.durableId && one.service === row.service && one.signal === row.signal : row.field !== null && one.field === row.field.key && one.signal === row.signal);

export function RowSuggestions({ row, suggestions, savings, currency }: { readonly row: CostRow; readonly suggestions: readonly Suggestion[]; readonly savings: readonly Saving[]; readonly currency: string }) {
  const own = suggestionsOf(row, suggestions);
  if (own.length === 0) return null;
  return (
    <section aria-label="What could be saved of it">
      <PaneHeader title="What could be saved" meta={own.length > mostSuggestions ? `${mostSuggestions} of ${own.length}` : undefined}>{own.length > mostSuggestions && <Link className="meta" to="/cost" search={{ tab: 'suggestions', suggestion: own[mostSuggestions]!.id }}>All</Link>}</PaneHeader>
      {own.slice(0, mostSuggestions).map(one => (
        <div key={one.id} className="cost-idea">
          <div className="grow"><Link to="/cost" search={{ tab: 'suggestions', suggestion: one.id }} title={one.title}>{kindWords[one.kind]}{one.field !== null && <> <span className="mono">{one.field}</span></>}</Link>
            <div className="row gap1 meta t2"><span className="nw">≈ {formatMoney(one.savingPerMonth)} {currency}</span><Risk risk={one.risk} /></div>
          </div>
          <MakeRuleButton suggestion={one} savings={savings} />
        </div>
      ))}
    </section>
  );
}
