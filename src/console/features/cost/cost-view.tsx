// The view: figures on top; the report, what could be saved, and what rules save behind tabs; the price table in a dialog.
import { useEffect, useEffectEvent } from 'react';
import { areStartingPrices } from '../../../cost/index.ts';
import { useCostReport, useCostSuggestions, usePrices, useSavings } from '../../api/index.ts';
import { costSearch, useUrlState } from '../../state/index.ts';
import type { CostSearch, CostTab } from '../../state/index.ts';
import { Button, Tabs } from '../../ui/index.ts';
import { HeaderStrip } from './header-strip.tsx';
import { PricesDialog } from './prices/prices-dialog.tsx';
import { CopyMenu } from './report/copy-menu.tsx';
import { ReportTab } from './report/report-tab.tsx';
import { SavingsTab } from './savings/savings-tab.tsx';
import { SuggestionsTab } from './suggest/suggestions-tab.tsx';
import './cost.css';

export type SetSearch = (patch: Partial<CostSearch>, options?: { readonly replace?: boolean }) => void;

export function CostView() {
  const [search, set] = useUrlState(costSearch);
  const { by = 'event', service, tab = 'report' } = search;
  // Of everything, whatever is filtered below: the strip's figures do not change with the table.
  const whole = useCostReport('service');
  const report = useCostReport(by, service);
  const suggestions = useCostSuggestions();
  const savings = useSavings();
  const prices = usePrices();
  useKey('p', () => set({ prices: true }));
  const tools = (
    <span className="row end cost-tools">
      {prices.data !== undefined && areStartingPrices(prices.data) && <Button size="s" variant="ghost" icon="warn" className="cost-examples" title="All money here is of example prices" onClick={() => set({ prices: true })}>example prices</Button>}
      <Button size="s" kbd="P" aria-keyshortcuts="P" onClick={() => set({ prices: true })}>Prices</Button>
      <CopyMenu report={report.data} />
    </span>
  );
  const head = <HeaderStrip report={whole.data} suggestions={suggestions.data} savings={savings.data} />;
  return (
    <>
      <Tabs<CostTab> label="Cost" leading={<h1>Cost</h1>} trailing={tools} value={tab} onChange={next => set({ tab: next === 'report' ? undefined : next })} tabs={[
        { value: 'report', label: 'What costs', content: <>{head}<ReportTab search={{ ...search, by }} set={set} report={report} whole={whole.data} prices={prices.data} suggestions={suggestions.data} savings={savings.data} /></> },
        { value: 'suggestions', label: 'What could be saved', count: suggestions.data?.suggestions.length ?? '', content: <>{head}<SuggestionsTab search={search} set={set} suggestions={suggestions} savings={savings.data} silent={whole.data?.rows.length === 0} /></> },
        { value: 'savings', label: 'What rules save', count: savings.data?.savings.length ?? '', content: <>{head}<SavingsTab savings={savings} /></> },
      ]} />
      {search.prices === true && <PricesDialog prices={prices.data} error={prices.error} onRetry={() => void prices.refetch()} onClose={() => set({ prices: undefined }, { replace: true })} />}
    </>
  );
}

const busy = 'input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]';

/** A letter for the view, unless a person types or something floats. */
function useKey(key: string, run: () => void): void {
  const act = useEffectEvent(run);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.key.toLowerCase() !== key || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof HTMLElement && event.target.closest(busy) !== null) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [key]);
}
