// One suggestion: what it saves and from what that is computed, what would be lost, its risk in words, its rule, and the button.
import { Link } from '@tanstack/react-router';
import type { Saving, Suggestion } from '../../../../model/index.ts';
import { bytes } from '../../../../cost/index.ts';
import { costRowOf } from '../../../state/index.ts';
import { formatMoney, copyText, formatRate, IconButton, Pane, PaneHeader } from '../../../ui/index.ts';
import { kindWords } from '../words/kinds.ts';
import { Risk } from '../words/risk.tsx';
import { MakeRuleButton } from './make-rule-button.tsx';

export function SuggestionPane({ suggestion, currency, savings }: { readonly suggestion: Suggestion; readonly currency: string; readonly savings: readonly Saving[] }) {
  const { title, kind, signal, service, savingPerMonth, savingBytesPerSecond, savingRecordsPerSecond, because, lost, risk, rule } = suggestion;
  return (
    <Pane className="grow scroll cost-row" label={`Suggestion: ${title}`}>
      <PaneHeader title={kindWords[kind]} meta={<>{service}, {signal}</>} />
      <div className="cost-sum">
        <p className="cost-title">{title}</p>
        <div className="v"><small>≈ </small>{formatMoney(savingPerMonth)}<small> {currency} a month</small></div>
        <div className="t3 meta">{formatRate(savingRecordsPerSecond)} records/s and {bytes(savingBytesPerSecond)}/s less, predicted at today&rsquo;s rate</div>
      </div>
      <div className="cost-links"><MakeRuleButton suggestion={suggestion} savings={savings} primary /><Link className="btn s" to="/cost" search={{ row: costRowOf(suggestion) }}>What the event costs</Link></div>
      <section aria-label="Because"><PaneHeader title="Because" /><ul className="cost-why">{because.map(line => <li key={line}>{line}</li>)}</ul></section>
      <section aria-label="What would be lost"><PaneHeader title="What would be lost" meta={<Risk risk={risk} />} />{lost.length === 0 ? <p className="t2 pad">Nothing that anybody is known to use.</p> : <ul className="cost-why">{lost.map(line => <li key={line}>{line}</li>)}</ul>}</section>
      <section aria-label="The rule"><PaneHeader title="The rule"><IconButton icon="copy" label="Copy the rule" variant="ghost" size="s" onClick={() => void copyText(rule, 'Rule')} /></PaneHeader><pre className="mono cost-rule" tabIndex={0} aria-label="Text of the rule">{rule}</pre></section>
    </Pane>
  );
}
