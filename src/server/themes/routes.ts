// Toggle themes over REST.
import { ok } from '../../base/index.ts';
import { switchTheme, themeChange, themeInput, themeList, themeView } from '../../model/index.ts';
import { idParams, route, type Route } from '../http/route.ts';
import type { Themes } from './theme-service.ts';

const common = { tag: 'themes', status: 200, response: themeView } as const;
const running = ['rule.does-not-compile', 'rule.changed-meanwhile', 'rule.fleet-too-large', 'rule.too-costly', 'compiler.unavailable'] as const;
const saving = ['theme.name-taken', 'theme.schedule', 'theme.too-large', ...running] as const;

export const themeRoutes = (themes: Themes): Route[] => [
  route({ ...common, method: 'GET', path: '/themes', summary: 'Bundles of events that are switched together, with what each state costs', needs: 'event.read', response: themeList, problems: [],
    handle: async () => ok({ themes: await themes.list() }) }),
  route({ ...common, method: 'POST', path: '/themes', summary: 'Make a theme; it begins on, so that nothing is taken away', body: themeInput, needs: 'theme.write', status: 201, problems: ['theme.too-many', ...saving],
    handle: ({ body, principal }) => themes.create(body, principal) }),
  route({ ...common, method: 'GET', path: '/themes/{id}', summary: 'One theme', params: idParams, needs: 'event.read', problems: ['theme.unknown'],
    handle: ({ params }) => themes.get(params.id) }),
  route({ ...common, method: 'PUT', path: '/themes/{id}', summary: 'Change a theme; one that is off goes on with what it is now', params: idParams, body: themeChange, needs: 'theme.write', problems: ['theme.unknown', 'theme.changed-meanwhile', ...saving],
    handle: ({ params, body: { base, ...input }, principal }) => themes.change(params.id, input, principal, base) }),
  route({ ...common, method: 'PUT', path: '/themes/{id}/state', summary: 'Switch a theme on or off, for good or for a while', params: idParams, body: switchTheme, needs: 'theme.write', problems: ['theme.unknown', ...running],
    handle: ({ params, body, principal }) => themes.switch(params.id, body, principal) }),
  route({ tag: 'themes', method: 'DELETE', path: '/themes/{id}', summary: 'Delete a theme with its rule; its records pass', params: idParams, needs: 'theme.write', status: 204, response: null, problems: ['theme.unknown', 'rule.changed-meanwhile'],
    handle: ({ params, principal }) => themes.remove(params.id, principal) }),
];
