// The probes of the mock fleet, and their routes.
import { http, HttpResponse } from 'msw/http';
import { isDynamic, probePreviewRequest, startProbe, type ProbePreview, type ProbeWhat } from '../../src/model/index.ts';
import { mockProcesses } from '../actions/processes.ts';
import { mockAgents } from '../agents.ts';
import { at, problem } from '../answers.ts';
import type { MockBackend } from '../backend.ts';
import { mockGallery, mockProgram, mockScripts, mockSource, mockSymbols, towerPath } from './code.ts';
import { MockProbes } from './store.ts';

export { towerPath } from './code.ts';

const asked = probePreviewRequest.omit({ ask: true });

export function probeHandlers(backend: MockBackend, probes: MockProbes = seeded(backend)) {
  return [
    http.get(at('/probes'), ({ request }) => { const state = new URL(request.url).searchParams.get('state'); return HttpResponse.json({ probes: probes.all(state === 'in' || state === 'over' ? state : null), more: 0 }); }),
    http.get(at('/probes/:id'), ({ params }) => { const found = probes.get(String(params['id'])); return found === null ? problem(404, 'probe.unknown', 'There is no such probe.') : HttpResponse.json(found); }),
    http.post(at('/probes'), async ({ request }) => {
      const body = startProbe.safeParse(await request.json());
      return body.success ? HttpResponse.json(probes.start(body.data), { status: 201 }) : problem(400, 'request.invalid', 'This is no probe.', undefined, body.error.issues.map(issue => ({ path: issue.path.join('.'), message: issue.message })));
    }),
    http.delete(at('/probes/:id'), ({ params }) => { const id = String(params['id']); probes.end(id, 'removed'); return HttpResponse.json(probes.get(id)); }),
    http.get(at('/agents/:id/probes/scripts'), () => HttpResponse.json(mockScripts())),
    http.get(at('/agents/:id/probes/source'), ({ request }) => HttpResponse.json(mockSource(new URL(request.url).searchParams.get('file') ?? ''))),
    http.get(at('/agents/:id/probes/symbols'), ({ request }) => HttpResponse.json(mockSymbols(new URL(request.url).searchParams.get('text') ?? ''))),
    http.get(at('/agents/:id/probes/gallery'), () => HttpResponse.json(mockGallery())),
    http.post(at('/agents/:id/probes/preview'), async ({ request, params }) => {
      const body = asked.safeParse(await request.json());
      return body.success ? HttpResponse.json(preview(backend, String(params['id']), body.data)) : problem(400, 'request.invalid', 'This is no probe.');
    }),
    ...ripCordHandlers(backend, probes),
  ];
}

function preview(backend: MockBackend, agent: string, { what, target }: (typeof asked)['_output']): ProbePreview {
  const process = mockProcesses(agent, backend.clock()).processes.find(({ pid }) => pid === target?.pid);
  if (!isDynamic(what.kind)) return sourcePreview(what);
  const reads = what.kind === 'logpoint' ? what.spec.expressions.map(({ expression }) => expression) : what.kind === 'bpftrace' ? mockProgram(what.spec.template ?? '', what.spec.parameters) : [];
  const written = what.kind !== 'logpoint' ? undefined : reads.find(read => /[^=!<>]=[^=]/.test(read));
  return {
    processes: process === undefined ? [] : [{ pid: process.pid, startTicks: process.startTicks, name: process.name, service: process.service }], means: what.kind === 'logpoint' ? 'V8 breakpoint' : what.kind, resolved: what.kind === 'logpoint' ? `${what.spec.at.file}:${what.spec.at.line}` : null, reads,
    costUs: what.kind === 'logpoint' ? 120 : 2, risk: { reliability: 1, performance: 1, privacy: 2, cost: 1, complexity: 0, reasons: ['It opens the inspector of the process while the probe is in.'] },
    problems: written === undefined ? [] : [{ code: 'probe.side-effect', message: `"${written}" would change the program: a probe only reads.`, help: 'Read the value without assigning it.' }],
  };
}

/** As agents tell of log sources: they touch no process. */
function sourcePreview({ kind, spec }: ProbeWhat): ProbePreview {
  const reads = kind === 'file' ? [...spec.paths] : kind === 'journald' ? [...spec.units] : [];
  return { processes: [], means: kind === 'file' ? 'file tail' : kind, resolved: reads.join(', '), reads, costUs: null, risk: { reliability: 0, performance: 1, privacy: 2, cost: 2, complexity: 1, reasons: ['Every line becomes a record that is stored downstream.'] }, problems: [] };
}

/** One that is in since a while, so that the view has something to show. */
function seeded(backend: MockBackend): MockProbes {
  const probes = new MockProbes(backend);
  const agent = mockAgents(backend)[0]?.id ?? '';
  const spent = probes.start(startProbe.parse({ agent, name: 'newgame-3', what: { kind: 'logpoint', spec: { at: { file: towerPath, line: 3 }, does: 'snapshot' } }, target: { pid: 4121 } }), 'mira', 400_000);
  probes.end(spent.id, 'removed');
  probes.start(startProbe.parse({ agent, name: 'solve-time', what: { kind: 'logpoint', spec: { at: { file: towerPath, line: 5 }, does: 'timer', until: { file: towerPath, line: 6 } } }, target: { pid: 4121 } }), 'mira', 300_000);
  probes.start(startProbe.parse({ agent, name: 'app-logs', what: { kind: 'file', spec: { paths: ['/var/log/app/*.log'] } } }), 'mira', 200_000);
  probes.start(startProbe.parse({ agent, name: 'who-plays', what: { kind: 'logpoint', spec: { at: { file: towerPath, line: 6 }, expressions: [{ expression: 'user' }, { expression: 'moves' }] } }, target: { pid: 4121 }, reason: 'who keeps the tower busy' }), 'mira', 95_000);
  probes.start(startProbe.parse({ agent, name: 'moves', what: { kind: 'logpoint', spec: { at: { file: towerPath, line: 13 }, does: 'count' } }, target: { pid: 4121 } }), 'mira', 60_000);
  return probes;
}

function ripCordHandlers(backend: MockBackend, probes: MockProbes) {
  let pulled: { from: 'server'; by: string; atUnixMs: number; reason: string } | null = null;
  const state = () => ({ fleet: pulled, agents: mockAgents(backend).map(({ id, name, connected }) => ({ agent: { id, name, connected }, ordered: pulled, report: !connected ? null : { pulls: pulled === null ? [] : [pulled], atUnixMs: backend.clock(), effect: pulled === null ? null : { tookMs: 38, probesRemoved: 1, actionsCancelled: 0, rulesOff: 4, netsDisarmed: 1, problems: [] } } })) });
  return [
    http.get(at('/rip-cord'), () => HttpResponse.json(state())),
    http.post(at('/rip-cord/pull'), async ({ request }) => { const { reason = '' } = await request.json() as { reason?: string }; pulled = { from: 'server', by: 'you', atUnixMs: backend.clock(), reason }; probes.end(null, 'rip-cord'); backend.note('rip-cord.pull', 'fleet'); return HttpResponse.json(state()); }),
    http.post(at('/rip-cord/release'), () => { pulled = null; backend.note('rip-cord.release', 'fleet'); return HttpResponse.json(state()); }),
  ];
}
