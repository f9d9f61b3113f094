// The redaction audit over REST: what was hidden, what left, what stopped, and the proof of it as a file.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ok } from '../../base/index.ts';
import { canaryRun, canaryStatus, redactionOverview, redactionSeries, redactionSourceDetail, redactionSources, residualScanStarted, seriesBy, sourceState, startResidualScan } from '../../model/index.ts';
import { refuse } from '../http/problem.ts';
import { idParams, route, type FileAnswer, type Route } from '../http/route.ts';
import type { Store } from '../store/index.ts';
import { retentionMs } from './bounds.ts';
import { periodAt } from './key-periods.ts';
import { csv, jsonLines } from './proof/lines.ts';
import { otlpJson } from './proof/otlp.ts';
import { proofOf, type Proof } from './proof/proof.ts';
import type { RedactionService } from './redaction-service.ts';
import { overviewOf, seriesOf, type OverviewFacts } from './views/overview.ts';
import { rangeOf, type RangePart } from './views/range.ts';
import { readerOf, type Reader } from './views/reader.ts';
import { sourceDetail } from './views/source-detail.ts';
import { rulesOf, shown } from './views/source-facts.ts';
import { isCounted, statesIn, type SourceState } from './views/states.ts';
import { sumsOf } from './views/sums.ts';

export interface RedactionRouteOptions { readonly redaction: RedactionService; readonly store: Store; readonly nowMs: () => number; readonly version: string }

const seconds = z.coerce.number().int().min(60).max(retentionMs / 1000).default(900);
const horizon = z.object({ seconds });
const moment = z.coerce.number().int().nonnegative().max(8.64e15).optional();
const narrowed = { seconds, from: moment, to: moment };
const sourcesQuery = z.object({
  ...narrowed, q: z.string().max(200).optional(), state: sourceState.optional(), service: z.string().max(200).optional(), detector: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});
const seriesQuery = z.object({ ...narrowed, source: z.string().max(100).optional(), by: seriesBy.default('detector') });
const exportQuery = z.object({ format: z.enum(['jsonl', 'csv', 'otlp']).default('jsonl'), seconds });

const formats = {
  jsonl: { contentType: 'application/x-ndjson', extension: 'jsonl', write: jsonLines },
  csv: { contentType: 'text/csv; charset=utf-8', extension: 'csv', write: csv },
  otlp: { contentType: 'application/json', extension: 'otlp.json', write: otlpJson },
} as const satisfies Record<z.infer<typeof exportQuery>['format'], { contentType: string; extension: string; write: (proof: Proof) => Iterable<string> }>;

/** Buckets of a small chart in a row. */
const sparkBuckets = 60;

/** Undefined: all of the range. */
const partOf = ({ from, to }: { readonly from?: number | undefined; readonly to?: number | undefined }): RangePart | undefined =>
  (from === undefined && to === undefined ? undefined : { fromMs: from ?? 0, toMs: to ?? Number.MAX_SAFE_INTEGER });

export const redactionRoutes = (options: RedactionRouteOptions): Route[] => [...readingRoutes(options), ...doingRoutes(options), exportRoute(options)];

const readerNow = async ({ redaction, nowMs }: RedactionRouteOptions): Promise<Reader> => { const ends = await redaction.history.read(); return readerOf(redaction.book, redaction.fleet, nowMs(), ends); };

function factsOf({ redaction, nowMs }: RedactionRouteOptions, length: number): OverviewFacts {
  return { seconds: length, fullUntilMs: redaction.fullUntilMs, period: periodAt(nowMs()), writes: redaction.writer.writes };
}

