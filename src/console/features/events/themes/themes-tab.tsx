// Themes: bundles of events whose verbosity is switched together, by hand, by a schedule, or by a net.
import type { ThemeView } from '../../../../model/index.ts';
import type { useThemes } from '../../../api/index.ts';
import type { EventsSearch } from '../../../state/index.ts';
import { Button, Chip, EmptyState, Icon, Pane, plural, ResizablePanes, SkeletonRows, Table, Time, type TableColumn } from '../../../ui/index.ts';
import type { SetSearch } from '../events-view.tsx';
import { LoadFailure } from '../words/load-failure.tsx';
import { money } from './money.ts';
import { ThemePane } from './theme-pane.tsx';

export interface ThemesTabProps { readonly search: EventsSearch; readonly set: SetSearch; readonly themes: ReturnType<typeof useThemes>; readonly onEdit: (theme: ThemeView) => void }

export function ThemesTab({ search, set, themes: { data, error, refetch }, onEdit }: ThemesTabProps) {
  const chosen = data?.find(({ id }) => id === search.theme) ?? data?.[0];
  const pick = <Button size="s" variant="primary" icon="list" onClick={() => set({ tab: undefined, theme: undefined })}>Pick events</Button>;
  const list = (
    <Pane className="grow ev-themes" label="Themes">
      <div className="ev-tools"><span className="meta t3 ell">logs whose verbosity is switched together; spans stay, for a trace without some of them is torn</span><span className="end"><Button size="s" icon="plus" onClick={() => set({ tab: undefined, theme: undefined })}>Pick events for a theme</Button></span></div>
      <div className="grow scroll">
        {data === undefined && (error === null ? <SkeletonRows rows={4} label="Loading themes" /> : <LoadFailure error={error} onRetry={() => void refetch()} />)}
        {data?.length === 0 && <EmptyState title="No theme yet" actions={pick}>A theme bundles events, such as everything about a checkout, so that one switch turns their details on while you look and off when you are done. Pick events in the list, then choose New theme.</EmptyState>}
        {data !== undefined && data.length > 0 && <Table label="Themes" columns={columns} rows={data} rowKey={({ id }) => id} selectedKey={chosen?.id ?? null} onPick={({ id }) => set({ theme: id }, { replace: true })} rowLabel={({ name, state }) => `${name}, ${state}`} />}
      </div>
    </Pane>
  );
  return <ResizablePanes id="events.theme" label="the chosen theme" defaultSize={520} minSize={380} maxSize={900} first={list} second={chosen === undefined ? null : <ThemePane key={chosen.id} theme={chosen} onEdit={() => onEdit(chosen)} onGone={() => set({ theme: undefined }, { replace: true })} />} />;
}

const columns: readonly TableColumn<ThemeView>[] = [
  { key: 'name', head: 'Theme', cell: ({ name, description }) => <span title={description}>{name}</span> },
  { key: 'state', head: 'State', width: 64, cell: ({ state }) => <Chip tone={state === 'on' ? 'accent' : 'plain'}>{state}</Chip> },
  { key: 'members', head: 'Events', width: 110, cell: ({ members, unknownMembers }) => <span className="row gap1"><span className="t2">{plural(members.length, 'event')}</span>{unknownMembers.length > 0 && <span className="amb" title={`Not seen: ${unknownMembers.join(', ')}`}><Icon name="warn" size="s" /><span className="vh">{plural(unknownMembers.length, 'was', 'were')} not seen</span></span>}</span> },
  { key: 'on', head: 'On, a month', width: 92, numeric: true, className: 'c-cost', cell: theme => money(theme.costOn, theme.currency) },
  { key: 'off', head: 'Off, a month', width: 92, numeric: true, className: 'c-cost', cell: theme => money(theme.costOff, theme.currency) },
  { key: 'changed', head: 'Switched', width: 108, className: 'c-changed', cell: ({ changedAt, isSwitched }) => <span className="t3">{isSwitched ? <Time at={changedAt} show="relative" /> : 'never'}</span> },
];
