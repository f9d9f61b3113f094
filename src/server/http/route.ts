// One table of routes drives both Fastify and the OpenAPI document, so that neither can say what the other does not.
import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ok, type Result } from '../../base/index.ts';
import { may, type Permission, type Principal } from '../auth/index.ts';
import { invalid, problem, sendProblem, type Problem, type ProblemCode } from './problem.ts';

export const apiBase = '/api/v1';

interface RouteInput<P, Q, B> {
  readonly params: P; readonly query: Q; readonly body: B; readonly principal: Principal; readonly headers: IncomingHttpHeaders;
  /** The body as it arrives, for routes that take a file; whoever reads it bounds it. */
  readonly file: Readable;
}

export interface Route<P = unknown, Q = unknown, B = unknown, R = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api/v1, parameters in braces: `/rules/{id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly params?: z.ZodType<P>;
  readonly query?: z.ZodType<Q>;
  readonly body?: z.ZodType<B>;
  /** The body is a file of any type and size, which the handler reads as it arrives. */
  readonly takesFile?: true;
  /** What the caller must be allowed to do; routes without it are for everyone who may sign in. */
  readonly needs?: Permission;
  readonly status: 200 | 201 | 204;
  /** Null: no body (status 204), or a file. */
  readonly response: z.ZodType<R> | null;
  /** The media types of a file that is sent instead of JSON; then the handler gives a FileAnswer. */
  readonly file?: readonly string[];
  /** Refusals beyond those that every route shares. */
  readonly problems: readonly ProblemCode[];
  // A method, not a property: routes of different inputs go into one list.
  handle(input: RouteInput<P, Q, B>): Promise<Result<R, Problem>>;
}

/** A file to save, in pieces that are made while they are sent; never shown in place. */
export interface FileAnswer {
  readonly contentType: string; readonly name: string; readonly pieces: AsyncIterable<string | Uint8Array>;
  /** 206 and 416 answer a Range. */
  readonly status?: 200 | 206 | 416; readonly headers?: Readonly<Record<string, string>>;
}

/** Gives a route the types of its schemas, then forgets them for the table. */
export const route = <P, Q, B, R>(definition: Route<P, Q, B, R>): Route => definition as unknown as Route;

/** For routes under a resource. */
export const idParams = z.object({ id: z.string().max(100) });

/** Installs the table below /api/v1. Bodies that are files are left unread, in a scope of their own: everywhere else only JSON has a meaning. */
export function registerRoutes(app: FastifyInstance, routes: readonly Route[]): void {
  for (const definition of routes) if (definition.takesFile !== true) registerRoute(app, definition);
  void app.register(async (scope) => {
    takeBodiesUnread(scope);
    for (const definition of routes) if (definition.takesFile === true) registerRoute(scope, definition);
  });
}

/** From here on no body is parsed: handlers read `request.raw` themselves. */
export function takeBodiesUnread(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _payload, done) => { done(null, undefined); });
}

function registerRoute(app: FastifyInstance, definition: Route): void {
  app.route({ method: definition.method, url: apiBase + definition.path.replaceAll(/\{(\w+)\}/g, ':$1'), handler: (request, reply) => answer(definition, request, reply) });
}

async function answer(definition: Route, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const input = readInput(definition, request);
  if (!input.ok) return refused(definition, reply, input.error);
  if (definition.needs !== undefined && !may(input.value.principal, definition.needs)) return refused(definition, reply, problem('auth.forbidden', `This needs the permission "${definition.needs}", which ${input.value.principal.user} does not have.`));
  const result = await definition.handle(input.value);
  if (!result.ok) return refused(definition, reply, result.error);
  reply.code(definition.status).header('cache-control', 'no-store');
  if (definition.file !== undefined) return sendFile(reply, result.value as FileAnswer);
  return definition.response === null ? reply.send() : reply.send(result.value);
}

/** What is left of a file that nobody reads to its end ends with the connection. */
function refused(definition: Route, reply: FastifyReply, error: Problem): FastifyReply {
  if (definition.takesFile === true) reply.header('connection', 'close');
  return sendProblem(reply, error);
}

/** RFC 6266 and 8187: the name in ASCII for everybody, and as it is for those who can read it. */
const disposition = (name: string): string =>
  `attachment; filename="${name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`;

function sendFile(reply: FastifyReply, { contentType, name, pieces, status, headers }: FileAnswer): FastifyReply {
  if (status !== undefined) reply.code(status);
  return reply.headers({ ...headers, 'content-type': contentType, 'content-disposition': disposition(name), 'x-content-type-options': 'nosniff' }).send(Readable.from(pieces, { objectMode: false }));
}

function readInput(definition: Route, request: FastifyRequest): Result<RouteInput<unknown, unknown, unknown>, Problem> {
  // The guard has let the request pass, so there is a principal.
  const principal = request.principal as Principal;
  const parts: Record<string, unknown> = {};
  for (const [part, schema] of [['params', definition.params], ['query', definition.query], ['body', definition.body]] as const) {
    if (schema === undefined) continue;
    const parsed = schema.safeParse(request[part] ?? (part === 'body' ? undefined : {}));
    if (!parsed.success) return { ok: false, error: invalid(parsed.error, part) };
    parts[part] = parsed.data;
  }
  return ok({ params: parts['params'], query: parts['query'], body: parts['body'], principal, headers: request.headers, file: request.raw });
}
