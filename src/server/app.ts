// The HTTP face put together: doors first, then the API table, the sockets and the console's files.
import { hostname } from 'node:os';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import websocket from '@fastify/websocket';
import type { WebSocket } from 'ws';
import fastify, { type FastifyInstance } from 'fastify';
import { agentSummary, auditEntry, ruleDetail, ruleSummary } from '../model/index.ts';
import { ok } from '../base/index.ts';
import { labelOf } from '../cost/index.ts';
import { actionRoutes } from './actions/index.ts';
import { artifactRoutes, registerUploads } from './artifacts/index.ts';
import { auditRoutes } from './audit/index.ts';
import { installGuard, installSignIn, type Sessions } from './auth/index.ts';
import { costRoutes } from './cost/index.ts';
import { demoRoutes } from './demo/index.ts';
import { durabilityRoutes } from './durability/index.ts';
import { ChangeFeed, eventRoutes, knownEvents, EventViews } from './events/index.ts';
import { fleetRoutes, OpampSocket } from './fleet/index.ts';
import { installErrorHandler } from './http/error-handler.ts';
import { openApiDocument } from './http/openapi.ts';
import { problem, sendProblem } from './http/problem.ts';
import { apiBase, registerRoutes, type Route } from './http/route.ts';
import { installSecurityHeaders } from './http/security-headers.ts';
import { installStatic } from './http/static.ts';
import { probeRoutes } from './probes/index.ts';
import { recorderRoutes } from './recorders/index.ts';
import { importBundle, incidentRoutes } from './incidents/index.ts';
import type { ServerOptions } from './options.ts';
import { isoTime } from './ports/clock.ts';
import { httpDemoControl } from './ports/demo-control.ts';
import { netRoutes } from './nets/index.ts';
import { redactionRoutes } from './redaction/index.ts';
import { ripCordRoutes } from './rip-cord/index.ts';
import { ruleRoutes } from './rules/index.ts';
import type { Services } from './services.ts';
import { systemRoutes } from './system/index.ts';
import { acceptAgentData, acceptBrowser } from './tail/index.ts';
import { themeRoutes } from './themes/index.ts';

/** The most an agent is meant to take of one core, with 10,000 records a second passing (the performance goal). */
const defaultCpuBudgetShare = 0.05;
const maxBodyBytes = 1024 * 1024;
/** A tail frame holds one batch of an agent; nothing on any socket is larger. */
const maxSocketMessageBytes = 32 * 1024 * 1024;
/** WebSocket close code of RFC 6455, section 7.4.1. */
const goingAway = 1001;
const goodbyeMs = 300;
/** A console polls two or three times a second, and several may be open. */
const defaultRequestsPerMinute = 6000;

export interface App { readonly http: FastifyInstance; readonly routes: readonly Route[]; readonly opampSockets: ReadonlySet<OpampSocket> }

export async function buildApp(options: ServerOptions, services: Services, sessions: Sessions): Promise<App> {
  const http = fastify({
    bodyLimit: maxBodyBytes, forceCloseConnections: true, logger: options.log === true && { level: 'warn', stream: process.stderr },
    // Addresses that the router cannot read, refused before any hook runs.
    frameworkErrors: (error, _request, reply) => { sendProblem(reply, problem('request.address', `This address cannot be read: ${error.message}`)); },
  });
  // Only JSON has a meaning here; a form or plain text that another page may send without asking has none.
  http.removeContentTypeParser('text/plain');
  await http.register(cookie);
  await http.register(rateLimit, { max: options.requestsPerMinute ?? defaultRequestsPerMinute, timeWindow: 60_000 });
  await installSecurityHeaders(http);
  await http.register(websocket, { options: { maxPayload: maxSocketMessageBytes, perMessageDeflate: false }, preClose: (done) => { closeSockets(http.websocketServer.clients); done(); } });
  installErrorHandler(http);
  installSignIn(http, { token: options.token, sessions });
  installGuard(http, { token: options.token, agentToken: options.agentToken, sessions, hosts: { allowedHosts: hostsOf(options) } });
  const routes = routeTable(options, services);
  registerRoutes(http, routes);
  registerUploads(http, services.artifacts.desk, services.fleet);
  const opampSockets = registerSockets(http, services);
  http.get('/healthz', { config: { access: 'open', rateLimit: false } }, () => ({ status: 'ok' }));
  await installStatic(http, options.consoleDir);
  return { http, routes, opampSockets };
}

