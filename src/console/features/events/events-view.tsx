// The view: events and their detail, the drift of the fleet, themes, and the metrics that rules make.
import { useState } from 'react';
import { eventsSearch, useUrlState, type EventsSearch } from '../../state/index.ts';
import { useAliases, useMetrics, usePushedChanges, useThemes } from '../../api/index.ts';
import { plural, Tabs } from '../../ui/index.ts';
import { DriftTab } from './drift/drift-tab.tsx';
import './events.css';
import { EventsTab } from './events-tab.tsx';
import { MetricsTab } from './metrics/metrics-tab.tsx';
import { HeldBackBy } from './themes/held-back-mark.tsx';
import { ThemeDialog, type ThemeWish } from './themes/theme-dialog.tsx';
import { ThemesTab } from './themes/themes-tab.tsx';

export type SetSearch = (patch: Partial<EventsSearch>, options?: { readonly replace?: boolean }) => void;
type Tab = NonNullable<EventsSearch['tab']>;

export function EventsView() {
  const [search, set] = useUrlState(eventsSearch);
  const [wish, setWish] = useState<ThemeWish | null>(null);
  usePushedChanges();
  const themes = useThemes();
  const metrics = useMetrics();
  const proposed = (useAliases().data ?? []).filter(({ state }) => state === 'proposed').length;
  return (
    <HeldBackBy themes={themes.data}>
      <Tabs<Tab> label="Events" leading={<h1>Events</h1>} value={search.tab ?? 'events'} onChange={tab => set({ tab: tab === 'events' ? undefined : tab, find: undefined })} tabs={[
        { value: 'events', label: 'Events', content: <EventsTab search={search} set={set} onNewTheme={members => setWish({ members })} onAddTo={(theme, members) => setWish({ theme, members })} /> },
        // Names that wait for somebody's word: until then, what follows the former name finds nothing new.
        { value: 'drift', label: 'Changes', count: proposed > 0 ? `${plural(proposed, 'name')} to accept` : '', content: <DriftTab search={search} set={set} /> },
        { value: 'themes', label: 'Themes', count: themes.data?.length ?? '', content: <ThemesTab search={search} set={set} themes={themes} onEdit={theme => setWish({ theme, members: [] })} /> },
        { value: 'metrics', label: 'Metrics', count: metrics.data?.length ?? '', content: <MetricsTab search={search} set={set} metrics={metrics} /> },
      ]} />
      {wish !== null && <ThemeDialog wish={wish} onClose={() => setWish(null)} onSaved={id => { setWish(null); set({ tab: 'themes', theme: id }); }} />}
    </HeldBackBy>
  );
}
