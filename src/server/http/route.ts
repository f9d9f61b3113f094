// One table of routes drives both Fastify and the OpenAPI document, so that neither can say what the other does not.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ok, type Result } from '../../base/index.ts';
import type { Principal } from '../auth/index.ts';
import { invalid, sendProblem, type Problem, type ProblemCode } from './problem.ts';

export const apiBase = '/api/v1';

interface RouteInput<P, Q, B> { readonly params: P; readonly query: Q; readonly body: B; readonly principal: Principal }

export interface Route<P = unknown, Q = unknown, B = unknown, R = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below /api/v1, parameters in braces: `/rules/{id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly params?: z.ZodType<P>;
  readonly query?: z.ZodType<Q>;
  readonly body?: z.ZodType<B>;
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

/** A file to save, in pieces that are made while they are sent. */
export interface FileAnswer { readonly contentType: string; readonly name: string; readonly pieces: AsyncIterable<string> }

/** Gives a route the types of its schemas, then forgets them for the table. */
export const route = <P, Q, B, R>(definition: Route<P, Q, B, R>): Route => definition as unknown as Route;

/** For routes under a resource. */
export const idParams = z.object({ id: z.string().max(100) });

/** Installs the table below /api/v1. */
export function registerRoutes(app: FastifyInstance, routes: readonly Route[]): void {
  for (const definition of routes) {
    app.route({
      method: definition.method, url: apiBase + definition.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      handler: (request, reply) => answer(definition, request, reply),
    });
  }
}

async function answer(definition: Route, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const input = readInput(definition, request);
  if (!input.ok) return sendProblem(reply, input.error);
  const result = await definition.handle(input.value);
  if (!result.ok) return sendProblem(reply, result.error);
  reply.code(definition.status).header('cache-control', 'no-store');
  if (definition.file !== undefined) return sendFile(reply, result.value as FileAnswer);
  return definition.response === null ? reply.send() : reply.send(result.value);
}

const sendFile = (reply: FastifyReply, { contentType, name, pieces }: FileAnswer): FastifyReply =>
  reply.header('content-type', contentType).header('content-disposition', `attachment; filename="${name}"`).send(Readable.from(pieces));

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
  return ok({ params: parts['params'], query: parts['query'], body: parts['body'], principal });
}
