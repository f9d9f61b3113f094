// Actions over REST.
import { z } from 'zod';
import { ok } from '../../base/index.ts';
import { actionPreview, actionRun, actionRuns, actionState, previewAction, processesReport, startAction } from '../../model/index.ts';
import { may } from '../auth/index.ts';
import { refuse } from '../http/problem.ts';
import { idParams, route, type Route } from '../http/route.ts';
import type { ActionService } from './action-service.ts';

const text = z.string().max(200).optional();
const filter = z.object({ state: actionState.optional(), agent: text, incident: text, limit: z.coerce.number().int().min(1).max(1000).default(100) });
const cancelBody = z.object({ reason: z.string().max(500).default('') }).default({ reason: '' });
/** Their results hold what no detector can mask. */
const sensitive: readonly string[] = ['memory-dump', 'packet-capture'];

export function actionRoutes(actions: ActionService): Route[] {
  const agentProblems = ['agent.unknown', 'agent.away', 'agent.not-weir', 'agent.silent'] as const;
  return [
    route({ method: 'GET', path: '/actions', tag: 'actions', summary: 'Action runs, newest first', query: filter, needs: 'action.read', status: 200, response: actionRuns, problems: [],
      handle: async ({ query: { limit, ...wanted } }) => ok(await actions.list(wanted, limit)) }),
    route({ method: 'POST', path: '/actions', tag: 'actions', summary: 'Start an action on an agent; audited with the reason', body: startAction, needs: 'action.run', status: 201, response: actionRun, problems: ['agent.unknown', 'agent.away', 'agent.not-weir', 'incident.unknown', 'auth.forbidden'],
      handle: async ({ body, principal }) => {
        if (sensitive.includes(body.action) && !may(principal, 'action.run-sensitive')) return refuse('auth.forbidden', `${body.action} brings home memory or packets, which ${principal.user} may not ask for.`);
        const started = await actions.start({ ...body, asker: { kind: 'person', name: principal.user, id: null } }, principal);
        return started.ok ? ok(actions.shown(started.value)) : started;
      } }),
    route({ method: 'GET', path: '/actions/{id}', tag: 'actions', summary: 'One run: progress, figures, why not', params: idParams, needs: 'action.read', status: 200, response: actionRun, problems: ['action.unknown'],
      handle: ({ params }) => actions.get(params.id) }),
    route({ method: 'POST', path: '/actions/{id}/cancel', tag: 'actions', summary: 'Ask the agent to stop it; audited', params: idParams, body: cancelBody, needs: 'action.run', status: 200, response: actionRun, problems: ['action.unknown', 'action.over', 'agent.away'],
      handle: async ({ params, body, principal }) => {
        const cancelled = await actions.cancel(params.id, body.reason, principal);
        return cancelled.ok ? ok(actions.shown(cancelled.value)) : cancelled;
      } }),
    route({ method: 'POST', path: '/agents/{id}/actions/preview', tag: 'actions', summary: 'What an action would cost there, without doing it', params: idParams, body: previewAction, needs: 'action.read', status: 200, response: actionPreview, problems: agentProblems,
      handle: ({ params, body }) => actions.preview(params.id, body) }),
    route({ method: 'GET', path: '/agents/{id}/processes', tag: 'actions', summary: 'What runs on the agent\'s machine, and which tools are there', params: idParams, needs: 'action.read', status: 200, response: processesReport, problems: agentProblems,
      handle: ({ params }) => actions.processes(params.id) }),
  ];
}