function readingRoutes(options: RedactionRouteOptions): Route[] {
  const { redaction } = options;
  const sums = (length: number, reader: Reader, part?: RangePart) => sumsOf(reader.book, rangeOf(length, reader.nowMs, sparkBuckets, part));
  return [
    route({ method: 'GET', path: '/redaction/overview', tag: 'redaction', summary: 'What was hidden, what still leaks, how much of what leaves is covered and scanned', query: horizon, status: 200, response: redactionOverview, problems: [],
      handle: async ({ query }) => { const reader = await readerNow(options); return ok(overviewOf(reader, sums(query.seconds, reader), factsOf(options, query.seconds))); } }),
    route({ method: 'GET', path: '/redaction/sources', tag: 'redaction', summary: 'Where secrets came from: lines of code, keys and detectors; those that leak first', query: sourcesQuery, status: 200, response: redactionSources, problems: [],
      handle: async ({ query }) => {
        const reader = await readerNow(options);
        const summed = sums(query.seconds, reader, partOf(query));
        const found = statesIn(reader, summed).filter(fits(reader, query));
        const { originMs, toMs, bucketMs } = summed.range;
        return ok({ sources: shown(reader, summed, found.slice(0, query.limit)), more: Math.max(0, found.length - query.limit), fromUnixMs: originMs, toUnixMs: toMs, bucketMs });
      } }),
    route({ method: 'GET', path: '/redaction/sources/{id}', tag: 'redaction', summary: 'One source, agent by agent: what hid it, what left, the second it stopped', params: idParams, query: horizon, status: 200, response: redactionSourceDetail, problems: ['redaction.source-unknown'],
      handle: async ({ params, query }) => {
        const reader = await readerNow(options);
        const source = reader.book.sources.find(params.id);
        if (source === undefined) return unknownSource(params.id);
        const deployments = await options.store.rules.lastDeployments();
        const deployedAt = new Map([...deployments].map(([id, { version, at }]) => [`${id}@${version ?? 0}`, at]));
        return ok(sourceDetail(reader, source, sums(query.seconds, reader), (id, version) => (options.redaction.runs(id) ? deployedAt.get(`${id}@${version}`) ?? null : null)));
      } }),
    route({ method: 'GET', path: '/redaction/series', tag: 'redaction', summary: 'Findings over time, of all sources or of one', query: seriesQuery, status: 200, response: redactionSeries, problems: ['redaction.source-unknown'],
      handle: async ({ query }) => {
        const source = query.source === undefined ? null : redaction.book.sources.find(query.source);
        return source === undefined ? unknownSource(query.source ?? '') : ok(seriesOf(await readerNow(options), { seconds: query.seconds, part: partOf(query) }, query.by, source));
      } }),
    route({ method: 'GET', path: '/redaction/canary', tag: 'redaction', summary: 'The last canary run, agent by agent', status: 200, response: canaryStatus, problems: [],
      handle: () => Promise.resolve(ok(redaction.canaryStatus())) }),
  ];
}

const unknownSource = (id: string) => refuse('redaction.source-unknown', `The audit knows no source with the id "${id}".`);

/** `q` looks in every name of the source and its rules, whatever the case. */
function fits({ book }: Reader, { q, state, service, detector }: z.infer<typeof sourcesQuery>): (of: SourceState) => boolean {
  const word = q?.toLowerCase();
  const holds = (of: SourceState): boolean => word === undefined || [of.source.service, of.source.durableId, of.source.source, of.source.key, of.source.detector, of.source.place, of.source.context, ...rulesOf(book, of).map(({ name }) => name)].some((text) => text.toLowerCase().includes(word));
  return (of) => (state === undefined || isCounted(of, state)) && (service === undefined || of.source.service === service) && (detector === undefined || of.source.detector === detector) && holds(of);
}

function doingRoutes({ redaction }: RedactionRouteOptions): Route[] {
  return [
    route({ method: 'POST', path: '/redaction/residual-scan', tag: 'redaction', summary: 'Scan everything that leaves for a while, instead of a sample', body: startResidualScan, status: 200, response: residualScanStarted, problems: [],
      handle: async ({ body, principal }) => ok(await redaction.scanFully(body.seconds, principal)) }),
    route({ method: 'POST', path: '/redaction/canary', tag: 'redaction', summary: 'Send generated secrets through every input of every agent and follow them to every output', status: 200, response: canaryRun, problems: ['canary.running', 'canary.no-agent'],
      handle: ({ principal }) => redaction.runCanary(principal) }),
  ];
}

const exportRoute = (options: RedactionRouteOptions): Route => route<unknown, z.infer<typeof exportQuery>, unknown, FileAnswer>({
  method: 'GET', path: '/redaction/export', tag: 'redaction', summary: 'The proof as a file: what was hidden and what left, with agents, rule versions, coverage and scan share; who took it is audited',
  query: exportQuery, status: 200, response: null, file: Object.values(formats).map(({ contentType }) => contentType), problems: [],
  handle: async ({ query, principal }) => {
    const { contentType, extension, write } = formats[query.format];
    const proof = proofOf(await readerNow(options), { ...factsOf(options, query.seconds), canary: options.redaction.canaryStatus().last }, principal.user, options.version);
    const pieces = await gathered(write(proof));
    await options.redaction.noteExport(principal, { format: query.format, range: proof.header.range, sources: proof.header.sources, rows: proof.header.rows, sha256: hashOf(pieces) });
    return ok({ contentType, name: `weir-redaction-${proof.header.generatedAt.replaceAll(/[:.]/g, '-')}.${extension}`, pieces: sent(pieces) });
  },
});

const slice = 500;

/** Made before it is sent, for the audit names its hash; in slices, so that nothing else waits. */
async function gathered(lines: Iterable<string>): Promise<readonly string[]> {
  const pieces: string[] = [];
  for (const line of lines) {
    pieces.push(line);
    if (pieces.length % slice === 0) await new Promise((resolve) => { setImmediate(resolve); });
  }
  return pieces;
}

function hashOf(pieces: readonly string[]): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

async function* sent(pieces: readonly string[]): AsyncGenerator<string> {
  for (let i = 0; i < pieces.length; i += slice) yield pieces.slice(i, i + slice).join('');
}
