// One row per line of code, detector and key: what it is, how it was hidden, and whether it still leaks.
import type { ReactNode } from 'react';
import type { RedactionSource } from '../../../../model/index.ts';
import { formatCount, MaskedText, shortenPath, Sparkline, Table, type TableColumn } from '../../../ui/index.ts';
import { nearMask } from '../words/near-mask.ts';
import { When } from '../words/when.tsx';
import { countedWords, countOf, leftShort, lineOf, stateSaid } from '../words/source-words.ts';
import { detectorTerms, terms } from '../words/terms.ts';
import type { SortKey, Sorting, SourceRow } from './source-list.ts';

export interface SourceTableProps { readonly rows: readonly SourceRow[]; readonly rangeLabel: string; readonly sorting: Sorting; readonly onSort: (sorting: Sorting) => void; readonly chosen: string | null; readonly onPick: (source: RedactionSource) => void }

export function SourceTable({ rows, rangeLabel, sorting, onSort, chosen, onPick }: SourceTableProps) {
  return <Table label="Where secrets came from" columns={columnsOf(rangeLabel, sorting, onSort)} rows={rows} rowKey={({ source }) => source.id} selectedKey={chosen} onPick={({ source }) => onPick(source)} rowLabel={({ source }) => `${source.detector} in ${source.key}, ${lineOf(source)} of ${source.service}, ${stateSaid(source)}`} />;
}

function columnsOf(rangeLabel: string, sorting: Sorting, onSort: (sorting: Sorting) => void): readonly TableColumn<SourceRow>[] {
  const sortable = (key: SortKey) => ({ sort: sorting.key !== key ? 'none' : sorting.down ? 'descending' : 'ascending', onSort: () => onSort({ key, down: sorting.key === key ? !sorting.down : true }) }) as const;
  return [
    { key: 'source', head: <span title={terms.durableId}>Source: the line to fix</span>, ...sortable('source'), cell: ({ source }) => <Two first={<span className="mono" title={lineOf(source)}>{shortenPath(lineOf(source), 23)}</span>} second={source.service} /> },
    { key: 'detector', head: 'Detector and rule', width: 200, ...sortable('detector'), cell: ({ source }) => <Two first={<><span title={detectorTerms[source.detector]}>{source.detector}</span> <span className="t3 meta">in {source.key === '' ? source.place : source.key}</span></>} second={<RuleNames source={source} />} /> },
    { key: 'context', head: 'Masked context', width: 168, className: 'c-context', cell: ({ source }) => <span className="mono t3" title={source.context}><MaskedText text={nearMask(source.context)} /></span> },
    { key: 'spark', head: rangeLabel, width: 96, className: 'c-spark', cell: ({ source }) => <Spark source={source} /> },
    { key: 'count', head: 'Count', width: 88, numeric: true, ...sortable('count'), cell: row => <Two first={formatCount(Math.max(countOf(row), row.source.ignored ?? 0))} second={<Left source={row.source} />} /> },
    { key: 'state', head: 'State, first to last seen', width: 194, ...sortable('state'), cell: ({ source }) => <Two first={<State source={source} />} second={<Second source={source} />} /> },
  ];
}

const Two = ({ first, second }: { readonly first: ReactNode; readonly second: ReactNode }) => <div className="redact-two"><div className="ell">{first}</div><div className="meta t3 ell">{second}</div></div>;

function RuleNames({ source: { rules, state, ignoredBy = [] } }: { readonly source: RedactionSource }) {
  const letting = ignoredBy.at(-1);
  if (state === 'ignored') return <span className="t2">let pass by <span className="mono">{letting === undefined ? 'a policy' : `${letting.name} v${letting.version}`}</span></span>;
  if (rules.length === 0) return state === 'unproved' ? <span className="t2">no rule is known to hide it</span> : <span className="amb">no rule hides it</span>;
  const { name, version } = rules.at(-1)!;
  return <span className="mono t2" title={rules.map(rule => `${rule.name} v${rule.version}: ${rule.action}`).join('\n')}>{name} v{version}{rules.length > 1 && <span className="t3"> +{rules.length - 1}</span>}</span>;
}

function Spark({ source: { spark, masked, residual, residualIsFloor, state } }: { readonly source: RedactionSource }) {
  return <Sparkline width={84} height={22} tone={state === 'leaking' ? 'plain' : 'accent'} values={spark.map(countOf)} part={spark.map(counts => counts.residual)} label={`${formatCount(masked)} masked, ${countedWords(residual, residualIsFloor)} left unmasked`} />;
}

/** Of a range in which nothing was seen leaving nothing is said: a sample's zero is none. */
function Left({ source }: { readonly source: RedactionSource }) {
  const { residual, residualIsFloor, state } = source;
  if (residual === 0) return ' ';
  return <span className={state === 'ignored' ? 't3' : 'amb'} title={`${countedWords(residual, residualIsFloor)} seen leaving in clear, by the independent scan`}>{leftShort(source)}</span>;
}

/** Since when it leaks again and when it was last seen leaving; else when it was seen. */
function Second({ source }: { readonly source: RedactionSource }) {
  const { state, againSince, endedBy, lastLeakAt, lastSeenAt, firstSeenAt } = source;
  if (state === 'leaking' && againSince !== undefined) return <span className="amb" title={endedBy === undefined ? undefined : `${endedBy.rule} taken off by ${endedBy.by}`}>since <When at={againSince} />, last <When at={lastLeakAt ?? lastSeenAt} /></span>;
  return <><When at={firstSeenAt} /> to <When at={lastSeenAt} /></>;
}

export function State({ source }: { readonly source: RedactionSource }) {
  const { state, cleanSince, neverLeft, endedBy } = source;
  if (state === 'leaking') return <span className="row gap1 amb"><span className="dot amb" /><b className="md ell">{stateSaid(source)}{endedBy !== undefined && <span className="t2">, {endedBy.rule} off</span>}</b></span>;
  if (state === 'unproved') return <span className="row gap1" title={source.note ?? terms.unproved}><span className="dot redact-unsure" /><b className="md">not proved</b></span>;
  if (state === 'ignored') return <span className="t2">let pass on purpose</span>;
  return <span className="row gap1"><span className="dot" /><span>{neverLeft === true ? 'never left' : cleanSince === null ? 'hidden since first seen' : <>clean since <b className="md"><When at={cleanSince} /></b></>}</span></span>;
}
