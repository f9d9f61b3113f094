// The action routes of /api/v1, played by the mock backend.
import { http, HttpResponse } from 'msw/http';
import { previewAction, startAction } from '../../src/model/index.ts';
import { mockAgents } from '../agents.ts';
import { at, problem } from '../answers.ts';
import type { MockBackend } from '../backend.ts';
import { mockPreview } from './preview.ts';
import { mockProcesses } from './processes.ts';

const unknown = () => problem(404, 'action.unknown', 'No action run has this id');

export const actionHandlers = (backend: MockBackend) => [
  http.get(at('/actions'), async ({ request }) => {
    await backend.ready;
    const asked = new URL(request.url).searchParams;
    const [state, agent, incident] = ['state', 'agent', 'incident'].map(name => asked.get(name));
    const runs = (await backend.actions.list()).filter(run => (state == null || run.state === state) && (agent == null || run.agent.id === agent) && (incident == null || run.incident === incident));
    return HttpResponse.json({ actions: runs, more: 0 });
  }),
  http.get(at('/actions/:id'), async ({ params }) => { await backend.ready; const run = await backend.actions.find(String(params['id'])); return run === undefined ? unknown() : HttpResponse.json(run); }),
  http.post(at('/actions'), async ({ request }) => {
    const body = startAction.safeParse(await request.json());
    if (!body.success) return problem(400, 'request.invalid', 'This is no action.');
    const run = backend.actions.start(body.data);
    if (run === null) return problem(404, 'agent.unknown', 'No agent has this id');
    backend.note(`action.start ${run.action}`, `agent:${run.agent.name}`);
    return HttpResponse.json(run, { status: 201 });
  }),
  http.post(at('/actions/:id/cancel'), ({ params }) => { const run = backend.actions.cancel(String(params['id'])); return run === undefined ? unknown() : HttpResponse.json(run); }),
  ...askingHandlers(backend),
];

const askingHandlers = (backend: MockBackend) => [
  http.post(at('/agents/:id/actions/preview'), async ({ request, params }) => {
    const body = previewAction.safeParse(await request.json());
    if (!body.success) return problem(400, 'request.invalid', 'This is no action.');
    const { action, parameters, target } = body.data;
    return HttpResponse.json(mockPreview(action, parameters, mockProcesses(String(params['id']), backend.clock()).processes.find(({ pid }) => pid === target?.pid) ?? null));
  }),
  http.get(at('/agents/:id/processes'), ({ params }) => {
    const id = String(params['id']);
    const agent = mockAgents(backend).find(each => each.id === id);
    if (agent?.connected !== true) return problem(409, 'agent.away', `${agent?.name ?? 'The agent'} is away`, 'Its processes can be listed when it is back.');
    return HttpResponse.json({ ask: 'mock', ...mockProcesses(id, backend.clock()) });
  }),
];
