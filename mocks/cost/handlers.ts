// The cost routes of /api/v1.
import { http, HttpResponse } from 'msw/http';
import { costQuery, priceChange } from '../../src/model/index.ts';
import { at, problem } from '../answers.ts';
import type { MockBackend } from '../backend.ts';
import { MockCost } from './store.ts';

const asked = (request: Request) => new URL(request.url).searchParams;

export function costHandlers(backend: MockBackend) {
  const cost = new MockCost(backend);
  return [
    http.get(at('/cost'), ({ request }) => {
      const query = costQuery.safeParse(Object.fromEntries(asked(request)));
      return query.success ? HttpResponse.json(cost.report(query.data.by, query.data.service ?? null, query.data.limit)) : problem(400, 'request.invalid', 'The report is by event, service, version, severity, field or signal.');
    }),
    http.get(at('/cost/prices'), () => HttpResponse.json(cost.prices)),
    http.put(at('/cost/prices'), async ({ request }) => {
      const body = priceChange.safeParse(await request.json());
      if (!body.success) return problem(400, 'request.invalid', 'The prices were not saved', 'A price is a number from 0 up, or null.');
      const { base, ...prices } = body.data;
      if (base !== undefined && JSON.stringify(base) !== JSON.stringify(cost.prices)) return problem(409, 'prices.changed-meanwhile', 'Somebody saved other prices meanwhile', 'Look at them, and say yours again.');
      cost.prices = prices;
      backend.note('cost.prices', 'cost:prices');
      return HttpResponse.json(cost.prices);
    }),
    http.get(at('/cost/suggestions'), () => HttpResponse.json(cost.suggestions())),
    http.post(at('/cost/suggestions/:id/rule'), ({ params }) => {
      const ruleId = cost.makeRule(String(params['id']));
      return ruleId === null ? problem(404, 'suggestion.unknown', 'There is no such suggestion now.', 'Open the list of suggestions again.') : HttpResponse.json({ ruleId }, { status: 201 });
    }),
    http.get(at('/cost/savings'), () => HttpResponse.json(cost.savings())),
  ];
}
