// What the incident is, and what can be done with it: rename, note, collect more, bundle, close or reopen.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { bundleAddress, useChangeIncident } from '../../../api/index.ts';
import type { Incident } from '../../../../model/index.ts';
import { askToCapture } from '../../../state/index.ts';
import { Button, Chip, formatDuration, Icon, IconButton, Input, Time, useNow } from '../../../ui/index.ts';
import { tellFailure } from '../tell.ts';
import { titleTells } from '../words.ts';
import { NoteDialog } from './note-dialog.tsx';
import { useNoteKey } from './use-note-key.ts';

export function Header({ incident }: { readonly incident: Incident }) {
  const [renaming, setRenaming] = useState(false);
  const [noting, setNoting] = useState(false);
  const change = useChangeIncident();
  useNoteKey(() => setNoting(true));
  const open = incident.state === 'open';
  const turn = () => change.mutate({ id: incident.id, state: open ? 'closed' : 'open' }, { onError: tellFailure });
  const whyNot = incident.imported !== null ? 'It was imported: what it is about happened elsewhere.' : open ? null : 'It is closed. Reopen it to collect more.';
  return (
    <div className="bar inc-head">
      <Chip tone={open ? 'solid' : 'plain'}>{incident.state}</Chip>
      {renaming ? <Rename incident={incident} onDone={() => setRenaming(false)} /> : <><h1 className="ell" title={incident.title}><span className="t3">#{incident.number}</span> {incident.title}</h1><IconButton icon="edit" label="Rename" variant="ghost" size="s" onClick={() => setRenaming(true)} /></>}
      {incident.imported?.copyOf !== undefined && <Chip tone="line" title="It was brought again, as a copy">copy of #{incident.imported.copyOf}</Chip>}
      <When incident={incident} />
      <OpenedBy incident={incident} />
      <span className="end row">
        <Button size="s" icon="edit" kbd="N" onClick={() => setNoting(true)}>Note</Button>
        <Button size="s" icon="plus" disabledReason={whyNot} onClick={() => askToCapture({ incident: { id: incident.id, title: `#${incident.number}` }, agents: incident.agents, services: incident.services })}>Collect more</Button>
        <a className="btn s" href={bundleAddress(incident.id)} download title="The whole incident as a zip, for another Weir; the audit notes it"><Icon name="down" size="s" />Bundle</a>
        <Button size="s" icon={open ? 'check' : 'undo'} disabledReason={change.isPending ? 'One moment.' : null} onClick={turn}>{open ? 'Close' : 'Reopen'}</Button>
      </span>
      {noting && <NoteDialog incident={incident} onClose={() => setNoting(false)} />}
    </div>
  );
}

function Rename({ incident, onDone }: { readonly incident: Incident; readonly onDone: () => void }) {
  const [title, setTitle] = useState(incident.title);
  const change = useChangeIncident();
  const save = () => {
    const next = title.trim();
    if (next === '' || next === incident.title) { onDone(); return; }
    change.mutate({ id: incident.id, title: next }, { onError: tellFailure, onSettled: onDone });
  };
  return <form className="inc-rename" onSubmit={event => { event.preventDefault(); save(); }}><Input autoFocus small aria-label="Title of the incident" maxLength={200} value={title} onChange={event => setTitle(event.target.value)} onBlur={save} onKeyDown={event => { if (event.key === 'Escape') { event.stopPropagation(); onDone(); } }} /></form>;
}

function When({ incident: { openedAt, closedAt, imported } }: { readonly incident: Incident }) {
  const now = useNow(closedAt === null && imported === null);
  const lasted = formatDuration(Math.max(0, (closedAt === null ? now : Date.parse(closedAt)) - Date.parse(openedAt)));
  if (closedAt === null && imported !== null) return <span className="t2 nw inc-wide"><Time at={openedAt} show="full" />, still open when it was exported</span>;
  return <span className="t2 nw inc-wide"><Time at={openedAt} /> to {closedAt === null ? 'now' : <Time at={closedAt} />}, {lasted}</span>;
}

function OpenedBy({ incident }: { readonly incident: Incident }) {
  const { openedBy, imported } = incident;
  const told = titleTells(incident);
  if (told && imported === null) return null;
  return (
    <span className="t3 meta ell inc-wide">
      {!told && 'opened by '}{told ? null : openedBy.kind === 'net' ? <>net {openedBy.rule === null || imported !== null ? <span className="mono">{openedBy.name}</span> : <Link className="mono" to="/rules/$ruleId" params={{ ruleId: openedBy.rule }}>{openedBy.name}</Link>}</> : openedBy.name}
      {imported !== null && <>{!told && '; '}imported from {imported.from} by {imported.by} <Time at={imported.at} show="relative" /></>}
    </span>
  );
}
