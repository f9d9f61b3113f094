// Every route of /api/v1, played by the mock backend. The browser worker and the component tests use these same handlers.
import { http, HttpResponse } from 'msw/http';
import { compileRequest, deployRule, saveRule, setDemoFault } from '../src/model/index.ts';
import type { ApiError, Overview } from '../src/model/index.ts';
import { mockAgents } from './agents.ts';
import type { MockBackend } from './backend.ts';
import { outline } from './rules-store.ts';
import type { StoredRule } from './rules-store.ts';

const at = (path: string) => `*/api/v1${path}`;

export const problem = (status: number, code: string, message: string, help?: string, issues?: ApiError['error']['issues']) =>
  HttpResponse.json({ error: { code, message, ...(help ? { help } : {}), ...(issues ? { issues } : {}) } }, { status });

export function createHandlers(backend: MockBackend) {
  return [
    http.get(at('/session'), () => HttpResponse.json({ user: 'you', environment: 'mock', version: '0.1.0', demo: true, otlp: { http: 'http://127.0.0.1:4318', grpc: 'http://127.0.0.1:4317' } })),
    http.get(at('/overview'), () => HttpResponse.json(backend.overview() satisfies Overview)),
    http.get(at('/agents'), () => HttpResponse.json({ agents: mockAgents(backend) })),
    http.get(at('/audit'), () => HttpResponse.json({ entries: backend.audit })),
    ...faultHandlers(backend), ...ruleHandlers(backend),
    http.post(at('/kql/compile'), async ({ request }) => {
      const body = compileRequest.safeParse(await request.json());
      return body.success ? HttpResponse.json(verdict(body.data.kql)) : problem(400, 'invalid-request', 'This is not a compile request');
    }),
  ];
}

function faultHandlers(backend: MockBackend) {
  return [
    http.get(at('/demo/faults'), () => HttpResponse.json({ faults: backend.faults })),
    http.put(at('/demo/faults/:name'), async ({ request, params }) => {
      const body = setDemoFault.safeParse(await request.json());
      if (!body.success || !backend.faults.some(fault => fault.name === params['name'])) return problem(404, 'unknown-fault', 'The demo shop has no such fault');
      backend.faults = backend.faults.map(fault => (fault.name === params['name'] ? { ...fault, on: body.data.on } : fault));
      return HttpResponse.json({ faults: backend.faults });
    }),
  ];
}

function ruleHandlers(backend: MockBackend) {
  const { store } = backend;
  const now = () => backend.iso(backend.clock());
  const withRule = (id: unknown, act: (rule: StoredRule) => Response | Promise<Response>) => {
    const rule = store.rules.get(String(id));
    return rule ? act(rule) : problem(404, 'unknown-rule', 'There is no rule with this id', 'It may have been deleted; open the list of rules.');
  };
  const draftOf = async (request: Request) => saveRule.safeParse(await request.json());
  const invalid = (issues: readonly { path: PropertyKey[]; message: string }[]) => problem(400, 'invalid-rule', 'The rule was not saved', 'Nothing was changed.', issues.map(issue => ({ path: issue.path.join('.'), message: issue.message })));
  return [
    http.get(at('/rules'), () => HttpResponse.json({ rules: [...store.rules.values()].map(rule => backend.summary(rule)) })),
    http.get(at('/rules/:id'), ({ params }) => withRule(params['id'], rule => HttpResponse.json(backend.detail(rule)))),
    http.post(at('/rules'), async ({ request }) => {
      const draft = await draftOf(request);
      if (!draft.success) return invalid(draft.error.issues);
      const rule = store.create(draft.data.document, draft.data.note, now());
      backend.note('rule.create', draft.data.document.name);
      return HttpResponse.json(backend.detail(rule), { status: 201 });
    }),
    http.post(at('/rules/:id/versions'), ({ request, params }) => withRule(params['id'], async rule => {
      const draft = await draftOf(request);
      if (!draft.success) return invalid(draft.error.issues);
      store.addVersion(rule, draft.data.document, draft.data.note, now());
      backend.note('rule.save', draft.data.document.name);
      return HttpResponse.json(backend.detail(rule));
    })),
    http.post(at('/rules/:id/deploy'), ({ request, params }) => withRule(params['id'], async rule => {
      const body = deployRule.safeParse(await request.json());
      if (!body.success || body.data.version > rule.versions.length) return problem(409, 'unknown-version', 'The rule has no such version');
      store.deploy(rule, body.data.version, now());
      backend.note('rule.deploy', rule.id);
      return HttpResponse.json(backend.detail(rule));
    })),
    http.post(at('/rules/:id/disable'), ({ params }) => withRule(params['id'], rule => { store.disable(rule); backend.note('rule.disable', rule.id); return HttpResponse.json(backend.detail(rule)); })),
    http.delete(at('/rules/:id'), ({ request, params }) => withRule(params['id'], rule => {
      if (rule.state === 'deployed' && new URL(request.url).searchParams.get('force') !== 'true') return problem(409, 'rule-deployed', 'The rule is deployed', 'Disable it first, or delete it with force.');
      store.delete(rule); backend.note('rule.delete', rule.id);
      return new HttpResponse(null, { status: 204 });
    })),
  ];
}

/** The mock does not compile; it only notices a missing table or sink. The real verdict comes from the KQL worker in the page. */
function verdict(kql: string) {
  const shape = outline(kql);
  const fault = shape.table === '' ? 'Start with Logs, Spans or Metrics.' : shape.sink === '' ? 'A rule ends in a sink, such as | invoke drop().' : null;
  return fault === null ? { ok: true, diagnostics: [], plan: null } : { ok: false, diagnostics: [{ severity: 'error', code: 'mock', message: fault, start: 0, end: kql.length }], plan: null };
}
