// One theme: its switch, what each state costs, its events, and its schedule.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ThemeView } from '../../../../model/index.ts';
import { useDeleteTheme, useFollowing } from '../../../api/index.ts';
import { toast } from '../../../state/index.ts';
import { Button, ConfirmDialog, FollowsWords, Icon, Pane, PaneHeader, plural, Table, Time, type TableColumn } from '../../../ui/index.ts';
import { tellFailure } from '../words/tell-failure.ts';
import { money } from './money.ts';
import { slotWords } from './schedule-words.ts';
import { ThemeSwitch } from './theme-switch.tsx';

export function ThemePane({ theme, onEdit, onGone }: { readonly theme: ThemeView; readonly onEdit: () => void; readonly onGone: () => void }) {
  const follows = useFollowing().data?.themes[theme.id] ?? [];
  return (
    <Pane className="grow ev-theme" label={`Theme ${theme.name}`}>
      <PaneHeader title={theme.name}><Button size="s" icon="edit" onClick={onEdit}>Edit</Button><Remove theme={theme} onGone={onGone} /></PaneHeader>
      <div className="grow scroll">
        {theme.description !== '' && <p className="t2 ev-about">{theme.description}</p>}
        <ThemeSwitch theme={theme} />
        <HeldBack theme={theme} />
        <Errors theme={theme} />
        <Costs theme={theme} />
        {follows.length > 0 && <div className="ev-about" role="status"><FollowsWords follows={follows} /></div>}
        <PaneHeader title="Events" meta={plural(theme.members.length, 'event')} />
        <Table label="Events of the theme" columns={memberColumns(theme.unknownMembers)} rows={theme.members} rowKey={({ name, service }) => `${name} ${service ?? ''}`} />
        <PaneHeader title="Schedule" meta={theme.schedule.length === 0 ? 'none: it is switched by hand, or by the action theme of a net' : undefined} />
        {theme.schedule.length > 0 && <ul className="ev-slots">{theme.schedule.map((slot, i) => <li key={i}><Icon name="clock" size="s" /><span>{slotWords(slot)}</span></li>)}</ul>}
        <p className="meta t3 ev-about">{theme.isSwitched ? 'Last switched' : 'Not switched yet; made'} <Time at={theme.changedAt} show="full" /> by {theme.changedBy}.{theme.ruleId !== null && <> While it is off, the rule <Link to="/rules/$ruleId" params={{ ruleId: theme.ruleId }}>that holds it back</Link> runs on the agents.</>}</p>
      </div>
    </Pane>
  );
}

/** Two themes with one event: it passes while both are on. */
function HeldBack({ theme: { state, members, heldBackBy } }: { readonly theme: ThemeView }) {
  if (state === 'off' || heldBackBy.length === 0) return null;
  return <p className="amb ev-about" role="status">{heldBackBy.map(({ id, name, members: count }) => <span key={id} className="row gap1"><Icon name="warn" size="s" /><span>{count} of its {plural(members.length, 'event')} {count === 1 ? 'is' : 'are'} held back all the same: <Link to="/events" search={{ tab: 'themes', theme: id }}>{name}</Link> bundles {count === 1 ? 'it' : 'them'} too, and is off.</span></span>)}</p>;
}

/** Off knows no severity: who switches a theme off hides its errors too. */
function Errors({ theme: { state, membersWithErrors: of, offKeepPerMille } }: { readonly theme: ThemeView }) {
  if (of.length === 0) return null;
  return <p className="amb ev-about row gap1" role="status"><Icon name="warn" size="s" /><span>{state === 'off' ? 'Held back with their errors' : 'Off would hold back errors too'}{offKeepPerMille > 0 && `, but for ${offKeepPerMille} of 1,000`}: <span className="mono">{of.slice(0, 5).join(', ')}</span>{of.length > 5 && ` and ${of.length - 5} more`}.</span></p>;
}

function Costs({ theme: { costOn, costOff, currency, offKeepPerMille, state } }: { readonly theme: ThemeView }) {
  const keeps = offKeepPerMille === 0 ? 'nothing passes' : `${offKeepPerMille} of 1,000 records pass`;
  return (
    <dl className="ev-costs">
      <div className={state === 'on' ? 'now' : undefined}><dt className="meta t3">while on</dt><dd><b className="ev-figure">{money(costOn, currency)}</b><span className="t3 meta"> a month; every record passes</span></dd></div>
      <div className={state === 'off' ? 'now' : undefined}><dt className="meta t3">while off</dt><dd><b className="ev-figure">{money(costOff, currency)}</b><span className="t3 meta"> a month; {keeps}</span></dd></div>
      {costOn === null && <p className="meta t3">No price yet: nothing of these events was measured.</p>}
    </dl>
  );
}

type Member = ThemeView['members'][number];
const memberColumns = (unknown: readonly string[]): readonly TableColumn<Member>[] => [
  { key: 'name', head: 'Event', cell: ({ name, service }) => (unknown.includes(name) ? <span className="row gap1 amb"><Icon name="warn" size="s" /><span className="mono ell">{name}</span></span> : <Link to="/events" search={{ find: name, ...(service !== null && { service }) }} className="mono">{name}</Link>) },
  { key: 'service', head: 'Service', width: 120, cell: ({ service }) => <span className="t2">{service ?? 'any'}</span> },
  { key: 'note', head: <span className="vh">Note</span>, width: 150, cell: ({ name }) => (unknown.includes(name) ? <span className="amb meta">no log of this name was seen</span> : null) },
];

function Remove({ theme, onGone }: { readonly theme: ThemeView; readonly onGone: () => void }) {
  const [asking, setAsking] = useState(false);
  const remove = useDeleteTheme();
  const run = () => remove.mutate(theme.id, { onError: tellFailure, onSuccess: () => { toast({ title: `The theme ${theme.name} is gone` }); onGone(); } });
  return (
    <>
      <Button size="s" variant="danger-outline" icon="trash" onClick={() => setAsking(true)}>Delete</Button>
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={`Delete the theme ${theme.name}?`} confirmLabel="Delete" icon="trash" onConfirm={run}>
        <p>{theme.state === 'off' ? <>It is off. Its {plural(theme.members.length, 'event')} pass in full again on the whole fleet, about {money(theme.costOn, theme.currency)} a month.</> : <>Its {plural(theme.members.length, 'event')} go on as they are.</>} {theme.schedule.length > 0 && 'Its schedule ends. '}Nets that switch it fail from then on. The events themselves and all other rules stay.</p>
      </ConfirmDialog>
    </>
  );
}
