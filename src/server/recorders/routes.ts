// Flight recorders over REST.
import { z } from 'zod';
import { ok } from '../../base/index.ts';
import { fleetRecorders as response, recorderDefinition, recorderKeysReport, recorderName } from '../../model/index.ts';
import type { Asks } from '../actions/index.ts';
import type { Fleet } from '../fleet/index.ts';
import { refuse } from '../http/problem.ts';
import { route, type Route } from '../http/route.ts';
import type { RecorderDefinitions } from './definitions.ts';
import { fleetRecorders } from './fleet-recorders.ts';

const named = z.object({ name: recorderName });
const keysTimeoutMs = 5000;

export function recorderRoutes({ fleet, definitions, asks }: { readonly fleet: Fleet; readonly definitions: RecorderDefinitions; readonly asks: Asks }): Route[] {
  return [
    route({ method: 'GET', path: '/recorders', tag: 'recorders', summary: 'Flight recorders: what they are, what they hold on each agent', needs: 'action.read', status: 200, response, problems: [],
      handle: () => Promise.resolve(ok(fleetRecorders(fleet, definitions.all))) }),
    route({ method: 'PUT', path: '/recorders/{name}', tag: 'recorders', summary: 'Define a recorder, or change it; agents get it at once', params: named, body: recorderDefinition, needs: 'action.run', status: 200, response: recorderDefinition, problems: ['recorder.key', 'recorder.name', 'recorder.too-many'],
      handle: ({ params, body, principal }) => (params.name === body.name ? definitions.put(body, principal) : Promise.resolve(refuse('recorder.name', `The definition is of ${body.name}, the address of ${params.name}.`))) }),
    route({ method: 'DELETE', path: '/recorders/{name}', tag: 'recorders', summary: 'Forget a definition; what rules still fill is plain and of the usual size', params: named, needs: 'action.run', status: 204, response: null, problems: ['recorder.unknown'],
      handle: ({ params, principal }) => definitions.remove(params.name, principal) }),
    route({ method: 'GET', path: '/recorders/{name}/keys', tag: 'recorders', summary: 'The rings of a keyed recorder on one agent, fullest first', params: named, query: z.object({ agent: z.string() }), needs: 'action.read', status: 200, response: recorderKeysReport, problems: ['agent.unknown', 'agent.away', 'agent.silent', 'artifact.busy'],
      handle: ({ params, query }) => {
        const agent = fleet.agents.find(({ id }) => id === query.agent);
        if (agent === undefined) return Promise.resolve(refuse('agent.unknown', `There is no agent ${query.agent}.`));
        return asks.ask(agent, { type: 'recorders.keys', content: { recorder: params.name }, answerType: 'recorders.keys-report', answer: recorderKeysReport, timeoutMs: keysTimeoutMs });
      } }),
  ];
}
