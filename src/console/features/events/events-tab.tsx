// The list of events, the tools that narrow it, and the chosen event beside it.
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { EventList as ToldEvents, EventRef, EventRow, ThemeView } from '../../../model/index.ts';
import { useThemes, type EventWish } from '../../api/index.ts';
import type { EventsSearch } from '../../state/index.ts';
import { Pane, ResizablePanes, useDownInto } from '../../ui/index.ts';
import { DetailPane } from './detail/detail-pane.tsx';
import type { SetSearch } from './events-view.tsx';
import { EventList } from './list/event-list.tsx';
import { ListTools } from './list/list-tools.tsx';
import { PickedBar } from './list/picked-bar.tsx';
import { picksOf, type Members, type Picks } from './list/picks.ts';
import { refOf, tailFilter } from './words/event-words.ts';

export interface EventsTabProps { readonly search: EventsSearch; readonly set: SetSearch; readonly onNewTheme: (members: Members) => void; readonly onAddTo: (theme: ThemeView, members: Members) => void }

export function EventsTab({ search, set, onNewTheme, onAddTo }: EventsTabProps) {
  const find = useDeferredValue(search.find ?? '');
  const chosen = chosenOf(search);
  const [picks, setPicks] = useState<Picks>(picksOf);
  const [seen, setSeen] = useState<Seen>({ total: null, folded: 0, foldedRecords: 0, refused: { reports: 0, events: 0, templateMessages: 0 }, leftOut: { withoutRoom: 0, outdated: 0 }, services: [] });
  const themes = useThemes().data ?? [];
  const narrow = useNarrow();
  const grid = useRef<HTMLDivElement>(null);
  const into = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const records = (event: EventRow) => { const filter = tailFilter(event); if (filter !== null) void navigate({ to: '/tail', search: { q: filter, signals: [event.signal] } }); };
  const close = () => { set({ id: undefined, eventService: undefined, eventSignal: undefined, pane: undefined }); grid.current?.focus({ preventScroll: true }); };
  useEscape(chosen === null ? null : close);
  useDownInto(() => grid.current?.focus());
  const open = (event: EventRef) => set({ id: event.id, eventService: event.service, eventSignal: event.signal });
  const members = [...picks.values()];
  const list = (
    <Pane className="grow ev-list-pane" label="Events">
      <ListTools search={search} set={set} seen={seen} onDown={() => grid.current?.focus()} />
      {picks.size > 0 && <PickedBar count={picks.size} themes={themes} onNew={() => onNewTheme(members)} onAddTo={theme => onAddTo(theme, members)} onClear={() => setPicks(picksOf())} />}
      <EventList gridRef={grid} wish={wishOf(search, find)} narrowed={isNarrowed(search)} chosen={chosen} onOpen={event => open(refOf(event))} onInto={() => into.current?.querySelector<HTMLElement>('.ev-ways button')?.focus()} onRecords={records} picks={picks} onPicks={setPicks} onSort={(sort, up) => set({ sort: sort === 'rate' ? undefined : sort, up: up ? true : undefined }, { replace: true })} onSeen={setSeen} onClear={() => set({ find: undefined, service: undefined, signal: undefined, source: undefined, only: undefined })} />
    </Pane>
  );
  return <ResizablePanes key={String(narrow)} id={narrow ? 'events.detail.narrow' : 'events.detail'} label="the chosen event" defaultSize={narrow ? 500 : 640} minSize={380} maxSize={1100} first={list} second={chosen === null ? null : <div ref={into} className="col grow ev-into"><DetailPane key={JSON.stringify(chosen)} event={chosen} pane={search.pane ?? 'schema'} onPane={pane => set({ pane: pane === 'schema' ? undefined : pane }, { replace: true })} onClose={close} /></div>} />;
}

/** What the list told of the whole that it shows a part of. */
export interface Seen { readonly total: number | null; readonly folded: number; readonly foldedRecords: number; readonly refused: ToldEvents['refused']; readonly leftOut: ToldEvents['leftOut']; readonly services: readonly string[] }

const chosenOf = ({ id, eventService, eventSignal }: EventsSearch): EventRef | null => (id === undefined ? null : { id, service: eventService ?? '', signal: eventSignal ?? 'logs' });
const isNarrowed = ({ find, service, signal, source, only }: EventsSearch): boolean => [find, service, signal, source, only].some(value => value !== undefined);

const wishOf = ({ service, signal, source, only, sort, up }: EventsSearch, find: string): EventWish => ({
  ...(find !== '' && { search: find }), ...(service !== undefined && { service }), ...(signal !== undefined && { signal }), ...(source !== undefined && { source }), ...(only !== undefined && { only }),
  sort: sort ?? 'rate', descending: up !== true,
});

const narrowQuery = '(max-width: 1180px)';
function watchNarrow(listener: () => void): () => void {
  const query = matchMedia(narrowQuery);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
/** A window in which the event leaves the list less room. */
const useNarrow = (): boolean => useSyncExternalStore(watchNarrow, () => matchMedia(narrowQuery).matches);

/** Esc closes the event, unless a field, a menu or a dialog has the focus. */
function useEscape(run: (() => void) | null): void {
  const last = useRef(run);
  useEffect(() => { last.current = run; });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const inside = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [role=dialog], [role=alertdialog], [role=menu], [role=listbox]') !== null;
      if (event.key === 'Escape' && !inside && !event.defaultPrevented) last.current?.();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
