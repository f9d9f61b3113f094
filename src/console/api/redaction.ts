// Reading and starting what the Redaction view shows. Only aggregates come this way: no value was ever stored.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { canaryRun, canaryStatus, redactionOverview, redactionSeries, redactionSourceDetail, redactionSources, residualScanStarted } from '../../model/index.ts';
import type { seriesBy } from '../../model/index.ts';
import { request, requestFile } from './client.ts';
import { useWrite } from './mutations.ts';
import { every } from './queries.ts';

const all = ['redaction'] as const;
const overviewKey = (seconds: number) => [...all, 'overview', seconds] as const;
const canaryKey = [...all, 'canary'] as const;

const readOverview = (seconds: number, signal: AbortSignal) => request(`/redaction/overview?seconds=${seconds}`, redactionOverview, { signal });

/** Tiles, coverage and the independent scan over the last so many seconds. */
export const useRedactionOverview = (seconds: number) => useQuery({ queryKey: overviewKey(seconds), queryFn: ({ signal }) => readOverview(seconds, signal), refetchInterval: every(2000), placeholderData: keepPreviousData });
/** How many sources leak, for the rail, so it is read seldom; the same answer as the Redaction view's of that range. */
export const useLeakingSources = (seconds: number) => useQuery({ queryKey: overviewKey(seconds), queryFn: ({ signal }) => readOverview(seconds, signal), refetchInterval: every(10_000), select: data => data.leaking });
/** Until when everything that leaves is scanned; null while a sample is. Read as seldom as the figure of the rail. */
export const useFullScanUntil = (seconds: number) => useQuery({ queryKey: overviewKey(seconds), queryFn: ({ signal }) => readOverview(seconds, signal), refetchInterval: every(10_000), select: data => data.scanned.fullUntil }).data ?? null;
/** `part`: only what was found between these two, Unix milliseconds, the end exclusive. */
export const useRedactionSources = (seconds: number, part: { readonly from: number; readonly to: number } | null = null) => useQuery({ queryKey: [...all, 'sources', seconds, part], queryFn: ({ signal }) => request(`/redaction/sources?seconds=${seconds}${part === null ? '' : `&from=${part.from}&to=${part.to}`}`, redactionSources, { signal }), refetchInterval: every(2000), placeholderData: keepPreviousData });
/** One source, agent by agent. Undefined reads nothing. */
export const useRedactionSource = (id: string | undefined, seconds: number) => useQuery({ queryKey: [...all, 'source', id ?? '', seconds], queryFn: ({ signal }) => request(`/redaction/sources/${encodeURIComponent(id ?? '')}?seconds=${seconds}`, redactionSourceDetail, { signal }), enabled: id !== undefined, refetchInterval: every(2000) });
export const useRedactionSeries = (seconds: number, by: z.infer<typeof seriesBy>) => useQuery({ queryKey: [...all, 'series', seconds, by], queryFn: ({ signal }) => request(`/redaction/series?seconds=${seconds}&by=${by}`, redactionSeries, { signal }), refetchInterval: every(seconds > 3600 ? 30_000 : 5000), placeholderData: keepPreviousData });
/** The last canary run; read each second while one runs. */
export const useCanary = () => useQuery({ queryKey: canaryKey, queryFn: ({ signal }) => request('/redaction/canary', canaryStatus, { signal }), refetchInterval: query => every(query.state.data?.running === true ? 1000 : 10_000)() });

export const useRunCanary = () => useWrite(() => request('/redaction/canary', canaryRun, { method: 'POST', body: {} }), [canaryKey]);
/** Everything that leaves is scanned for so long; 0 ends it early. */
export const useStartResidualScan = () => useWrite((seconds: number) => request('/redaction/residual-scan', residualScanStarted, { method: 'POST', body: { seconds } }), [[...all, 'overview']]);

export const exportFormats = ['jsonl', 'csv', 'otlp'] as const;
export type ExportFormat = (typeof exportFormats)[number];
/** The audit of the last so many seconds, as a file. */
export const readRedactionExport = (format: ExportFormat, seconds: number): Promise<Blob> => requestFile(`/redaction/export?format=${format}&seconds=${seconds}`);