/** A peer that does not say goodbye in time is cut off: stopping must not wait for anybody. */
function closeSockets(sockets: ReadonlySet<WebSocket>): void {
  for (const socket of sockets) socket.close(goingAway, 'The server is stopping.');
  setTimeout(() => { for (const socket of sockets) socket.terminate(); }, goodbyeMs).unref();
}

const hostsOf = ({ host, allowedHosts = [] }: ServerOptions): string[] => [...allowedHosts, ...(host === undefined || host === '0.0.0.0' || host === '::' ? [] : [host])].map((name) => name.toLowerCase());

function routeTable(options: ServerOptions, { store, aliases, renames, views, themes, rules, shows, notices, fleet, redaction, artifacts, actions, incidents, recorders, nets, probes, looks, cord, events, cost, nowMs }: Services): Route[] {
  const now = () => isoTime(nowMs());
  const demo = options.demoControlUrl === null ? null : httpDemoControl(options.demoControlUrl);
  const routes: Route[] = [
    ...systemRoutes({ environment: options.environment, version: options.version, demo: demo !== null, otlp: options.otlp,
      document: () => openApiDocument(routes, options.version, { RuleSummary: ruleSummary, RuleDetail: ruleDetail, Agent: agentSummary, AuditEntry: auditEntry }) }),
    ...fleetRoutes({ fleet, store, nowMs, cpuBudgetShare: options.cpuBudgetShare ?? defaultCpuBudgetShare, notices: () => notices.recent(), labelOf: (talker) => { const event = events.book.get(talker); return event?.source === 'template' ? labelOf(event) : null; } }),
    ...ruleRoutes({ store, rules, shows }),
    ...redactionRoutes({ redaction, store, nowMs, version: options.version }),
    ...actionRoutes(actions),
    ...recorderRoutes({ fleet, definitions: recorders, asks: actions.asks }),
    ...artifactRoutes({ artifacts, importBundle: async (id, actor) => { const imported = await importBundle(incidents, id, actor); return imported.ok ? ok({ artifact: null, incident: imported.value }) : imported; } }),
    ...incidentRoutes({ service: incidents, from: `${hostname()} (${options.environment})` }),
    ...netRoutes({ nets, store }),
    ...probeRoutes(probes, looks),
    ...ripCordRoutes(cord),
    ...durabilityRoutes({ store, aliases, renames, views, environment: options.environment, knownEvents: () => knownEvents(events.book) }),
    ...themeRoutes(themes),
    ...eventRoutes({ events, aliases, views: new EventViews({ events, aliases, agentName: (id) => fleet.find(id)?.name ?? id }), nowMs }),
    ...costRoutes({ cost }),
    ...auditRoutes(store),
    ...demoRoutes({ demo, store, now }),
  ];
  return routes;
}

function registerSockets(http: FastifyInstance, { fleet, tails, events }: Services): Set<OpampSocket> {
  const opampSockets = new Set<OpampSocket>();
  http.get('/v1/opamp', { websocket: true, config: { access: 'agent' } }, (socket) => {
    const opamp = new OpampSocket(socket, fleet);
    opampSockets.add(opamp);
    socket.on('close', () => { opampSockets.delete(opamp); });
  });
  http.get<{ Querystring: { agent?: string } }>('/v1/data', { websocket: true, config: { access: 'agent' } }, (socket, request) => { acceptAgentData(socket, request.query.agent ?? '', tails, fleet); });
  const changes = new ChangeFeed(events.drift);
  http.get(`${apiBase}/events/changes`, { websocket: true }, (socket) => { changes.accept(socket); });
  http.get(`${apiBase}/tail`, { websocket: true }, (socket) => { acceptBrowser(socket, tails); });
  return opampSockets;
}
