// Artifacts: what actions brought and what people drag in; their files, and what may be done with them.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { artifact, artifactReveal, artifacts } from '../../model/index.ts';
import type { ArtifactKind } from '../../model/index.ts';
import { queryText } from './actions.ts';
import { apiBase, request, requestFile } from './client.ts';
import { useWrite } from './mutations.ts';
import { every, keys } from './queries.ts';

const all = ['artifacts'] as const;
const path = (id: string, more = '') => `/artifacts/${encodeURIComponent(id)}${more}`;

export interface ArtifactFilter { readonly kind?: ArtifactKind | undefined; readonly agent?: string | undefined; readonly incident?: string | undefined; readonly action?: string | undefined; readonly q?: string | undefined; readonly limit?: number }

/** Newest first; read each second while one arrives. */
export const useArtifacts = (filter: ArtifactFilter = {}) => useQuery({ queryKey: [...all, filter], queryFn: ({ signal }) => request(`/artifacts${queryText({ ...filter })}`, artifacts, { signal }), placeholderData: keepPreviousData, refetchInterval: query => every(query.state.data?.artifacts.some(({ state }) => state === 'uploading') === true ? 1000 : 4000)() });
/** Undefined reads nothing. */
export const useArtifact = (id: string | undefined) => useQuery({ queryKey: [...all, 'one', id ?? ''], queryFn: ({ signal }) => request(path(id ?? ''), artifact, { signal }), enabled: id !== undefined, refetchInterval: query => every(query.state.data?.state === 'uploading' ? 1000 : 10_000)() });

/** Where its file is, for whoever saves it: a download, counted and in the audit. */
export const downloadUrl = (id: string): string => new URL(`${apiBase}${path(id, '/content')}`, location.origin).href;
/** Where its file is, for what only shows it: the server is told that nobody saves it. */
export const contentUrl = (id: string): string => `${downloadUrl(id)}?for=view`;
/** The whole file. Throws ApiFailure. */
export const readArtifact = (id: string, signal?: AbortSignal): Promise<Blob> => requestFile(path(id, '/content?for=view'), signal);
/** The file as text, read once: a stored artifact never changes. Undefined reads nothing. */
export const useArtifactText = (id: string | undefined) => useQuery({ queryKey: [...all, 'text', id ?? ''], queryFn: async ({ signal }) => (await readArtifact(id ?? '', signal)).text(), enabled: id !== undefined, staleTime: Infinity });

export const usePinArtifact = () => useWrite(({ id, pinned }: { readonly id: string; readonly pinned: boolean }) => request(path(id), artifact, { method: 'PATCH', body: { pinned } }), [all]);
/** The whole file is read again and its hash compared. */
export const useVerifyArtifact = () => useWrite((id: string) => request(path(id, '/verify'), artifact, { method: 'POST', body: {} }), [all]);
export const useDeleteArtifact = () => useWrite((id: string) => request<void>(path(id), null, { method: 'DELETE' }), [all]);
/** Asks for the values of a dump that are masked: the server writes who wanted them to the audit, or refuses. */
export const useRevealArtifact = () => useWrite((id: string) => request(path(id, '/reveal'), artifactReveal, { method: 'POST', body: {} }), [keys.audit]);
