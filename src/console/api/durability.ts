// What survives a rename: aliases, saved views, the metrics that rules make, and themes of events that are switched together.
import { useQuery } from '@tanstack/react-query';
import { alias, aliasList, aliasPreview, brokenNames, followDone, followingNames, metricExports, metricList, savedView, savedViewList, themeList, themeView, viewImported } from '../../model/index.ts';
import type { Alias, AliasBase, NewAlias, SavedViewInput, SwitchTheme, ThemeInput, followName, viewImport } from '../../model/index.ts';
import type { z } from 'zod';
import { apiBase, request } from './client.ts';
import { eventKeys } from './events.ts';
import { useWrite } from './mutations.ts';
import { nameKeys } from './names.ts';
import { every, keys } from './queries.ts';

export const durabilityKeys = { aliases: ['aliases'], preview: ['aliases', 'preview'], broken: ['aliases', 'broken'], following: ['aliases', 'following'], views: ['views'], metrics: ['metrics'], themes: ['themes'] } as const;
const byId = (path: string, id: string, action = '') => `${path}/${encodeURIComponent(id)}${action}`;
/** A name that means something else changes what everybody who follows it says. */
const renamed = [durabilityKeys.aliases, nameKeys.names, eventKeys.all, durabilityKeys.views, durabilityKeys.metrics, keys.rules, keys.audit] as const;

export const useAliases = () => useQuery({ queryKey: durabilityKeys.aliases, queryFn: ({ signal }) => request('/aliases', aliasList, { signal }), refetchInterval: every(4000), select: data => data.aliases });
export const useAddAlias = () => useWrite((wish: NewAlias) => request('/aliases', alias, { method: 'POST', body: wish }), renamed);
/** Accept what is proposed, say that it is no rename, or take either back: then it is proposed again. With the same state, a reason alone is said. */
export const useDecideAlias = () => useWrite(({ id, ...body }: { readonly id: string; readonly state: Alias['state']; readonly reason?: string; /** What was decided about: when somebody else decided meanwhile nothing is. */ readonly base?: AliasBase }) => request(byId('/aliases', id), alias, { method: 'PUT', body }), renamed);
export const baseOfAlias = ({ state, decided }: Alias): AliasBase => ({ state, decidedAt: decided?.at ?? null });
/** Renames that leave somebody behind now. */
export const useBrokenNames = () => useQuery({ queryKey: durabilityKeys.broken, queryFn: ({ signal }) => request('/aliases/broken', brokenNames, { signal }), refetchInterval: every(5000), select: data => data.broken });

/** Who would break if this were renamed, who follows, and what would make the others follow. Null asks nothing. */
export const useRenamePreview = (wish: { readonly name: string; readonly kind: 'event' | 'field'; readonly service?: string | undefined } | null) => useQuery({
  queryKey: [...durabilityKeys.preview, wish], enabled: wish !== null && wish.name !== '', refetchInterval: every(5000),
  queryFn: ({ signal }) => request(`/aliases/preview?${new URLSearchParams({ name: wish?.name ?? '', kind: wish?.kind ?? 'event', ...(wish?.service === undefined ? {} : { service: wish.service }) }).toString()}`, aliasPreview, { signal }),
});
/** Rules, recorders and themes that follow a rename now. */
export const useFollowing = () => useQuery({ queryKey: durabilityKeys.following, queryFn: ({ signal }) => request('/aliases/following', followingNames, { signal }), refetchInterval: every(5000) });
/** New versions of rules, views and recorders that say `event("…")` or `field("…")`. A rule that runs goes on with its old one until somebody deploys the new. */
export const useFollowName = () => useWrite((wish: z.input<typeof followName>) => request('/aliases/follow', followDone, { method: 'POST', body: wish }), renamed);

export const useSavedViews = () => useQuery({ queryKey: durabilityKeys.views, queryFn: ({ signal }) => request('/views', savedViewList, { signal }), refetchInterval: every(5000), select: data => data.views });
export const useSaveView = () => useWrite(({ id, ...view }: SavedViewInput & { readonly id?: string; /** What was edited: when somebody else saved meanwhile nothing is. */ readonly base?: SavedViewInput }) => request(id === undefined ? '/views' : byId('/views', id), savedView, { method: id === undefined ? 'POST' : 'PUT', body: view }), [durabilityKeys.views, eventKeys.all, keys.audit]);
export const useDeleteView = () => useWrite((id: string) => request<void>(byId('/views', id), null, { method: 'DELETE' }), [durabilityKeys.views, eventKeys.all, keys.audit]);
/** `dry`: what would change, and nothing else. All files or none. */
export const useImportViews = () => useWrite(({ files, dry }: z.input<typeof viewImport> & { readonly dry: boolean }) => request(`/views/import${dry ? '?dry=1' : ''}`, viewImported, { method: 'POST', body: { files } }), [durabilityKeys.views, eventKeys.all, keys.audit]);
/** Saved views as files for git: all, or one. */
export const viewsExport = (id?: string) => `${apiBase}/views/export${id === undefined ? '' : `?id=${encodeURIComponent(id)}`}`;

export const useMetrics = () => useQuery({ queryKey: durabilityKeys.metrics, queryFn: ({ signal }) => request('/metrics', metricList, { signal }), refetchInterval: every(5000), select: data => data.metrics });
/** `running`: only of rules that run. */
export const metricsExport = (format: (typeof metricExports)[number], rules: 'all' | 'running' = 'all') => `${apiBase}/metrics/export?format=${format}${rules === 'all' ? '' : '&rules=running'}`;

export const useThemes = () => useQuery({ queryKey: durabilityKeys.themes, queryFn: ({ signal }) => request('/themes', themeList, { signal }), refetchInterval: every(3000), select: data => data.themes });
const themesStale = [durabilityKeys.themes, eventKeys.all, keys.rules, keys.audit] as const;
export const useSaveTheme = () => useWrite(({ id, ...theme }: ThemeInput & { readonly id?: string; /** What was edited: when somebody else saved meanwhile nothing is. */ readonly base?: ThemeInput }) => request(id === undefined ? '/themes' : byId('/themes', id), themeView, { method: id === undefined ? 'POST' : 'PUT', body: theme }), themesStale);
export const useSwitchTheme = () => useWrite(({ id, ...wish }: SwitchTheme & { readonly id: string }) => request(byId('/themes', id, '/state'), themeView, { method: 'PUT', body: wish }), themesStale);
export const useDeleteTheme = () => useWrite((id: string) => request<void>(byId('/themes', id), null, { method: 'DELETE' }), themesStale);
