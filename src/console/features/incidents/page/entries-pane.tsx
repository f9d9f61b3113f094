// The timeline in words, oldest first, so that what is new comes at the end and nothing jumps. One kind can be shown alone.
import { Link } from '@tanstack/react-router';
import type { IncidentDetail, IncidentEntry } from '../../../../model/index.ts';
import type { IncidentSearch } from '../../../state/index.ts';
import { Chip, EmptyState, Icon, Pane, PaneHeader, plural, Segmented, Select, Time, viewOfArtifact } from '../../../ui/index.ts';
import { useRef } from 'react';
import { useWidth } from '../timeline/use-width.ts';
import { entryText, entryWords, isHeldBack } from '../words.ts';
import { recordingAt } from './recording-at.ts';

type Show = NonNullable<IncidentSearch['show']> | 'all';
const shows: readonly { readonly value: Show; readonly label: string }[] = [{ value: 'all', label: 'All' }, { value: 'trigger', label: 'Triggers' }, { value: 'action', label: 'Actions' }, { value: 'artifact', label: 'Artifacts' }, { value: 'deployment', label: 'Deployed' }, { value: 'note', label: 'Notes' }];
/** So many rows are drawn; a narrower time shows the others. */
const mostRows = 400;
/** Where the kinds stand beside each other with the count; in less they are behind one button. */
const segmentsPx = 560;

export interface EntriesPaneProps { /** Narrowed to the chosen time. */ readonly detail: IncidentDetail; readonly all: IncidentDetail; readonly show: IncidentSearch['show']; readonly onShow: (show: IncidentSearch['show']) => void }

export function EntriesPane({ detail, all, show, onShow }: EntriesPaneProps) {
  const entries = detail.timeline.filter(({ kind }) => show === undefined || kind === show);
  const drawn = entries.slice(-mostRows);
  const box = useRef<HTMLDivElement>(null);
  const choose = (value: Show) => onShow(value === 'all' ? undefined : value);
  const hasRoom = useWidth(box) >= segmentsPx;
  return (
    <Pane label="Entries" className="grow">
      <PaneHeader title="Entries" meta={<span className="inc-wide">{entries.length === all.timeline.length ? plural(entries.length, 'entry', 'entries') : `${entries.length} of ${all.timeline.length}`}</span>}>
        {hasRoom ? <Segmented<Show> label="Kind of entry" value={show ?? 'all'} options={shows} onChange={choose} /> : <Select<Show> size="s" label="Kind of entry" value={show ?? 'all'} options={shows} onChange={choose} />}
      </PaneHeader>
      <div ref={box} className="scroll grow inc-entries" tabIndex={0} role="region" aria-label="Timeline in words">
        {entries.length === 0 && <EmptyState title={show === undefined ? 'Nothing happened in this time' : `No ${entryWords[show].label.toLowerCase()} here`}>{show === 'note' ? 'Press N to write one.' : 'Choose another kind, or the whole time.'}</EmptyState>}
        {entries.length > drawn.length && <p className="inc-earlier t3">{plural(entries.length - drawn.length, 'earlier entry', 'earlier entries')}: choose a shorter time above to see them.</p>}
        <ul>{drawn.map(entry => <Row key={entry.id} entry={entry} detail={all} />)}</ul>
      </div>
    </Pane>
  );
}

function Row({ entry, detail }: { readonly entry: IncidentEntry; readonly detail: IncidentDetail }) {
  const { label, icon } = entryWords[entry.kind];
  const text = entryText(entry, detail.actions);
  const by = entry.by !== null && entry.kind !== 'action' && entry.kind !== 'trigger' && !text.endsWith(entry.by) ? entry.by : null;
  return (
    <li className={`inc-entry ${entry.kind}`}>
      <span className="mono t3"><Time at={entry.at} /></span>
      <span className="inc-kind" title={label}><Icon name={icon} size="s" label={label} /></span>
      <span className="inc-text">{text}{isHeldBack(entry) && <> <Chip tone="attn" title="The limits of the net or of the machine did not let it start">held back</Chip></>}{by !== null && <span className="t3"> {by}</span>}</span>
      <span className="row gap1 meta"><EntryLinks entry={entry} detail={detail} /></span>
    </li>
  );
}

function EntryLinks({ entry, detail: { incident, artifacts } }: { readonly entry: IncidentEntry; readonly detail: IncidentDetail }) {
  const recording = entry.kind === 'artifact' || incident.imported !== null && entry.kind === 'imported' ? null : recordingAt(artifacts, Date.parse(entry.at), entry.agent);
  const artifact = artifacts.find(({ id }) => id === entry.artifact);
  return (
    <>
      {recording !== null && <Link to="/tail" search={{ recording: recording.id }} title={`${recording.name} reaches to this moment`}>Records then</Link>}
      {entry.rule !== null && incident.imported === null && <Link to="/rules/$ruleId" params={{ ruleId: entry.rule }}>Rule</Link>}
      {entry.artifact !== null && <Link {...(artifact === undefined ? { to: '/dumps', search: { artifact: entry.artifact } } as const : viewOfArtifact(artifact))}>Open</Link>}
    </>
  );
}
