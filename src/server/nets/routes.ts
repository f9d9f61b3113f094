import { z } from 'zod';
import { ok } from '../../base/index.ts';
import { fleetNet, fleetNets } from '../../model/index.ts';
import { refuse } from '../http/problem.ts';
import { route, type Route } from '../http/route.ts';
import type { Store } from '../store/index.ts';
import type { NetService } from './net-service.ts';

const ruleParams = z.object({ rule: z.string().min(1).max(100) });

export function netRoutes({ nets, store }: { readonly nets: NetService; readonly store: Store }): Route[] {
  return [
    route({ method: 'GET', path: '/nets', tag: 'nets', summary: 'The nets that agents have armed: states, keys, last firings, and why not', needs: 'net.read', status: 200, response: fleetNets, problems: [],
      handle: () => Promise.resolve(ok({ nets: nets.nets() })) }),
    route({ method: 'GET', path: '/nets/{rule}', tag: 'nets', summary: 'One net, agent by agent; no agents while none has armed it', params: ruleParams, needs: 'net.read', status: 200, response: fleetNet, problems: ['rule.unknown'],
      handle: async ({ params }) => {
        const known = nets.net(params.rule);
        if (known !== null) return ok(known);
        const rule = await store.rules.get(params.rule);
        return rule === null ? refuse('rule.unknown', `There is no rule with the id "${params.rule}".`) : ok({ rule: { id: rule.id, name: rule.name }, agents: [] });
      } }),
  ];
}
