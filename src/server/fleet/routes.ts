import { z } from 'zod';
import { ok } from '../../base/index.ts';
import { agentList, agentSummary, overview } from '../../model/index.ts';
import { refuse } from '../http/problem.ts';
import { idParams, route, type Route } from '../http/route.ts';
import type { Store } from '../store/index.ts';
import type { Fleet } from './fleet.ts';
import { seriesSeconds } from './fleet-series.ts';
import { overviewOf } from './overview.ts';

export interface FleetRouteOptions { readonly fleet: Fleet; readonly store: Store; readonly nowMs: () => number; readonly cpuBudgetShare: number }

const horizon = z.object({ seconds: z.coerce.number().int().min(10).max(seriesSeconds).default(900) });

export function fleetRoutes({ fleet, store, nowMs, cpuBudgetShare }: FleetRouteOptions): Route[] {
  return [
    route({ method: 'GET', path: '/overview', tag: 'fleet', summary: 'Rates, top talkers, exporters and marks of the last minutes', query: horizon, status: 200, response: overview, problems: [],
      handle: async ({ query }) => {
        const since = new Date(nowMs() - query.seconds * 1000).toISOString();
        return ok(overviewOf(fleet, await store.rules.deploymentsSince(since), nowMs(), query.seconds, cpuBudgetShare));
      } }),
    route({ method: 'GET', path: '/agents', tag: 'fleet', summary: 'Every agent ever seen, with its health and configuration', status: 200, response: agentList, problems: [],
      handle: () => Promise.resolve(ok({ agents: fleet.agents.map((agent) => agent.toSummary(fleet.intended.hash)) })) }),
    route({ method: 'GET', path: '/agents/{id}', tag: 'fleet', summary: 'One agent', params: idParams, status: 200, response: agentSummary, problems: ['agent.unknown'],
      handle: ({ params }) => {
        const agent = fleet.find(params.id);
        return Promise.resolve(agent === null ? refuse('agent.unknown', `There is no agent with the id "${params.id}".`) : ok(agent.toSummary(fleet.intended.hash)));
      } }),
  ];
}
