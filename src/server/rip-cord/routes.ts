// The rip cord over REST.
import { z } from 'zod';
import { ok } from '../../base/index.ts';
import { changeRipCord, ripCordState } from '../../model/index.ts';
import { route, type Route } from '../http/route.ts';
import type { RipCordService } from './rip-cord-service.ts';

/** To change what passes again is a decision: somebody says why. */
const releaseRipCord = changeRipCord.extend({ reason: z.string().trim().min(1, 'Say why it may be released: the reason is audited.').max(500) });

export function ripCordRoutes(cord: RipCordService): Route[] {
  const common = { tag: 'rip-cord', status: 200, response: ripCordState } as const;
  return [
    route({ ...common, method: 'GET', path: '/rip-cord', summary: 'Where the rip cord is pulled, and what agents say of it', needs: 'probe.read', problems: [],
      handle: () => Promise.resolve(ok(cord.state())) }),
    route({ ...common, method: 'POST', path: '/rip-cord/pull', summary: 'Back to pass-through at once: rules but redaction stop, dynamic probes leave, actions are cancelled; no agents named: the whole fleet', body: changeRipCord, needs: 'rip-cord.pull', problems: ['agent.unknown'],
      handle: ({ body, principal }) => cord.pull(body.agents, body.reason, principal) }),
    route({ ...common, method: 'POST', path: '/rip-cord/release', summary: 'Rules and nets run again as deployed; probes and actions do not come back; audited with the reason, which is required', body: releaseRipCord, needs: 'rip-cord.release', problems: ['agent.unknown', 'rip-cord.pulled', 'rip-cord.not-pulled'],
      handle: ({ body, principal }) => cord.release(body.agents, body.reason, principal) }),
  ];
}
