// The columns of the list: what each shows, and by what the server can sort it. Figures stay at the right; what has no room goes, by CSS.
import type { ReactNode } from 'react';
import { bytes } from '../../../../cost/index.ts';
import type { eventSorts, EventRow } from '../../../../model/index.ts';
import { formatCount, formatRate, SeverityMark, Sparkline, Time } from '../../../ui/index.ts';
import { HeldBackMark } from '../themes/held-back-mark.tsx';
import { EventName } from '../words/event-name.tsx';

export type EventSort = (typeof eventSorts)[number];
export interface EventColumn { readonly key: string; readonly head: ReactNode; readonly title?: string; readonly sort?: EventSort; readonly numeric?: boolean; readonly cell: (event: EventRow) => ReactNode }

const none = <span className="t3">–</span>;
const countOr = (count: number, className: string, zero: ReactNode = none) => (count === 0 ? zero : <span className={className}>{formatCount(count)}</span>);

export const columns: readonly EventColumn[] = [
  { key: 'sev', head: <span className="vh">Severity</span>, cell: event => (event.signal === 'logs' ? <SeverityMark severity={event.severity ?? 0} /> : <span className="t3 micro" title={event.signal}>{event.signal === 'spans' ? 'span' : 'point'}</span>) },
  { key: 'name', head: 'Event', sort: 'label', cell: event => <span className="ell" title={event.label}><EventName event={event} short={52} /> <HeldBackMark event={event} />{event.renamedTo !== null && <span className="acc meta"> → <span className="mono">{event.renamedTo}</span></span>}</span> },
  { key: 'service', head: 'Service', sort: 'service', cell: event => <span className="t2 ell" title={event.service}>{event.service === '' ? '–' : event.service}</span> },
  { key: 'trend', head: '5 min', cell: event => <Sparkline width={68} values={event.history} label={`${event.label}, records per second over five minutes`} /> },
  { key: 'rate', head: 'Per s', title: 'Received by the agents, records a second', sort: 'rate', numeric: true, cell: event => formatRate(event.perSecond) },
  { key: 'bytes', head: 'Bytes /s', title: 'On the wire, as received; kB and MB as bills count them', sort: 'bytes', numeric: true, cell: event => bytes(event.bytesPerSecond) },
  { key: 'fields', head: 'Fields', sort: 'fields', numeric: true, cell: event => formatCount(event.fields) },
  { key: 'drift', head: 'Changes', title: 'Of its fields, its rate or its name', sort: 'drift', numeric: true, cell: event => countOr(event.drifts, 'amb') },
  { key: 'lint', head: 'Lint', title: 'Findings against OpenTelemetry’s semantic conventions', numeric: true, cell: event => countOr(event.lints, 't2') },
  { key: 'users', head: 'Used by', title: 'Rules, nets, views, metrics, themes and recorders that name it', numeric: true, cell: event => countOr(event.users, 't1', <span className="t3">nobody</span>) },
  { key: 'first', head: 'First seen', sort: 'first', numeric: true, cell: event => <span className="t2"><Time at={event.firstSeenAt} show="relative" /></span> },
  { key: 'last', head: 'Last seen', sort: 'last', numeric: true, cell: event => <span className="t2"><Time at={event.lastSeenAt} show="relative" /></span> },
];
