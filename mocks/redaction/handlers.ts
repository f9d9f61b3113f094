// The redaction routes of /api/v1, played by the mock backend.
import { http, HttpResponse } from 'msw/http';
import { startResidualScan } from '../../src/model/index.ts';
import type { RedactionSource } from '../../src/model/index.ts';
import { at, problem } from '../answers.ts';
import type { MockBackend } from '../backend.ts';
import { MockCanary } from './canary.ts';
import { MockScans } from './scans.ts';
import { secretById } from './shop-secrets.ts';
import { overviewView, seriesView, sourceDetailView, sourcesView } from './views.ts';

const asked = (request: Request) => new URL(request.url).searchParams;
const secondsOf = (request: Request): number => Number(asked(request).get('seconds') ?? 900);

const partOf = (request: Request) => (asked(request).has('from') ? { from: Number(asked(request).get('from')), to: Number(asked(request).get('to')) } : null);

export function redactionHandlers(backend: MockBackend) {
  let fullUntilMs = 0;
  const scans = new MockScans(backend);
  const canary = new MockCanary(backend);
  return [
    ...readingHandlers(backend, () => (fullUntilMs > backend.clock() ? fullUntilMs : null), scans),
    http.post(at('/redaction/residual-scan'), async ({ request }) => {
      const body = startResidualScan.safeParse(await request.json());
      if (!body.success) return problem(400, 'request.invalid', 'A full scan runs for 1 to 3600 seconds; 0 ends it.');
      fullUntilMs = body.data.seconds === 0 ? 0 : backend.clock() + body.data.seconds * 1000;
      if (body.data.seconds === 0) scans.end(); else scans.start(fullUntilMs);
      backend.note('redaction.residual-scan', 'redaction');
      return HttpResponse.json({ until: fullUntilMs === 0 ? null : backend.iso(fullUntilMs), agents: 2 });
    }),
    http.get(at('/redaction/canary'), () => HttpResponse.json({ last: canary.last(), running: canary.running() })),
    http.post(at('/redaction/canary'), () => {
      if (canary.running()) return problem(409, 'canary.running', 'A canary run is under way.', 'Wait until it ends.');
      backend.note('redaction.canary', 'redaction');
      return HttpResponse.json(canary.start());
    }),
  ];
}

const readingHandlers = (backend: MockBackend, fullUntil: () => number | null, scans: MockScans) => [
  http.get(at('/redaction/overview'), ({ request }) => HttpResponse.json({ ...overviewView(backend, secondsOf(request), fullUntil()), fullScans: scans.list(secondsOf(request)) })),
  http.get(at('/redaction/sources'), ({ request }) => HttpResponse.json(sourcesView(backend, secondsOf(request), partOf(request)))),
  http.get(at('/redaction/sources/:id'), ({ request, params }) => {
    const secret = secretById(String(params['id']));
    return secret === undefined ? problem(404, 'redaction.source-unknown', 'No source has this id in the range', 'Choose a longer range, or another source.') : HttpResponse.json(sourceDetailView(backend, secret, secondsOf(request)));
  }),
  http.get(at('/redaction/series'), ({ request }) => HttpResponse.json(seriesView(backend, secondsOf(request), asked(request).get('by') ?? 'detector', asked(request).get('source')))),
  http.get(at('/redaction/export'), ({ request }) => exported(sourcesView(backend, secondsOf(request)).sources, asked(request).get('format') ?? 'jsonl')),
];

const columns = ['service', 'source', 'durableId', 'signal', 'place', 'key', 'detector', 'masked', 'residual', 'distinct', 'firstSeenAt', 'lastSeenAt', 'lastLeakAt', 'state', 'cleanSince'] as const;

function exported(sources: readonly RedactionSource[], format: string): Response {
  if (format === 'csv') return file('text/csv', [columns.join(','), ...sources.map(source => columns.map(column => JSON.stringify(source[column] ?? '')).join(','))].join('\r\n'));
  if (format === 'otlp') return file('application/json', JSON.stringify({ resourceLogs: sources.map(otlpOf) }));
  return file('application/x-ndjson', sources.map(source => JSON.stringify(source)).join('\n'));
}

const otlpOf = ({ service, masked, residual, detector, key }: RedactionSource) => ({
  resource: { attributes: [text('service.name', service)] },
  scopeLogs: [{ scope: { name: 'weir.redaction' }, logRecords: [{ eventName: 'redaction.source', attributes: [text('redaction.detector', detector), text('redaction.key', key), text('redaction.masked', String(masked)), text('redaction.residual', String(residual))] }] }],
});
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const file = (type: string, body: string) => new HttpResponse(body, { headers: { 'content-type': type } });
