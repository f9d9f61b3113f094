// What a language rule's script would have handed out over the records: call by call, and its metrics. Nothing was sent, nothing started.
import { useState } from 'react';
import type { RuleBounds } from '../../../../model/index.ts';
import type { LanguageDryRunMetric, LanguageDryRunResult } from '../../../../rules/index.ts';
import { EmptyState, formatBytes, formatCount, MaskedText, plural, Segmented, Table } from '../../../ui/index.ts';
import { LanguageCalls } from './language-calls.tsx';
import { attributeWords, costWords } from './language-words.ts';

const views = [{ value: 'calls', label: 'Calls' }, { value: 'metrics', label: 'Metrics' }] as const;
type View = (typeof views)[number]['value'];

export interface LanguageResultProps {
  readonly result: LanguageDryRunResult;
  /** The rule's, to say what its cost comes to; null when nobody knows. */
  readonly bounds: RuleBounds | null;
}

export function LanguageResult({ result, bounds }: LanguageResultProps) {
  const [view, setView] = useState<View>('calls');
  const { scanned, reached, emitted, points, actions, actionsNotRun } = result;
  const failed = failedCalls(result);
  return (
    <section className="col grow rules-net-result" aria-label="What the script would have done">
      <dl className="rules-figs flat">
        <Fig label="Records" value={`${formatCount(reached)} of ${formatCount(scanned)}`} /><Fig label="Records emitted" value={formatCount(emitted)} /><Fig label="Metric values" value={formatCount(points)} />
        <Fig label="Actions it would start" value={`${formatCount(actions)}${actionsNotRun > 0 ? `, ${formatCount(actionsNotRun)} held back` : ''}`} /><Fig label="Calls that failed" value={formatCount(failed)} bad={failed > 0} />
      </dl>
      <Notices result={result} />
      <div className="rules-range row rules-not-armed"><Segmented label="What to show of the run" value={view} options={views} onChange={setView} /><p className="t2">{costWords(result, bounds)}{stateWords(result)}</p></div>
      {view === 'calls' ? <LanguageCalls result={result} /> : <Metrics result={result} />}
    </section>
  );
}

/** The call that an agent would have ended came to nothing either. */
export const failedCalls = ({ errors, stop }: Pick<LanguageDryRunResult, 'errors' | 'stop'>): number => Math.max(errors, stop === null ? 0 : 1);

/** What ended it, what went wrong, and what of the records or outputs is not in here. */
function Notices({ result: { stop, leftOut, tooSlow, errors, error, malformed, refused, cut, ticksLeftOut } }: { readonly result: LanguageDryRunResult }) {
  return (
    <>
      {stop !== null && <div className="banner" role="alert"><span><b className="red">An agent would turn it off.</b> {stop}{leftOut > 0 && ` ${plural(leftOut, 'record')} after that ${leftOut === 1 ? 'was' : 'were'} not handed to it.`}</span></div>}
      {tooSlow && <div className="banner" role="status"><span><b className="amb">Too slow for all of them.</b> Its calls took 10 s together, which is what a dry run has; {plural(leftOut, 'record')} more would have been handed to it. Let <code>when</code> choose fewer, or do less in a call.</span></div>}
      {stop === null && errors > 0 && <div className="banner" role="status"><span><b className="red">{plural(errors, 'call')} failed.</b> The last with: {error}. An agent counts such calls, and turns the rule off after many in a row.</span></div>}
      {malformed > 0 && <div className="rules-range t2" role="status">{plural(malformed, 'request')} could not be read and {malformed === 1 ? 'was' : 'were'} left out.{errors === 0 && error !== null && ` ${error}`}</div>}
      {refused + cut > 0 && <div className="rules-range t2" role="status">{refused > 0 && `${plural(refused, 'output')} ${refused === 1 ? 'was' : 'were'} no record or metric and refused. `}{cut > 0 && `${plural(cut, 'value')} ${cut === 1 ? 'was' : 'were'} cut to ${cut === 1 ? 'its' : 'their'} bound.`}</div>}
      {ticksLeftOut > 0 && <div className="rules-range t3" role="status">In long gaps between records {plural(ticksLeftOut, 'second')} went by without a tick; an agent would have called onTick in each.</div>}
    </>
  );
}

const stateWords = ({ state }: LanguageDryRunResult): string => (state === null || state.keys === 0 ? '' : ` It keeps ${plural(state.keys, 'key')}, ${formatBytes(state.bytes)}${state.evicted > 0 ? `; ${formatCount(state.evicted)} went for want of room` : ''}.`);

function Metrics({ result: { metrics, pointsLeftOut } }: { readonly result: LanguageDryRunResult }) {
  if (metrics.length === 0) return <EmptyState title="No metric">The script called weir.metric for none of these records.</EmptyState>;
  return (
    <div className="scroll grow" tabIndex={0} role="region" aria-label="Metrics that it makes">
      <Table label="Metrics" rows={metrics} rowKey={keyOf} columns={[
        { key: 'name', head: 'Metric', width: 220, cell: metric => <code className="ell">{metric.name}</code> }, { key: 'attributes', head: 'Attributes', cell: metric => <MaskedText text={attributeWords(metric.attributes)} /> },
        { key: 'kind', head: 'Kind', width: 70, cell: metric => metric.kind }, { key: 'value', head: 'Value', numeric: true, width: 110, cell: metric => <>{formatCount(metric.value)}{metric.unit !== '' && ` ${metric.unit}`}</> }, { key: 'calls', head: 'Calls', numeric: true, width: 76, cell: metric => <>{formatCount(metric.calls)}</> },
      ]} />
      {pointsLeftOut > 0 && <p className="rules-range t3">{plural(pointsLeftOut, 'value')} of further series had no room in this list.</p>}
    </div>
  );
}

const keyOf = ({ name, unit, kind, attributes }: LanguageDryRunMetric): string => JSON.stringify([name, unit, kind, attributeWords(attributes)]);

function Fig({ label, value, bad = false }: { readonly label: string; readonly value: string; readonly bad?: boolean }) { return <div className="rules-fig"><dt>{label}</dt><dd className={bad ? 'red' : undefined}>{value}</dd></div>; }
