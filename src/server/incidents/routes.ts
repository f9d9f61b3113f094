// Incidents over REST, and their bundles as files.
import { z } from 'zod';
import { ok, type Result } from '../../base/index.ts';
import { addNote, changeIncident, collectPlan, incident, incidentDetail, incidentRates, incidents, openIncident, type Incident } from '../../model/index.ts';
import { may, type Principal } from '../auth/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import { idParams, route, type FileAnswer, type Route } from '../http/route.ts';
import { exportBundle } from './bundle/export.ts';
import { importBundle } from './bundle/import.ts';
import type { IncidentService } from './incident-service.ts';

export interface IncidentRouteOptions { readonly service: IncidentService; /** How this Weir is called in its bundles. */ readonly from: string }

const filter = z.object({ state: z.enum(['open', 'closed']).optional(), q: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(500).default(100) });
const incidentId = z.object({ id: z.string().max(100) });

export const incidentRoutes = (options: IncidentRouteOptions): Route[] => [...readingRoutes(options), ...changingRoutes(options), ...bundleRoutes(options)];

function readingRoutes({ service }: IncidentRouteOptions): Route[] {
  return [
    route({ method: 'GET', path: '/incidents', tag: 'incidents', summary: 'Open ones first, then the newest', query: filter, needs: 'incident.read', status: 200, response: incidents, problems: [],
      handle: async ({ query: { limit, ...wanted } }) => ok(await service.list(wanted, limit)) }),
    route({ method: 'GET', path: '/incidents/{id}', tag: 'incidents', summary: 'One incident with its timeline, actions and artifacts', params: incidentId, needs: 'incident.read', status: 200, response: incidentDetail, problems: ['incident.unknown'],
      handle: ({ params }) => service.detail(params.id) }),
    route({ method: 'GET', path: '/incidents/{id}/rates', tag: 'incidents', summary: 'Records a second from before it was opened until after it was closed', params: incidentId, needs: 'incident.read', status: 200, response: incidentRates, problems: ['incident.unknown'],
      handle: ({ params }) => service.ratesOf(params.id) }),
  ];
}

function changingRoutes({ service }: IncidentRouteOptions): Route[] {
  return [
    route({ method: 'POST', path: '/incidents', tag: 'incidents', summary: 'Open one: the big red button. With a plan everything is collected at once', body: openIncident, needs: 'incident.write', status: 201, response: incident, problems: ['auth.forbidden'],
      handle: async ({ body, principal }): Promise<Result<Incident, Problem>> => (mayCollect(principal, body.collect) ? ok(await service.open(body, principal)) : noHeap(principal)) }),
    route({ method: 'PATCH', path: '/incidents/{id}', tag: 'incidents', summary: 'Rename, close or reopen it', params: incidentId, body: changeIncident, needs: 'incident.write', status: 200, response: incident, problems: ['incident.unknown'],
      handle: ({ params, body, principal }) => service.change(params.id, body, principal) }),
    route({ method: 'POST', path: '/incidents/{id}/notes', tag: 'incidents', summary: 'Write a note into the timeline', params: incidentId, body: addNote, needs: 'incident.write', status: 201, response: incidentDetail, problems: ['incident.unknown', 'incident.full'],
      handle: async ({ params, body, principal }) => {
        const noted = await service.addNote(params.id, body.text, principal);
        return noted.ok ? service.detail(params.id) : noted;
      } }),
    route({ method: 'POST', path: '/incidents/{id}/collect', tag: 'incidents', summary: 'Collect more for an open incident', params: incidentId, body: collectPlan, needs: 'incident.write', status: 200, response: incident, problems: ['incident.unknown', 'incident.closed', 'auth.forbidden'],
      handle: async ({ params, body, principal }) => (mayCollect(principal, body) ? service.collectMore(params.id, body, principal) : noHeap(principal)) }),
  ];
}

function mayCollect(principal: Principal, plan: { readonly heap: boolean } | null): boolean {
  return plan === null || (may(principal, 'action.run') && (!plan.heap || may(principal, 'action.run-sensitive')));
}
const noHeap = ({ user }: Principal) => refuse('auth.forbidden', `${user} may not start what this plan asks for.`);

function bundleRoutes({ service, from }: IncidentRouteOptions): Route[] {
  return [
    route<{ id: string }, unknown, unknown, FileAnswer>({ method: 'GET', path: '/incidents/{id}/bundle', tag: 'incidents', summary: 'The whole incident as a zip, for another Weir; audited', params: idParams, needs: 'incident.export', status: 200, response: null, file: ['application/zip'], problems: ['incident.unknown'],
      handle: ({ params, principal }) => exportBundle(service, params.id, from, principal) }),
    route({ method: 'POST', path: '/incidents/import', tag: 'incidents', summary: 'Import a bundle, as the body; refused whole when anything in it is not as its manifest says. One that is here already is answered as it is (wasHere), but when a copy is wanted', query: z.object({ copy: z.enum(['true', 'false']).optional() }), takesFile: true, needs: 'incident.import', status: 201, response: incident,
      problems: ['bundle.invalid', 'artifact.too-large', 'artifact.quota', 'artifact.disk-full', 'artifact.cut'],
      handle: async ({ file, headers, query, principal }): Promise<Result<Incident, Problem>> => {
        const received = await service.options.artifacts.desk.receive(file, Number(headers['content-length'] ?? 0));
        return received.ok ? importBundle(service, received.value.id, principal, { copy: query.copy === 'true' }) : received;
      } }),
  ];
}
