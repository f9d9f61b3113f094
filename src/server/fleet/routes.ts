import { z } from 'zod';
import { ok } from '../../base/index.ts';
import { agentList, agentSummary, overview, ruleHistory, type RuleNotice } from '../../model/index.ts';
import { refuse } from '../http/problem.ts';
import { idParams, route, type Route } from '../http/route.ts';
import type { Store } from '../store/index.ts';
import type { Fleet } from './fleet.ts';
import { seriesSeconds } from './fleet-series.ts';
import { historyOf, overviewOf, type LabelOf } from './overview.ts';

export interface FleetRouteOptions { readonly fleet: Fleet; readonly store: Store; readonly nowMs: () => number; readonly cpuBudgetShare: number; readonly notices: () => readonly RuleNotice[]; /** What a person calls a line of code that has no name; null: by its durable id. */ readonly labelOf: LabelOf }

const horizon = z.object({ seconds: z.coerce.number().int().min(10).max(seriesSeconds).default(900) });

export function fleetRoutes({ fleet, store, nowMs, cpuBudgetShare, notices, labelOf }: FleetRouteOptions): Route[] {
  const since = (seconds: number) => new Date(nowMs() - seconds * 1000).toISOString();
  return [
    route({ method: 'GET', path: '/overview', tag: 'fleet', summary: 'Rates, top talkers, exporters and marks of the last minutes', query: horizon, status: 200, response: overview, problems: [],
      handle: async ({ query }) => {
        return ok(overviewOf(fleet, await store.rules.deploymentsSince(since(query.seconds)), notices(), nowMs(), query.seconds, cpuBudgetShare, labelOf));
      } }),
    route({ method: 'GET', path: '/rules/{id}/history', tag: 'rules', summary: 'What a rule did, second by second, with its deployments, breaches and ends', params: idParams, query: horizon, status: 200, response: ruleHistory, problems: ['rule.unknown'],
      handle: async ({ params, query }) => {
        const rule = await store.rules.get(params.id);
        if (rule === null) return refuse('rule.unknown', `There is no rule with the id "${params.id}".`);
        const [deployments, breaches] = await Promise.all([store.rules.deploymentsSince(since(query.seconds)), store.breaches.ofRule(rule.id, since(query.seconds))]);
        return ok(historyOf(fleet, rule.id, deployments, breaches, nowMs(), query.seconds));
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
