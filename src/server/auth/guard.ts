// The door: every request passes here before anything else. Whatever is not explicitly open needs a person's session or
// token, or, for an agent's sockets, the agents' token.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problem, sendProblem } from '../http/problem.ts';
import { bearerToken, hostAllowed, sameOrigin, type HostPolicy } from './request-checks.ts';
import { sameSecret } from './secret.ts';
import type { Sessions } from './sessions.ts';
import { sendSignInPage } from './sign-in.ts';

/** Who asks. `via` cookie means that a browser attached the credential by itself. */
export interface Principal { readonly user: string; readonly via: 'cookie' | 'bearer' }

/** What a route asks of its caller: a person, an agent, a page (a person, else the sign-in page), or nobody in particular. */
type Access = 'person' | 'agent' | 'page' | 'open';

declare module 'fastify' {
  interface FastifyContextConfig { access?: Access }
  interface FastifyRequest { principal: Principal | null }
}

interface GuardOptions { readonly token: string; readonly agentToken: string; readonly sessions: Sessions; readonly hosts: HostPolicy }

/** Installs the checks. A route without `config.access` needs a person: forgetting it closes a route, never opens it. */
export function installGuard(app: FastifyInstance, options: GuardOptions): void {
  app.decorateRequest('principal', null);
  app.addHook('onRequest', async (request, reply) => {
    const access = request.routeOptions.config.access ?? (request.is404 ? 'page' : 'person');
    if (access === 'open') return;
    if (!hostAllowed(request.headers.host, options.hosts)) return sendProblem(reply, problem('auth.host', `This server does not answer to the host name "${request.headers.host ?? ''}".`));
    if (access === 'agent') return admitAgent(request, reply, options.agentToken);
    return admitPerson(request, reply, options, access);
  });
}

function admitAgent(request: FastifyRequest, reply: FastifyReply, agentToken: string): FastifyReply | undefined {
  const given = bearerToken(request.headers.authorization);
  if (given !== null && sameSecret(given, agentToken)) return undefined;
  return sendProblem(reply, problem('auth.agent', 'This agent gave no token or a wrong one.'));
}

function admitPerson(request: FastifyRequest, reply: FastifyReply, options: GuardOptions, access: Access): FastifyReply | undefined {
  const principal = identify(request, options);
  if (principal === null) return access === 'page' && !isApi(request) ? sendSignInPage(reply, 'none') : sendProblem(reply, problem('auth.required', 'There is no session and no valid token on this request.'));
  if (!originHolds(request, principal)) return sendProblem(reply, problem('auth.origin', 'This request comes from another origin than the console of this server.'));
  request.principal = principal;
  return undefined;
}

/** A Bearer header decides alone: a wrong one is never rescued by a cookie. */
function identify(request: FastifyRequest, { token, sessions }: GuardOptions): Principal | null {
  if (request.headers.authorization !== undefined) {
    const given = bearerToken(request.headers.authorization);
    return given !== null && sameSecret(given, token) ? { user: 'local', via: 'bearer' } : null;
  }
  const session = sessions.read(request.cookies[sessions.cookieName]);
  return session === null ? null : { user: session.user, via: 'cookie' };
}

/** Mutations and WebSockets: an Origin must be ours; a cookie without any Origin is not enough, for every browser sends one. */
function originHolds(request: FastifyRequest, principal: Principal): boolean {
  const reads = !request.ws && (request.method === 'GET' || request.method === 'HEAD');
  if (reads) return true;
  const { origin, host } = request.headers;
  return origin === undefined ? principal.via === 'bearer' : sameOrigin(origin, host);
}

export const isApi = (request: FastifyRequest): boolean => request.ws || /^\/(api|v1|agent)(\/|$)/.test(request.url);
