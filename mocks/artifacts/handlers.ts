// The artifact routes of /api/v1, played by the mock backend.
import { http, HttpResponse } from 'msw/http';
import { changeArtifact } from '../../src/model/index.ts';
import type { Artifact, ArtifactFormat, ArtifactKind } from '../../src/model/index.ts';
import { at, problem } from '../answers.ts';
import type { MockBackend } from '../backend.ts';

const unknown = () => problem(404, 'artifact.unknown', 'No artifact has this id', 'It may have been deleted, or its time was over.');

export const artifactHandlers = (backend: MockBackend) => [
  http.get(at('/artifacts'), async ({ request }) => {
    await backend.ready;
    const asked = new URL(request.url).searchParams;
    const all = backend.artifacts.kept.map(({ artifact }) => artifact).filter(artifact => matches(artifact, asked));
    return HttpResponse.json({ artifacts: all, more: 0, quota: backend.artifacts.quota });
  }),
  http.get(at('/artifacts/:id'), async ({ params }) => { await backend.ready; const kept = backend.artifacts.find(String(params['id'])); return kept === undefined ? unknown() : HttpResponse.json(kept.artifact); }),
  http.get(at('/artifacts/:id/content'), async ({ params }) => {
    await backend.ready;
    const kept = backend.artifacts.find(String(params['id']));
    if (kept === undefined) return unknown();
    if (kept.artifact.state !== 'stored') return problem(409, 'artifact.not-there', `${kept.artifact.name} is ${kept.artifact.state}`);
    backend.artifacts.change(kept.artifact.id, { downloads: kept.artifact.downloads + 1 });
    const bytes = await kept.read();
    return new HttpResponse(bytes.slice().buffer, { headers: { 'content-type': 'application/octet-stream', 'content-length': String(bytes.length), 'content-disposition': `attachment; filename="${kept.artifact.name}"` } });
  }),
  ...changing(backend),
];

const changing = (backend: MockBackend) => [
  http.post(at('/artifacts'), async ({ request }) => {
    const name = new URL(request.url).searchParams.get('name') ?? 'file';
    const bytes = new Uint8Array(await request.arrayBuffer());
    const [kind, format] = kindOf(name, bytes);
    const artifact = await backend.artifacts.add({ kind, format, name, summary: 'Brought by you', sensitive: kind === 'packet-capture' || kind === 'heap-snapshot' }, () => bytes, { by: 'you' });
    return HttpResponse.json({ artifact, incident: null }, { status: 201 });
  }),
  http.patch(at('/artifacts/:id'), async ({ request, params }) => {
    const body = changeArtifact.safeParse(await request.json());
    if (!body.success) return problem(400, 'request.invalid', 'Say whether it is pinned.');
    const changed = backend.artifacts.change(String(params['id']), { pinned: body.data.pinned, expiresAt: body.data.pinned ? null : backend.iso(backend.clock() + 30 * 86_400_000) });
    return changed === null ? unknown() : HttpResponse.json(changed);
  }),
  http.post(at('/artifacts/:id/verify'), ({ params }) => { const changed = backend.artifacts.change(String(params['id']), { verifiedAt: backend.iso(backend.clock()) }); return changed === null ? unknown() : HttpResponse.json(changed); }),
  http.post(at('/artifacts/:id/reveal'), ({ params }) => {
    const kept = backend.artifacts.find(String(params['id']));
    if (kept === undefined) return unknown();
    backend.artifacts.reveals.push(kept.artifact.id);
    return HttpResponse.json({ at: backend.iso(backend.clock()), by: 'you' });
  }),
  http.delete(at('/artifacts/:id'), ({ params }) => { backend.artifacts.remove(String(params['id'])); return new HttpResponse(null, { status: 204 }); }),
];

function matches(artifact: Artifact, asked: URLSearchParams): boolean {
  const [kind, agent, incident, action, q] = ['kind', 'agent', 'incident', 'action', 'q'].map(name => asked.get(name));
  return (kind == null || artifact.kind === kind) && (agent == null || artifact.agent?.id === agent) && (incident == null || artifact.incident === incident) && (action == null || artifact.action === action)
    && (q == null || `${artifact.name} ${artifact.summary} ${artifact.service ?? ''}`.toLowerCase().includes(q.toLowerCase()));
}

const byEnding: readonly (readonly [string, ArtifactKind, ArtifactFormat])[] = [['.cpuprofile', 'cpu-profile', 'cpuprofile'], ['.heapsnapshot', 'heap-snapshot', 'heapsnapshot'], ['.pcapng', 'packet-capture', 'pcapng'], ['.pcap', 'packet-capture', 'pcap'], ['.json', 'other', 'json'], ['.txt', 'other', 'text'], ['.pb.gz', 'cpu-profile', 'pprof']];

/** The server reads what a file is; the mock glances at its name, and at the first bytes of a recording. */
function kindOf(name: string, bytes: Uint8Array): readonly [ArtifactKind, ArtifactFormat] {
  if (new TextDecoder().decode(bytes.subarray(0, 8)) === 'WEIRREC1') return ['recorder', 'otlp-frames'];
  const known = byEnding.find(([ending]) => name.endsWith(ending));
  return known === undefined ? ['other', 'binary'] : [known[1], known[2]];
}
