// Cost over REST.
import { ok } from '../../base/index.ts';
import { costQuery, costReport, priceChange, priceTable, savingList, suggestionList, suggestionRule } from '../../model/index.ts';
import { idParams, route, type Route } from '../http/route.ts';
import type { CostService } from './cost-service.ts';

export const costRoutes = ({ cost }: { readonly cost: CostService }): Route[] => [
  route({ method: 'GET', path: '/cost', tag: 'cost', summary: 'What leaves the agents costs so much a month: by event, service, version, severity, field or signal; this month so far', query: costQuery, needs: 'cost.read', status: 200, response: costReport, problems: [],
    handle: async ({ query }) => ok(await cost.report(query)) }),
  route({ method: 'GET', path: '/cost/prices', tag: 'cost', summary: 'The price table', needs: 'cost.read', status: 200, response: priceTable, problems: [],
    handle: () => Promise.resolve(ok(cost.prices.table)) }),
  route({ method: 'PUT', path: '/cost/prices', tag: 'cost', summary: 'Say what telemetry costs you', body: priceChange, needs: 'cost.write', status: 200, response: priceTable, problems: ['prices.changed-meanwhile'],
    handle: ({ body: { base, ...table }, principal }) => cost.prices.set(table, principal, base) }),
  route({ method: 'GET', path: '/cost/suggestions', tag: 'cost', summary: 'What could be saved, each with its rule, its risk and what would be lost', needs: 'cost.read', status: 200, response: suggestionList, problems: [],
    handle: async () => ok(await cost.suggestions()) }),
  route({ method: 'POST', path: '/cost/suggestions/{id}/rule', tag: 'cost', summary: 'Make a draft rule of a suggestion; what was predicted is kept beside what will be measured', params: idParams, needs: 'cost.write', status: 201, response: suggestionRule, problems: ['suggestion.unknown', 'rule.name-taken', 'rule.unreadable', 'compiler.unavailable'],
    handle: ({ params, principal }) => cost.makeRule(params.id, principal) }),
  route({ method: 'GET', path: '/cost/savings', tag: 'cost', summary: 'What rules save: predicted, measured over the last minutes, and in all', needs: 'cost.read', status: 200, response: savingList, problems: [],
    handle: async () => ok(await cost.savings()) }),
];
