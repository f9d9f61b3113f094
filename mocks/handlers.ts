// Every route of /api/v1, played by the mock backend. The browser worker and the component tests use these same handlers.
import { http, HttpResponse } from 'msw/http';
import { compileRequest, setDemoFault } from '../src/model/index.ts';
import type { Overview } from '../src/model/index.ts';
import { mockAgents } from './agents.ts';
import { actionHandlers } from './actions/index.ts';
import { at, problem } from './answers.ts';
import { artifactHandlers } from './artifacts/index.ts';
import type { MockBackend } from './backend.ts';
import { costHandlers } from './cost/index.ts';
import { eventHandlers } from './events/index.ts';
import { incidentHandlers } from './incidents/index.ts';
import { netHandlers } from './nets/index.ts';
import { outlineKql } from './outline.ts';
import { probeHandlers } from './probes/index.ts';
import { recorderHandlers } from './recorders/index.ts';
import { redactionHandlers } from './redaction/index.ts';
import { ruleHandlers } from './rule-handlers.ts';

export function createHandlers(backend: MockBackend) {
  return [
    http.get(at('/session'), () => HttpResponse.json({ user: 'you', environment: 'mock', version: '0.1.0', demo: true, otlp: { http: 'http://127.0.0.1:4318', grpc: 'http://127.0.0.1:4317' } })),
    http.get(at('/overview'), () => { backend.expireDue(); return HttpResponse.json(backend.overview() satisfies Overview); }),
    http.get(at('/agents'), () => HttpResponse.json({ agents: mockAgents(backend) })),
    http.get(at('/audit'), () => HttpResponse.json({ entries: backend.audit })),
    ...faultHandlers(backend), ...eventHandlers(backend), ...ruleHandlers(backend), ...nameHandlers, ...redactionHandlers(backend),
    ...recorderHandlers(backend), ...actionHandlers(backend), ...artifactHandlers(backend), ...incidentHandlers(backend), ...netHandlers(backend), ...probeHandlers(backend), ...costHandlers(backend),
    http.post(at('/kql/compile'), async ({ request }) => {
      const body = compileRequest.safeParse(await request.json());
      // The tail of the mock page asks its own compiler alone.
      if (body.success && body.data.mode === 'filter') return problem(503, 'compiler.unavailable', 'There is no compiler of filters here');
      return body.success ? HttpResponse.json(verdict(body.data.kql)) : problem(400, 'request.invalid', 'This is not a compile request');
    }),
  ];
}

function faultHandlers(backend: MockBackend) {
  return [
    http.get(at('/demo/faults'), () => HttpResponse.json({ faults: backend.faults })),
    http.put(at('/demo/faults/:name'), async ({ request, params }) => {
      const body = setDemoFault.safeParse(await request.json());
      if (!body.success || !backend.faults.some(fault => fault.name === params['name'])) return problem(404, 'demo.fault-unknown', 'The demo shop has no such fault');
      backend.faults = backend.faults.map(fault => (fault.name === params['name'] ? { ...fault, on: body.data.on } : fault));
      return HttpResponse.json({ faults: backend.faults });
    }),
  ];
}

const nameHandlers = [
  http.get(at('/templates'), () => HttpResponse.json({ version: 2, templates: [], passed: [] })),
];

/** The mock does not compile; it only notices a missing table or sink. The real verdict comes from the KQL worker in the page. */
function verdict(kql: string) {
  const { fault } = outlineKql(kql);
  return fault === null ? { ok: true, diagnostics: [], plan: null } : { ok: false, diagnostics: [{ severity: 'error', code: 'mock', message: fault, start: 0, end: kql.length }], plan: null };
}
