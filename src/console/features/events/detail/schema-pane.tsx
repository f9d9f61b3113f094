// The schema as seen: every field with its types, how often it is there, how many values it has, and what it weighs.
import { useDeferredValue, useState } from 'react';
import type { EventDetail, FieldRow } from '../../../../model/index.ts';
import { Button, EmptyState, formatBytes, formatCount, formatPercent, Input, MaskedText, Meter, plural, Table, Time, type TableColumn } from '../../../ui/index.ts';
import { fieldName, recordWords, typeShares } from '../words/event-words.ts';

const firstShown = 150;
type Sort = 'share' | 'name' | 'presence' | 'distinct';

export function SchemaPane({ event }: { readonly event: EventDetail }) {
  const [find, setFind] = useState('');
  const [sort, setSort] = useState<Sort>('share');
  const [all, setAll] = useState(false);
  const wanted = useDeferredValue(find.toLowerCase());
  const found = event.fieldRows.filter(field => fieldName(field).toLowerCase().includes(wanted)).toSorted(orders[sort]);
  const shown = all ? found : found.slice(0, firstShown);
  if (event.fieldRows.length === 0) return <EmptyState title="No field was looked at yet">Agents look at the fields of a sample of the {recordWords[event.signal]}; the first report comes within two seconds of the next one.</EmptyState>;
  return (
    <>
      <div className="ev-panebar row">
        <span className="meta t2"><Sample event={event} /></span>
        {event.fieldRows.length > 12 && <Input small type="search" className="ev-fieldfind end" aria-label="Find a field" placeholder="Find a field" value={find} onChange={change => setFind(change.target.value)} />}
      </div>
      <div className="grow scroll ev-schema">
        <Table label="Fields as seen" columns={columnsOf(sort, setSort)} rows={shown} rowKey={field => `${field.place} ${field.key}`} rowProps={({ change }) => (change === undefined ? {} : { className: `ev-field-${change}` })} />
        {found.length === 0 && <p className="pad t3">No field has “{find}” in its name.</p>}
        {shown.length < found.length && <p className="pad"><Button size="s" onClick={() => setAll(true)}>Show all {formatCount(found.length)} fields</Button></p>}
        {event.foldedFields.seen > 0 && <p className="pad meta t3">Beyond the bound of 1,000 fields the rarest are counted together: seen {formatCount(event.foldedFields.seen)} times, {formatBytes(event.foldedFields.bytes)}. A field whose name holds a value makes many.</p>}
      </div>
    </>
  );
}

/** Counts of records are exact; of fields they are about those that were looked at. */
function Sample({ event: { looked, records, signal } }: { readonly event: EventDetail }) {
  if (looked >= records) return <><b className="md t1">complete</b>: fields of all {plural(records, recordWords[signal].slice(0, -1))}</>;
  return <>from a sample of <b className="md t1">{formatCount(looked)}</b> of {formatCount(records)} {recordWords[signal]}</>;
}

const orders: Readonly<Record<Sort, (a: FieldRow, b: FieldRow) => number>> = {
  share: (a, b) => b.share - a.share, presence: (a, b) => b.presence - a.presence, distinct: (a, b) => b.distinct - a.distinct,
  name: (a, b) => (fieldName(a) < fieldName(b) ? -1 : 1),
};

function columnsOf(sort: Sort, onSort: (sort: Sort) => void): readonly TableColumn<FieldRow>[] {
  const by = (key: Sort) => ({ sort: sort === key ? (key === 'name' ? 'ascending' : 'descending') : 'none', onSort: () => onSort(key) }) as const;
  return [
    { key: 'name', head: 'Field', ...by('name'), cell: field => <span className="row gap1"><span className="mono ev-fname" title={fieldName(field)}><Name field={field} /></span><Change field={field} /></span> },
    { key: 'types', head: 'Type', className: 'c-type', cell: field => <Types field={field} /> },
    { key: 'presence', head: 'In', className: 'c-in', ...by('presence'), cell: field => <span className="row gap1" title={presenceWords(field)}><Meter share={field.presence} tone={field.presence >= 0.995 ? 'quiet' : 'accent'} label={`${fieldName(field)}, share of records that have it`} /><span className="num ev-in">{percent(field.presence)}</span></span> },
    { key: 'distinct', head: 'Distinct', numeric: true, className: 'c-count', ...by('distinct'), cell: field => <Distinct count={field.distinct} /> },
    { key: 'share', head: 'Bytes', numeric: true, className: 'c-count', ...by('share'), cell: field => formatPercent(field.share) },
    { key: 'longest', head: 'Longest', width: 72, numeric: true, className: 'c-longest', cell: field => formatBytes(field.maxBytes) },
    { key: 'examples', head: 'Examples, masked', className: 'c-examples', cell: field => <span className="mono t2" title={field.examples.join('\n')}>{field.examples.length === 0 ? <span className="t3">–</span> : field.examples.map((example, i) => <span key={i}>{i > 0 && <span className="t3">, </span>}<MaskedText text={example} /></span>)}</span> },
    { key: 'seen', head: 'First and last seen', width: 150, className: 'c-seen', cell: field => <span className="t3 meta"><Time at={field.firstSeenAt} show="relative" />, <Time at={field.lastSeenAt} show="relative" /></span> },
  ];
}

const places: Readonly<Record<FieldRow['place'], string>> = { attribute: '', body: 'Body', resource: 'Resource', scope: 'Scope' };
function Name({ field: { place, key } }: { readonly field: FieldRow }) {
  const prefix = places[place];
  return <>{prefix !== '' && <span className="t3">{prefix}{key !== '' && '.'}</span>}{key}</>;
}

const percent = (share: number): string => (share >= 0.9995 ? '100 %' : formatPercent(share, share < 0.1 ? 1 : 0));

/** What one would have to find among the changes otherwise. */
function Change({ field: { change, typed, firstSeenAt, lastSeenAt } }: { readonly field: FieldRow }) {
  if (change === undefined) return typed === undefined ? null : <span className="amb meta nw" title={`${typed.was} → ${typed.now}`}>type changed <Time at={typed.since} /></span>;
  return <span className={change === 'gone' ? 'amb meta nw' : 'acc meta nw'}>{change === 'gone' ? <>gone since <Time at={lastSeenAt} /></> : <>new since <Time at={firstSeenAt} /></>}</span>;
}

const presenceWords = ({ presence, lookedSince, types }: FieldRow): string =>
  (lookedSince === undefined ? percent(presence) : `in ${formatCount(Object.values(types).reduce((sum, count) => sum + count, 0))} of the ${formatCount(lookedSince)} that were looked at since it was first seen`);

/** More than one type is what breaks a query. */
function Types({ field }: { readonly field: FieldRow }) {
  const shares = typeShares(field.types);
  const mixed = shares.filter(({ type }) => type !== 'null').length > 1;
  return <span className={mixed ? 'amb mono' : 'mono t2'} title={shares.map(({ type, share }) => `${type} ${formatPercent(share)}`).join(', ')}>{shares.map(({ type }) => type).join(' | ')}</span>;
}

/** The sketch is exact for few values; of many it knows about how many. */
const Distinct = ({ count }: { readonly count: number }) => <>{count > 100 && <span className="t3">≈ </span>}{formatCount(count)}</>;
