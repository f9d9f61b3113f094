// Routes and the search state of each. Views load when first opened.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { RouterHistory } from '@tanstack/react-router';
import { z } from 'zod';
import { costSearch, dumpsSearch, eventsSearch, fleetSearch, heapSearch, incidentSearch, incidentsSearch, newProbeSearch, overviewSearch, probesSearch, profilesSearch, recordersSearch, redactionSearch, ruleEditorSearch, rulesSearch, tailSearch } from '../state/index.ts';
import { NotFound } from './not-found.tsx';
import { Shell } from './shell.tsx';
import { ViewFailure } from './view-failure.tsx';
import { ViewPending } from './view-pending.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const at = <P extends string>(path: P) => ({ getParentRoute: () => root, path }) as const;

const home = createRoute({ ...at('/'), beforeLoad: () => { throw redirect({ to: '/overview' }); } });
const overview = createRoute({ ...at('/overview'), validateSearch: overviewSearch, component: lazyRouteComponent(() => import('../features/overview/index.ts'), 'OverviewView') });
const tail = createRoute({ ...at('/tail'), validateSearch: tailSearch, component: lazyRouteComponent(() => import('../features/tail/index.ts'), 'TailView') });
const events = createRoute({ ...at('/events'), validateSearch: eventsSearch, component: lazyRouteComponent(() => import('../features/events/index.ts'), 'EventsView') });
const rules = createRoute({ ...at('/rules'), validateSearch: rulesSearch, component: lazyRouteComponent(() => import('../features/rules/index.ts'), 'RulesView') });
/** New rules and saved ones share one view, which stays when a new rule gets its own address. */
const ruleEditor = createRoute({ getParentRoute: () => root, id: 'rule-editor', validateSearch: ruleEditorSearch, component: lazyRouteComponent(() => import('../features/rules/index.ts'), 'RuleEditorView') });
const newRule = createRoute({ getParentRoute: () => ruleEditor, path: '/rules/new' });
const rule = createRoute({ getParentRoute: () => ruleEditor, path: '/rules/$ruleId', params: { parse: params => z.object({ ruleId: z.string() }).parse(params) } });
const probes = createRoute({ ...at('/probes'), validateSearch: probesSearch, component: lazyRouteComponent(() => import('../features/probes/index.ts'), 'ProbesView') });
const newProbe = createRoute({ ...at('/probes/new'), validateSearch: newProbeSearch, component: lazyRouteComponent(() => import('../features/probes/index.ts'), 'NewProbeView') });
const redaction = createRoute({ ...at('/redaction'), validateSearch: redactionSearch, component: lazyRouteComponent(() => import('../features/redaction/index.ts'), 'RedactionView') });
const cost = createRoute({ ...at('/cost'), validateSearch: costSearch, component: lazyRouteComponent(() => import('../features/cost/index.ts'), 'CostView') });
const incidents = createRoute({ ...at('/incidents'), validateSearch: incidentsSearch, component: lazyRouteComponent(() => import('../features/incidents/index.ts'), 'IncidentsView') });
const incident = createRoute({ getParentRoute: () => root, path: '/incidents/$incidentId', validateSearch: incidentSearch, params: { parse: params => z.object({ incidentId: z.string() }).parse(params) }, component: lazyRouteComponent(() => import('../features/incidents/index.ts'), 'IncidentView') });
const recorders = createRoute({ ...at('/recorders'), validateSearch: recordersSearch, component: lazyRouteComponent(() => import('../features/recorders/index.ts'), 'RecordersView') });
const profiles = createRoute({ ...at('/profiles'), validateSearch: profilesSearch, component: lazyRouteComponent(() => import('../features/profiles/index.ts'), 'ProfilesView') });
const dumps = createRoute({ ...at('/dumps'), validateSearch: dumpsSearch, component: lazyRouteComponent(() => import('../features/artifacts/index.ts'), 'DumpsView') });
const heap = createRoute({ ...at('/dumps/heap'), validateSearch: heapSearch, component: lazyRouteComponent(() => import('../features/heap/index.ts'), 'HeapView') });
const fleet = createRoute({ ...at('/fleet'), validateSearch: fleetSearch, component: lazyRouteComponent(() => import('../features/fleet/index.ts'), 'FleetView') });
/** The sheet of every component in every state; only the mock mode has it. */
const components = import.meta.env.MODE === 'mock' ? [createRoute({ ...at('/components'), component: lazyRouteComponent(() => import('../ui/sheet/index.ts'), 'ComponentSheet') })] : [];

const routeTree = root.addChildren([home, overview, tail, events, rules, ruleEditor.addChildren([newRule, rule]), recorders, probes, newProbe, redaction, cost, incidents, incident, profiles, dumps, heap, fleet, ...components]);

export function createConsoleRouter(history?: RouterHistory) {
  return createRouter({ routeTree, defaultErrorComponent: ViewFailure, defaultPendingComponent: ViewPending, defaultPendingMs: 0, defaultPendingMinMs: 0, defaultPreload: 'intent', scrollRestoration: false, ...(history ? { history } : {}) });
}

declare module '@tanstack/react-router' {
  interface Register { router: ReturnType<typeof createConsoleRouter> }
}
