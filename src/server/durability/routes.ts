// What survives a rename, over REST: aliases, what a rename would break, saved views, and metrics that rules make.
import { ok } from '../../base/index.ts';
import { alias, aliasDecision, aliasList, aliasPreview, aliasPreviewQuery, brokenNames, followDone, followingNames, followName, knownNames, namesQuery, newAlias } from '../../model/index.ts';
import { idParams, route, type Route } from '../http/route.ts';
import type { Aliases } from './aliases/index.ts';
import { metricRoutes, type MetricOptions } from './metrics/index.ts';
import type { Renames } from './rename/index.ts';
import { viewRoutes, type Views } from './views/index.ts';

const tag = 'durability';

export interface DurabilityRouteOptions extends Pick<MetricOptions, 'store' | 'environment' | 'knownEvents'> { readonly aliases: Aliases; readonly renames: Renames; readonly views: Views }

export const durabilityRoutes = ({ aliases, renames, views, store, environment, knownEvents }: DurabilityRouteOptions): Route[] =>
  [...aliasRoutes(aliases), ...renameRoutes(renames), ...viewRoutes(views), ...metricRoutes({ store, environment, knownEvents, names: () => aliases })];

const aliasRoutes = (aliases: Aliases): Route[] => [
  route({ method: 'GET', path: '/aliases', tag, summary: 'Former names of events and fields, and what is proposed', needs: 'event.read', status: 200, response: aliasList, problems: [],
    handle: () => Promise.resolve(ok({ aliases: [...aliases.all] })) }),
  route({ method: 'GET', path: '/aliases/names', tag, summary: 'What event() and field() are written out with', query: namesQuery, needs: 'event.read', status: 200, response: knownNames, problems: [],
    handle: ({ query }) => Promise.resolve(ok(aliases.names(query.known))) }),
  route({ method: 'POST', path: '/aliases', tag, summary: 'Say that an event or a field is called otherwise now; rules that follow it go out anew', body: newAlias, needs: 'event.write', status: 201, response: alias, problems: ['alias.known', 'alias.circle', 'alias.too-many'],
    handle: ({ body, principal }) => aliases.add(body, principal) }),
  route({ method: 'PUT', path: '/aliases/{id}', tag, summary: 'Accept what is proposed, say that it is none, or take either back', params: idParams, body: aliasDecision, needs: 'event.write', status: 200, response: alias, problems: ['alias.unknown', 'alias.circle', 'alias.changed-meanwhile'],
    handle: ({ params, body, principal }) => aliases.decide(params.id, body.state, principal, body) }),
];

const renameRoutes = (renames: Renames): Route[] => [
  route({ method: 'GET', path: '/aliases/preview', tag, summary: 'Who would break if an event or a field were renamed, who would follow, and the texts that would follow', query: aliasPreviewQuery, needs: 'event.read', status: 200, response: aliasPreview, problems: [],
    handle: async ({ query }) => ok(await renames.preview(query)) }),
  route({ method: 'GET', path: '/aliases/broken', tag, summary: 'Renames that break something now: who names a former name in a way that does not follow, or of a rename that nobody accepted yet', needs: 'event.read', status: 200, response: brokenNames, problems: [],
    handle: async () => ok({ broken: await renames.broken() }) }),
  route({ method: 'GET', path: '/aliases/following', tag, summary: 'Rules, recorders and themes that follow a rename now', needs: 'event.read', status: 200, response: followingNames, problems: [],
    handle: async () => ok(await renames.following()) }),
  route({ method: 'POST', path: '/aliases/follow', tag, summary: 'Save new versions of rules, views and recorders that say event("NAME") or field("NAME") where they named it otherwise; no rule is deployed', body: followName, needs: 'view.write', status: 200, response: followDone, problems: [],
    handle: async ({ body, principal }) => ok(await renames.follow(body, principal)) }),
];
