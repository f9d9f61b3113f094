// All detectors: what each finds, by which format facts, how sure it can be, and how often it did; and a box to try a text.
import { useDeferredValue } from 'react';
import { useRedactionSources } from '../../../api/index.ts';
import type { RedactionSearch } from '../../../state/index.ts';
import { Chip, EmptyState, ErrorState, formatCount, Input, Pane, PaneHeader, ResizablePanes, Select, SkeletonRows, Table, type TableColumn } from '../../../ui/index.ts';
import type { SetSearch } from '../audit/audit-tab.tsx';
import { rangeWords, type RangeSeconds } from '../words/ranges.ts';
import { useRedaction, type Redaction } from '../words/use-redaction.ts';
import { addressIn, checkTitle, familyTitle, findDetectors, hitsOf, type Detector } from './detector-list.ts';
import { TryText } from './try-text.tsx';

export function DetectorsTab({ search, set, seconds }: { readonly search: RedactionSearch; readonly set: SetSearch; readonly seconds: RangeSeconds }) {
  const { data, error, refetch } = useRedaction();
  if (data === undefined) return error ? <ErrorState title="The detectors did not arrive" onRetry={() => void refetch()}>The page could not load this part of itself. See that the server answers.</ErrorState> : <SkeletonRows rows={12} />;
  return <ResizablePanes id="redaction.try" label="the box to try a text" defaultSize={380} minSize={280} maxSize={640} first={<List redaction={data} search={search} set={set} seconds={seconds} />} second={<TryText redaction={data} />} />;
}

function List({ redaction, search, set, seconds }: { readonly redaction: Redaction; readonly search: RedactionSearch; readonly set: SetSearch; readonly seconds: RangeSeconds }) {
  const sources = useRedactionSources(seconds).data;
  const find = useDeferredValue(search.find ?? '');
  const groups = findDetectors(redaction.detectorList, find, search.family);
  const shown = groups.reduce((sum, { detectors }) => sum + detectors.length, 0);
  const families = [...new Set(redaction.detectorList.map(({ family }) => family))];
  return (
    <Pane className="grow" label="Detectors">
      <PaneHeader title="Detectors" meta={shown === redaction.detectorList.length ? `${shown} built in` : `${shown} of ${redaction.detectorList.length}`}>
        <Select size="s" label="Family" value={search.family ?? 'all'} onChange={family => set({ family: family === 'all' ? undefined : family }, { replace: true })} options={[{ value: 'all', label: 'All families' }, ...families.map(family => ({ value: family, label: familyTitle(family) }))]} />
        <Input small type="search" className="redact-find" placeholder="Name, prefix, format" aria-label="Find a detector" value={search.find ?? ''} onChange={event => set({ find: event.target.value === '' ? undefined : event.target.value }, { replace: true })} />
      </PaneHeader>
      <div className="grow scroll redact-detectors" tabIndex={0} role="region" aria-label="All detectors by family">
        {shown === 0 && <EmptyState title="No detector fits">A format of your own can be a pattern of a policy, with a test box in its editor.</EmptyState>}
        {groups.map(({ family, detectors }) => <section key={family} aria-label={familyTitle(family)}><h3 className="meta t3">{familyTitle(family)}, {detectors.length}</h3><Table label={familyTitle(family)} columns={columnsOf(seconds, sources === undefined ? null : hitsOf(sources), sources?.more ?? 0)} rows={detectors} rowKey={({ name }) => name} /></section>)}
      </div>
    </Pane>
  );
}

function columnsOf(seconds: RangeSeconds, hits: ReadonlyMap<string, number> | null, more: number): readonly TableColumn<Detector>[] {
  return [
    { key: 'title', head: 'Detector', width: 190, cell: ({ title, name }) => <div className="redact-two"><div className="md ell" title={title}>{title}</div><div className="mono meta t3 ell">{name}</div></div> },
    { key: 'facts', head: 'Format', cell: ({ facts, doc }) => <div className="redact-two"><div className="ell" title={facts}>{facts}</div><div className="meta t3 ell" title={doc}>{doc}</div></div> },
    { key: 'check', head: 'Checked by', width: 132, className: 'c-context', cell: ({ check }) => <Chip tone={check === 'checksum' ? 'accent' : 'line'}>{checkTitle(check)}</Chip> },
    { key: 'source', head: 'Source', width: 130, className: 'c-spark', cell: detector => <Source detector={detector} /> },
    { key: 'version', head: 'Version', width: 58, numeric: true, className: 'c-spark', cell: ({ version }) => `v${version}` },
    { key: 'hits', head: rangeWords(seconds), width: 76, numeric: true, cell: ({ name }) => <Hits count={hits?.get(name) ?? (hits === null ? null : 0)} more={more} /> },
  ];
}

function Source({ detector: { source, title } }: { readonly detector: Detector }) {
  const address = addressIn(source);
  if (address === null) return <span className="t2" title={source}>{source}</span>;
  return <a href={address.href} target="_blank" rel="noreferrer" title={source}>{address.hostname.replace(/^www\./, '')}<span className="vh">, source of the format of {title}</span></a>;
}

function Hits({ count, more }: { readonly count: number | null; readonly more: number }) {
  if (count === null) return <span className="t3">–</span>;
  return <span className={count === 0 ? 't3' : 'md'} title={more > 0 ? `At least: ${more} smaller sources are not counted.` : undefined}>{more > 0 && '≥ '}{formatCount(count)}</span>;
}
